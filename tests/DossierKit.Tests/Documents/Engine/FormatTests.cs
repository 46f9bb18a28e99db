using System.Globalization;
using DossierKit.Documents;
using static DossierKit.Tests.Documents.Engine.TestDocx;

namespace DossierKit.Tests.Documents.Engine;

/// <summary>How values print. Everything is Dutch, on every machine.</summary>
public sealed class FormatTests
{
    private static readonly TemplateData Data = TemplateData.Record(
        ("datum", new DateOnly(2026, 3, 2)), ("tijd", new TimeOnly(9, 5)), ("aantal", 1234567), ("bedrag", 1234.5m), ("schuld", -0.005m), ("breuk", 1234.50m),
        ("ja", true), ("nee", false), ("plaats", "ijmuiden"), ("tekst", "Een Zin"), ("leeg", TemplateData.Empty),
        ("een", TemplateData.List("a")), ("twee", TemplateData.List("a", "b")), ("drie", TemplateData.List("a", "b", "c")), ("geen", TemplateData.List()),
        ("data", TemplateData.List(new DateOnly(2026, 3, 2), new DateOnly(2026, 12, 31))));

    [Theory]
    [InlineData("datum", "2 maart 2026")]
    [InlineData("datum|lang", "2 maart 2026")]
    [InlineData("datum|kort", "02-03-2026")]
    [InlineData("datum|dag", "maandag 2 maart 2026")]
    [InlineData("datum|dag|hoofdletter", "Maandag 2 maart 2026")]
    [InlineData("datum|maand", "maart 2026")]
    [InlineData("datum|jaar", "2026")]
    [InlineData("datum|iso", "2026-03-02")]
    [InlineData("tijd", "09:05")]
    [InlineData("tijd|tijd", "09:05")]
    [InlineData("aantal", "1234567")]
    [InlineData("aantal|getal", "1.234.567")]
    [InlineData("aantal|bedrag", "€\u00A01.234.567,00")]
    [InlineData("bedrag|bedrag", "€\u00A01.234,50")]
    [InlineData("schuld|bedrag", "€\u00A0-0,01")]
    [InlineData("breuk|getal", "1.234,5")]
    [InlineData("breuk", "1234,5")]
    [InlineData("ja|ja/nee", "ja")]
    [InlineData("nee", "nee")]
    [InlineData("plaats|hoofdletter", "IJmuiden")]
    [InlineData("plaats|hoofdletters", "IJMUIDEN")]
    [InlineData("tekst|klein", "een zin")]
    [InlineData("een|lijst", "a")]
    [InlineData("twee|lijst", "a en b")]
    [InlineData("drie|lijst", "a, b en c")]
    [InlineData("drie|keuze", "a, b of c")]
    [InlineData("drie|hoofdletters|lijst", "A, B en C")]
    [InlineData("drie|LIJST", "a, b en c")]
    [InlineData("data|kort|lijst", "02-03-2026 en 31-12-2026")]
    [InlineData("data|lijst", "2 maart 2026 en 31 december 2026")]
    [InlineData("drie|aantal", "3")]
    [InlineData("geen|aantal", "0")]
    [InlineData("geen|lijst", "")]
    [InlineData("leeg|lang", "")]
    public void Render_Format_PrintsDutchInAnyCulture(string tag, string expected)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in (string[])["nl-NL", "en-US", "tr-TR", "ar-SA"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                With(P($"[{{{{{tag}}}}}]")).Text(Data).ShouldBe($"[{expected}]");
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("tekst|lang", "het is tekst, maar de opmaak 'lang' vraagt een datum")]
    [InlineData("drie", "het is een lijst; zet er |lijst of |aantal achter, of maak er een lus van met {{#…}}")]
    [InlineData("tekst|lijst", "het is tekst, maar de opmaak 'lijst' vraagt een lijst")]
    [InlineData("tekst|ja/nee", "het is tekst, maar de opmaak 'ja/nee' vraagt ja of nee")]
    public void Render_FormatThatDoesNotFit_Refuses(string tag, string why)
    {
        var refusal = With(P($"[{{{{{tag}}}}}]")).Compile().Render(Data, new RenderOptions()).Refusals.Single();
        refusal.What.ShouldContain(why);
        refusal.ToString().ShouldNotContain("Een Zin");
    }

    [Fact]
    public void FromJson_NumberBeyondAllAmounts_IsShownAsWritten()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"n":1e400}""");
        TemplateData.FromJson(json.RootElement).Fields["n"].Kind.ShouldBe(TemplateDataKind.Text);
    }

    [Fact]
    public void Read_HalfCharactersAndNamesTwice_AreToldWithTheirPath()
    {
        // Story: a file with "\ud800" is well-formed JSON and holds no text; the reader threw, and the program called it a bug of its own.
        using var json = System.Text.Json.JsonDocument.Parse("""{"naam":"a","NAAM":"b","adres":{"straat":"x\ud800y"},"\udc00":1}""");
        var refusals = TemplateData.Read(json.RootElement, "proef.json").Refusals;
        refusals.Select(refusal => refusal.Subject).ShouldBe(["NAAM", "adres.straat", ""]);
        refusals.ShouldAllBe(refusal => refusal.Why.Contains("proef.json", StringComparison.Ordinal));
        Should.Throw<ArgumentException>(() => TemplateData.FromJson(json.RootElement));
    }

    [Fact]
    public void FromJson_TypesAreRecognised()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"datum":"2026-03-02","tijd":"09:05","n":3,"d":3.5,"j":true,"l":["a",null],"o":{"Naam":"x"},"leeg":null,"t":"2026"}""");
        var data = TemplateData.FromJson(json.RootElement);
        data.Fields.Select(f => $"{f.Key}={f.Value.Kind}").ShouldBe(["datum=Date", "tijd=Time", "n=Number", "d=Fraction", "j=Flag", "l=List", "o=Record", "leeg=Empty", "t=Text"]);
        data.Fields["o"].Fields["NAAM"].Kind.ShouldBe(TemplateDataKind.Text);
    }
}
