using System.Text;
using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>A list carried out: what was on it is gone for every key that is left, and nothing else is.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private DestructionFixture _house = null!;

    public async ValueTask InitializeAsync() => _house = await DestructionFixture.CreateAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Run_Recordings_AreGoneAndTheCaseStays()
    {
        var number = await _house.CaseAsync("WL-2025-0001", recordings: 2, transcripts: true, large: 600_000);
        (await _house.CanariesAsync()).ShouldContain("kanariegeluid WL-2025-0001 1");

        var list = await _house.ApprovedRecordingsAsync();
        list.Items.Count.ShouldBe(4); // two recordings, and the transcripts that share their fate
        list.RunFrom.ShouldBe(new DateOnly(2026, 10, 1)); // no waiting time
        var done = await _house.RunAsync(list);

        done.Status.ShouldBe(ListStatus.Done);
        done.Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed && item.Proof!.Holds && item.Sha256!.Length == 64);
        done.BackupsWithKeys.ShouldBeEmpty();
        done.IsFinal.ShouldBeTrue();
        var left = await _house.CanariesAsync();
        left.ShouldNotContain(canary => canary.StartsWith("kanariegeluid", StringComparison.Ordinal) || canary.Contains("transcript", StringComparison.Ordinal) || canary.StartsWith("kanarietekst", StringComparison.Ordinal)
            || canary.StartsWith("kanarienaam", StringComparison.Ordinal) || canary.StartsWith("Kanarietitel", StringComparison.Ordinal));
        left.ShouldContain("kanarieinhoud WL-2025-0001"); // the rest of the case is there
        (await _house.Vault.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
        using var dossier = await _house.Vault.OpenAsync("fi", number);
        dossier.State.Files.Where(file => file.Kind is FileKind.Recording or FileKind.Gespreksverslag).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_Dossiers_LeaveNothingForAnyKey()
    {
        var gone = await _house.CaseAsync("WL-2025-0001", recordings: 1, transcripts: true, large: 600_000);
        var stays = await _house.CaseAsync("WL-2025-0002", selectielijst: "12.1.7");
        using (var open = await _house.Register.OpenAsync(gone, _house.Fi, "nog even over Kanariebetrokkene", default)) open.ShouldNotBeNull();
        await _house.Vault.OpenAsync("fi", stays);

        var list = await _house.ApprovedDossiersAsync();
        list.Items.ShouldHaveSingleItem().Dossier.ShouldBe(gone);
        var done = await _house.RunAsync(list);

        done.Status.ShouldBe(ListStatus.Done, string.Join(' ', done.Items.Select(item => item.Failure)));
        (await _house.CanariesAsync()).ShouldAllBe(canary => !canary.Contains("0001", StringComparison.Ordinal));
        (await _house.Vault.EverythingAsync()).ShouldNotContain("nog even over");
        (await _house.Register.ListAsync(_house.Fi, default)).ShouldHaveSingleItem().Number.ShouldBe(stays);
        (await _house.Vault.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover);
        var statement = await _house.Lists.StatementAsync(_house.Archivaris, list.Number, default);
        statement.Refusals.ShouldBeEmpty();
        SignedStatement.Check(Encoding.UTF8.GetBytes(statement.Value.Json), _house.Lists.Key.Fingerprint).Refusals.ShouldBeEmpty();
    }
}
