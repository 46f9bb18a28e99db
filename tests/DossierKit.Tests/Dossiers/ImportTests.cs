using System.Text;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Tests.Documents;
using DossierKit.Tests.Vault.Store;

namespace DossierKit.Tests.Dossiers;

public sealed class ImportTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nevenwerk-groenonderhoud", "WL-2026-0001", 4)]
    [InlineData("dienstbus-weekend", "WL-2026-0002", 2)]
    public async Task Read_TheSamples_AreValid(string sample, string number, int files)
    {
        var read = await DossierImport.ReadAsync(RepositoryFiles.Sample(sample), ProtocolLibrary.Shipped, Today, default);
        read.Refusals.ShouldBeEmpty();
        (read.Value.Number.Value, read.Value.FileCount).ShouldBe((number, files));
    }

    [Fact]
    public void FindFolders_OfTheSamples_AreAllByName()
    {
        var found = DossierImport.FindFolders(RepositoryFiles.Sample()).Select(Path.GetFileName).ToList();
        found.ShouldBe(Directory.GetDirectories(RepositoryFiles.Sample()).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        found.Count.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task Read_WithEveryKindOfMistake_TellsAllAtOnce()
    {
        var refusals = await RefusalsOf("""
            {
              "nummer": "WL-2026-0009",
              "protocol": { "id": "waterlandn" },
              "personen": [
                { "id": "melder-1", "rol": "melder", "achternaam": "Kwelderhof" },
                { "id": "kwelderhof", "rol": "getuige", "achternaam": "Kwelderhof" },
                { "id": "betrokkene-1", "rol": "betrokkene", "achternaam": "Schelpenwaard" },
                { "id": "betrokkene-1", "rol": "betrokkene", "achternaam": "Schelpenwaard" }
              ],
              "gebeurtenissen": [
                { "soort": "melding-ontvangen", "datum": "2026-12-02", "kanaal": "fi", "aard": "klacht", "vorm": "open", "omschrijving": "x", "melders": ["melder-2"] },
                { "soort": "verslag-opgemaakt", "datum": "2026-03-02", "gesprek": "gesprek-9", "met": "betrokkene-1" }
              ],
              "bestanden": [
                { "pad": "../geheim.txt", "titel": "t", "soort": "bewijs", "compartiment": "onderzoek", "datum": "2026-03-02" },
                { "pad": "er-niet.txt", "titel": "t", "soort": "opname", "compartiment": "onderzoek", "datum": "2026-03-02", "bij": "niemand" }
              ],
              "antwoorden": { "kennisgevng": { "x": "y" } }
            }
            """);
        refusals.Select(refusal => $"{refusal.Why.Split(". ")[0].TrimEnd('.')}: {refusal.What}").ShouldBe(
            [
                "dossier.json, regel 15, $.bestanden[0].pad: Dit pad kan niet: het wijst buiten de map of heeft een vreemde vorm.",
                "dossier.json, regel 16, $.bestanden[1].pad: Dit bestand is er niet.",
                "dossier.json, regel 3, $.protocol: Dit protocol is er niet, of gold niet op de dag van de melding.",
                "dossier.json, regel 8, $.personen[3]: Deze aanduiding staat er twee keer.",
                "dossier.json, regel 5, $.personen[0]: Bij een melder hoort een vorm.",
                "dossier.json, regel 6, $.personen[1]: Deze aanduiding lijkt op een naam.",
                "dossier.json, regel 11, $.gebeurtenissen[0]: De datum ligt in de toekomst.",
                "dossier.json, regel 11, $.gebeurtenissen[0]: De persoon 'melder-2' staat niet in dit dossier.",
                "dossier.json, regel 12, $.gebeurtenissen[1]: Het gesprek waar dit bij hoort staat niet in het dossier.",
                "dossier.json, regel 16, $.bestanden[1]: Een opname hoort in het compartiment opnamen.",
                "dossier.json, regel 16, $.bestanden[1]: Het bestand hoort bij iets dat niet in het dossier staat.",
                "dossier.json, regel 18, $.antwoorden.kennisgevng: Deze soort stuk bestaat niet.",
            ],
            ignoreOrder: true);
        string.Join(' ', refusals).ShouldNotContain("Kwelderhof");
    }

    [Theory]
    [InlineData("""{ "nummer": "x" }""", "$.nummer")]
    [InlineData("""{ "nummer": 3 }""", "$.nummer")]
    [InlineData("""{ "numer": "WL-1" }""", "$.numer")]
    [InlineData("""[]""", "$")]
    [InlineData("""null""", "$")]
    [InlineData("""{ "gebeurtenissen": [ { "datum": "2026-01-01" } ] }""", "$.gebeurtenissen[0]")]
    [InlineData("""{ "gebeurtenissen": [ { "soort": "bestand-toegevoegd" } ] }""", "$.gebeurtenissen[0].soort")]
    [InlineData("""{ "gebeurtenissen": [ { "soort": 1 } ] }""", "$.gebeurtenissen[0].soort")]
    [InlineData("""{ "gebeurtenissen": null }""", "$.gebeurtenissen")]
    [InlineData("""{ "personen": [ { "id": "a", "rol": "baas" } ] }""", "$.personen[0].rol")]
    [InlineData("""{ "antwoorden": { "kennisgeving": { "a": 3 } } }""", "$.antwoorden.kennisgeving.a")]
    public async Task Read_AMistakeInShape_IsToldAtItsPath(string json, string path)
        => (await RefusalsOf(json)).ShouldContain(refusal => refusal.Subject == path);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("C:a")]
    [InlineData("")]
    [InlineData("koppeling.txt")]
    [InlineData("map/koppeling.txt")]
    public async Task Read_APathThatLeavesTheFolder_IsRefused(string path)
    {
        await File.WriteAllTextAsync(_folder.Below("buiten.txt"), "geheim");
        Directory.CreateDirectory(_folder.Below("dossier"));
        File.CreateSymbolicLink(_folder.Below("dossier", "koppeling.txt"), _folder.Below("buiten.txt"));
        Directory.CreateDirectory(_folder.Below("elders"));
        await File.WriteAllTextAsync(_folder.Below("elders", "koppeling.txt"), "geheim");
        Directory.CreateSymbolicLink(_folder.Below("dossier", "map"), _folder.Below("elders"));
        var json = $$"""{ "bestanden": [ { "pad": {{System.Text.Json.JsonSerializer.Serialize(path)}}, "titel": "t", "soort": "bewijs", "compartiment": "onderzoek", "datum": "2026-03-02" } ] }""";
        (await RefusalsOf(json, "dossier")).ShouldContain(refusal => refusal.Subject == "$.bestanden[0].pad");
    }

    [Fact]
    public async Task Read_WithoutADescription_SaysSo()
        => (await DossierImport.ReadAsync(_folder.Path, ProtocolLibrary.Shipped, Today, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("In deze map staat geen dossier.json.");

    [Fact]
    public async Task Read_WithAByteOrderMark_IsRead()
    {
        await File.WriteAllTextAsync(_folder.Below("dossier.json"), """{ "nummer": "WL-2026-0009", "personen": [], "gebeurtenissen": [] }""", new UTF8Encoding(true));
        (await DossierImport.ReadAsync(_folder.Path, ProtocolLibrary.Shipped, Today, default)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_AnAnswerInEachForm_BecomesText()
    {
        await File.WriteAllTextAsync(
            _folder.Below("dossier.json"),
            """{ "nummer": "WL-2026-0009", "protocol": { "id": "waterlanden", "versie": "2025" }, "personen": [], "gebeurtenissen": [], "antwoorden": { "kennisgeving": { "a": "x", "b": true, "c": false, "d": ["een", "twee"] } } }""");
        var answers = (await DossierImport.ReadAsync(_folder.Path, ProtocolLibrary.Shipped, Today, default)).Value.Events.OfType<AnswersRecorded>().ShouldHaveSingleItem();
        answers.Answers.ShouldBe(new Dictionary<string, string> { ["a"] = "x", ["b"] = "ja", ["c"] = "nee", ["d"] = "een\ntwee" });
    }

    [Fact]
    public async Task Read_AnOnderzoekerWhoIsAlsoGetuige_IsRefused()
        => (await RefusalsOf("""
            { "nummer": "WL-2026-0009", "protocol": { "id": "waterlanden" },
              "personen": [ { "id": "onderzoeker-1", "rol": "onderzoeker", "achternaam": "Aa", "medewerker": "piet" }, { "id": "getuige-1", "rol": "getuige", "achternaam": "Aa", "medewerker": "piet" } ],
              "gebeurtenissen": [ { "soort": "onderzoeker-aangewezen", "datum": "2026-03-02", "onderzoeker": "onderzoeker-1" } ] }
            """)).ShouldHaveSingleItem().What.ShouldBe("Een onderzoeker hoort zelf bij de zaak.");

    private async Task<IReadOnlyList<Refusal>> RefusalsOf(string json, string folder = "")
    {
        await File.WriteAllTextAsync(_folder.Below(folder, "dossier.json"), json);
        return (await DossierImport.ReadAsync(_folder.Below(folder), ProtocolLibrary.Shipped, Today, default)).Refusals;
    }
}
