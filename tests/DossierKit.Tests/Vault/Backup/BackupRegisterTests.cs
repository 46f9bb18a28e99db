using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Backup;

public sealed class BackupRegisterTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Made = VaultFixture.At;
    private static readonly DateOnly Until = new(2026, 4, 6);
    private readonly VaultFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task HoldingKeysAt_OfAVaultWithoutBackups_IsEmpty()
    {
        using var register = await BackupRegister.OpenAsync(await _fixture.CreateAsync(), default);

        register.Sets.ShouldBeEmpty();
        register.HoldingKeysAt(Made, Until).ShouldBeEmpty();
        register.LastEscrow.ShouldBeNull();
        register.LastDrill(DrillKind.Restore).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, true)] // made at the very instant: it may have the key
    [InlineData(1, true)]
    [InlineData(-1, false)] // destroyed before the run began: the key was not there any more
    public async Task HoldingKeysAt_ABackupThatBegan_HoldsWhatWasDestroyedAfterwards(int millisecondsLater, bool holds)
    {
        var vault = await _fixture.CreateAsync();
        using var register = await BackupRegister.OpenAsync(vault, default);
        var set = OpaqueId.Random();
        await register.BeginAsync(set, OpaqueId.Random(), "schijf in de kluis", Until, Made, default);

        // A run that never finished may have taken keys as well.
        Check();
        await register.FinishAsync(set, 0, Made.AddHours(1), default);
        Check();

        void Check()
        {
            var holders = register.HoldingKeysAt(Made.AddMilliseconds(millisecondsLater), Until);
            holders.Select(holder => holder.Set).ShouldBe(holds ? [set] : []);
            if (holds) holders[0].ShouldBe(new KeyHolder(set, Made, "schijf in de kluis", Until, IsOverdue: false));
        }
    }

    [Fact]
    public async Task HoldingKeysAt_WhenTheLastDayIsPast_StillHoldsAndSaysOverdue()
    {
        using var register = await BackupRegister.OpenAsync(await _fixture.CreateAsync(), default);
        await register.BeginAsync(OpaqueId.Random(), OpaqueId.Random(), "schijf", Until, Made, default);

        register.HoldingKeysAt(Made, Until).ShouldHaveSingleItem().IsOverdue.ShouldBeFalse();
        register.HoldingKeysAt(Made, Until.AddDays(1)).ShouldHaveSingleItem().IsOverdue.ShouldBeTrue();
    }

    [Fact]
    public async Task HoldingKeysAt_WhenRemovedOrDeclaredGone_IsEmptyInEveryProcess()
    {
        var vault = await _fixture.CreateAsync();
        using var register = await BackupRegister.OpenAsync(vault, default);
        using var elsewhere = await BackupRegister.OpenAsync(await _fixture.OpenAsync(), default);
        var (removed, gone) = (OpaqueId.Random(), OpaqueId.Random());
        foreach (var set in (OpaqueId[])[removed, gone]) await register.BeginAsync(set, OpaqueId.Random(), "schijf", Until, Made, default);

        await register.RemovedAsync(removed, Made.AddDays(36), default);
        await elsewhere.RefreshAsync(default);
        elsewhere.HoldingKeysAt(Made, Until).ShouldHaveSingleItem().Set.ShouldBe(gone);
        (await elsewhere.DeclareGoneAsync(gone, "fi", "De schijf is gestolen en op afstand gewist.", Made.AddDays(40), default)).Value.Status.ShouldBe(BackupSetStatus.DeclaredGone);

        elsewhere.HoldingKeysAt(Made, Until).ShouldBeEmpty();
        await register.RefreshAsync(default);
        register.HoldingKeysAt(Made, Until).ShouldBeEmpty();
        var known = register.Sets.Single(set => set.Id == gone);
        (known.EndedBy, known.EndedAt, known.Reason).ShouldBe(("fi", Made.AddDays(40), "De schijf is gestolen en op afstand gewist."));
        register.Sets.Single(set => set.Id == removed).EndedAt.ShouldBe(Made.AddDays(36));
    }

    [Fact]
    public async Task DeclareGoneAsync_OfWhatIsUnknownOrGoneOrWithoutReason_IsRefusedAndWritesNothing()
    {
        using var register = await BackupRegister.OpenAsync(await _fixture.CreateAsync(), default);
        var set = OpaqueId.Random();
        await register.BeginAsync(set, OpaqueId.Random(), "schijf", Until, Made, default);

        (await register.DeclareGoneAsync(OpaqueId.Random(), "fi", "kwijt", Made, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("reservekopie");
        (await register.DeclareGoneAsync(set, "fi", " ", Made, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("reden");
        register.HoldingKeysAt(Made, Until).Count.ShouldBe(1);

        (await register.DeclareGoneAsync(set, "fi", "versnipperd", Made, default)).IsDone.ShouldBeTrue();
        (await register.DeclareGoneAsync(set, "fi", "versnipperd", Made, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("reservekopie");
    }

    [Fact]
    public async Task BeginAsync_ByTwoProcessesAtOnce_KeepsBoth()
    {
        var vault = await _fixture.CreateAsync();
        using var one = await BackupRegister.OpenAsync(vault, default);
        using var two = await BackupRegister.OpenAsync(await _fixture.OpenAsync(), default);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async ()
            => await (i % 2 == 0 ? one : two).BeginAsync(OpaqueId.Random(), OpaqueId.Random(), "schijf", Until, Made, default))));

        await one.RefreshAsync(default);
        one.Sets.Count.ShouldBe(20);
        (await vault.VerifyAsync(null, default)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Register_OpenedAnew_KnowsEscrowAndDrills()
    {
        var vault = await _fixture.CreateAsync();
        using (var register = await BackupRegister.OpenAsync(vault, default))
        {
            await register.RecordEscrowAsync(new EscrowMade(Made, OpaqueId.Random(), 3, 2), default);
            await register.RecordDrillAsync(DrillKind.RecoveryShares, Made.AddDays(1), default);
            await register.RecordDrillAsync(DrillKind.RecoveryShares, Made.AddDays(2), default);
        }

        using var again = await BackupRegister.OpenAsync(await _fixture.OpenAsync(), default);
        (again.LastEscrow!.Shares, again.LastEscrow.Threshold, again.LastEscrow.At).ShouldBe((3, 2, Made));
        again.LastDrill(DrillKind.RecoveryShares).ShouldBe(Made.AddDays(2));
        again.LastDrill(DrillKind.Restore).ShouldBeNull();
    }

    [Fact]
    public async Task RestoredAsync_MakesEveryCopySinceAHolderOfKeysUntilItIsDeclaredGone()
    {
        var vault = await _fixture.CreateAsync();
        using var register = await BackupRegister.OpenAsync(vault, default);
        register.LastRestore.ShouldBeNull();
        var set = OpaqueId.Random();
        for (var i = 0; i < 2; i++) await register.RestoredAsync(set, Made, Made.AddDays(3), default);

        using var again = await BackupRegister.OpenAsync(await _fixture.OpenAsync(), default);
        again.Restores.ShouldBe([new RestoredFrom(set, Made, Made.AddDays(3))]);
        again.LastRestore.ShouldBe(again.Restores[0]);
        again.HoldingKeysAt(Made.AddMilliseconds(-1), Until).ShouldBeEmpty(); // destroyed before the backup: no later copy had it
        var unknown = again.HoldingKeysAt(Made, Until).ShouldHaveSingleItem();
        (await again.DeclareGoneAsync(unknown.Set, "fi", "Er was maar één plaats.", Made.AddDays(4), default)).IsDone.ShouldBeTrue();
        again.HoldingKeysAt(Made, Until).ShouldBeEmpty();
        again.DeclaredGoneAt(Made).ShouldHaveSingleItem().EndedBy.ShouldBe("fi");
    }

    [Fact]
    public async Task FoundAsync_OfASetThatWasDeclaredGone_TakesTheWordBack()
    {
        using var register = await BackupRegister.OpenAsync(await _fixture.CreateAsync(), default);
        var set = OpaqueId.Random();
        await register.BeginAsync(set, OpaqueId.Random(), "schijf", Until, Made, default);
        (await register.DeclareGoneAsync(set, "fi", "versnipperd", Made.AddDays(1), default)).IsDone.ShouldBeTrue();
        register.DeclaredGoneAt(Made).ShouldHaveSingleItem();

        await register.FoundAsync(set, Made.AddDays(2), default);
        register.HoldingKeysAt(Made, Until).ShouldHaveSingleItem().Set.ShouldBe(set);
        register.DeclaredGoneAt(Made).ShouldBeEmpty();

        // On two disks: what the program removes from one of them ends nothing.
        await register.CopiedAsync(set, Made.AddDays(2), default);
        await register.RemovedAsync(set, Made.AddDays(3), default);
        register.HoldingKeysAt(Made, Until).ShouldHaveSingleItem();
        (await register.DeclareGoneAsync(set, "fi", "beide versnipperd", Made.AddDays(4), default)).IsDone.ShouldBeTrue();
        register.HoldingKeysAt(Made, Until).ShouldBeEmpty();
    }

    [Fact]
    public async Task LastDrill_WithTheSheetsOfAnEarlierSplitting_DoesNotCount()
    {
        using var register = await BackupRegister.OpenAsync(await _fixture.CreateAsync(), default);
        var (older, newer) = (new EscrowMade(Made, OpaqueId.Random(), 3, 2), new EscrowMade(Made.AddDays(1), OpaqueId.Random(), 3, 2));
        await register.RecordEscrowAsync(older, default);
        await register.RecordEscrowAsync(newer, default);
        await register.RecordDrillAsync(DrillKind.RecoveryShares, Made.AddDays(2), default, older.Splitting);
        register.LastDrill(DrillKind.RecoveryShares).ShouldBeNull();

        await register.RecordDrillAsync(DrillKind.RecoveryShares, Made.AddDays(3), default, newer.Splitting);
        await register.RecordDrillAsync(DrillKind.RecoveryShares, Made.AddDays(4), default, older.Splitting);
        register.LastDrill(DrillKind.RecoveryShares).ShouldBe(Made.AddDays(3));
    }
}
