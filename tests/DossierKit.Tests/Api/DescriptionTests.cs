using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

using DossierKit.Tests.Documents;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Api;

/// <summary>The description of the API: complete, for everyone, and clean by the Dutch API design rules.</summary>
public sealed class DescriptionTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly Uri Address = new("/v1/openapi.json", UriKind.Relative);

    [Fact]
    public async Task Description_ForAnyone_IsThere()
    {
        using var answer = await served.CreateStranger().GetAsync(Address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("API-Version").Single().ShouldBe("1.0.0");
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string?)document["openapi"])!.ShouldStartWith("3.1");
        ((string?)document["servers"]![0]!["url"]).ShouldBe("/v1");
        ((string?)document["info"]!["contact"]!["email"]).ShouldBe("integriteit@waterlanden.example");
    }

    [Fact]
    public async Task Description_EveryOperation_SaysWhatItDoesAndHowItRefuses()
    {
        var document = JsonNode.Parse(await served.CreateStranger().GetStringAsync(Address))!;
        var count = 0;
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                count++;
                ((string?)operation!["summary"]).ShouldNotBeNullOrWhiteSpace($"{method} {path}");
                ((string?)operation["operationId"]).ShouldNotBeNullOrWhiteSpace($"{method} {path}");
                var answers = operation["responses"]!.AsObject();
                answers.ContainsKey("401").ShouldBeTrue($"{method} {path}");
                answers.ContainsKey("429").ShouldBeTrue($"{method} {path}");
                if (path.Contains('{', StringComparison.Ordinal)) answers.ContainsKey("404").ShouldBeTrue($"{method} {path}");
                foreach (var (code, answer) in answers.Where(answer => answer.Key[0] is '2' or '4'))
                {
                    answer!["headers"]!["API-Version"].ShouldNotBeNull($"{method} {path} {code}");
                    if (code[0] == '2' && answer["content"]?["application/json"] is { } json) json["example"].ShouldNotBeNull($"{method} {path} {code}");
                }
            }
        }

        count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Description_EventToRecord_HasEveryKindAndItsFields()
    {
        var schemas = JsonNode.Parse(await served.CreateStranger().GetStringAsync(Address))!["components"]!["schemas"]!;
        var mapping = schemas["NieuweGebeurtenis"]!["discriminator"]!["mapping"]!.AsObject();
        foreach (var kind in DossierKit.Dossiers.EventKind.All.Where(kind => !kind.IsWrittenByRegister))
        {
            var schema = schemas[((string?)mapping[kind.Name])!.Split('/')[^1]]!;
            ((string?)schema["properties"]!["soort"]!["const"]).ShouldBe(kind.Name);
            foreach (var field in kind.Fields) schema["properties"]![field.Name].ShouldNotBeNull($"{kind.Name}.{field.Name}");
        }
    }

    [Fact]
    public async Task Description_ByTheDesignRules_HasNoFinding()
    {
        var rules = Path.Combine(Path.GetDirectoryName(RepositoryFiles.Sample())!, "..", "shared", "adr", "ruleset-adr-2.2.yaml");
        Assert.SkipUnless(File.Exists(rules), "The ruleset of the Dutch API design rules is not beside the repository.");
        var spectral = Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "dossierkit", "spectral", "node_modules", ".bin", "spectral");
        Assert.SkipUnless(File.Exists(spectral), "Spectral is not installed: .ci/run does.");
        using var folder = new Cli.DossierKitProcess();
        await File.WriteAllTextAsync(folder.At("openapi.json"), await served.CreateStranger().GetStringAsync(Address));
        var start = new ProcessStartInfo(spectral) { WorkingDirectory = folder.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in (string[])["lint", "--ruleset", Path.GetFullPath(rules), "--fail-severity", "hint", "openapi.json"]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output + await error);
        output.ShouldContain("No results");
    }
}
