using System.Text.Json;

namespace DossierKit.Tests.Cli;

/// <summary>A recording destroyed by the real program, and the clock of the computer set wrong under it.</summary>
public sealed class DestructionCommandTests(DemoVault demo) : IClassFixture<DemoVault>
{
    private const string Recording = "WL-2021-0004";
    private const string InDemo = " --data demo-data --as ";

    [Fact]
    public async Task Destruction_ARecording_FromProposalToACheckedStatement()
    {
        using var program = demo.Copy();
        var draft = await OkAsync(program, $"dossierkit destruction propose {Recording} --dry-run --json{InDemo}fi");
        Json(draft).GetProperty("onderdelen").EnumerateArray().ShouldHaveSingleItem().GetProperty("reasons").EnumerateArray().ShouldAllBe(reason => reason.GetProperty("article").GetString()!.Length > 0);
        (await OkAsync(program, $"dossierkit destruction status{InDemo}fi")).Out.ShouldNotContain("VL-2026-0002"); // a dry run makes none beside the demo's own

        var list = Json(await OkAsync(program, $"dossierkit destruction propose {Recording} --json{InDemo}fi"));
        var number = list.GetProperty("lijst").GetString()!;
        (await program.RunAsync($"dossierkit destruction run {number} --confirm {number}{InDemo}fi")).Exit.ShouldBe(1);
        (await program.RunAsync($"dossierkit destruction approve {number}{InDemo}fi")).Exit.ShouldBe(1);
        await OkAsync(program, $"dossierkit destruction approve {number} --hash {list.GetProperty("sha256").GetString()}{InDemo}archivaris");
        (await program.RunAsync($"dossierkit destruction run {number}{InDemo}fi")).Exit.ShouldBe(2); // the number was not typed
        (await program.RunAsync($"dossierkit destruction run {number} --confirm VL-2026-9999{InDemo}fi")).Exit.ShouldBe(1);
        await OkAsync(program, $"dossierkit destruction run {number} --dry-run{InDemo}fi");
        var run = Json(await OkAsync(program, $"dossierkit destruction run {number} --confirm {number} --json{InDemo}fi"));
        run.GetProperty("status").GetString().ShouldBe("uitgevoerd");
        run.GetProperty("definitief").GetBoolean().ShouldBeTrue();

        await OkAsync(program, $"dossierkit destruction verklaring {number} --out v.json{InDemo}archivaris");
        await OkAsync(program, $"dossierkit destruction verklaring {number} --out v.csv{InDemo}archivaris");
        await OkAsync(program, $"dossierkit destruction verklaring {number} --out v.docx{InDemo}archivaris");
        await OkAsync(program, "dossierkit destruction key --out key.pem --data demo-data");
        (await OkAsync(program, "dossierkit destruction verify v.json --key key.pem")).Out.ShouldContain("klopt");
        var anybody = (await OkAsync(program, "dossierkit destruction verify v.json")).Out;
        anybody.ShouldStartWith("Niet vergeleken met een bekende sleutel");
        anybody.ShouldNotContain("klopt");
        Json(await OkAsync(program, "dossierkit destruction verify v.json --json")).GetProperty("vertrouwd").ValueKind.ShouldBe(JsonValueKind.Null);
        var text = await File.ReadAllTextAsync(program.At("v.json"));
        await File.WriteAllTextAsync(program.At("v.json"), text.Replace(Recording, "WL-2021-0005", StringComparison.Ordinal));
        (await program.RunAsync("dossierkit destruction verify v.json --key key.pem")).Exit.ShouldBe(1);
        (await File.ReadAllBytesAsync(program.At("v.docx"))).AsSpan().StartsWith("PK"u8).ShouldBeTrue();
        (await File.ReadAllTextAsync(program.At("v.csv"))).ShouldContain(Recording);
        await OkAsync(program, "dossierkit verify --data demo-data");
    }

    /// <summary>
    /// The clock of the computer is put three weeks ahead, over the waiting time of a list of dossiers. The machine itself did not run so long: nothing is destroyed, until two people
    /// say that the clock is right.
    /// </summary>
    [Fact]
    public async Task Destruction_ClockPutAhead_WaitsForTwoPeople()
    {
        if (!OperatingSystem.IsLinux() || Directory.Exists("/usr/lib") && FakeTime() is null) Assert.Skip("libfaketime is not on this machine.");
        using var program = demo.Copy();
        // The demo's own list of dossiers is the one that waits.
        var number = Json(await OkAsync(program, $"dossierkit destruction status --json{InDemo}fi")) is { ValueKind: JsonValueKind.Array } lists
            ? lists[0].GetProperty("lijst").GetString()! : "VL-2026-0001";
        await OkAsync(program, $"dossierkit destruction approve {number}{InDemo}archivaris");
        await OkAsync(program, $"dossierkit destruction approve {number}{InDemo}medebeslisser");
        (await program.RunAsync($"dossierkit destruction run {number} --confirm {number}{InDemo}fi")).Error.ShouldContain("wachttijd");

        var refused = await LaterAsync(program, $"destruction run {number} --confirm {number}{InDemo}fi");
        refused.Exit.ShouldBe(1, refused.ToString());
        refused.Error.ShouldContain("De klok van deze computer klopt niet");
        Json(await LaterAsync(program, $"destruction clock show --json{InDemo}fi")).GetProperty("twijfel").GetString().ShouldBe("vooruit");
        (await LaterAsync(program, $"destruction clock confirm{InDemo}fi")).Exit.ShouldBe(0);
        (await LaterAsync(program, $"destruction clock confirm{InDemo}fi")).Exit.ShouldBe(1);
        (await LaterAsync(program, $"destruction run {number} --confirm {number}{InDemo}fi")).Exit.ShouldBe(1);
        (await LaterAsync(program, $"destruction clock confirm{InDemo}archivaris")).Exit.ShouldBe(0);
        var done = await LaterAsync(program, $"destruction run {number} --confirm {number} --json{InDemo}fi");
        done.Exit.ShouldBe(0, done.ToString());
        Json(done).GetProperty("status").GetString().ShouldBe("uitgevoerd");

        // Back at the right time the clock stands behind what was seen: nothing more is destroyed either.
        Json(await OkAsync(program, $"dossierkit destruction clock show --json{InDemo}fi")).GetProperty("twijfel").GetString().ShouldBe("terug");
    }

    private static Task<Answer> LaterAsync(DossierKitProcess program, string words)
        => program.RunAsync(DossierKitProcess.Words(words), new Dictionary<string, string> { ["LD_PRELOAD"] = FakeTime()!, ["FAKETIME"] = "+21d", ["NO_FAKE_STAT"] = "1" });

    private static string? FakeTime() => Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    private static async Task<Answer> OkAsync(DossierKitProcess program, string line)
    {
        var answer = await program.RunAsync(line);
        answer.Exit.ShouldBe(0, $"{line}\n{answer}");
        return answer;
    }

    private static JsonElement Json(Answer answer) => JsonDocument.Parse(answer.Out).RootElement;
}
