namespace DossierKit.Tests.Documents;

public class DossierSchemaTests
{
    public static TheoryData<string> Samples => [.. Directory.GetDirectories(RepositoryFiles.Sample()).Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(name => name!)];

    [Fact]
    public void Schema_OfDossierJson_SaysWhatTheProgramReads()
    {
        // Story: a schema written by hand drifts away from the program and sends people to fields that are refused.
        // The file is written from the records of the domain. When this fails, put the text it prints in sample-dossiers/dossier.schema.json.
        var wanted = DossierSchema.Write();
        var file = RepositoryFiles.Sample("dossier.schema.json");
        var found = File.Exists(file) ? File.ReadAllText(file) : "";
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_WRITE_EXPECTED") == "1") File.WriteAllText(file, found = wanted);
        found.ShouldBe(wanted);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_AgainstSchema_HasNoErrors(string sample)
        => SchemaCheck.Run(File.ReadAllText(RepositoryFiles.Sample("dossier.schema.json")), File.ReadAllText(RepositoryFiles.Sample(sample, "dossier.json"))).ShouldBeEmpty();

    [Theory]
    [InlineData("\"orLid\": false", "\"orlid\": false", "'orlid' is unknown")]
    [InlineData("\"soort\": \"criteria-gewogen\"", "\"soort\": \"criteria-wegen\"", "no such kind of event")]
    [InlineData("\"kanaal\": \"vertrouwenspersoon\"", "\"kanaal\": \"koffieautomaat\"", "is not one of")]
    [InlineData("\"datum\": \"2026-02-02\"", "\"datum\": \"2 februari\"", "does not match")]
    [InlineData("\"betrokkene\": \"betrokkene-1\",", "", "'betrokkene' is missing")]
    public void Sample_WithAMistake_IsRefusedBySchema(string good, string bad, string error)
    {
        var json = File.ReadAllText(RepositoryFiles.Sample("nevenwerk-groenonderhoud", "dossier.json"));
        json.ShouldContain(good);
        SchemaCheck.Run(File.ReadAllText(RepositoryFiles.Sample("dossier.schema.json")), json.Replace(good, bad, StringComparison.Ordinal))
            .ShouldContain(found => found.Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_Files_AreThereAndAreWhatTheySay(string sample)
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Sample(sample, "dossier.json")));
        foreach (var file in json.RootElement.GetProperty("bestanden").EnumerateArray())
        {
            var path = file.GetProperty("pad").GetString()!;
            var bytes = File.ReadAllBytes(RepositoryFiles.Sample(sample, path));
            var magic = Path.GetExtension(path) switch { ".docx" or ".xlsx" => "PK", ".pdf" => "%PDF", ".wav" => "RIFF", ".eml" => "From: ", ".png" => "\u0089PNG", ".jpg" => "\u00FF\u00D8\u00FF", ".txt" => "", _ => "?" };
            System.Text.Encoding.Latin1.GetString(bytes, 0, magic.Length).ShouldBe(magic, path);
        }
    }
}
