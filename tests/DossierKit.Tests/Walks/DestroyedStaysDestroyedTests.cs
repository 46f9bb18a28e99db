using System.Text;
using DossierKit.Dossiers;
using DossierKit.Tests.Documents;
using DossierKit.Tests.Dossiers;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Walks;

/// <summary>
/// The other walk: what was destroyed is gone. In a real vault on disk that a second instance and another process have open, with every key that is left tried on
/// everything that is left: no byte of the content, no name, in no stream (dossier, catalogue, access log, staff).
/// </summary>
public sealed class DestroyedStaysDestroyedTests : IAsyncDisposable
{
    private const string Sample = "nevenwerk-groenonderhoud";
    private const string Recording = "gesprek-getuige-fragment.wav";
    private const string Title = "Fragment van de opname";

    private readonly string _folder = Directory.CreateTempSubdirectory("dossierkit-walk-").FullName;
    private readonly List<DossierVault> _vaults = [];

    private VaultPlace Place => new(Path.Combine(_folder, "data"), Path.Combine(_folder, "state"));

    public async ValueTask DisposeAsync()
    {
        foreach (var vault in _vaults) await vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Destroy_ARecordingAndThenTheDossier_LeavesNothingForAnyKeyOrAnyProcess()
    {
        using var recovery = RecoveryKey.Create();
        var vault = Keep(await DossierVault.CreateAsync(Place, new VaultBirth(OtherProcess.Secret(), recovery), default));
        using var register = await FoundedAsync(vault);
        var number = await ImportAsync(register);
        var before = await EverythingAsync(vault);
        before.ShouldContain(Recording);
        before.ShouldContain(Title);
        Windows(before).ShouldBeGreaterThan(1000); // the means finds it as long as it is there

        // One recording.
        using var elsewhere = await DossierRegister.LoadAsync(Keep(await DossierVault.OpenAsync(Place, OtherProcess.Secret(), default)), TimeProvider.System, default);
        using (var there = (await elsewhere.OpenAsync(number, Fi(elsewhere), "luisteren", default))!)
        {
            var recording = there.State.Files.Single(file => file.Kind == FileKind.Recording).Id;
            await using var playing = (await there.OpenFileAsync(recording, default))!;
            await playing.ReadExactlyAsync(new byte[1000]);
            using var reader = await OtherProcess.StartReaderAsync(Place, number);

            var task = await register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
            await task.DestroyObjectsAsync(number, [recording.Value], "verslag vastgesteld", default);

            (await reader.GoOnAsync()).ShouldBe([OtherProcess.Gone, OtherProcess.Gone, OtherProcess.Gone, OtherProcess.Gone]);
            await Should.ThrowAsync<ObjectDestroyedException>(async () => await playing.ReadExactlyAsync(new byte[1000]));
            (await there.OpenFileAsync(recording, default)).ShouldBeNull();
        }

        var after = await EverythingAsync(vault);
        Windows(after).ShouldBe(0);
        after.ShouldNotContain(Recording);
        after.ShouldNotContain(Title);
        after.ShouldContain("Schelpenwaard"); // the case itself is there
        (await vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);

        // The dossier. Whoever opened it gave a purpose with a name in it, and still has it open.
        using var open = (await elsewhere.OpenAsync(number, Fi(elsewhere), "gesprek over Kwelderhof voorbereiden", default))!;
        var file = open.State.Files[0];
        await using var content = (await open.OpenFileAsync(file.Id, default))!;
        (await EverythingAsync(vault)).ShouldContain("gesprek over Kwelderhof");

        var destroy = await register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        await destroy.DestroyDossierAsync(number, default);

        await Should.ThrowAsync<ObjectDestroyedException>(async () => await content.ReadExactlyAsync(new byte[10]));
        (await open.OpenFileAsync(file.Id, default)).ShouldBeNull();
        (await open.RecordAsync(new WederhoorDone { Date = new DateOnly(2026, 4, 1), Betrokkene = new PersonId("betrokkene-1") }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit dossier is er niet.");
        (await open.RefreshAsync(default)).ShouldBeFalse();
        open.State.Files.ShouldBeEmpty();
        open.State.Persons.ShouldBeEmpty();
        (await elsewhere.OpenAsync(number, Fi(elsewhere), "nog eens over Kwelderhof", default)).ShouldBeNull();
        (await register.ListAsync(Fi(register), default)).ShouldBeEmpty();

        var names = new[] { "Schelpenwaard", "Kwelderhof", "Lisdoddema", number.Value, "factuur-2025-0914", "melding.eml" };
        await LeavesNothingAsync(vault, names);
        // As a process that starts tomorrow finds it, and after it has used the log.
        var tomorrow = Keep(await DossierVault.OpenAsync(Place, OtherProcess.Secret(), default));
        using var then = await DossierRegister.LoadAsync(tomorrow, TimeProvider.System, default);
        (await then.OpenAsync(number, Fi(then), "zoeken naar Kwelderhof", default)).ShouldBeNull();
        await LeavesNothingAsync(tomorrow, names);
        (await tomorrow.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
    }

    private async Task LeavesNothingAsync(DossierVault vault, string[] names)
    {
        var everything = await EverythingAsync(vault);
        foreach (var name in names) everything.ShouldNotContain(name);
        Windows(everything).ShouldBe(0);
        everything.ShouldContain("Plassenberger"); // the staff register is there, and is read
    }

    private static async Task<DossierRegister> FoundedAsync(DossierVault vault)
    {
        var register = await DossierRegister.LoadAsync(vault, TimeProvider.System, default);
        (await register.Staff.FoundAsync(
            RegisterFixture.Waterlanden,
            new FoundingPerson(new PersonId("fi"), "mevrouw H. Plassenberger", "os:fi", "functionaris integriteit"),
            new FoundingPerson(new PersonId("verantwoordelijke"), "mevrouw S. Dijkgravenhuis", "os:verantwoordelijke", "gemeentesecretaris"),
            "gemeentesecretaris",
            default)).IsDone.ShouldBeTrue();
        return register;
    }

    private static async Task<DossierNumber> ImportAsync(DossierRegister register)
    {
        var read = await DossierImport.ReadAsync(RepositoryFiles.Sample(Sample), register.Protocols.Library, new DateOnly(2026, 11, 21), default);
        return (await register.ImportAsync(Fi(register), read.Value, null, default)).Value;
    }

    private static ActingPerson Fi(DossierRegister register) => register.Staff.SignIn(new PersonId("fi"), "os:fi").Value;

    private static async Task<string> EverythingAsync(DossierVault vault)
        => string.Join('\n', (await VaultFixture.OpenEverythingAsync(vault)).Select(Encoding.Latin1.GetString));

    /// <summary>How many runs of 64 bytes of the recording stand in a text.</summary>
    private static int Windows(string everything)
    {
        var content = File.ReadAllBytes(RepositoryFiles.Sample(Sample, Recording));
        var windows = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at + 64 <= content.Length; at += 64)
        {
            // Silence is nobody's.
            if (content.AsSpan(at, 64).ContainsAnyExcept(content[at])) windows.Add(Encoding.Latin1.GetString(content, at, 64));
        }

        var found = windows.GetAlternateLookup<ReadOnlySpan<char>>();
        var count = 0;
        for (var at = 0; at + 64 <= everything.Length; at++)
        {
            if (found.Contains(everything.AsSpan(at, 64))) count++;
        }

        return count;
    }

    private DossierVault Keep(DossierVault vault)
    {
        _vaults.Add(vault);
        return vault;
    }
}
