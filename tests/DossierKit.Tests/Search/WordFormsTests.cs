namespace DossierKit.Tests.Search;

/// <summary>What a word finds with the profile of the vault: its other forms, the compounds it is part of, and what means the same; nearest first.</summary>
public sealed class WordFormsTests
{
    [Theory]
    [InlineData("vergunning", "De parkeervergunning is verleend.", true)]
    [InlineData("vergunningen", "De parkeervergunning is verleend.", true)]
    [InlineData("parkeer", "De parkeervergunning is verleend.", true)]
    [InlineData("onderzoek", "Het integriteitsonderzoek begint.", true)]
    [InlineData("integriteit", "Het integriteitsonderzoek begint.", true)]
    [InlineData("raad", "Twee gemeenteraadsleden waren erbij.", true)]
    [InlineData("lid", "Een raadslid was erbij.", true)]
    [InlineData("brief", "Er kwamen brieven.", true)]
    [InlineData("brieven", "Een dreigbrief.", true)]
    [InlineData("boom", "De eikenbomen.", true)]
    [InlineData("creme", "Een pot crème.", true)]
    [InlineData("crème", "Een pot creme.", true)]
    [InlineData("parkeervergunning*", "De parkeervergunning is verleend.", true)]
    [InlineData("*vergunning", "De parkeervergunning is verleend.", true)]
    [InlineData("parkeervergun?ing", "De parkeervergunning is verleend.", true)]
    [InlineData("e-mail", "Een email.", true)]
    [InlineData("parkeer-vergunning", "De parkeervergunning is verleend.", true)]
    [InlineData("WL-2026-0001", "Zaak WL-2026-0001.", true)]
    [InlineData("WL-2026-0001", "Zaak 0001 van WL in 2026.", false)]
    // Another word, however alike.
    [InlineData("ring", "De vergadering en de verklaring.", false)]
    [InlineData("gunning", "De vergunning.", false)]
    [InlineData("leiding", "De begeleiding.", false)]
    [InlineData("hand", "De handeling.", false)]
    [InlineData("ambt", "De ambtenaar.", false)]
    [InlineData("waarde", "De voorwaarde.", false)]
    [InlineData("slag", "Het ontslag.", false)]
    [InlineData("wet", "Het geweten en de wetenschap.", false)]
    [InlineData("betrokken", "De betrokkenheid.", true)]
    // Between quotes: as it stands.
    [InlineData("\"vergunning\"", "De parkeervergunning en vergunningen.", false)]
    [InlineData("\"de vergunning\"", "Hij kreeg de vergunning.", true)]
    [InlineData("\"de vergunning\"", "Hij kreeg een vergunning.", false)]
    public void Find_Word_FindsItsFormsAndNoOtherWord(string query, string text, bool finds) => new SmallIndex(("x", text)).Find(query).ShouldBe(finds ? "x" : "");

    [Fact]
    public void Find_Word_RanksItselfAboveItsFormsAndThoseAboveCompounds()
        => new SmallIndex(("compound", "een mooie bouwvergunning bouwvergunning"), ("stem", "een mooie lange vergunningen"), ("same", "een mooie lange vergunning"), ("other", "een mooie lange dag")).Find("vergunning").ShouldBe("same stem compound");

    [Theory]
    [InlineData("verantwoordelijke", "gezag gever verantwoordelijke")]
    [InlineData("opdrachtgever", "gezag gever verantwoordelijke")]
    [InlineData("bevoegd gezag", "gezag gever verantwoordelijke los")]
    [InlineData("+bevoegd +gezag", "gezag gever verantwoordelijke")]
    [InlineData("bevoegd AND gezag", "gezag gever verantwoordelijke")]
    [InlineData("\"bevoegd gezag\"", "gezag")]
    [InlineData("\"opdrachtgever\"", "gever")]
    [InlineData("brief AND opdrachtgever", "gezag")]
    [InlineData("brief -opdrachtgever", "los")]
    public void Find_WordOfTheProtocols_FindsWhatMeansTheSame(string query, string found)
        => new SmallIndex(("gezag", "brief aan het bevoegd gezag"), ("gever", "nota voor de opdrachtgever"), ("verantwoordelijke", "nota voor de verantwoordelijke"), ("los", "brief over gezag")).FindAll(query).ShouldBe(found);

    [Theory]
    [InlineData("de opname", "opname")]
    [InlineData("de AND opname", "opname")]
    [InlineData("het", "het")]
    [InlineData("het niet", "het")]
    public void Find_StopWords_CountOnlyWhenThereIsNothingElse(string query, string found)
        => new SmallIndex(("opname", "een opname van gisteren"), ("het", "het verslag is er niet"), ("geen", "verslag ontbreekt")).FindAll(query).ShouldBe(found);

    [Fact]
    public void Find_Word_DependsOnNothingButTheView()
    {
        // "rotonde" is on no list: only a view that has it as a word sees a compound in "rotondeboom".
        var without = new SmallIndex(("a", "de rotondeboom"));
        var with = new SmallIndex(("a", "de rotondeboom"), ("b", "een rotonde"));
        without.Find("boom").ShouldBe("");
        with.Find("boom").ShouldBe("a");
    }
}
