using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Backup;

/// <summary>What a place may hold, forgets, and must not lose.</summary>
public sealed class BackupPlaceTests
{
    [Fact]
    public async Task Backup_AfterTheLastDay_RemovesTheKeysAndTheRegisterSaysSo()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("Kwelderhof");
        var first = await made.BackupAsync(keepDays: 35);
        using var register = await BackupRegister.OpenAsync(made.Vault, default);
        var destroyedAt = made.Clock.GetUtcNow().AddMinutes(1);
        register.HoldingKeysAt(destroyedAt, made.Today).ShouldHaveSingleItem().Set.ShouldBe(first.Set!.Value);

        made.Clock.Advance(TimeSpan.FromDays(35));
        (await made.BackupAsync()).RemovedSets.ShouldBeEmpty(); // its last day is today
        made.Clock.Advance(TimeSpan.FromDays(1));
        var third = await made.BackupAsync();
        third.RemovedSets.ShouldBe([first.Set.Value]);

        BackedUpVault.FilesIn(made.At("kopie/sleutels")).ShouldNotContain(name => name.Contains(first.Set.Value.ToString(), StringComparison.Ordinal));
        await register.RefreshAsync(default);
        register.HoldingKeysAt(destroyedAt, made.Today).ShouldBeEmpty();
        await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.RestoreAsync(made.EmptyMachine(), first.Set));
    }

    [Fact]
    public async Task Prune_WithoutANewerBackup_KeepsTheNewestAndSaysThatItIsOverdue()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var first = await made.BackupAsync(keepDays: 1);
        made.Clock.Advance(TimeSpan.FromHours(1));
        var second = await made.BackupAsync(keepDays: 1);
        made.Clock.Advance(TimeSpan.FromDays(30));

        (await VaultBackup.PruneAsync(made.Vault, made.Destination, made.Clock, made.Today, dryRun: true, default)).ShouldSatisfyAllConditions(
            plan => plan.Removed.ShouldBe([first.Set!.Value]), plan => plan.Overdue.ShouldBe([second.Set!.Value]));
        (await VaultRestore.ListAsync(made.Destination, default)).Count.ShouldBe(2);
        (await VaultBackup.PruneAsync(made.Vault, made.Destination, made.Clock, made.Today, dryRun: false, default)).Removed.ShouldBe([first.Set!.Value]);

        (await VaultRestore.ListAsync(made.Destination, default)).ShouldHaveSingleItem().Id.ShouldBe(second.Set!.Value);
        using var register = await BackupRegister.OpenAsync(made.Vault, default);
        register.HoldingKeysAt(made.Clock.GetUtcNow(), made.Today).ShouldHaveSingleItem().ShouldSatisfyAllConditions(holder => holder.Set.ShouldBe(second.Set.Value), holder => holder.IsOverdue.ShouldBeTrue());
        (await made.RestoreAsync(made.EmptyMachine())).Verified.IsClean.ShouldBeTrue();
    }

    [Theory]
    [InlineData("j")]
    [InlineData("b")]
    public async Task Backup_OfAVaultThatLostSomething_RefusesAndLeavesTheBackupWhole(string folder)
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("een", "twee");
        await made.BackupAsync();
        var before = BackedUpVault.FilesIn(made.Destination);

        // A disk that fails, or somebody who deletes: without this the next run would take the last copy away.
        File.Delete(Directory.GetFiles(made.At($"data/s/{stream}/{folder}")).Order(StringComparer.Ordinal).Last());
        (await Should.ThrowAsync<VaultDamagedException>(async () => await made.BackupAsync())).Message.ShouldContain("left as it is");

        BackedUpVault.FilesIn(made.Destination).ShouldBe(before);
        (await made.RestoreAsync(made.EmptyMachine())).Verified.IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Backup_OfAVaultWithAnotherHistory_Refuses()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("een");
        var old = await made.BackupAsync();
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!) await made.AppendAsync(journal, "twee");
        made.Clock.Advance(TimeSpan.FromMinutes(1)); // which of the two is newer, their times tell
        await made.BackupAsync();

        // An older copy, put back on another machine and written on: as many commits, and others.
        var machine = made.EmptyMachine();
        await made.RestoreAsync(machine, old.Set);
        var other = await made.OpenAsync(machine);
        using (var journal = (await other.OpenStreamAsync(StreamKind.Dossier, stream, default))!) await made.AppendAsync(journal, "iets anders");
        for (var i = 0; i < 2; i++) await VaultBackup.RunAsync(other, new BackupOptions(made.At("andere-kopie"), "schijf"), made.Clock, made.Today, null, default);
        (await Should.ThrowAsync<VaultDamagedException>(async () => await VaultBackup.RunAsync(other, new BackupOptions(made.Destination, "schijf"), made.Clock, made.Today, null, default))).Message.ShouldContain("rolled back and written on");
    }

    /// <summary>
    /// A run was killed after it copied a commit; then the machine was lost, and the vault came back from the backup before that. Its next commit has the same name as the one that was left there,
    /// and is another.
    /// </summary>
    [Fact]
    public async Task Backup_OverWhatAKilledRunLeftOfALostHistory_CopiesTheVaultAsItIs()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("een");
        var first = await made.BackupAsync();
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!) await made.AppendAsync(journal, "verloren");
        await made.AddStreamAsync("ook verloren");
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () => await VaultBackup.RunAsync(
            made.Vault, new BackupOptions(made.Destination, "schijf"), made.Clock, made.Today, new Act(progress => { if (progress.Stage == BackupStage.Keys) stop.Cancel(); }), stop.Token));
        Directory.GetFiles(made.At($"kopie/inhoud/s/{stream}/j")).Length.ShouldBe(2);

        var machine = made.EmptyMachine();
        await made.RestoreAsync(machine, first.Set);
        var vault = await made.OpenAsync(machine);
        using (var journal = (await vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!) await made.AppendAsync(journal, "opnieuw");
        made.Clock.Advance(TimeSpan.FromMinutes(1));
        await VaultBackup.RunAsync(vault, new BackupOptions(made.Destination, "schijf"), made.Clock, made.Today, null, default);

        var again = made.EmptyMachine();
        (await made.RestoreAsync(again)).Verified.IsClean.ShouldBeTrue();
        var text = await BackedUpVault.EverythingAsync(await made.OpenAsync(again));
        text.ShouldContain("opnieuw");
        text.ShouldNotContain("verloren");
        (await VaultRestore.ListAsync(made.Destination, default)).ShouldAllBe(set => set.IsWhole);
    }

    [Fact]
    public async Task Backup_WithCheck_CopiesAgainWhatIsDamagedThere()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("een", "twee");
        await made.BackupAsync();
        foreach (var folder in (string[])["j", "b"]) Spoil(Directory.GetFiles(made.At($"kopie/inhoud/s/{stream}/{folder}"))[0]);
        var damage = await Should.ThrowAsync<VaultDamagedException>(async () => await made.RestoreAsync(made.EmptyMachine()));
        damage.Message.ShouldContain("2 objects");

        (await made.BackupAsync(check: true)).Repaired.ShouldBe(2);
        (await made.RestoreAsync(made.EmptyMachine())).Verified.IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Restore_OfADamagedBackup_NamesItAndOpensNothingUnlessAccepted()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var (good, bad) = (await made.AddStreamAsync("blijft"), await made.AddStreamAsync("een", "twee", "drie"));
        await made.BackupAsync();
        var second = Directory.GetFiles(made.At($"kopie/inhoud/s/{bad}/j")).Order(StringComparer.Ordinal).ElementAt(1);
        Spoil(second);

        var machine = made.EmptyMachine();
        (await Should.ThrowAsync<VaultDamagedException>(async () => await made.RestoreAsync(machine))).Message.ShouldContain($"s/{bad}/j/0000000000000002");
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.OpenAsync(machine))).Message.ShouldContain("broken off");

        // The same folder, with the damage accepted: the stream ends before it, and everything else is there.
        var restored = await made.RestoreAsync(machine, acceptDamage: true);
        restored.Damaged.ShouldContain($"s/{bad}/j/0000000000000002");
        var vault = await made.OpenAsync(machine);
        using (var journal = (await vault.OpenStreamAsync(StreamKind.Dossier, bad, default))!) journal.Head.ShouldBe(1);
        using (var journal = (await vault.OpenStreamAsync(StreamKind.Dossier, good, default))!) (await VaultFixture.TextAsync(journal, journal.Envelopes[0])).ShouldBe("blijft");
    }

    [Theory]
    [InlineData("lijst")]
    [InlineData("sleutels")]
    [InlineData("grootboek")]
    public async Task Restore_WhenAFileOfTheSetWasChanged_IsRefused(string file)
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        var gone = await made.AddStreamAsync("weg");
        await made.Vault.DestroyStreamAsync(gone, made.Clock.GetUtcNow(), default);
        var report = await made.BackupAsync();
        var path = made.At($"kopie/sleutels/{report.Set}/{file}");
        var whole = File.ReadAllBytes(path);
        foreach (var at in Enumerable.Range(0, 12).Select(i => i * (whole.Length - 1) / 11))
        {
            var changed = whole.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            await Should.ThrowAsync<VaultException>(async () => await made.RestoreAsync(made.EmptyMachine()), $"byte {at} of {file}");
        }

        File.WriteAllBytes(path, whole);
        (await made.RestoreAsync(made.EmptyMachine())).Verified.IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Restore_IntoAFolderThatHoldsSomething_IsRefusedAndLeavesIt()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var (first, second) = (await made.BackupAsync(), await made.BackupAsync());
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.RestoreAsync(made.Own))).Message.ShouldContain("Choose an empty folder");
        (await made.Vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();

        // Half a restore of another set.
        var machine = made.EmptyMachine();
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () => await VaultRestore.RunAsync(
            new RestoreOptions(made.Destination, machine, made.Clock, first.Set), () => made.Secret, new Act(progress => { if (progress.Stage == BackupStage.Keys) stop.Cancel(); }), stop.Token));
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.RestoreAsync(machine, second.Set))).Message.ShouldContain(first.Set!.Value.ToString());
        (await made.RestoreAsync(machine, first.Set)).Verified.IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Backup_ToAFolderThatIsNotItsOwn_IsRefused()
    {
        await using var made = await BackedUpVault.CreateAsync();
        foreach (var folder in (string[])["data/kopie", $"state/{made.Vault.Id}/kopie", "data"])
            await Should.ThrowAsync<VaultEnvironmentException>(async () => await VaultBackup.RunAsync(made.Vault, new BackupOptions(made.At(folder), "schijf"), made.Clock, made.Today, null, default), folder);
        Directory.CreateDirectory(made.At("kopie/foto"));
        File.WriteAllText(made.At("kopie/foto/strand"), "zee");
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.BackupAsync())).Message.ShouldContain("no place for backups");

        await using var another = await BackedUpVault.CreateAsync();
        await another.BackupAsync();
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await VaultBackup.RunAsync(made.Vault, new BackupOptions(another.Destination, "schijf"), made.Clock, made.Today, null, default))).Message.ShouldContain("another vault");
    }

    [Fact]
    public async Task Backup_DryRun_WritesNothingAnywhere()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        var before = BackedUpVault.FilesIn(made.At("data"));
        var report = await made.BackupAsync(dryRun: true);

        report.CopiedObjects.ShouldBe(report.Objects);
        report.CopiedBytes.ShouldBeGreaterThan(0);
        Directory.Exists(made.Destination).ShouldBeFalse();
        BackedUpVault.FilesIn(made.At("data")).ShouldBe(before);
        await made.BackupAsync();
        // What a run itself writes to the register comes after its own copy.
        (await made.BackupAsync(dryRun: true)).CopiedObjects.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Backup_TwoAtOnceToOnePlace_OneIsRefused()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        await made.BackupAsync();
        await using var held = await BackupPlace.OpenForWritingAsync(made.Destination, made.Vault.Id, create: false, default);
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.BackupAsync())).Message.ShouldContain("in use");
    }

    [Fact]
    public async Task Backup_KilledAtAnyPut_LeavesNoSetAndTheNextOneIsWhole()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een", "twee");
        for (var after = 0; ; after++)
        {
            using var stop = new CancellationTokenSource();
            var told = 0;
            var wasStopped = false;
            try
            {
                await VaultBackup.RunAsync(made.Vault, new BackupOptions(made.Destination, "schijf"), made.Clock, made.Today, new Act(_ => { if (++told > after) stop.Cancel(); }), stop.Token);
            }
            catch (OperationCanceledException)
            {
                wasStopped = true;
            }

            using (var register = await BackupRegister.OpenAsync(made.Vault, default))
            {
                // What may hold keys is known, whatever was killed when.
                foreach (var set in await VaultRestore.ListAsync(made.Destination, default)) register.Sets.Single(known => known.Id == set.Id).HoldsKeys.ShouldBeTrue();
            }

            made.Clock.Advance(TimeSpan.FromMinutes(1));
            var whole = await made.BackupAsync();
            (await VaultRestore.ListAsync(made.Destination, default)).ShouldAllBe(set => set.IsWhole);
            (await made.RestoreAsync(made.EmptyMachine(), whole.Set)).Verified.IsClean.ShouldBeTrue();
            if (wasStopped) continue;
            after.ShouldBeGreaterThan(6);
            return;
        }
    }

    [Fact]
    public async Task Restore_BesideAStateThatIsFurther_SaysWhatIsLostAndOpens()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("een");
        await made.BackupAsync();
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!) await made.AppendAsync(journal, "later");
        await made.AddStreamAsync("nieuwer");

        // The disk with the data died; the state is on another one.
        var place = new VaultPlace(made.At("terug"), made.At("state"));
        var restored = await made.RestoreAsync(place);
        restored.StreamsLost.ShouldBe(1);
        restored.StreamsBehind.ShouldBeGreaterThanOrEqualTo(2); // the dossier and the catalogue; the register of backups as well
        restored.IsStateNew.ShouldBeFalse();
        (await (await made.OpenAsync(place)).VerifyAsync(null, default)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Restore_WithTheWrongSecretOrTheRecoveryKey_OpensWithTheSecondOnly()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        await made.BackupAsync();
        var machine = made.EmptyMachine();
        await Should.ThrowAsync<VaultEnvironmentException>(async () => await VaultRestore.RunAsync(new RestoreOptions(made.Destination, machine, made.Clock), () => Keys.Secrets.Credential(), null, default));
        Directory.Exists(machine.Data).ShouldBeFalse();
        (await VaultRestore.RunAsync(new RestoreOptions(made.Destination, machine, made.Clock), () => new RecoverySecret(made.Recovery), null, default)).Verified.IsClean.ShouldBeTrue();
        await made.OpenAsync(machine);
    }

    [Fact]
    public async Task Backup_AfterARestore_KnowsTheSetsThatLieThere()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var first = await made.BackupAsync();
        made.Clock.Advance(TimeSpan.FromHours(1));
        var second = await made.BackupAsync();
        var machine = made.EmptyMachine();
        await made.RestoreAsync(machine, first.Set);
        var vault = await made.OpenAsync(machine);
        made.Clock.Advance(TimeSpan.FromHours(1));
        // The vault that came back never heard of the second backup: it is a copy from before. Its own history is older than what the place has, so it gets a place of its own.
        await Should.ThrowAsync<VaultDamagedException>(async () => await VaultBackup.RunAsync(vault, new BackupOptions(made.Destination, "schijf"), made.Clock, made.Today, null, default));
        await VaultBackup.PruneAsync(vault, made.Destination, made.Clock, made.Today, dryRun: false, default);
        using var register = await BackupRegister.OpenAsync(vault, default);
        register.Sets.Where(set => set.Status == BackupSetStatus.Finished).Select(set => set.Id).ShouldBe([first.Set!.Value, second.Set!.Value]);
        register.Sets.Where(set => set.Status != BackupSetStatus.Finished).ShouldHaveSingleItem().Status.ShouldBe(BackupSetStatus.Unknown); // what may lie elsewhere
    }

    private static void Spoil(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(file, bytes);
    }

    private sealed class Act(Action<BackupProgress> act) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => act(value);
    }
}
