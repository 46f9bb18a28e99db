using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>Two runs of one list from two state folders, between which no lock stands: the journal tells them apart.</summary>
public sealed class TurnTests : DestructionTests
{
    [Fact]
    public async Task Run_BegunWithAnotherState_IsRefusedUntilSomebodyTakesItOver()
    {
        await House.CaseAsync("WL-2025-0001", recordings: 2);
        var list = await House.ApprovedRecordingsAsync();
        var isCut = false;
        House.Vault.Store.Fault = (operation, name) => isCut || (operation == StoreOperation.Commit && name?.Value.StartsWith($"s/{list.Items[0].StreamText}/k/", StringComparison.Ordinal) == true && (isCut = true)) ? StoreFault.Before : null;
        await Should.ThrowAsync<VaultException>(async () => await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default));
        House.Vault.Store.Fault = null;

        var (lists, fi) = await ElsewhereAsync();
        (await lists.FindAsync(fi, list.Number, default))!.RunsElsewhere.ShouldBeTrue();
        (await House.Lists.FindAsync(House.Fi, list.Number, default))!.RunsElsewhere.ShouldBeFalse();
        (await lists.CheckRunAsync(fi, list.Number, takesOver: false, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("overnemen");
        (await lists.RunAsync(fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("ergens anders");
        (await House.CanariesAsync()).ShouldContain("kanariegeluid WL-2025-0001 1");

        var done = await lists.RunAsync(fi, list.Number, list.Number, takesOver: true, null, null, default);
        done.Refusals.ShouldBeEmpty();
        done.Value.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds);
    }

    /// <summary>The run that was called over goes on all the same: it stops, and says nothing of what became of the items.</summary>
    [Fact]
    public async Task Run_TakenOverWhileItGoesOn_StopsAndChangesNoOutcome()
    {
        await House.CaseAsync("WL-2025-0001", recordings: 2);
        var list = await House.ApprovedRecordingsAsync();
        var (lists, fi) = await ElsewhereAsync();
        IReadOnlyList<Refusal>? other = null;
        var taken = 0;
        House.Vault.Store.Fault = (operation, name) =>
        {
            if (operation == StoreOperation.Commit && name?.Value.StartsWith($"s/{list.Items[0].StreamText}/k/", StringComparison.Ordinal) == true && Interlocked.Exchange(ref taken, 1) == 0)
                other = lists.RunAsync(fi, list.Number, list.Number, takesOver: true, null, null, default).AsTask().GetAwaiter().GetResult().Refusals;
            return null;
        };
        (await Should.ThrowAsync<VaultEnvironmentException>(async () => await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default))).Message.ShouldContain("took it over");
        House.Vault.Store.Fault = null;

        taken.ShouldBe(1);
        other!.ShouldBeEmpty();
        var found = (await House.Lists.FindAsync(House.Fi, list.Number, default))!;
        found.Status.ShouldBe(ListStatus.Done);
        found.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds);
        (await House.Lists.StatementAsync(House.Fi, list.Number, default)).Value.Statement.Counts.ShouldBe(new StatementCounts(2, 0, 0, 0));
    }

    private async Task<(DestructionRegister Lists, ActingPerson Fi)> ElsewhereAsync()
    {
        var register = await House.Vault.OpenElsewhereAsync("andere-staat");
        return (House.Open(register: register), House.Vault.As("fi", register));
    }
}
