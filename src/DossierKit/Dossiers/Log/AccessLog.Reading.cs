using System.Runtime.CompilerServices;
using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>An act in the log, as far as it still exists.</summary>
/// <param name="Sequence">The commit; also the place in the log.</param>
/// <param name="Entry">The entry.</param>
/// <param name="At">When.</param>
/// <param name="Record">Who did what.</param>
/// <param name="Reason">Why; <see langword="null"/> where there was none or the dossier was destroyed.</param>
internal sealed record LoggedAct(long Sequence, OpaqueId Entry, DateTimeOffset At, AccessRecord Record, AccessReason? Reason);

/// <summary>Reading the log from its end: what is asked for is nearly always recent, and the log only grows.</summary>
internal sealed partial class AccessLog
{
    /// <summary>The acts, newest first. Reads no more of the log than is asked for.</summary>
    /// <param name="below">Only acts before this commit; <see langword="null"/>: all.</param>
    /// <param name="wants">Which types of entries are worth opening; <see langword="null"/>: all.</param>
    /// <param name="ct">Stops.</param>
    public async IAsyncEnumerable<LoggedAct> NewestFirstAsync(long? below, Func<string, bool>? wants, [EnumeratorCancellation] CancellationToken ct)
    {
        var journal = await NewestAsync(ct);
        await foreach (var commit in journal.ReadBackAsync(below, ct))
        {
            foreach (var act in await ActsIn(commit, wants, ct)) yield return act;
        }
    }

    /// <summary>Reads the whole stream and checks its chain, its entries and its last head.</summary>
    /// <returns>How many commits there are, and the hash of the last.</returns>
    /// <exception cref="VaultDamagedException">It is cut, rolled back or damaged.</exception>
    public async ValueTask<(long Commits, string Head)> VerifyAsync(CancellationToken ct)
    {
        using var whole = await vault.OpenStreamAsync(StreamKind.AccessLog, vault.WellKnown(StreamKind.AccessLog), ct);
        return whole is null ? (0, "") : (whole.Head, Convert.ToHexStringLower(whole.HeadHash.Span));
    }

    private async ValueTask<Journal> NewestAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_journal is null) _journal = await vault.OpenOwnStreamAsync(StreamKind.AccessLog, ct, appendOnly: true);
            else await _journal.RefreshAsync(ct);
            return _journal;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async ValueTask<List<LoggedAct>> ActsIn(OpenedCommit commit, Func<string, bool>? wants, CancellationToken ct)
    {
        var acts = new List<LoggedAct>();
        for (var i = 0; i < commit.Envelopes.Count; i++)
        {
            var envelope = commit.Envelopes[i];
            if (envelope.Compartment != StayingCompartment || envelope.Type.StartsWith('~') || wants?.Invoke(envelope.Type) == false) continue;
            if (await commit.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
            var record = JsonSerializer.Deserialize(payload, RegisterJsonContext.Default.AccessRecord)!;
            var next = i + 1 < commit.Envelopes.Count ? commit.Envelopes[i + 1] : null;
            var reason = next?.Type == ReasonType && await commit.OpenPayloadAsync(next, ct) is { } why ? JsonSerializer.Deserialize(why, RegisterJsonContext.Default.AccessReason) : null;
            acts.Add(new LoggedAct(commit.Sequence, envelope.Id, envelope.At, record, reason));
        }

        return acts;
    }
}
