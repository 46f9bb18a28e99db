using System.Collections.Concurrent;
using DossierKit.Dossiers;
using DossierKit.Programs;
using DossierKit.Vault;

namespace DossierKit.Search;

/// <summary>
/// The search index of a vault: a segment for each compartment of each dossier, sealed in that dossier under the keys of the files it was made of (<c>FORMAT.md</c>, "Derived objects"). Keeps what
/// it read in memory, shared by all sessions; what was destroyed, by this process or another, is let go of before it could be found once more. Safe for several threads.
/// </summary>
public sealed partial class DossierIndex : IDerivedData, IDisposable
{
    private readonly DossierRegister _register;
    private readonly SystemTask _task;
    private readonly TextExtractor _extractor;
    private readonly ConcurrentDictionary<OpaqueId, IndexedDossier> _known = new();
    private readonly ConcurrentDictionary<OpaqueId, SemaphoreSlim> _loading = new();
    private readonly SemaphoreSlim _updating = new(1, 1);

    private DossierIndex(DossierRegister register, SystemTask task, TextExtractor extractor) => (_register, _task, _extractor) = (register, task, extractor);

    /// <summary>Segments that are let go of: whoever holds one lets go of it too.</summary>
    internal Action<IReadOnlySet<IndexSegment>>? LetGo { get; set; }

    internal static Analyzer Analyzer { get; } = new DutchAnalyzer();

    internal DossierRegister Register => _register;

    /// <summary>Opens the index of a vault. Nothing is read yet: dossiers are looked at when somebody searches, or by <see cref="UpdateAsync(bool, IProgress{IndexProgress}?, CancellationToken)"/>.</summary>
    /// <param name="register">The register; stays the caller's.</param>
    /// <param name="by">Who asked for it; <see langword="null"/>: the program on its own account.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The index, to be disposed before the register.</returns>
    public static ValueTask<DossierIndex> OpenAsync(DossierRegister register, ActingPerson? by, CancellationToken ct) => OpenAsync(register, by, new TextExtractor(ProgramRunner.Shared, ExtractionLimits.Default), ct);

    internal static async ValueTask<DossierIndex> OpenAsync(DossierRegister register, ActingPerson? by, TextExtractor extractor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(register);
        var index = new DossierIndex(register, await register.BeginTaskAsync(SystemTaskKind.Reindex, by, ct), extractor);
        register.AddDerived(index);
        return index;
    }

    /// <inheritdoc/>
    public ValueTask DropAsync(OpaqueId source, CancellationToken ct)
    {
        // The vault deletes what it holds itself; here it is let go of in memory.
        foreach (var (stream, dossier) in _known)
        {
            if (stream == source || dossier.Holds(source)) Forget(stream);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct)
        => ValueTask.FromResult(!_known.Any(known => known.Key == source || known.Value.Holds(source)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _register.RemoveDerived(this);
        _known.Clear();
        _updating.Dispose();
        foreach (var gate in _loading.Values) gate.Dispose();
    }

    /// <summary>Which of these words are surnames of people in any case.</summary>
    internal IReadOnlyList<string> NamesAmong(IEnumerable<string> words) => [.. words.Where(word => _known.Values.Any(dossier => dossier.Names.Contains(word)))];

    /// <summary>A dossier as the index has it, in step with its last commit; <see langword="null"/> when it is not there any more.</summary>
    internal async ValueTask<IndexedDossier?> FindAsync(OpaqueId stream, DossierNumber number, CancellationToken ct)
    {
        if (_known.TryGetValue(stream, out var known) && await _register.IsUnchangedAsync(stream, known.Head, ct)) return known;
        var gate = _loading.GetOrAdd(stream, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(ct);
        try
        {
            if (_known.TryGetValue(stream, out known) && await _register.IsUnchangedAsync(stream, known.Head, ct)) return known;
            using var source = await _task.OpenForIndexAsync(stream, number, ct);
            if (source is null)
            {
                Forget(stream);
                return null;
            }

            return await LoadAsync(source, known, ct);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The same; <see langword="null"/> for a dossier that is damaged as well: it keeps nobody from finding in the others.</summary>
    internal async ValueTask<IndexedDossier?> TryFindAsync(OpaqueId stream, DossierNumber number, CancellationToken ct)
    {
        try
        {
            return await FindAsync(stream, number, ct);
        }
        catch (VaultDamagedException)
        {
            Forget(stream);
            return null;
        }
    }

    /// <summary>The texts of a compartment as they were indexed; <see langword="null"/> when they are gone, or were made anew since.</summary>
    internal static async ValueTask<TextStore.Reader?> TextsAsync(IndexedCompartment compartment, CancellationToken ct)
    {
        try
        {
            return await compartment.Texts.ReadAsync(ct) is { } bytes ? new TextStore.Reader(bytes) : null;
        }
        catch (Exception problem) when (problem is FormatException or VaultDamagedException)
        {
            // What is damaged is made again at the next update; until then it is as if it were not there.
            return null;
        }
    }

    private const int SegmentPart = 0;
    private const int TextsPart = 1;

    /// <summary>Reads what the dossier holds of the index, and remembers it.</summary>
    private async ValueTask<IndexedDossier> LoadAsync(IndexSource source, IndexedDossier? before, CancellationToken ct)
    {
        var compartments = new Dictionary<Compartment, IndexedCompartment>();
        foreach (var compartment in IndexRules.Compartments)
        {
            var version = await VersionAsync(source, compartment, ct);
            if (version == 0) continue;
            var indexed = before is not null && before.Compartments.TryGetValue(compartment, out var same) && same.Version == version ? same : await ReadAsync(source, compartment, version, ct);
            // A file that was moved or destroyed takes the whole segment with it: it is made anew from what is left.
            if (indexed is not null && indexed.Segment.Profile == Analyzer.Profile && indexed.Files.All(file => file.Document < 0 || IsThere(source, file.Id, compartment))) compartments[compartment] = indexed;
        }

        var now = _known[source.Stream] = new IndexedDossier(source, compartments);
        if (before is not null) Tell(SegmentsOf(before).Except(SegmentsOf(now)));
        // Destroyed while it was read: what was dropped just then must not come back.
        if (!await _register.IsUnchangedAsync(source.Stream, now.Head, ct)) Forget(source.Stream);
        return now;
    }

    private void Forget(OpaqueId stream)
    {
        if (_known.TryRemove(stream, out var known)) Tell(SegmentsOf(known));
    }

    private void Tell(IEnumerable<IndexSegment> gone)
    {
        var segments = gone.ToHashSet();
        if (segments.Count > 0) LetGo?.Invoke(segments);
    }

    private static IEnumerable<IndexSegment> SegmentsOf(IndexedDossier dossier) => dossier.Compartments.Values.Select(compartment => compartment.Segment);

    private static async ValueTask<long> VersionAsync(IndexSource source, Compartment compartment, CancellationToken ct)
    {
        try
        {
            return await source.Derived.VersionAsync(compartment.Name, ct);
        }
        catch (VaultDamagedException)
        {
            // An object with a name that no writer gives: verify tells of it; it is as if there were no index.
            return 0;
        }
    }

    private static bool IsThere(IndexSource source, FileId id, Compartment compartment) => source.Files.TryGetValue(id, out var file) && file.Compartment == compartment;

    private static async ValueTask<IndexedCompartment?> ReadAsync(IndexSource source, Compartment compartment, long version, CancellationToken ct)
    {
        try
        {
            return await source.Derived.FindAsync(compartment.Name, version, SegmentPart, ct) is { } segment && await segment.ReadAsync(ct) is { } bytes
                && await source.Derived.FindAsync(compartment.Name, version, TextsPart, ct) is { } texts
                ? IndexedCompartment.Read(compartment, version, bytes, texts)
                : null;
        }
        catch (Exception problem) when (problem is FormatException or VaultDamagedException)
        {
            return null;
        }
    }
}
