using System.Text.Json;
using System.Text.Json.Serialization;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A search that was done: what was asked and why, and which dossiers it showed something of.</summary>
internal sealed record SearchRecord
{
    [JsonPropertyName("persoon")] public required PersonId Person { get; init; }

    [JsonPropertyName("doel")] public required string Purpose { get; init; }

    [JsonPropertyName("vraag")] public required string Query { get; init; }

    [JsonPropertyName("treffers")] public required int Total { get; init; }

    /// <summary>The streams of the dossiers on the page that was shown, each once.</summary>
    [JsonPropertyName("dossiers")] public IReadOnlyList<string> Dossiers { get; init => field = value ?? []; } = [];

    /// <summary>The files on that page.</summary>
    [JsonPropertyName("bestanden")] public IReadOnlyList<string> Files { get; init => field = value ?? []; } = [];
}

/// <summary>
/// The log of searches, a stream of its own: query and purpose can name people, so each is kept apart from the access log, by the month, and a month is destroyed as a whole.
/// Durable before anything of an answer is shown. Safe for several threads.
/// </summary>
internal sealed class SearchLog(DossierVault vault, TimeProvider clock) : IDisposable
{
    private const string Searched = "gezocht";
    private const string Forgotten = "vergeten";

    /// <summary>Where it is kept that something was forgotten: what a month holds goes with the month, this stays.</summary>
    private const string Staying = "zoeklog";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Journal? _journal;

    /// <summary>Writes a search; returns when it is durable.</summary>
    public async ValueTask WriteAsync(SearchRecord record, CancellationToken ct)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(record, RegisterJsonContext.Default.SearchRecord);
        await _gate.WaitAsync(ct);
        try
        {
            _journal ??= await vault.OpenOwnStreamAsync(StreamKind.SearchLog, ct, appendOnly: true);
            while (true)
            {
                using var batch = _journal.Begin();
                var at = clock.GetUtcNow();
                batch.Add(Searched, MonthOf(at), payload, at);
                try
                {
                    await batch.CommitAsync(ct);
                    return;
                }
                catch (JournalConflictException)
                {
                    await _journal.RefreshAsync(ct);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Destroys what was asked, and why, in every search that showed something of these dossiers: words of theirs may stand in it. That somebody searched stays in the access log. One pass for
    /// all; safe to repeat.
    /// </summary>
    public async ValueTask ForgetAsync(IReadOnlyCollection<OpaqueId> dossiers, CancellationToken ct)
    {
        var names = dossiers.Select(dossier => dossier.ToString()).ToHashSet(StringComparer.Ordinal);
        await _gate.WaitAsync(ct);
        try
        {
            while (true)
            {
                using var journal = await vault.OpenStreamAsync(StreamKind.SearchLog, vault.WellKnown(StreamKind.SearchLog), ct);
                if (journal is null) return;
                var dead = (await ReadAsync(journal, ct)).Where(search => search.Record.Dossiers.Any(names.Contains)).Select(search => search.Entry).ToList();
                if (dead.Count == 0) break;
                try
                {
                    await journal.DestroyAsync(dead, Forgotten, Staying, default, clock.GetUtcNow(), ct);
                    break;
                }
                catch (JournalConflictException)
                {
                    // Somebody searched meanwhile: read again, and destroy then.
                }
            }

            if (_journal is not null) await _journal.RefreshAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Every search of which the month was not destroyed, oldest first.</summary>
    public async ValueTask<IReadOnlyList<(OpaqueId Entry, DateTimeOffset At, SearchRecord Record)>> ReadAsync(CancellationToken ct)
    {
        using var journal = await vault.OpenStreamAsync(StreamKind.SearchLog, vault.WellKnown(StreamKind.SearchLog), ct);
        return journal is null ? [] : await ReadAsync(journal, ct);
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _gate.Dispose();
    }

    private static async ValueTask<IReadOnlyList<(OpaqueId Entry, DateTimeOffset At, SearchRecord Record)>> ReadAsync(Journal journal, CancellationToken ct)
    {
        var found = new List<(OpaqueId, DateTimeOffset, SearchRecord)>();
        foreach (var envelope in journal.Envelopes.Where(envelope => envelope.Type == Searched))
        {
            if (await journal.OpenPayloadAsync(envelope, ct) is { } payload) found.Add((envelope.Id, envelope.At, JsonSerializer.Deserialize(payload, RegisterJsonContext.Default.SearchRecord)!));
        }

        return found;
    }

    private static string MonthOf(DateTimeOffset at) => at.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
