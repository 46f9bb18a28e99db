using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Search;

/// <summary>How far an update of the index is.</summary>
/// <param name="Dossiers">Dossiers looked at.</param>
/// <param name="TotalDossiers">Dossiers in all.</param>
/// <param name="Files">Files whose text was read.</param>
public readonly record struct IndexProgress(int Dossiers, int TotalDossiers, int Files);

/// <summary>What an update did.</summary>
/// <param name="Dossiers">Dossiers looked at.</param>
/// <param name="Changed">Dossiers of which a segment was made anew.</param>
/// <param name="Files">Files whose text was read.</param>
/// <param name="WithGaps">Files that could not be read, or not whole; of the dossiers that changed.</param>
public sealed record IndexReport(int Dossiers, int Changed, int Files, int WithGaps)
{
    /// <summary>Dossiers that are damaged and could not be indexed: run verify.</summary>
    public int Damaged { get; init; }
}

/// <summary>How far the index is.</summary>
/// <param name="Dossiers">Dossiers there are.</param>
/// <param name="Searchable">Files that can be searched.</param>
/// <param name="Waiting">Files that wait to be read.</param>
/// <param name="NotSearchable">Files in which there is nothing to search.</param>
/// <param name="WithGaps">Files that can be searched, but were not read whole.</param>
/// <param name="Bytes">What is searched takes, in memory; texts are kept beside it.</param>
/// <param name="Gaps">Why files were not read, or not whole, with how many: the commonest first. No names and no content.</param>
public sealed record IndexStatus(int Dossiers, int Searchable, int Waiting, int NotSearchable, int WithGaps, long Bytes, IReadOnlyList<(string Text, int Count)> Gaps);

public sealed partial class DossierIndex
{
    /// <summary>How far the index is, in numbers.</summary>
    /// <param name="progress">Hears how far it is; <see langword="null"/>: nobody does.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The numbers.</returns>
    public async ValueTask<IndexStatus> StatusAsync(IProgress<IndexProgress>? progress, CancellationToken ct)
    {
        var all = await _register.IndexableAsync(ct);
        var (looked, searchable, waiting, silent, partly, bytes) = (0, 0, 0, 0, 0, 0L);
        var gaps = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (stream, number) in all)
        {
            progress?.Report(new IndexProgress(++looked, all.Count, 0));
            if (await TryFindAsync(stream, number, ct) is not { } dossier) continue;
            waiting += IndexRules.Compartments.Sum(dossier.WaitingIn);
            foreach (var compartment in dossier.Compartments.Values)
            {
                bytes += compartment.Segment.Bytes.Length;
                searchable += compartment.Files.Count(file => file.Document >= 0);
                silent += compartment.Files.Count(file => file.Document < 0);
                partly += compartment.Files.Count(file => file.Document >= 0 && file.Gaps.Count > 0);
                foreach (var gap in compartment.Files.SelectMany(file => file.Gaps)) gaps[gap] = gaps.GetValueOrDefault(gap) + 1;
            }
        }

        return new IndexStatus(all.Count, searchable, waiting, silent, partly, bytes, [.. gaps.OrderByDescending(gap => gap.Value).ThenBy(gap => gap.Key, StringComparer.Ordinal).Select(gap => (gap.Key, gap.Value))]);
    }

    /// <summary>Brings the index up to date with every dossier: reads what was filed, and makes the segments anew that need it. One update at a time in a process.</summary>
    /// <param name="rebuild">Whether everything is made anew, also what is up to date.</param>
    /// <param name="progress">Hears how far it is; <see langword="null"/>: nobody does.</param>
    /// <param name="ct">Stops between files; what was made stays.</param>
    /// <returns>What was done.</returns>
    public async ValueTask<IndexReport> UpdateAsync(bool rebuild, IProgress<IndexProgress>? progress, CancellationToken ct)
    {
        await _updating.WaitAsync(ct);
        try
        {
            var all = await _register.IndexableAsync(ct);
            // A dossier that another process destroyed is asked for by nobody any more.
            foreach (var gone in _known.Keys.Except(all.Select(dossier => dossier.Stream)).ToList()) Forget(gone);
            var report = new IndexReport(0, 0, 0, 0);
            foreach (var (stream, number) in all)
            {
                try
                {
                    report = await UpdateAsync(stream, number, rebuild, report, ct);
                }
                catch (VaultDamagedException)
                {
                    // One dossier that is damaged keeps nobody from finding in the others; verify says what is wrong.
                    report = report with { Damaged = report.Damaged + 1 };
                }

                progress?.Report(new IndexProgress(report.Dossiers, all.Count, report.Files));
            }

            return report;
        }
        finally
        {
            _updating.Release();
        }
    }

    private async ValueTask<IndexReport> UpdateAsync(OpaqueId stream, DossierNumber number, bool rebuild, IndexReport report, CancellationToken ct)
    {
        report = report with { Dossiers = report.Dossiers + 1 };
        if (await FindAsync(stream, number, ct) is not { } known || (!rebuild && known.Stale.Count == 0)) return report;
        // What another process made meanwhile need not be made once more.
        Forget(stream);
        known = await FindAsync(stream, number, ct);
        if (known is null || (!rebuild && known.Stale.Count == 0)) return report;
        using var source = await _task.OpenForIndexAsync(stream, number, ct);
        if (source is null) return report;
        var changed = false;
        foreach (var compartment in IndexRules.Compartments)
        {
            if (!rebuild && !known.Stale.Contains(compartment)) continue;
            var (isMade, read, gaps) = await MakeAsync(source, compartment, rebuild ? null : known.Compartments.GetValueOrDefault(compartment), ct);
            changed |= isMade;
            report = report with { Files = report.Files + read, WithGaps = report.WithGaps + gaps };
        }

        Forget(stream);
        return changed ? report with { Changed = report.Changed + 1 } : report;
    }

    /// <summary>Makes the segment of a compartment anew. What another process made or destroyed meanwhile is left as it is: the next look decides again.</summary>
    private async ValueTask<(bool IsMade, int Read, int WithGaps)> MakeAsync(IndexSource source, Compartment compartment, IndexedCompartment? before, CancellationToken ct)
    {
        List<DossierFile> files = [.. source.Files.Values.Where(file => file.Compartment == compartment && IndexRules.IsIndexed(file)).OrderBy(file => file.Date).ThenBy(file => file.Id.ToString(), StringComparer.Ordinal)];
        if (files.Count == 0)
        {
            await source.Derived.DropAsync(compartment.Name, ct);
            return (true, 0, 0);
        }

        var version = await source.Derived.VersionAsync(compartment.Name, ct);
        var old = before?.Files.ToDictionary(file => file.Id) ?? [];
        var oldTexts = old.Count == 0 ? null : await TextsAsync(before!, ct);
        var (segment, texts, indexed, read) = (new SegmentWriter(Analyzer), new TextStore.Writer(), new List<IndexedFile>(files.Count), 0);
        foreach (var file in files)
        {
            var text = old.TryGetValue(file.Id, out var there) ? Again(there, oldTexts) : null;
            if (text is null)
            {
                await using var content = await source.OpenFileAsync(file.Id, ct);
                // Destroyed since: the dossier has moved on, and so must this.
                if (content is null) return (false, read, 0);
                text = await ReadAsync(content, file.Name, ct);
                read++;
            }

            var hasName = text.IsSearchable && source.HasProtectedName(text.Text);
            indexed.Add(new IndexedFile(file.Id, text.IsSearchable ? segment.Add(default, text.Text) : -1, hasName, text.Gaps));
            if (text.IsSearchable) texts.Add(text);
        }

        IReadOnlyList<OpaqueId> sources = [.. indexed.Select(file => file.Id.Value)];
        var made = await source.Derived.PutAsync(compartment.Name, version, sources, [IndexedCompartment.Write(indexed, segment.Write()), texts.Write()], ct);
        return (made is not null, read, indexed.Count(file => file.Gaps.Count > 0));
    }

    /// <summary>Reads a file. Nothing in one may keep the others from being found, also not what its reader did not think of.</summary>
    private async ValueTask<ExtractedText> ReadAsync(Stream content, string name, CancellationToken ct)
    {
        try
        {
            return await _extractor.ExtractAsync(content, name, ct);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or IOException or VaultException or OutOfMemoryException))
        {
            return new ExtractedText { Text = "", IsSearchable = false, Gaps = [$"Het lezen van dit bestand is misgegaan ({failure.GetType().Name})."] };
        }
    }

    /// <summary>What was read of a file before. What could not be read then is tried again when the index is made anew: another program may be installed by then.</summary>
    private static ExtractedText? Again(IndexedFile file, TextStore.Reader? texts)
    {
        if (file.Document < 0) return new ExtractedText { Text = "", IsSearchable = false, Gaps = file.Gaps };
        try
        {
            return texts is null ? null : texts[file.Document] with { Gaps = file.Gaps };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
