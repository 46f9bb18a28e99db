using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>
/// A run that is cut off after every single step the store takes, and gone on with by another process: it ends, everything on the list is gone, nothing else is, and at no moment is
/// something called destroyed that a key still opens.
/// </summary>
public sealed class CutOffTests
{
    [Theory]
    [InlineData(DestructionPath.Light, false)]
    [InlineData(DestructionPath.Light, true)]
    [InlineData(DestructionPath.List, false)]
    [InlineData(DestructionPath.List, true)]
    public async Task Run_CutOffAfterEveryStep_IsFinishedByTheNext(DestructionPath path, bool afterIt)
    {
        var steps = 0;
        for (var stopAt = 1; ; stopAt++)
        {
            if (!await CutOffAsync(path, afterIt ? StoreFault.After : StoreFault.Before, stopAt)) break;
            steps = stopAt;
        }

        steps.ShouldBeGreaterThan(15); // it was really cut off, at every one of these
    }

    /// <summary>Whether the run was cut off at all.</summary>
    private static async Task<bool> CutOffAsync(DestructionPath path, StoreFault fault, int stopAt)
    {
        await using var house = await DestructionFixture.CreateAsync();
        await house.CaseAsync("WL-2025-0001", recordings: 1, transcripts: true, large: 300_000);
        await house.CaseAsync("WL-2025-0002");
        var stays = await house.CaseAsync("WL-2025-0003", recordings: 0, selectielijst: "12.1.7");
        using (var dossier = await house.Register.OpenAsync(new DossierNumber("WL-2025-0001"), house.Fi, "iets met Kanariebetrokkene", default)) dossier.ShouldNotBeNull();
        var list = path == DestructionPath.Light ? await house.ApprovedRecordingsAsync() : await house.ApprovedDossiersAsync();
        var (count, isCut) = (0, false);
        house.Vault.Store.Fault = (operation, _) =>
        {
            if (isCut) return StoreFault.Before; // a dead process does nothing more
            if (operation is not (StoreOperation.Commit or StoreOperation.Delete) || ++count < stopAt) return null;
            isCut = true;
            return fault;
        };
        var failure = await Record.ExceptionAsync(async () => await house.Lists.RunAsync(house.Fi, list.Number, list.Number, null, default));
        house.Vault.Store.Fault = null;
        if (failure is not null) failure.ShouldBeAssignableTo<VaultException>();

        // Another process goes on. What the first one called destroyed is.
        var register = await house.Vault.OpenElsewhereAsync();
        using var lists = house.Open(register: register);
        var fi = house.Vault.As("fi", register);
        var found = (await lists.FindAsync(fi, list.Number, default))!;
        var everything = await house.Vault.EverythingAsync();
        foreach (var item in found.Items.Where(item => item.Outcome == ItemOutcome.Destroyed)) everything.Contains($"kanariegeluid {item.Dossier}", StringComparison.Ordinal).ShouldBeFalse($"stopped at {stopAt}: {item.Name} is called destroyed; {string.Join(", ", found.Items.Select(one => $"{one.Number} {one.Kind} {one.Dossier} {one.Outcome}"))}; {failure?.Message}");
        if (found.Status is not (ListStatus.Done or ListStatus.DoneInPart) || found.Items.Any(item => item.MayRetry))
        {
            var resumed = await lists.RunAsync(fi, list.Number, list.Number, null, default);
            resumed.Refusals.ShouldBeEmpty($"stopped at {stopAt}");
            found = resumed.Value;
        }

        found.Status.ShouldBe(ListStatus.Done, $"stopped at {stopAt}: {string.Join(' ', found.Items.Select(item => item.Failure))}");
        found.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds && item.Sha256 != null);
        everything = await house.Vault.EverythingAsync();
        everything.ShouldNotContain("kanariegeluid");
        everything.ShouldNotContain("kanarietekst");
        everything.ShouldNotContain("kanarienaam");
        everything.ShouldContain("kanarieinhoud WL-2025-0003"); // not one too many
        (await register.ListAsync(fi, default)).Count.ShouldBe(path == DestructionPath.Light ? 3 : 1);
        if (path == DestructionPath.List)
        {
            everything.ShouldNotContain("kanarieinhoud WL-2025-0001");
            everything.ShouldNotContain("iets met Kanariebetrokkene");
        }
        else
        {
            everything.ShouldContain("kanarieinhoud WL-2025-0001");
        }

        using (var dossier = await register.OpenAsync(stays, fi, "nakijken", default)) dossier.ShouldNotBeNull().State.Files.Count.ShouldBe(1);
        (await lists.StatementAsync(fi, list.Number, default)).Refusals.ShouldBeEmpty();
        return isCut;
    }
}
