using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Backup;

/// <summary>What a backup and a restore must not believe: a disk that looks like another, a state that knows nothing, a clock that is ahead, a ledger that was cut.</summary>
public sealed class BackupHonestyTests
{
    [Fact]
    public async Task Restore_OfAnOlderBackup_TellsTheVaultAndCountsUnknownCopies()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        var report = await made.BackupAsync();
        made.Clock.Advance(TimeSpan.FromHours(1));
        var machine = made.EmptyMachine();
        (await VaultRestore.RunAsync(new RestoreOptions(made.Destination, machine, made.Clock), () => made.Secret, null, default)).IsClean.ShouldBeTrue();

        using var register = await BackupRegister.OpenAsync(await made.OpenAsync(machine), default);
        register.LastRestore.ShouldBe(new RestoredFrom(report.Set!.Value, report.At, made.Clock.GetUtcNow()));
        var holders = register.HoldingKeysAt(made.Clock.GetUtcNow(), made.Today);
        holders.Select(holder => register.Sets.Single(set => set.Id == holder.Set).Status).ShouldBe([BackupSetStatus.Begun, BackupSetStatus.Unknown], ignoreOrder: true);
    }

    [Fact]
    public async Task Backup_ToTheDiskThatAnotherWasCopiedFrom_IsRefusedAndNothingIsCalledGone()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        var shared = await made.BackupAsync();
        BackedUpVault.CopyFolder(made.Destination, made.At("tweede"));
        made.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await ToAsync("tweede");
        made.Clock.Advance(TimeSpan.FromMinutes(1));

        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.BackupAsync())).Message.ShouldContain(later.Set!.Value.ToString());
        await Should.ThrowAsync<VaultEnvironmentException>(async () => await VaultBackup.PruneAsync(made.Vault, made.Destination, made.Clock, made.Today, dryRun: false, default));
        using var register = await BackupRegister.OpenAsync(made.Vault, default);
        register.Sets.ShouldAllBe(set => set.HoldsKeys);

        // With a mark of its own both go on; what lies on both ends by declaration only.
        (await ToAsync("kopie", isNew: true)).Set.ShouldNotBeNull();
        made.Clock.Advance(TimeSpan.FromDays(40));
        (await made.BackupAsync()).RemovedSets.ShouldContain(shared.Set!.Value);
        await register.RefreshAsync(default);
        register.Sets.Single(set => set.Id == shared.Set!.Value).HoldsKeys.ShouldBeTrue();
        (await VaultBackup.PruneAsync(made.Vault, made.At("tweede"), made.Clock, made.Today, dryRun: false, default)).Removed.ShouldBe([shared.Set!.Value]);
        (await VaultRestore.ListAsync(made.At("tweede"), default)).ShouldHaveSingleItem().Id.ShouldBe(later.Set!.Value);

        ValueTask<BackupReport> ToAsync(string folder, bool isNew = false)
            => VaultBackup.RunAsync(made.Vault, new BackupOptions(made.At(folder), "schijf in de kluis", NewPlace: isNew), made.Clock, made.Today, null, default);
    }

    [Fact]
    public async Task Backup_WhenTheOnlyWholeSetWasDeclaredGone_KeepsItAndTakesTheWordBack()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("een");
        var only = await made.BackupAsync();
        using var register = await BackupRegister.OpenAsync(made.Vault, default);
        (await register.DeclareGoneAsync(only.Set!.Value, "fi", "versnipperd", made.Clock.GetUtcNow(), default)).IsDone.ShouldBeTrue();

        (await VaultBackup.PruneAsync(made.Vault, made.Destination, made.Clock, made.Today, dryRun: false, default)).Removed.ShouldBeEmpty();
        await register.RefreshAsync(default);
        register.Sets.ShouldHaveSingleItem().HoldsKeys.ShouldBeTrue();
        (await made.RestoreAsync(made.EmptyMachine())).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Backup_WithAKnownLabelToAnEmptyFolder_AsksWhetherTheDiskIsThere()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.BackupAsync();
        // The disk is not attached: below its place is an empty folder of the system disk.
        Directory.Move(made.Destination, made.At("losgemaakt"));
        Directory.CreateDirectory(made.Destination);

        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.BackupAsync())).Message.ShouldContain("Is the disk attached?");
        Directory.Exists(made.At("kopie/inhoud")).ShouldBeFalse();
        await VaultBackup.RunAsync(made.Vault, new BackupOptions(made.Destination, "schijf in de kluis", NewPlace: true), made.Clock, made.Today, null, default);
    }

    [Fact]
    public async Task Backup_UnderAnotherState_IsRefusedAlsoTheSecondTime()
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("blijft");
        // One object: of whole streams the catalogue tells, and a new ledger learns them from it.
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, await made.AddStreamAsync("dossier"), default))!)
            await journal.DestroyAsync([(await made.AppendAsync(journal, "weg")).Id], "vernietigd", "onderzoek", default, made.Clock.GetUtcNow(), default);
        await made.BackupAsync();
        var elsewhere = made.Own with { State = made.At("andere-staat") };

        foreach (var (text, folder) in (IEnumerable<(string, string)>)[("never saw this vault", "nieuw"), ("0.", "nieuw"), ("0.", "kopie")])
        {
            var vault = await made.OpenAsync(elsewhere);
            (await Should.ThrowAsync<VaultEnvironmentException>(async () => await VaultBackup.RunAsync(vault, new BackupOptions(made.At(folder), "elders"), made.Clock, made.Today, null, default))).Message.ShouldContain(text);
        }

        (await made.RestoreAsync(made.EmptyMachine())).LedgerUntil.ShouldNotBeNull();
    }

    /// <summary>
    /// Another account was in the vault before, so its state is not new; of what the first one destroyed since the last backup it saw nothing. Its backup knows it all the same: else the older set
    /// would bring it back on a machine that has nothing.
    /// </summary>
    [Fact]
    public async Task Backup_UnderAStateThatSawNoDestruction_LearnsItFromTheJournals()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var stream = await made.AddStreamAsync("blijft");
        SealedObject gone;
        // Two in one pack, of which one goes: nothing of the store is missed afterwards.
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!)
        using (var batch = journal.Begin())
        {
            gone = await batch.SealAsync("onderzoek", new MemoryStream("Rietmoeras"u8.ToArray()), default);
            batch.Add("noot", "onderzoek", new byte[1], made.Clock.GetUtcNow(), gone);
            batch.Add("noot", "onderzoek", new byte[1], made.Clock.GetUtcNow(), await batch.SealAsync("onderzoek", new MemoryStream("blijft ook"u8.ToArray()), default));
            await batch.CommitAsync(default);
        }

        var before = await made.BackupAsync();
        var other = new VaultPlace(made.Own.Data, made.At("andere-staat"));
        await made.OpenAsync(other); // any other command, first
        made.Clock.Advance(TimeSpan.FromHours(1));
        using (var journal = (await made.Vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!)
            await journal.DestroyAsync([gone.Id], "vernietigd", "onderzoek", default, made.Clock.GetUtcNow(), default);

        var vault = await made.OpenAsync(other);
        await VaultBackup.RunAsync(vault, new BackupOptions(made.Destination, "schijf in de kluis"), made.Clock, made.Today, null, default);
        var machine = made.EmptyMachine();
        (await made.RestoreAsync(machine, before.Set)).DestroyedAgain.ShouldBe(1);
        var text = await BackedUpVault.EverythingAsync(await made.OpenAsync(machine));
        text.ShouldContain("blijft ook");
        text.ShouldNotContain("Rietmoeras");
    }

    [Fact]
    public async Task Backup_WithAClockThatIsAhead_CountsFromTheEarliestInstantAndRemovesNothing()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var first = await made.BackupAsync(keepDays: 1);
        var real = made.Clock.GetUtcNow();
        // The machine was started again meanwhile, and stands a year ahead.
        new ClockGuard(made.Vault.State, () => new BootTime(OpaqueId.Random(), TimeSpan.FromHours(1))).Accept(real);
        made.Clock.Advance(TimeSpan.FromDays(365));

        var ahead = await made.BackupAsync(keepDays: 1);
        ahead.IsClockTrusted.ShouldBeFalse();
        ahead.RemovedSets.ShouldBeEmpty();
        ahead.KeysUntil.ShouldBe(first.KeysUntil);
        using var register = await BackupRegister.OpenAsync(made.Vault, default);
        register.HoldingKeysAt(real.AddHours(1), made.Today).Select(holder => holder.Set).ShouldBe([first.Set!.Value, ahead.Set!.Value], ignoreOrder: true);
        await Should.ThrowAsync<VaultEnvironmentException>(async () => await VaultBackup.PruneAsync(made.Vault, made.Destination, made.Clock, made.Today, dryRun: false, default));
    }

    [Theory]
    [InlineData(false, 0, true)] // cut to nothing: every record that is left is good
    [InlineData(true, 0, true)]
    [InlineData(true, 80, true)]
    [InlineData(true, 81, true)] // torn
    [InlineData(true, 0, false)] // the newer set is whole: its ledger knows it all, and the damage is told
    [InlineData(false, 0, false)]
    public async Task Restore_WhenTheNewestLedgerWasCut_IsRefusedUnlessAnotherKnowsAsMuch(bool acceptDamage, int left, bool alsoOfTheSet)
    {
        await using var made = await BackedUpVault.CreateAsync();
        await made.AddStreamAsync("blijft");
        var (one, two) = (await made.AddStreamAsync("Schelpenwaard"), await made.AddStreamAsync("Rietmoeras"));
        var before = await made.BackupAsync();
        made.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var stream in (OpaqueId[])[one, two]) await made.Vault.DestroyStreamAsync(stream, made.Clock.GetUtcNow(), default);
        var after = await made.BackupAsync();
        Cut(Directory.GetFiles(made.At("kopie/grootboek")).ShouldHaveSingleItem());
        if (alsoOfTheSet) Cut(made.At($"kopie/sleutels/{after.Set}/grootboek"));

        var machine = made.EmptyMachine();
        if (alsoOfTheSet || !acceptDamage)
        {
            await Should.ThrowAsync<VaultDamagedException>(async () => await made.RestoreAsync(machine, before.Set, acceptDamage));
            await Should.ThrowAsync<VaultEnvironmentException>(async () => await made.OpenAsync(machine));
            return;
        }

        var restored = await made.RestoreAsync(machine, before.Set, acceptDamage);
        restored.StreamsDestroyedAgain.ShouldBe(2);
        restored.IsClean.ShouldBeFalse();
        (await BackedUpVault.EverythingAsync(await made.OpenAsync(machine))).ShouldNotContain("Rietmoeras");

        void Cut(string file)
        {
            using var stream = File.Open(file, FileMode.Open);
            stream.SetLength(left);
        }
    }

    [Fact]
    public async Task Restore_WhenTheNewestLedgersAreGoneButAManifestTellsOfMore_IsRefused()
    {
        await using var made = await BackedUpVault.CreateAsync();
        var gone = await made.AddStreamAsync("Schelpenwaard");
        var before = await made.BackupAsync();
        made.Clock.Advance(TimeSpan.FromHours(1));
        await made.Vault.DestroyStreamAsync(gone, made.Clock.GetUtcNow(), default);
        var after = await made.BackupAsync();
        foreach (var file in Directory.GetFiles(made.At("kopie/grootboek"))) File.Delete(file);
        File.Delete(made.At($"kopie/sleutels/{after.Set}/grootboek"));

        await Should.ThrowAsync<VaultDamagedException>(async () => await made.RestoreAsync(made.EmptyMachine(), before.Set, acceptDamage: true));
        // Beside the state of the account that destroyed it nothing is unknown.
        (await made.RestoreAsync(new VaultPlace(made.At("terug"), made.At("state")), before.Set)).StreamsDestroyedAgain.ShouldBe(1);
    }
}
