using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>The profile <c>nl</c>: what of a text becomes a term, and what its words are found by.</summary>
public sealed class DutchAnalyzerTests
{
    [Theory]
    [InlineData("De Vergunningen", "de vergunningen")]
    [InlineData("Café naïef MÜLLER señor Çelik", "cafe naief muller senor celik")]
    [InlineData("cafe\u0301 nai\u0308ef", "cafe naief")]
    [InlineData("ĳsvrij IJsvrij ﬁets straße", "ijsvrij ijsvrij fiets strasse")]
    [InlineData("foto’s foto's", "foto's foto's")]
    [InlineData("12,5 1.250.000 WL-2026-0001", "12,5 1.250.000 wl 2026 0001")]
    [InlineData("Ελλάδα Йошкар שלום กขค 中文", "ελλάδα йошкар שלום กขค 中 文")]
    [InlineData("😀 🇳🇱 👩‍👩‍👧", "😀 🇳🇱 👩‍👩‍👧")]
    [InlineData("", "")]
    public void Analyze_Text_GivesFoldedWordsAsTheyStand(string text, string terms) => string.Join(' ', Terms(text)).ShouldBe(terms);

    [Fact]
    public void Analyze_WordThatGrowsWhenFolded_StaysWithinTheLongest()
    {
        // Each of these becomes eighteen letters.
        foreach (var term in Terms(new string('\ufdfa', 300) + " " + new string('ß', 255) + " " + new string('x', 700))) term.Length.ShouldBeInRange(1, WordTokenizer.MaxLength);
    }

    [Theory]
    [InlineData("parkeervergunning", "parkeervergunning|1|0-17 parkeervergunn|0|0-17 parkeer|0|0-17 parker|0|0-17 vergunning|0|0-17 vergunn|0|0-17")]
    [InlineData("het integriteitsonderzoek", "het|1|0-3 integriteitsonderzoek|1|4-25 integriteit|0|4-25 onderzoek|0|4-25")]
    [InlineData("brieven", "brieven|1|0-7 brief|0|0-7")]
    [InlineData("foto's", "foto's|1|0-6 foto|0|0-6")]
    [InlineData("2026", "2026|1|0-4")]
    public void Explain_Word_GivesItsStemAndPartsAtOnePlace(string text, string tokens)
        => string.Join(' ', TextIndex.Tokens("nl", text).Select(token => $"{token.Term}|{token.Increment}|{token.Start}-{token.End}")).ShouldBe(tokens);

    [Theory]
    [InlineData("gemeenteraadsleden", "gemeente raad leden")]
    [InlineData("personeelsdossier", "personeel dossier")]
    [InlineData("declaratiefraude", "declaratie fraude")]
    [InlineData("wethouder", "")]
    [InlineData("vergadering", "")]
    [InlineData("betrokkenheid", "")]
    [InlineData("onderzoek", "")]
    [InlineData("handeling", "")]
    [InlineData("verklaring", "")]
    [InlineData("zorgverzekering", "zorg verzekering")]
    [InlineData("kinderopvang", "kinder opvang")]
    public void Parts_Word_AreThoseOfACompoundAndNoOthers(string word, string parts) => string.Join(' ', DutchCompounds.Parts(word)).ShouldBe(parts);

    [Theory]
    [InlineData("brief", "brieven")]
    [InlineData("huis", "huizen")]
    [InlineData("boom", "bomen")]
    [InlineData("melding", "meldingen")]
    [InlineData("kind", "kinderen")]
    [InlineData("foto", "foto's")]
    [InlineData("mogelijkheid", "mogelijkheden")]
    public void Of_TwoFormsOfAWord_IsOneStem(string one, string other) => DutchStems.Of(one).ShouldBe(DutchStems.Of(other));

    private static List<string> Terms(string text)
    {
        var terms = new Collected([]);
        new DutchAnalyzer().Analyze(text, ref terms);
        return terms.Found;
    }

    private readonly struct Collected(List<string> found) : ITokenSink
    {
        public List<string> Found => found;

        public void Add(scoped ReadOnlySpan<char> term, int increment, int start, int end) => found.Add(term.ToString());
    }
}
