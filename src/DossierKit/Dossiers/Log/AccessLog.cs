using System.Text.Json;
using System.Text.Json.Serialization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Who did what at which door: handles and ids only, so that it can stay when a dossier is destroyed.</summary>
internal sealed record AccessRecord
{
    [JsonPropertyName("daad")] public required AccessAct Act { get; init; }

    [JsonPropertyName("persoon")] public PersonId? Person { get; init; }

    /// <summary>The dossier's stream; <see langword="null"/> when there was none.</summary>
    [JsonPropertyName("dossier")] public string? Dossier { get; init; }

    [JsonPropertyName("bestand")] public string? File { get; init; }

    [JsonPropertyName("taak")] public SystemTaskKind? Task { get; init; }

    /// <summary>SHA-256 of an export that was finished: it tells nothing of what is in it.</summary>
    [JsonPropertyName("sha256")] public string? Sha256 { get; init; }

    /// <summary>The last commit of the dossier that is in that export: what came later is not.</summary>
    [JsonPropertyName("ijkpunt")] public long? Checkpoint { get; init; }

    /// <summary>How the person came in; <see langword="null"/> for the program itself.</summary>
    [JsonPropertyName("via")] public AccountKind? Via { get; init; }

    /// <summary>Whether the FI (or the deputy) must look at it.</summary>
    [JsonPropertyName("nakijken")] public bool NeedsReview { get; init; }
}

/// <summary>Why: in the dossier's own compartment of the log, because a purpose can name people; it goes when the dossier goes.</summary>
internal sealed record AccessReason
{
    [JsonPropertyName("doel")] public string? Purpose { get; init; }

    /// <summary>For whoever reviews a refusal.</summary>
    [JsonPropertyName("reden")] public string? Reason { get; init; }
}

/// <summary>
/// The log of all doors, a stream of its own. Each act is one durable commit before the first byte is handed out: a record that stays, and, where a dossier is
/// concerned, the purpose in a compartment named by the dossier's stream.
/// </summary>
internal sealed partial class AccessLog(DossierVault vault, TimeProvider clock) : IDisposable
{
    private const string StayingCompartment = "log";
    private const string ReasonType = "doel";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Journal? _journal;

    /// <summary>
    /// Writes an act; returns when it is durable. <see langword="false"/>: the dossier is destroyed or being destroyed, so the act was written without the reason,
    /// which nothing would destroy any more, and nothing of the dossier may be handed out.
    /// </summary>
    public async ValueTask<bool> WriteAsync(AccessRecord record, OpaqueId? dossier, AccessReason? reason, CancellationToken ct)
    {
        var staying = JsonSerializer.SerializeToUtf8Bytes(record with { Dossier = dossier?.ToString() }, RegisterJsonContext.Default.AccessRecord);
        var going = reason is null ? null : JsonSerializer.SerializeToUtf8Bytes(reason, RegisterJsonContext.Default.AccessReason);
        await _gate.WaitAsync(ct);
        try
        {
            _journal ??= await vault.OpenOwnStreamAsync(StreamKind.AccessLog, ct, appendOnly: true);
            var isGone = false;
            while (true)
            {
                isGone = isGone || (dossier is { } asked && (vault.Catalogue.IsDestroyed(asked) || _journal.IsDestroyed(default, asked.ToString())));
                using var batch = _journal.Begin();
                var at = clock.GetUtcNow();
                batch.Add(TypeOf(record), StayingCompartment, staying, at);
                if (!isGone && dossier is { } stream && going is not null) batch.Add(ReasonType, stream.ToString(), going, at);
                try
                {
                    await batch.CommitAsync(ct);
                    return !isGone;
                }
                catch (JournalConflictException)
                {
                    await _journal.RefreshAsync(ct);
                }
                catch (ObjectDestroyedException) when (!isGone)
                {
                    await _journal.RefreshAsync(ct);
                    isGone = true;
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Everything logged, oldest first; the reason is <see langword="null"/> where there was none or the dossier was destroyed.</summary>
    public async ValueTask<IReadOnlyList<(OpaqueId Entry, DateTimeOffset At, AccessRecord Record, AccessReason? Reason)>> ReadAsync(CancellationToken ct)
    {
        using var journal = await vault.OpenStreamAsync(StreamKind.AccessLog, vault.WellKnown(StreamKind.AccessLog), ct);
        if (journal is null) return [];
        var found = new List<(OpaqueId, DateTimeOffset, AccessRecord, AccessReason?)>();
        for (var i = 0; i < journal.Envelopes.Count; i++)
        {
            var envelope = journal.Envelopes[i];
            if (envelope.Compartment != StayingCompartment || envelope.Type.StartsWith('~')) continue;
            if (await journal.OpenPayloadAsync(envelope, ct) is not { } payload) continue;
            var record = JsonSerializer.Deserialize(payload, RegisterJsonContext.Default.AccessRecord)!;
            var next = i + 1 < journal.Envelopes.Count ? journal.Envelopes[i + 1] : null;
            var reason = next is not null && next.Type == ReasonType && next.Sequence == envelope.Sequence && await journal.OpenPayloadAsync(next, ct) is { } why
                ? JsonSerializer.Deserialize(why, RegisterJsonContext.Default.AccessReason)
                : null;
            found.Add((envelope.Id, envelope.At, record, reason));
        }

        return found;
    }

    /// <summary>Destroys every purpose given for a dossier, and sees to it that none can be given any more, by whichever process.</summary>
    public ValueTask ForgetAsync(OpaqueId dossier, CancellationToken ct) => ForgetAsync([dossier], ct);

    /// <summary>The same for several dossiers in one pass: each pass reads the whole log.</summary>
    public async ValueTask ForgetAsync(IReadOnlyCollection<OpaqueId> dossiers, CancellationToken ct)
    {
        if (dossiers.Count == 0) return;
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                // Opened whole: what is destroyed must be known to the journal that destroys it.
                using var journal = await vault.OpenStreamAsync(StreamKind.AccessLog, vault.WellKnown(StreamKind.AccessLog), ct);
                if (journal is null) return;
                // Opening it whole carried out again what was destroyed earlier; a dossier that nobody opened gets its mark as well, for those who are about to.
                var known = dossiers.Select(dossier => dossier.ToString()).Where(name => !journal.IsDestroyed(default, name)).ToList();
                if (known.Count == 0) break;
                try
                {
                    await journal.DestroyAsync(journal.CompartmentIds(known), Journal.CompartmentDestroyed, StayingCompartment, default, clock.GetUtcNow(), ct);
                    break;
                }
                catch (JournalConflictException)
                {
                    // Someone opened a dossier meanwhile: read the log again and destroy then.
                }
            }

            // What was just destroyed must be known to those who write on; it stays open for those who are reading in it.
            if (_journal is not null) await _journal.RefreshAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _gate.Dispose();
        _reviewing.Dispose();
        Cursor.Dispose();
    }

    /// <summary>The cursors this log gives out.</summary>
    public LogCursor Cursor { get; } = new();

    private const string ForReview = "nakijken";

    private static string TypeOf(AccessRecord record) => record.NeedsReview ? ForReview : JsonShape.WordsOf(typeof(AccessAct))[(int)record.Act];
}
