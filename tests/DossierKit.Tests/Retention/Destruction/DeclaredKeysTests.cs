using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>That no backup opens it any more, on somebody's word: nobody is told that the program saw it.</summary>
public sealed class DeclaredKeysTests : DestructionTests
{
    [Theory]
    [InlineData(true)] // before the run
    [InlineData(false)]
    public async Task List_WhenKeysAreGoneByDeclaration_SaysWhoseWordItIs(bool isBefore)
    {
        await House.CaseAsync("WL-2025-0001");
        using var backups = await BackupRegister.OpenAsync(House.Vault.Vault, default);
        var set = OpaqueId.Random();
        await backups.BeginAsync(set, OpaqueId.Random(), "schijf in de kluis", new DateOnly(2026, 11, 5), House.Vault.Clock.Now, default);
        var list = await House.ApprovedRecordingsAsync();
        House.Vault.Clock.Now = House.Vault.Clock.Now.AddMinutes(1);
        if (isBefore) await DeclareAsync();
        var done = await House.RunAsync(list);
        if (!isBefore)
        {
            done.IsFinal.ShouldBeFalse();
            done.DeclaredGone.ShouldBeEmpty();
            done.BackupsWithKeys!.ShouldHaveSingleItem().EndsByItself.ShouldBeTrue();
            await DeclareAsync();
            done = (await House.Lists.FindAsync(House.Fi, list.Number, default))!;
        }

        done.IsFinal.ShouldBeTrue();
        var gone = done.DeclaredGone.ShouldHaveSingleItem();
        (gone.Set, gone.Label, gone.Function, gone.At, gone.Reason).ShouldBe((set, "schijf in de kluis", StaffRole.Fi, House.Vault.Clock.Now, "De schijf is versnipperd."));
        var statement = (await House.Lists.StatementAsync(House.Fi, list.Number, default)).Value.Statement;
        if (isBefore) statement.Declared!.ShouldHaveSingleItem().ShouldSatisfyAllConditions(said => said.Function.ShouldBe(StaffRole.Fi), said => said.Reason.ShouldBe("De schijf is versnipperd."));
        else (statement.Declared, statement.Backups.Count).ShouldBe((null, 1));

        async Task DeclareAsync() => (await backups.DeclareGoneAsync(set, "fi", "De schijf is versnipperd.", House.Vault.Clock.Now, default)).IsDone.ShouldBeTrue();
    }
}
