using System.Text.Json;
using System.Text.RegularExpressions;
using DossierKit.Dossiers;
using DossierKit.Tests.Cli;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Walks;

/// <summary>
/// The worst week: a dossier and a recording are destroyed, then the machine burns down and nobody knows the passphrase. Two holders type their shares on an empty machine, and the vault comes
/// back from the oldest backup there is: without what was destroyed. With the real program.
/// </summary>
public sealed partial class DisasterTests
{
    private const string Recording = "gesprek-getuige-fragment.wav";

    [Fact]
    public async Task AnEmptyMachine_TwoHoldersAndAnOldBackup_BringBackAllButWhatWasDestroyed()
    {
        using var program = new DossierKitProcess();
        await MustAsync("dossierkit init --data kluis --state staat --unlock-file sleutel --recovery-key herstel.pem --municipality Waterlanden --street \"Dijkplein 1\" --postcode \"9990 AA\" --town Waterlanden"
            + $" --signatory \"T. Zeekleidijk\" --signatory-function gemeentesecretaris --fi-name \"H. Plassenberger\" --fi-account \"{Environment.UserName}\" --verantwoordelijke-name \"T. Zeekleidijk\" --verantwoordelijke-account ander");
        await MustAsync("dossierkit keys escrow --recovery-key herstel.pem --out delen --data kluis --state staat");
        var sheets = Enumerable.Range(1, 3).Select(number => LinesOf(File.ReadAllText(program.At($"delen/deel-{number}-van-3.html")))).ToList();
        File.Delete(program.At("herstel.pem"));
        Directory.Delete(program.At("delen"), recursive: true);

        const string Open = "--data kluis --state staat --unlock-file sleutel";
        foreach (var sample in (string[])["nevenwerk-groenonderhoud", "dienstbus-weekend"])
            await MustAsync($"dossierkit import \"{Path.Combine(AppContext.BaseDirectory, "sample-dossiers", sample)}\" {Open} --as fi --purpose proef");
        var first = Json(await MustAsync($"dossierkit backup kopie {Open} --json")).GetProperty("set").GetString()!;

        // A recording, and the whole other dossier, are destroyed after the backup.
        var secret = UnlockSecret.FromFile(program.At("sleutel"));
        DossierNumber burnt;
        await using (var vault = await DossierVault.OpenAsync(new VaultPlace(program.At("kluis"), program.At("staat")), secret, default))
        {
            using var register = await DossierRegister.LoadAsync(vault, TimeProvider.System, default);
            var fi = register.Staff.SignIn(new PersonId("fi"), $"os:{Environment.UserName}").Value;
            var numbers = Json((await MustAsync($"dossierkit list {Open} --as fi --json")).Out).EnumerateArray().Select(item => new DossierNumber(item.GetProperty("nummer").GetString()!)).ToList();
            numbers.Count.ShouldBe(2);
            (DossierNumber Number, OpaqueId File)? recording = null;
            foreach (var number in numbers)
            {
                using var dossier = (await register.OpenAsync(number, fi, "opname zoeken", default))!;
                if (dossier.State.Files.FirstOrDefault(file => file.Kind == FileKind.Recording) is { } found) recording = (number, found.Id.Value);
            }

            burnt = numbers.Single(number => number != recording!.Value.Number);
            var before = await EverythingAsync(vault);
            before.ShouldContain(Recording);
            before.ShouldContain(burnt.Value);
            var task = await register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
            await task.DestroyObjectsAsync(recording!.Value.Number, [recording.Value.File], "verslag vastgesteld", default);
            await task.DestroyDossierAsync(burnt, default);
            using var backups = await BackupRegister.OpenAsync(vault, default);
            backups.HoldingKeysAt(TimeProvider.System.GetUtcNow(), DateOnly.FromDateTime(DateTime.UtcNow)).ShouldHaveSingleItem().Set.ToString().ShouldBe(first);
        }

        Json(await MustAsync($"dossierkit backup kopie {Open} --json")).GetProperty("removedObjects").GetInt32().ShouldBeGreaterThan(0);

        // Fire: nothing is left but the place of the backups and three envelopes.
        foreach (var folder in (string[])["kluis", "staat"]) Directory.Delete(program.At(folder), recursive: true);
        File.Delete(program.At("sleutel"));

        // One sheet is too few; the same one twice as well; two do, in any order, as people type them.
        (await program.RunAsync("dossierkit restore kopie --drill proef --recovery-shares", sheets[0])).Exit.ShouldBe(2);
        (await program.RunAsync("dossierkit restore kopie --drill proef --recovery-shares", sheets[0] + sheets[0])).Error.ShouldContain("Een deel is twee keer gegeven.");
        var drill = Json(await MustAsync("dossierkit restore kopie --drill proef --recovery-shares --json", sheets[2].ToLowerInvariant() + sheets[0].Replace(' ', '-')));
        drill.GetProperty("clean").GetBoolean().ShouldBeTrue();
        Directory.EnumerateFileSystemEntries(program.At("proef")).ShouldBeEmpty();

        // The oldest backup, from before the destruction.
        const string Back = "--data terug --state terug-staat";
        var restored = Json(await MustAsync($"dossierkit restore kopie --set {first} {Back} --recovery-shares --json", sheets[0] + sheets[1]));
        restored.GetProperty("clean").GetBoolean().ShouldBeTrue();
        restored.GetProperty("dossiersDestroyedAgain").GetInt32().ShouldBe(1);
        restored.GetProperty("destroyedAgain").GetInt32().ShouldBeGreaterThan(2);
        (await MustAsync($"dossierkit keys drill {Back}", sheets[1] + sheets[2])).Out.ShouldContain("De oefening is geslaagd");
        await MustAsync($"dossierkit keys recover --new-unlock-file nieuw {Back}", sheets[1] + sheets[2]);
        await MustAsync($"dossierkit verify {Back} --unlock-file nieuw");
        var list = (await MustAsync($"dossierkit list {Back} --unlock-file nieuw --as fi --json")).Out;
        list.ShouldNotContain(burnt.Value);
        Json(list).GetArrayLength().ShouldBe(1);
        await using (var back = await DossierVault.OpenAsync(new VaultPlace(program.At("terug"), program.At("terug-staat")), UnlockSecret.FromFile(program.At("nieuw")), default))
        {
            var text = await EverythingAsync(back);
            text.ShouldNotContain(Recording);
            text.ShouldNotContain(burnt.Value);
            text.ShouldContain("Schelpenwaard"); // the rest of the case is there
        }

        var status = Json(await MustAsync($"dossierkit keys status {Back} --unlock-file nieuw --json"));
        status.GetProperty("lastDrill").GetString().ShouldNotBeNull();
        status.GetProperty("escrow").GetProperty("threshold").GetInt32().ShouldBe(2);

        async Task<Answer> MustAsync(string line, string? input = null)
        {
            var answer = await program.RunAsync(line, input);
            answer.Exit.ShouldBe(0, $"{line}\n{answer}");
            return answer;
        }
    }

    private static string LinesOf(string html)
    {
        var lines = ShareLine().Matches(html).Select(match => match.Groups["line"].Value).ToList();
        lines.Count.ShouldBe(RecoveryShare.LineCount);
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static JsonElement Json(Answer answer) => Json(answer.Out);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static async Task<string> EverythingAsync(DossierVault vault)
        => string.Join('\n', (await VaultFixture.OpenEverythingAsync(vault)).Select(bytes => System.Text.Encoding.UTF8.GetString(bytes)));

    [GeneratedRegex("<td>(?<line>[0-9A-Z]{4}( [0-9A-Z]{4}){4})</td>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShareLine();
}
