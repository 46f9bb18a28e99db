using System.Text;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

public class ProtocolLibraryTests
{
    private const string Overlay = """
        {
          "id": "klein-team", "versie": "1", "gemeente": "Kleindorp", "titel": "Kleindorp met directeurenteam", "vanaf": "2025-06-01",
          "bovenop": { "id": "klein", "versie": "1" },
          "vervallen": ["inzage.melding"],
          "bronnen": [{ "id": "TEAM", "titel": "Uitleg directeurenteam" }],
          "bevoegdheden": [
            { "posities": ["medewerker"], "taken": ["ontvangt", "geeft_opdracht"], "wie": ["directeurenteam"], "artikel": "Team art. 1", "bron": [{ "document": "TEAM", "artikel": "1" }] }
          ],
          "stukken": [
            { "soort": "kennisgeving", "titel": "Kennisgeving van het team", "artikel": "Team art. 2", "wie": "directeurenteam", "kracht": "moet", "bron": [{ "document": "TEAM", "artikel": "2" }],
              "elementen": [
                { "id": "kennisgeving.team", "titel": "Het team", "kracht": "moet", "artikel": "Team art. 2", "inhoud": "vaste_tekst", "vraag": "Staat het team erin?", "uitleg": "Noem het team.",
                  "bron": [{ "document": "TEAM", "artikel": "2" }] }
              ] }
          ],
          "termijnen": [
            { "id": "bevestiging", "titel": "Bevestiging", "artikel": "Team art. 3", "wie": "functionaris-integriteit", "tekst": "Bevestig snel.", "lengte": "2 werkdagen",
              "per": "persoon", "rollen": ["melder"], "vanaf": ["melding-ontvangen"], "voldaanDoor": ["ontvangst-bevestigd"], "bron": [{ "document": "TEAM", "artikel": "3" }] }
          ],
          "keuzes": [
            { "id": "opdracht", "vraag": "Wie?", "keuze": "Het team.", "alternatief": "De secretaris.", "reden": "Samen.", "artikel": "Team art. 1", "uitwerking": ["melding.doorgeven"],
              "bron": [{ "document": "TEAM", "artikel": "1" }] }
          ]
        }
        """;

    private static ProtocolLibrary Small => With(ProtocolLibrary.Shipped, ProtocolLoaderTests.Small).Value;

    [Fact]
    public void Shipped_Always_HoldsWaterlanden() => ProtocolLibrary.Shipped.Find("waterlanden", "2025").ShouldNotBeNull();

    [Theory]
    [InlineData("2024-12-31", null)]
    [InlineData("2025-01-01", "1")]
    [InlineData("2025-12-31", "1")]
    [InlineData("2026-01-01", "2")]
    [InlineData("2030-01-01", "2")]
    public void InForce_DayOfTheMelding_GivesTheVersionOfThatDay(string melding, string? version)
    {
        var first = ProtocolLoaderTests.Small.Replace("\"vanaf\": \"2025-01-01\"", "\"vanaf\": \"2025-01-01\", \"totEnMet\": \"2025-12-31\"", StringComparison.Ordinal);
        var second = ProtocolLoaderTests.Small.Replace("\"vanaf\": \"2025-01-01\"", "\"vanaf\": \"2026-01-01\"", StringComparison.Ordinal).Replace("\"versie\": \"1\"", "\"versie\": \"2\"", StringComparison.Ordinal);
        var library = With(With(ProtocolLibrary.Shipped, second).Value, first).Value;
        library.InForce(DateOnly.Parse(melding, System.Globalization.CultureInfo.InvariantCulture), "klein")?.Version.ShouldBe(version);
        library.Find("klein", null)!.Version.ShouldBe("2");
    }

    [Fact]
    public void InForce_TwoWithoutEnd_GivesTheOneThatCameLast()
    {
        var second = ProtocolLoaderTests.Small.Replace("\"vanaf\": \"2025-01-01\"", "\"vanaf\": \"2026-01-01\"", StringComparison.Ordinal).Replace("\"versie\": \"1\"", "\"versie\": \"2\"", StringComparison.Ordinal);
        With(Small, second).Value.InForce(new(2026, 5, 1), "klein")!.Version.ShouldBe("2");
    }

    [Fact]
    public void With_SameIdAndVersion_TakesItsPlace()
    {
        var library = With(Small, ProtocolLoaderTests.Small.Replace("Protocol Kleindorp", "Beter protocol", StringComparison.Ordinal)).Value;
        library.All.Count(protocol => protocol.Id == "klein").ShouldBe(1);
        library.Find("klein", "1")!.Title.ShouldBe("Beter protocol");
    }

    [Fact]
    public void With_FaultyFile_ChangesNothingAndSaysWhy()
    {
        var outcome = With(Small, "{}");
        outcome.IsDone.ShouldBeFalse();
        outcome.Refusals.Count.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void With_Overlay_ReplacesAddsAndWithdrawsById()
    {
        var protocol = With(Small, Overlay).Value.Find("klein-team", "1")!;
        protocol.Base.ShouldBe(new ProtocolReference("klein", "1"));
        protocol.FindAuthority("medewerker", AuthorityTask.Receives, CaseFacts.None)!.Holders.ShouldBe(["directeurenteam"]);
        protocol.FindAuthority("medewerker", AuthorityTask.Commissions, CaseFacts.None)!.Holders.ShouldBe(["directeurenteam"]);
        protocol.Authorities.Count.ShouldBe(2);
        protocol.Terms.ShouldHaveSingleItem().Length.ShouldBe(new TermLength(2, TermUnit.Workdays));
        var kennisgeving = protocol.FindDocument("kennisgeving")!;
        kennisgeving.Title.ShouldBe("Kennisgeving van het team");
        kennisgeving.Elements.Select(element => element.Id).ShouldBe(["kennisgeving.gedraging", "kennisgeving.team"]);
        protocol.Access.ShouldBeEmpty();
        protocol.FindRule("melding.doorgeven").ShouldNotBeNull();
        protocol.Choices.Count.ShouldBe(2);
        protocol.Word("verantwoordelijke").ShouldBe("bevoegd gezag");
        protocol.Workdays.IsWorkday(new(2025, 5, 30)).ShouldBeFalse();
    }

    [Fact]
    public void With_OverlayThatWithdrawsAnElement_LeavesTheRestOfTheDocument()
        => With(Small, Overlay.Replace("\"inzage.melding\"", "\"kennisgeving.gedraging\"", StringComparison.Ordinal)).Value.Find("klein-team", "1")!
            .FindDocument("kennisgeving")!.Elements.ShouldHaveSingleItem().Id.ShouldBe("kennisgeving.team");

    [Theory]
    [InlineData("\"id\": \"klein\"", "\"id\": \"groot\"", "Het protocol 'groot'", "Installeer eerst")]
    [InlineData("[\"inzage.melding\"]", "[\"inzage.meldin\"]", "'inzage.meldin' staat niet in", "'inzage.melding'")]
    [InlineData("[\"melding.doorgeven\"]", "[\"melding.doorgeve\"]", "noemt 'melding.doorgeve'", "'melding.doorgeven'")]
    public void With_OverlayThatDoesNotFit_SaysWhatIsMissing(string right, string wrong, params string[] words)
    {
        var refusal = With(Small, Overlay.Replace(right, wrong, StringComparison.Ordinal)).Refusals.ShouldHaveSingleItem();
        foreach (var word in words) refusal.ToString().ShouldContain(word);
        refusal.Why.ShouldContain("installatie.json");
    }

    private static Outcome<ProtocolLibrary> With(ProtocolLibrary library, string json) => library.With(Encoding.UTF8.GetBytes(json), "installatie.json");
}
