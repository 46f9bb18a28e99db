using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>The catalogue as dossiers: which stream has which number, and what decides who may know of it. Safe for several threads.</summary>
internal sealed class CatalogueIndex(DossierVault vault, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<OpaqueId, (ReadOnlyMemory<byte> Bytes, CaseStanding Standing)> _known = [];
    private readonly Dictionary<DossierNumber, OpaqueId> _byNumber = [];
    private int? _position;
    private (OpaqueId Stream, CaseStanding Standing)[]? _sorted;

    /// <summary>The stream and standing of a number, or <see langword="null"/>.</summary>
    public async ValueTask<(OpaqueId Stream, CaseStanding Standing)?> FindAsync(DossierNumber number, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await RefreshAsync(ct);
            return _byNumber.TryGetValue(number, out var stream) ? (stream, _known[stream].Standing) : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>All dossiers, by number; the same list as long as none changed.</summary>
    public async ValueTask<IReadOnlyList<(OpaqueId Stream, CaseStanding Standing)>> AllAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await RefreshAsync(ct);
            return _sorted ??= [.. _known.Select(known => (known.Key, known.Value.Standing)).OrderBy(known => known.Standing.Number.Value, StringComparer.Ordinal)];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts what decides on access, unless it stands there already; returns whether it did not.</summary>
    public async ValueTask<bool> PutAsync(OpaqueId stream, CaseStanding standing, CancellationToken ct)
    {
        var bytes = Write(standing);
        await _gate.WaitAsync(ct);
        try
        {
            await RefreshAsync(ct);
            if (_known.TryGetValue(stream, out var known) && known.Bytes.Span.SequenceEqual(bytes)) return false;
            await vault.Catalogue.PutAsync([(stream, bytes)], clock.GetUtcNow(), ct);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes a number for a new stream; <see langword="false"/> when it is taken, by whichever process.</summary>
    public async ValueTask<bool> TryAddAsync(OpaqueId stream, CaseStanding standing, CancellationToken ct)
    {
        // Records begin with their number, so that a hundred thousand are compared without reading them.
        var taken = Encoding.UTF8.GetBytes($"{{\"nummer\":\"{standing.Number}\"");
        await _gate.WaitAsync(ct);
        try
        {
            return await vault.Catalogue.TryAddAsync(stream, Write(standing), record => record.Span.StartsWith(taken), clock.GetUtcNow(), ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static byte[] Write(CaseStanding standing)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(standing, RegisterJsonContext.Default.CaseStanding);
        if (bytes.Length <= Catalogue.MaxRecord) return bytes;
        // More recordings than fit: then the plan says that it does not know this dossier whole, and nothing of it is destroyed. Class and dates stay.
        var retention = standing.Retention with { Recordings = [], IsIncomplete = true };
        var less = standing with { Retention = retention };
        bytes = JsonSerializer.SerializeToUtf8Bytes(less, RegisterJsonContext.Default.CaseStanding);
        if (bytes.Length <= Catalogue.MaxRecord) return bytes;
        less = standing with { Retention = retention with { Holds = [], SourceDates = [] } };
        bytes = JsonSerializer.SerializeToUtf8Bytes(less, RegisterJsonContext.Default.CaseStanding);
        // A case with hundreds of names: the marks keep someone with a like name out of the list only; opening decides on the dossier itself.
        return bytes.Length <= Catalogue.MaxRecord ? bytes : JsonSerializer.SerializeToUtf8Bytes(less with { Marks = [] }, RegisterJsonContext.Default.CaseStanding);
    }

    private async ValueTask RefreshAsync(CancellationToken ct)
    {
        await vault.Catalogue.RefreshAsync(ct);
        // All of them once, from then on what changed: a look at a hundred thousand at every opening would be felt.
        var (position, changed) = vault.Catalogue.ChangedSince(_position ?? 0);
        var streams = _position is null ? [.. vault.Catalogue.Records.Select(record => record.Key)] : changed;
        // Read as far as possible before anything is changed, and by all processors: at the first look it is all of them.
        var read = new (ReadOnlyMemory<byte> Bytes, CaseStanding Standing)?[streams.Count];
        if (streams.Count < 1000) ReadRange(0, streams.Count);
        else ReadAllAtOnce();
        if (streams.Count > 0) _sorted = null;
        for (var i = 0; i < streams.Count; i++)
        {
            var stream = streams[i];
            if (_known.Remove(stream, out var old) && _byNumber.GetValueOrDefault(old.Standing.Number) == stream) _byNumber.Remove(old.Standing.Number);
            if (read[i] is not { } known) continue;
            _known[stream] = known;
            _byNumber[known.Standing.Number] = stream;
        }

        _position = position;

        void ReadAllAtOnce()
        {
            try
            {
                Parallel.ForEach(Partitioner.Create(0, streams.Count), range => ReadRange(range.Item1, range.Item2));
            }
            catch (AggregateException problems)
            {
                ExceptionDispatchInfo.Throw(problems.InnerExceptions[0]);
            }
        }

        void ReadRange(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                if (vault.Catalogue.Records.TryGetValue(streams[i], out var bytes)) read[i] = (bytes, Read(streams[i], bytes.Span));
            }
        }
    }

    private static CaseStanding Read(OpaqueId stream, ReadOnlySpan<byte> record)
    {
        try
        {
            return JsonSerializer.Deserialize(record, RegisterJsonContext.Default.CaseStanding)!;
        }
        catch (JsonException problem)
        {
            throw new VaultEnvironmentException($"The catalogue record of stream {stream} is of a kind this program does not know. A newer version wrote it: use that version.", problem);
        }
    }
}
