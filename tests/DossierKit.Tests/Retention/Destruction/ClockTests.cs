using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>Nothing is destroyed by a clock that cannot be right, and two people can say that it is.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly OpaqueId OtherBoot = OpaqueId.Random();
    private DestructionFixture _house = null!;

    public async ValueTask InitializeAsync() => _house = await DestructionFixture.CreateAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Run_ClockSetAhead_DestroysNothingUntilItIsRightAgain()
    {
        await _house.CaseAsync("WL-2025-0001");
        var (list, right) = (await WaitingAsync(), _house.Vault.Clock.Now);
        var boot = _house.Boot();
        using var lists = _house.Open(boot: () => boot); // the machine ran no further

        _house.Pass(15);
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klok");
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("kan het niet later zijn dan"); // looking again changes nothing
        (await _house.Register.ListAsync(_house.Fi, default)).ShouldHaveSingleItem();
        _house.Vault.Clock.Now = right;
        (await lists.ClockAsync(_house.Fi, default)).Value.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Run_ClockCreptAheadWithARestartInBetween_IsRefusedUntilTwoPeopleSaySo()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = await WaitingAsync();
        (await _house.Lists.ClockAsync(_house.Fi, default)).IsDone.ShouldBeTrue();
        _house.Pass(15);
        using var lists = _house.Open(boot: () => new BootTime(OtherBoot, TimeSpan.FromMinutes(3)));
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("3 dagen");

        (await lists.ConfirmClockAsync(_house.Fi, default)).Value.AskedBy.ShouldBe(new PersonId("fi"));
        (await lists.ConfirmClockAsync(_house.Fi, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Een ander moet dit bevestigen.");
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).IsDone.ShouldBeFalse();
        (await lists.ConfirmClockAsync(_house.Vault.As("onderzoeker"), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await lists.ConfirmClockAsync(_house.Archivaris, default)).Value.Refusal.ShouldBeNull();
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Value.Status.ShouldBe(ListStatus.Done);
    }

    [Fact]
    public async Task Run_ClockBehindTheNewestEntryOfTheCase_IsRefusedThoughTheStateIsGone()
    {
        // The state folder is new to this account, so there is no mark: what the case itself says is left.
        await _house.CaseAsync("WL-2025-0001");
        var list = await _house.ApprovedRecordingsAsync();
        _house.Vault.Clock.Now = _house.Vault.Clock.Now.AddDays(-30);
        _house.Vault.Vault.State.ResetClock(_house.Vault.Clock.Now);
        using var lists = _house.Open(boot: () => new BootTime(OtherBoot, TimeSpan.FromMinutes(3)));
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldContain(refusal => refusal.Why.Contains("al iets vastgelegd of gezien", StringComparison.Ordinal));
    }

    /// <summary>Another state folder knows no clock, so any would do: a run in it would skip the waiting time. Looking at the clock without the lists, as the host does, begins nothing.</summary>
    [Fact]
    public async Task Run_WithAStateThatKnowsNoClock_ComparesWithTheListsAndWaitsForTwoPeople()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = await WaitingAsync();
        _house.Pass(15);
        var state = _house.Vault.Vault.State;
        foreach (var file in (string[])["clock", "anchor"]) File.Delete(Path.Combine(state.Path, file));
        var guard = new ClockGuard(state, () => new BootTime(OtherBoot, TimeSpan.FromMinutes(3)));
        guard.Observe(_house.Vault.Clock.Now).IsTrusted.ShouldBeTrue();
        state.ClockMark.ShouldBeNull();

        using var lists = _house.Open(boot: () => new BootTime(OtherBoot, TimeSpan.FromMinutes(3)));
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klok");
        (await lists.ConfirmClockAsync(_house.Fi, default)).IsDone.ShouldBeTrue();
        (await lists.ConfirmClockAsync(_house.Archivaris, default)).IsDone.ShouldBeTrue();
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Value.Status.ShouldBe(ListStatus.Done);
    }

    /// <summary>Approvals given by a clock that was put back would let the waiting time be over when they are given.</summary>
    [Fact]
    public async Task EveryDecision_ByAClockThatWasPutBack_IsRefused()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        _house.Pass(-16);
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klok");
        (await _house.Lists.ReviewAsync(_house.Fi, list.Number, 1, ItemAnswer.Transfer, null, null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klok");
        (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klok");
    }

    [Fact]
    public async Task Run_ClockGoesWrongDuringTheRun_StopsAtTheNextObject()
    {
        await _house.CaseAsync("WL-2025-0001");
        await _house.CaseAsync("WL-2025-0002");
        var list = await _house.ApprovedRecordingsAsync();
        var boot = _house.Boot();
        using var lists = _house.Open(boot: () => boot);
        var run = await lists.RunAsync(_house.Fi, list.Number, list.Number, new Told(progress =>
        {
            if (progress.Done == 1) _house.Pass(400);
        }), default);
        run.Value.Items.Select(item => item.Outcome).ShouldBe([ItemOutcome.Destroyed, ItemOutcome.Failed]);
        run.Value.Items[1].Failure.ShouldNotBeNull().ShouldContain("klok");
        (await _house.CanariesAsync()).ShouldContain("kanariegeluid WL-2025-0002 1");
    }

    [Fact]
    public async Task Confirm_AClockThatHadBeenTenYearsAhead_ForgetsWhatWasSeenThen()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = await _house.ApprovedRecordingsAsync();
        (await _house.Lists.ClockAsync(_house.Fi, default)).Value.Refusal.ShouldBeNull();
        var now = _house.Vault.Clock.Now;
        _house.Vault.Clock.Now = now.AddYears(10);
        using (var then = _house.Open(boot: () => new BootTime(OpaqueId.Random(), default)))
        {
            // Two people in a hurry believed it.
            (await then.ConfirmClockAsync(_house.Fi, default)).IsDone.ShouldBeTrue();
            (await then.ConfirmClockAsync(_house.Archivaris, default)).Value.Refusal.ShouldBeNull();
        }

        _house.Vault.Clock.Now = now;
        using var lists = _house.Open(boot: () => new BootTime(OtherBoot, default));
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("klok");
        (await lists.ConfirmClockAsync(_house.Fi, default)).IsDone.ShouldBeTrue();
        (await lists.ConfirmClockAsync(_house.Archivaris, default)).Value.Refusal.ShouldBeNull();
        (await lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Value.Status.ShouldBe(ListStatus.Done);
    }

    [Fact]
    public async Task Observe_SmallStepsAhead_NeverAddUp()
    {
        await using var vault = new VaultFixture();
        var state = (await vault.CreateAsync()).State;
        var (now, up, boot) = (VaultFixture.At, TimeSpan.Zero, OpaqueId.Random());
        var guard = new ClockGuard(state, () => new BootTime(boot, up));
        guard.Observe(now, null).IsTrusted.ShouldBeTrue();
        // Four minutes too many in each hour: each look is within what two clocks may differ, all together they are not.
        var doubts = Enumerable.Range(0, 10).Select(_ =>
        {
            up += TimeSpan.FromHours(1);
            now += TimeSpan.FromMinutes(64);
            return guard.Observe(now).Doubt;
        }).ToList();
        doubts[0].ShouldBe(ClockDoubt.None);
        doubts[^1].ShouldBe(ClockDoubt.RanAhead);
        state.ClockMark!.Value.ShouldBeLessThan(now);
    }

    [Fact]
    public void BootClock_OfThisMachine_GoesOnAndKnowsItsStart()
    {
        var first = BootClock.Now();
        var second = BootClock.Now();
        second.Boot.ShouldBe(first.Boot);
        second.Up.ShouldBeGreaterThanOrEqualTo(first.Up);
        first.Up.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    /// <summary>A list of dossiers, approved; its waiting time runs.</summary>
    private async Task<DestructionList> WaitingAsync()
    {
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ClockAsync(_house.Fi, default)).IsDone.ShouldBeTrue();
        return list;
    }

    private sealed class Told(Action<DestructionProgress> tell) : IProgress<DestructionProgress>
    {
        public void Report(DestructionProgress value) => tell(value);
    }
}
