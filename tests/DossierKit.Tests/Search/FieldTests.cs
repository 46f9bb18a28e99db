using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>Searching, counting and sorting by what is known of documents beside their text.</summary>
public sealed class FieldTests
{
    private static readonly Values Known = new(
        [("datum", "2024-01-31"), ("soort", "Gespreksverslag")],
        [("datum", "2024-12-01"), ("soort", "Beslisdocument"), ("functie", "Café-houder"), ("functie", "chauffeur")],
        [("datum", "2025-02-03"), ("soort", "gespreksverslag")],
        [("soort", "Brief van de raad")]);

    private static readonly SmallIndex Index = new(Known, ("a", "opname gesprek"), ("b", "opname"), ("c", "gesprek gesprek opname"), ("d", "brief"));

    [Theory]
    [InlineData("soort:gespreksverslag", "a c")]
    [InlineData("SOORT:GESPREKSVERSLAG", "a c")]
    [InlineData("soort:\"brief van de raad\"", "d")]
    [InlineData("soort:brief", "")]
    [InlineData("soort:brief*", "d")]
    [InlineData("soort:*document", "b")]
    [InlineData("soort:(gespreksverslag OR beslisdocument) AND opname", "a b c")]
    [InlineData("functie:\"cafe-houder\"", "b")]
    [InlineData("functie:chauffeur", "b")]
    [InlineData("functie:*", "b")]
    [InlineData("-functie:* +*:*", "a c d")]
    [InlineData("datum:2024*", "a b")]
    [InlineData("datum:2024-12-01", "b")]
    [InlineData("datum:[2024-01-01 TO 2024-12-31]", "a b")]
    [InlineData("datum:[2024-01-31 TO 2024-12-01}", "a")]
    [InlineData("datum:{2024-01-31 TO *]", "b c")]
    [InlineData("datum:[2024-12 TO 2025]", "b c")]
    [InlineData("datum:[* TO 2024]", "a b")]
    [InlineData("datum:{2024 TO *]", "c")]
    [InlineData("datum:[* TO 2025}", "a b")]
    [InlineData("gesprek -datum:[2025 TO *]", "a")]
    [InlineData("tekst:gesprek", "a c")]
    public void Find_Field_FindsItsValuesFolded(string query, string found) => Index.FindAll(query).ShouldBe(found);

    [Fact]
    public void Parse_UnknownField_NamesThoseThereAreAndTheNearest()
    {
        var (query, problem) = QueryParser.Parse("datm:2024 gesprek", new DutchAnalyzer(), "tekst", Known.Names);
        query.ShouldBeNull();
        problem.ShouldNotBeNull().Message.ShouldBe("Er is geen veld datm. De velden zijn: datum, functie, soort, tekst. Zoekt u naar een dubbele punt, zet de tekst dan tussen aanhalingstekens.");
        problem.At.ShouldBe(0);
        problem.Nearest.ShouldBe("datum:2024 gesprek");
    }

    [Fact]
    public void Facet_Query_CountsAllHitsByValue()
    {
        Index.Searcher.Facet(Index.Read("opname"), "soort").ShouldBe(new Dictionary<string, int> { ["Gespreksverslag"] = 1, ["Beslisdocument"] = 1, ["gespreksverslag"] = 1 }, ignoreOrder: true);
        Index.Searcher.Facet(Index.Read("opname"), "functie").ShouldBe(new Dictionary<string, int> { ["Café-houder"] = 1, ["chauffeur"] = 1 }, ignoreOrder: true);
        Index.Searcher.Facet(Index.Read("brief"), "functie").ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => Index.Searcher.Facet(Index.Read("brief"), "naam"));
    }

    [Theory]
    [InlineData(false, "a b c d")]
    [InlineData(true, "c b a d")]
    public void SearchSorted_ByDate_PutsWhatHasNoneLast(bool descending, string expected)
    {
        var (total, best) = Index.Searcher.SearchSorted(Index.Read("*:*"), 10, "datum", descending);
        total.ShouldBe(4);
        string.Join(' ', best.Select(Index.NameOf)).ShouldBe(expected);
        Index.Searcher.SearchSorted(Index.Read("*:*"), 2, "datum", descending).Best.Count.ShouldBe(2);
    }

    private sealed class Values(params (string Field, string Value)[][] documents) : IFieldValues
    {
        public IReadOnlyCollection<string> Names => ["datum", "soort", "functie"];

        public IReadOnlyList<string> Of(string field, int segment, int document) => [.. documents[segment].Where(known => known.Field == field).Select(known => known.Value)];
    }
}
