using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Retention.Destruction;

namespace DossierKit.Tests.Retention;

/// <summary>A dossier counts as handed over only when something left, the archive has exactly that, and nobody decided that it is destroyed; and a mistake can be taken back.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 10, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("dossierkit-transfer-").FullName;

    private DestructionFixture _house = null!;

    public async ValueTask InitializeAsync() => _house = await DestructionFixture.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Transfer_WithoutAnExport_IsRefused()
    {
        var number = await CaseAsync();
        await KeepForGoodAsync(number);
        (await TransferAsync(number)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("export");
        (await (await DeskAsync()).TransferAsync(number, Receipt(), dryRun: true, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("export");

        // One that was begun and failed left nothing.
        using (var dossier = await _house.Vault.OpenAsync("fi", number))
            await Should.ThrowAsync<IOException>(async () => await DossierExport.WriteAsync(dossier, new ExportRequest(), new NoDisk(), _house.Vault.Clock, default));
        (await TransferAsync(number)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("export");

        // Nor is that of another dossier one.
        await ExportAsync(await CaseAsync("WL-2025-0002"));
        (await TransferAsync(number)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("export");

        var hash = await ExportAsync(number);
        (await TransferAsync(number, new string('0', 64))).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("sha256");
        (await TransferAsync(number, hash)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Transfer_OfWhatItsClassDestroys_IsRefusedUnlessDecidedOtherwise()
    {
        var number = await CaseAsync();
        await ExportAsync(number);
        (await TransferAsync(number)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klasse");
        await KeepForGoodAsync(number);
        (await TransferAsync(number)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Transfer_ThatAListAnswered_IsRecorded()
    {
        var number = await CaseAsync();
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, [number]), default)).Value;
        (await _house.Lists.ReviewAsync(_house.Archivaris, list.Number, 1, ItemAnswer.Transfer, null, null, default)).Refusals.ShouldBeEmpty();
        await ExportAsync(number);
        (await TransferAsync(number)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klasse"); // one person's answer
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        _house.Pass(_house.Lists.Rules.WaitingDays + 1);
        (await _house.RunAsync(list)).Items.ShouldHaveSingleItem().Outcome.ShouldBe(ItemOutcome.ToTransfer);
        (await TransferAsync(number)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Transfer_TakenBack_IsKeptHereAgainAndCanBeRecordedAnew()
    {
        var number = await CaseAsync();
        await KeepForGoodAsync(number);
        await ExportAsync(number);
        var back = new DossierTransferred { Date = Day, IsWithdrawn = true, Reason = "Ontvangstbewijs van een ander dossier." };
        (await WithdrawAsync(back)).Refusals.ShouldNotBeEmpty(); // there is nothing to take back
        (await TransferAsync(number)).Value.Retention.TransferredOn.ShouldBe(Day);
        (await TransferAsync(number)).Refusals.ShouldNotBeEmpty();
        (await WithdrawAsync(back with { Reason = " " })).Refusals.ShouldNotBeEmpty();
        (await (await DeskAsync("medebeslisser")).TransferAsync(number, back, WriteTerms.None, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await WithdrawAsync(back)).Value.Retention.TransferredOn.ShouldBeNull();
        (await _house.Register.AllEntriesAsync(default)).Single(entry => entry.Number == number).Retention.TransferredOn.ShouldBeNull();
        (await TransferAsync(number)).Value.Retention.TransferredOn.ShouldBe(Day);

        async Task<Outcome<ArchiveEntry>> WithdrawAsync(DossierTransferred happening) => await (await DeskAsync()).TransferAsync(number, happening, WriteTerms.None, default);
    }

    /// <summary>A closing is dated by whoever closes, also on the day of an export or before it: what left while the dossier was open is not what the archive must have.</summary>
    [Fact]
    public async Task Transfer_AfterAnExportThatDoesNotHoldAllThereIs_IsRefused()
    {
        var number = await CaseAsync();
        await KeepForGoodAsync(number);
        var today = DateOnly.FromDateTime(_house.Vault.Clock.Now.UtcDateTime);
        string before;
        using (var dossier = await _house.Vault.OpenAsync("fi", number))
        {
            (await dossier.RecordAsync(new DossierReopened { Date = today, Reason = "Nieuwe feiten." }, default)).Refusals.ShouldBeEmpty();
            before = await ExportAsync(number);
        }

        // As it is closed; that everything was done first is not what this is about.
        using (var lease = (await _house.Register.BorrowAsync((await _house.Register.AllEntriesAsync(default)).Single(entry => entry.Number == number).Stream, number, default))!)
        {
            var closed = new DossierClosed { Date = today, Outcome = CaseOutcome.BrokenOff, SelectielijstClass = "12.3", ClassGround = "Kanariegrond" };
            using var batch = lease.Stream.Begin();
            DossierStream.Add(batch, closed, _house.Vault.Clock.Now);
            await _house.Register.CommitAsync(lease.Stream, batch, [closed], default);
        }

        (await TransferAsync(number, before)).Refusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(refusal => refusal.Subject.ShouldBe("export"), refusal => refusal.What.ShouldContain("bijgekomen"));
        (await (await DeskAsync()).TransferAsync(number, Receipt(), dryRun: true, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("export");
        var after = await ExportAsync(number, "daarna");
        (await TransferAsync(number, before)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("sha256");
        await KeepForGoodAsync(number); // a decision on keeping is no content
        (await TransferAsync(number, after)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Record_ATransferBesideTheDesk_CannotBeDone()
    {
        var number = await CaseAsync();
        var archive = (await DeskAsync()).Archive;
        await Should.ThrowAsync<ArgumentException>(async () => await archive.RecordAsync(number, Receipt(), default));
    }

    private Task<DossierNumber> CaseAsync(string number = "WL-2025-0001") => _house.CaseAsync(number);

    private async Task KeepForGoodAsync(DossierNumber number)
        => (await (await DeskAsync()).KeepLongerAsync(number, null, Nominatie.BlijvendBewaren, "Van belang voor de geschiedenis.", dryRun: false, default)).Refusals.ShouldBeEmpty();

    private async Task<RetentionDesk> DeskAsync(string person = "archivaris") => (await RetentionDesk.OpenAsync(_house.Register, _house.Vault.As(person), default)).Value;

    private async Task<Outcome<ArchiveEntry>> TransferAsync(DossierNumber number, string? sha256 = null)
        => await (await DeskAsync()).TransferAsync(number, Receipt() with { Sha256 = sha256 }, WriteTerms.None, default);

    private static DossierTransferred Receipt() => new() { Date = Day, To = "Streekarchief Waterlanden", Receipt = "SA-2026-118" };

    private async Task<string> ExportAsync(DossierNumber number, string? name = null)
    {
        using var dossier = await _house.Vault.OpenAsync("fi", number);
        var made = await DossierExport.WriteAsync(dossier, new ExportRequest(), FolderBag.Begin(Path.Combine(_folder, name ?? number.Value)).Value, _house.Vault.Clock, default);
        made.Refusals.ShouldBeEmpty();
        return made.Value.Sha256;
    }

    private sealed class NoDisk : IBagTarget
    {
        public ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct) => throw new IOException("No space left on device");

        public ValueTask CompleteAsync(CancellationToken ct) => default;

        public ValueTask AbandonAsync() => default;
    }
}
