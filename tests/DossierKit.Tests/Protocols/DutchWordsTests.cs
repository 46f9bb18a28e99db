using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

public class DutchWordsTests
{
    [Theory]
    [InlineData("kennisgeving", "de kennisgeving")]
    [InlineData("intakeverslag", "het intakeverslag")]
    [InlineData("bericht dat er geen onderzoek komt", "het bericht dat er geen onderzoek komt")]
    [InlineData("besluit van het directeurenteam", "het besluit van het directeurenteam")]
    [InlineData("uitnodiging voor een gesprek", "de uitnodiging voor een gesprek")]
    [InlineData("verslag van de verantwoording", "het verslag van de verantwoording")]
    [InlineData("lijst van bijlagen", "de lijst van bijlagen")]
    [InlineData("onderzoeksrapport", "het onderzoeksrapport")]
    [InlineData("feitenrapportage", "de feitenrapportage")]
    [InlineData("bevoegd gezag", "het bevoegd gezag")]
    [InlineData("hoofd bureau integriteit", "het hoofd bureau integriteit")]
    [InlineData("functionaris integriteit (FI)", "de functionaris integriteit (FI)")]
    [InlineData("persoon in kwestie", "de persoon in kwestie")]
    [InlineData("opdrachtgever", "de opdrachtgever")]
    [InlineData("college van burgemeester en wethouders", "het college van burgemeester en wethouders")]
    public void The_WordOfAProtocol_GetsItsArticle(string word, string expected)
    {
        DutchWords.The(word).ShouldBe(expected);
        DutchWords.TheFirst(word).ShouldBe(char.ToUpperInvariant(expected[0]) + expected[1..]);
    }
}
