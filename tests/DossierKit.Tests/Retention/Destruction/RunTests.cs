using System.Text;
using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>A list carried out: what was on it is gone for every key that is left, and nothing else is.</summary>
public sealed class RunTests : DestructionTests
{
    [Fact]
    public async Task Run_Recordings_AreGoneAndTheCaseStays()
    {
        var number = await House.CaseAsync("WL-2025-0001", recordings: 2, transcripts: true, large: 600_000);
        (await House.CanariesAsync()).ShouldContain("kanariegeluid WL-2025-0001 1");

        var list = await House.ApprovedRecordingsAsync();
        list.Items.Select(item => item.Number).ShouldBe([1, 2, 3, 4]); // two recordings, and the transcripts that share their fate
        list.RunFrom.ShouldBe(new DateOnly(2026, 10, 1)); // no waiting time
        var done = await House.RunAsync(list);

        done.Status.ShouldBe(ListStatus.Done);
        done.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds && item.Sha256!.Length == 64);
        done.BackupsWithKeys.ShouldBeEmpty();
        done.IsFinal.ShouldBeTrue();
        var left = await House.CanariesAsync();
        left.ShouldNotContain(canary => canary.StartsWith("kanariegeluid", StringComparison.Ordinal) || canary.Contains("transcript", StringComparison.Ordinal) || canary.StartsWith("kanarietekst", StringComparison.Ordinal)
            || canary.StartsWith("kanarienaam", StringComparison.Ordinal) || canary.StartsWith("Kanarietitel", StringComparison.Ordinal));
        left.ShouldContain("kanarieinhoud WL-2025-0001"); // the rest of the case is there
        (await House.Vault.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
        using var dossier = await House.Vault.OpenAsync("fi", number);
        dossier.State.Files.Where(file => file.Kind is FileKind.Recording or FileKind.Gespreksverslag).ShouldBeEmpty();
    }

    /// <summary>The same sound, filed as evidence in the onderzoek: it goes with the recording, and the list says so.</summary>
    [Fact]
    public async Task Run_RecordingWithACopyFiledAsEvidence_DestroysBoth()
    {
        await House.CaseAsync("WL-2025-0001", large: 600_000, copyAs: "bewijs");
        var list = await House.ApprovedRecordingsAsync();
        list.Items.Select(item => item.Kind).ShouldBe([RetentionObject.Opname, RetentionObject.Kopie], ignoreOrder: true);
        var done = await House.RunAsync(list);
        done.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds);
        (await House.CanariesAsync()).ShouldNotContain(canary => canary.StartsWith("kanariegeluid", StringComparison.Ordinal));
    }

    /// <summary>
    /// A copy that is added before each run would put off every destruction, one that comes between the commit and the proof would never let the list finish, and one that comes after it
    /// would undo it.
    /// </summary>
    [Theory]
    [InlineData(FileKind.Evidence, "bijlage.bin")]
    [InlineData(FileKind.Recording, "opname.wav")]
    public async Task Run_CopyAddedBeforeDuringAndAfter_IsRefusedAndTheListFinishes(FileKind kind, string name)
    {
        var number = await House.CaseAsync("WL-2025-0001", large: 600_000);
        using var dossier = await House.Vault.OpenAsync("fi", number);
        using var bytes = new MemoryStream();
        await using (var content = await dossier.OpenFileAsync(dossier.State.Files.Single(file => file.Kind == FileKind.Recording).Id, default)) await content!.CopyToAsync(bytes);
        var list = await House.ApprovedRecordingsAsync();
        (await CopyAsync()).ShouldContain("ligt al als opname in het dossier");

        string? during = null;
        var stream = list.Items[0].StreamText;
        House.Vault.Store.Fault = (operation, store) =>
        {
            // The first thing that is removed after the commit.
            if (operation == StoreOperation.Delete && store?.Value.StartsWith($"s/{stream}/", StringComparison.Ordinal) == true && during is null)
            {
                during = "";
                during = Task.Run(CopyAsync).GetAwaiter().GetResult();
            }

            return null;
        };
        var done = await House.RunAsync(list);
        House.Vault.Store.Fault = null;
        during.ShouldNotBeNull().ShouldContain("in dit dossier vernietigd");
        done.Status.ShouldBe(ListStatus.Done);
        done.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds);

        (await CopyAsync()).ShouldContain("in dit dossier vernietigd");
        (await House.CanariesAsync()).ShouldNotContain(canary => canary.StartsWith("kanariegeluid", StringComparison.Ordinal));
        (await dossier.LogAsync(null, 500, default)).Entries.ShouldContain(entry => entry.Act == AccessAct.Refused);

        async Task<string> CopyAsync()
        {
            using var copy = new MemoryStream(bytes.ToArray(), writable: false);
            var place = kind == FileKind.Recording ? Compartment.Opnamen : Compartment.Onderzoek;
            using var open = await House.Vault.OpenAsync("fi", number);
            var added = await open.AddFileAsync(new NewFile(name, "Bijlage", kind, place, new DateOnly(2026, 10, 1), kind == FileKind.Recording ? "opname-1" : null), copy, default);
            added.IsDone.ShouldBeFalse();
            return string.Join(' ', added.Refusals.Select(refusal => refusal.What));
        }
    }

    /// <summary>What is evidence too does not go by the light path, and the recording waits until somebody looked.</summary>
    [Fact]
    public async Task Draft_CopyThatWasSecuredAsEvidence_StaysWithItsRecording()
    {
        var number = await House.CaseAsync("WL-2025-0001", copyAs: "bewijs");
        using var dossier = await House.Vault.OpenAsync("fi", number);
        var copy = dossier.State.Files.Single(file => file.Name == "kanariekopie.bin");
        (await dossier.RecordAsync(new DossierReopened { Date = new DateOnly(2026, 10, 1), Reason = "Nieuw bewijs." }, default)).Refusals.ShouldBeEmpty();
        (await dossier.RecordAsync(new EvidenceSecured { Date = new DateOnly(2026, 10, 1), What = "Voicemail", File = copy.Id }, default)).Refusals.ShouldBeEmpty();
        dossier.State.Recordings.Single(item => item.CopyOf is not null).IsKept.ShouldBeTrue();
        var proposed = await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, [number]), default);
        proposed.IsDone.ShouldBeFalse();
        var entry = (await House.Register.OpenArchiveAsync(House.Fi, default)).Value.Entries.Single();
        entry.Retention.Recordings.Single(one => one.Kind == ArchiveObjectKind.Kopie).IsKept.ShouldBeTrue();
        entry.Retention.Sounds.ShouldBe(0); // an import does not look at its files
    }

    [Fact]
    public async Task Run_Dossiers_LeaveNothingForAnyKey()
    {
        var gone = await House.CaseAsync("WL-2025-0001", recordings: 1, transcripts: true, large: 600_000);
        var stays = await House.CaseAsync("WL-2025-0002", selectielijst: "12.1.7");
        using (var open = await House.Register.OpenAsync(gone, House.Fi, "nog even over Kanariebetrokkene", default)) open.ShouldNotBeNull();
        await House.Vault.OpenAsync("fi", stays);

        var list = await House.ApprovedDossiersAsync();
        list.Items.ShouldHaveSingleItem().Dossier.ShouldBe(gone);
        var done = await House.RunAsync(list);

        done.Status.ShouldBe(ListStatus.Done, string.Join(' ', done.Items.Select(item => item.Failure)));
        (await House.CanariesAsync()).ShouldAllBe(canary => !canary.Contains("0001", StringComparison.Ordinal));
        (await House.Vault.EverythingAsync()).ShouldNotContain("nog even over");
        (await House.Register.ListAsync(House.Fi, default)).ShouldHaveSingleItem().Number.ShouldBe(stays);
        (await House.Vault.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
        var statement = await House.Lists.StatementAsync(House.Archivaris, list.Number, default);
        statement.Refusals.ShouldBeEmpty();
        SignedStatement.Check(Encoding.UTF8.GetBytes(statement.Value.Json), House.Lists.Key.Fingerprint).Refusals.ShouldBeEmpty();
    }

    /// <summary>
    /// The hold that comes at the last moment: after the run decided and before its commit, by another process. The commit meets a journal that moved on, decides again, and leaves it alone.
    /// </summary>
    [Theory]
    [InlineData(DestructionPath.Light)]
    [InlineData(DestructionPath.List)]
    public async Task Run_HoldPlacedBetweenDecisionAndCommit_Wins(DestructionPath path)
    {
        var held = await House.CaseAsync("WL-2025-0001");
        await House.CaseAsync("WL-2025-0002");
        var elsewhere = await House.Vault.OpenElsewhereAsync();
        var archive = (await elsewhere.OpenArchiveAsync(House.Vault.As("fi", elsewhere), default)).Value;
        var list = path == DestructionPath.Light ? await House.ApprovedRecordingsAsync() : await House.ApprovedDossiersAsync();
        var stream = list.Items.Single(item => item.Dossier == held).StreamText;
        var placed = 0;
        House.Vault.Store.Fault = (operation, name) =>
        {
            if (operation == StoreOperation.Commit && name?.Value.StartsWith($"s/{stream}/k/", StringComparison.Ordinal) == true && Interlocked.Exchange(ref placed, 1) == 0)
            {
                archive.RecordAsync(held, new HoldPlaced { Date = new DateOnly(2026, 10, 1), Kind = HoldKind.Strafrechtelijk, Citation = "PV 1", ReviewOn = new DateOnly(2027, 3, 1), Reason = "Aangifte." }, default)
                    .AsTask().GetAwaiter().GetResult().Refusals.ShouldBeEmpty();
            }

            return null;
        };
        var done = await House.RunAsync(list);
        House.Vault.Store.Fault = null;

        placed.ShouldBe(1);
        done.Status.ShouldBe(ListStatus.DoneInPart);
        var item = done.Items.Single(one => one.Dossier == held);
        item.Outcome.ShouldBe(ItemOutcome.Failed);
        item.MayRetry.ShouldBeFalse();
        item.Failure.ShouldNotBeNull().ShouldContain("bewaargrond");
        done.Items.Single(one => one.Dossier != held).Outcome.ShouldBe(ItemOutcome.Destroyed); // the others go on
        var left = await House.CanariesAsync();
        left.ShouldContain("kanariegeluid WL-2025-0001 1");
        left.ShouldNotContain("kanariegeluid WL-2025-0002 1");
        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).IsDone.ShouldBeFalse(); // what was decided otherwise needs a new list
        var statement = (await House.Lists.StatementAsync(House.Fi, list.Number, default)).Value.Statement;
        statement.Counts.ShouldBe(new StatementCounts(1, 0, 0, 1));
        statement.Items.Single(one => one.Outcome == ItemOutcome.Failed).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_KeepAndTransfer_AreDecisionsInTheDossierAndDestroyNothing()
    {
        var kept = await House.CaseAsync("WL-2025-0001");
        var gone = await House.CaseAsync("WL-2025-0002");
        var moved = await House.CaseAsync("WL-2025-0003");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.ReviewAsync(House.Archivaris, list.Number, 1, ItemAnswer.KeepUntil, null, null, default)).Refusals.Count.ShouldBe(2);
        (await House.Lists.ReviewAsync(House.Archivaris, list.Number, 1, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Kanariereden", default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ReviewAsync(House.Archivaris, list.Number, 3, ItemAnswer.Transfer, null, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        House.Pass(15);
        var done = await House.RunAsync((await House.Lists.FindAsync(House.Fi, list.Number, default))!);

        done.Items.Select(item => (item.Dossier, item.Outcome)).ShouldBe([(kept, ItemOutcome.Kept), (gone, ItemOutcome.Destroyed), (moved, ItemOutcome.ToTransfer)]);
        var archive = (await House.Register.OpenArchiveAsync(House.Archivaris, default)).Value;
        archive.Entries.Select(entry => entry.Number).ShouldBe([kept, moved]);
        archive.Entries[0].Retention.Override!.KeepUntil.ShouldBe(new DateOnly(2030, 1, 1));
        var history = (await archive.HistoryAsync(kept, default)).Value;
        history.Select(recorded => recorded.Event).OfType<ActionDateChanged>().ShouldHaveSingleItem().Reason.ShouldContain("Kanariereden");
        // The reason stands in the list only as long as the dossier is there.
        (await House.CanariesAsync()).ShouldContain("Kanariereden");
    }

    /// <summary>Somebody puts yesterday's copy of the data back beside today's state: the destroyed recording stays unreadable, and it is said.</summary>
    [Fact]
    public async Task Run_AndAnOlderCopyOfTheDataPutBack_StaysUnreadableAndIsSaid()
    {
        var number = await House.CaseAsync("WL-2025-0001", large: 600_000);
        var list = await House.ApprovedRecordingsAsync();
        var before = House.Vault.Store.Snapshot();
        (await House.RunAsync(list)).Status.ShouldBe(ListStatus.Done);
        var stream = list.Items[0].Stream;

        House.Vault.Store.Restore(before);
        var opened = await Record.ExceptionAsync(async () =>
        {
            var register = await House.Vault.OpenElsewhereAsync();
            using var dossier = await register.OpenAsync(number, House.Vault.As("fi", register), "kijken wat er is", default);
            FileId.TryParse(list.Items[0].Object, out var file).ShouldBeTrue();
            dossier!.State.FindFile(file).ShouldBeNull();
        });
        opened.ShouldBeOfType<VaultDamagedException>().Message.ShouldContain("rolled back");
        // Opening it, and being refused, carried the destruction out on the copy as well.
        var vault = House.Vault.Vault;
        await Record.ExceptionAsync(async () => (await vault.OpenStreamAsync(StreamKind.Dossier, stream, default))!.Dispose());
        (await House.CanariesAsync()).ShouldNotContain("kanariegeluid WL-2025-0001 1");
    }

    /// <summary>The role ends while the run is under way: what it did not begin stays.</summary>
    [Fact]
    public async Task Run_WhenAnApproverLosesHisRoleMeanwhile_StopsAtTheNextObject()
    {
        await House.CaseAsync("WL-2025-0001");
        await House.CaseAsync("WL-2025-0002");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        list = (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Value;
        House.Pass(1);
        var run = await House.Lists.RunAsync(House.Fi, list.Number, list.Number, new Told(progress =>
        {
            if (progress.Done == 1) House.Register.Staff.EndAsync(House.Fi, new PersonId("archivaris"), StaffRole.Archivaris, new DateOnly(2026, 10, 1), default).AsTask().GetAwaiter().GetResult().Refusals.ShouldBeEmpty();
        }), default);
        run.Value.Items.Select(item => item.Outcome).ShouldBe([ItemOutcome.Destroyed, ItemOutcome.Failed]);
        run.Value.Items[1].Failure.ShouldNotBeNull().ShouldContain("vervallen");
        (await House.CanariesAsync()).ShouldContain("kanariegeluid WL-2025-0002 1");
    }

    /// <summary>A backup made before the run by a clock that stood ahead opens what was destroyed all the same.</summary>
    [Fact]
    public async Task Run_WithABackupWhoseClockStoodAhead_IsNotFinalUntilItsKeysAreGone()
    {
        await House.CaseAsync("WL-2025-0001");
        using var backups = await BackupRegister.OpenAsync(House.Vault.Vault, default);
        var (before, after, now) = (OpaqueId.Random(), OpaqueId.Random(), House.Vault.Clock.Now);
        await backups.BeginAsync(before, OpaqueId.Random(), "schijf", new DateOnly(2027, 1, 1), now.AddHours(1), default);
        var done = await House.RunAsync(await House.ApprovedRecordingsAsync());
        await backups.BeginAsync(after, OpaqueId.Random(), "schijf", new DateOnly(2027, 1, 1), now.AddHours(2), default);
        done = (await House.Lists.FindAsync(House.Fi, done.Number, default))!;
        done.BackupsWithKeys!.Select(holder => holder.Set).ShouldBe([before]);
        done.IsFinal.ShouldBeFalse();
        (await House.Lists.StatementAsync(House.Fi, done.Number, default)).Value.Statement.Backups.ShouldHaveSingleItem().Id.ShouldBe(before.ToString());
        await backups.RemovedAsync(before, now.AddHours(3), default);
        (await House.Lists.FindAsync(House.Fi, done.Number, default))!.IsFinal.ShouldBeTrue();
    }

    /// <summary>Why a list was cancelled may name somebody: it goes when a dossier of the list goes. And the number of what is gone is not given to another.</summary>
    [Fact]
    public async Task Run_Dossier_TakesTheReasonOfACancelledListAlongAndKeepsItsNumber()
    {
        var gone = await House.CaseAsync("WL-2026-0001", outcome: "onderzoek-afgebroken");
        var cancelled = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.CancelAsync(House.Fi, cancelled.Number, "Kanarieintrekking", default)).Value.CancelledBecause.ShouldBe("Kanarieintrekking");
        (await House.RunAsync(await House.ApprovedDossiersAsync())).Status.ShouldBe(ListStatus.Done);

        (await House.CanariesAsync()).ShouldNotContain("Kanarieintrekking");
        var after = (await House.Lists.FindAsync(House.Fi, cancelled.Number, default))!;
        after.Status.ShouldBe(ListStatus.Cancelled);
        after.CancelledBecause.ShouldBeNull();
        var taken = await House.Register.CreateAsync(House.Fi, gone, null, House.Register.Today, default);
        taken.Refusals.ShouldHaveSingleItem().What.ShouldBe($"Het nummer {gone} is niet vrij.");
        (await House.Register.CreateAsync(House.Fi, null, null, House.Register.Today, default)).Value.Value.ShouldEndWith("-2026-0002");
    }

    /// <summary>Two runs over two state folders: what the second still writes takes nothing back.</summary>
    [Fact]
    public async Task State_AFailureAfterTheProof_ChangesNothing()
    {
        await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        var at = House.Vault.Clock.Now;
        var proof = new DestructionProof { ReadsFail = true, KeysGone = true, BytesGone = true, DerivedGone = true, Unlisted = true, At = at };
        var state = DestructionState.Empty;
        foreach (var happened in (DestructionEvent[])[
            new ListProposed { By = new PersonId("fi"), Role = StaffRole.Fi, Account = "", List = list.Number, Path = list.Path, Items = list.Items },
            new ItemBegun { List = list.Number, Item = 1 },
            new ItemEnded { List = list.Number, Item = 1, Outcome = ItemOutcome.Destroyed, Proof = proof },
            new ItemBegun { List = list.Number, Item = 1 },
            new ItemFailed { List = list.Number, Item = 1, Reason = "Het is er niet meer; deze uitvoering heeft het niet vernietigd." }])
        {
            state = state.After(happened, at, DestructionRules.Shipped);
        }

        state.Find(list.Number)!.Items[0].Outcome.ShouldBe(ItemOutcome.Destroyed);
        state.Find(list.Number)!.Items[0].Proof.ShouldBe(proof);
    }

    [Fact]
    public async Task Run_Twice_OrByTwoAtOnce_IsDoneOnce()
    {
        await House.CaseAsync("WL-2025-0001");
        var list = await House.ApprovedRecordingsAsync();
        using (House.Vault.Vault.State.TryLockDestruction().ShouldNotBeNull())
            (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Er loopt al een uitvoering.");
        (await House.RunAsync(list)).Status.ShouldBe(ListStatus.Done);
        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("kan niet meer veranderen");
    }

    /// <summary>Something derived that does not let go: then it is not called destroyed, it is said, and the run can be tried again.</summary>
    [Fact]
    public async Task Run_DerivedDataThatStays_IsNotCalledDestroyedUntilItIsGone()
    {
        await House.CaseAsync("WL-2025-0001");
        var index = new Clinging();
        House.Register.AddDerived(index);
        var list = await House.ApprovedRecordingsAsync();
        var first = await House.RunAsync(list);
        first.Status.ShouldBe(ListStatus.DoneInPart);
        first.Items[0].MayRetry.ShouldBeTrue();
        first.Items[0].Outcome.ShouldBe(ItemOutcome.Failed);
        first.IsFinal.ShouldBeTrue(); // the keys are gone from every backup there is; what was derived is not
        index.IsGone = true;
        var second = await House.RunAsync(first);
        second.Status.ShouldBe(ListStatus.Done);
        second.Items[0].Proof!.Holds.ShouldBeTrue();
    }

    private sealed class Told(Action<DestructionProgress> tell) : IProgress<DestructionProgress>
    {
        public void Report(DestructionProgress value) => tell(value);
    }

    private sealed class Clinging : IDerivedData
    {
        public bool IsGone { get; set; }

        public ValueTask DropAsync(OpaqueId source, CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct) => ValueTask.FromResult(IsGone);
    }
}
