using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Tests.Cli;

/// <summary>Backups, drills and ways in, by the real program: what it must notice, log or leave alone.</summary>
public sealed class KeyCareCommandTests(DemoVault demo) : IClassFixture<DemoVault>
{
    private const string Restore = "dossierkit restore kopie --unlock-file demo-data/demo.unlock";

    [Fact]
    public async Task Restore_WithADamagedNewestLedgerAccepted_IsNoSuccessAndNoDrill()
    {
        using var program = demo.Copy();
        await OkAsync(program, "dossierkit backup kopie --label kluisdeur --data demo-data");
        await File.WriteAllBytesAsync(Directory.GetFiles(program.At("kopie/grootboek")).ShouldHaveSingleItem(), new byte[80]);

        var restored = await program.RunAsync($"{Restore} --accept-damage --json --data terug");
        restored.Exit.ShouldBe(3, restored.ToString());
        Json(restored).GetProperty("clean").GetBoolean().ShouldBeFalse();
        (await program.RunAsync($"{Restore} --accept-damage --drill proef --data demo-data")).Exit.ShouldBe(3);
        Json(await OkAsync(program, "dossierkit keys status --json --data demo-data")).GetProperty("lastRestoreDrill").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Drill_BesideOneThatGoesOnAndOneThatWasKilled_RemovesOnlyTheSecond()
    {
        using var program = demo.Copy();
        await OkAsync(program, "dossierkit backup kopie --label kluisdeur --data demo-data");
        var (busy, killed) = (program.At($"proef/dossierkit-drill-{Guid.NewGuid():n}"), program.At($"proef/dossierkit-drill-{Guid.NewGuid():n}"));
        foreach (var folder in (string[])[busy, killed]) Directory.CreateDirectory(Path.Combine(folder, "data"));
        using (new FileStream($"{busy}.slot", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            await OkAsync(program, $"{Restore} --drill proef");
        Directory.Exists(busy).ShouldBeTrue();
        Directory.Exists(killed).ShouldBeFalse();
    }

    [Fact]
    public async Task Unlock_AddedAndRemoved_StandsInTheLogEachTime()
    {
        using var program = demo.Copy();
        var before = await LoggedAsync(program);
        var slot = Json(await OkAsync(program, "dossierkit unlock add --new-unlock-file tweede.unlock --json --data demo-data")).GetProperty("id").GetString();
        var added = await LoggedAsync(program);
        added.ShouldBeGreaterThan(before);
        await OkAsync(program, $"dossierkit unlock remove {slot} --data demo-data");
        (await LoggedAsync(program)).ShouldBeGreaterThan(added);
    }

    /// <summary>How many entries of work on keys the log has.</summary>
    private static async Task<int> LoggedAsync(DossierKitProcess program)
    {
        await using var vault = await DossierVault.OpenAsync(new VaultPlace(program.At("demo-data"), program.At("demo-data.state")), new CredentialFileSecret(await File.ReadAllBytesAsync(program.At("demo-data/demo.unlock"))), default);
        using var log = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, default);
        return log.Envelopes.Count;
    }

    private static async Task<Answer> OkAsync(DossierKitProcess program, string line)
    {
        var answer = await program.RunAsync(line);
        answer.Exit.ShouldBe(0, $"{line}\n{answer}");
        return answer;
    }

    private static JsonElement Json(Answer answer) => JsonDocument.Parse(answer.Out).RootElement;
}
