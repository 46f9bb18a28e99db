using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>One compartment of one dossier that somebody may read.</summary>
internal sealed record SearchPart(IndexedDossier Dossier, IndexedCompartment Compartment, DossierAccess Access)
{
    /// <summary>The values of a field of the case, as far as this person may know them.</summary>
    public IReadOnlyList<string> ValuesOf(string field) => Dossier.ValuesOf(field, Access);
}

/// <summary>
/// What one person may search, at one moment: the segments he may read and nothing else. Whatever an answer tells is counted over these alone. Never changes: another takes its place when a right,
/// a dossier or a segment is another.
/// </summary>
internal sealed class SearchSession
{
    private SearchSession(IReadOnlyList<SearchableDossier> rights, IReadOnlyList<SearchPart> parts, int dossiers, int damaged, int waiting, Searcher searcher)
    {
        (Rights, Parts, Dossiers, Damaged, Waiting, Searcher) = (rights, parts, dossiers, damaged, waiting, searcher);
        NotSearchable = parts.Sum(part => part.Compartment.Files.Count(file => file.Document < 0));
    }

    /// <summary>What the person may read.</summary>
    public IReadOnlyList<SearchableDossier> Rights { get; }

    /// <summary>The parts, in the order of the segments of the view.</summary>
    public IReadOnlyList<SearchPart> Parts { get; }

    public int Dossiers { get; }

    /// <summary>Dossiers that could not be read.</summary>
    public int Damaged { get; }

    public int Waiting { get; }

    public int NotSearchable { get; }

    public Searcher Searcher { get; }

    /// <summary>The session of these rights and dossiers; the one before, when nothing changed.</summary>
    public static SearchSession Of(IReadOnlyList<(SearchableDossier Right, IndexedDossier Dossier)> readable, int damaged, ViewShelf views, SearchSession? before)
    {
        var parts = new List<SearchPart>();
        var waiting = 0;
        foreach (var (right, dossier) in readable)
        {
            foreach (var compartment in IndexRules.Compartments)
            {
                if (!right.Access.MayRead(compartment)) continue;
                waiting += dossier.WaitingIn(compartment);
                if (dossier.Compartments.TryGetValue(compartment, out var indexed)) parts.Add(new SearchPart(dossier, indexed, right.Access));
            }
        }

        if (before is not null && before.Waiting == waiting && before.Damaged == damaged && before.Dossiers == readable.Count && before.Parts.SequenceEqual(parts)) return before;
        var view = views.Of([.. parts.Select(part => part.Compartment.Segment)]);
        return new SearchSession([.. readable.Select(entry => entry.Right)], parts, readable.Count, damaged, waiting, new Searcher(view, (segment, document) => view.FirstDocument[segment] + document, new SessionFields(parts)));
    }

    /// <summary>The file of a hit.</summary>
    public (SearchPart Part, DossierFile File) FileOf(Hit hit)
    {
        var part = Parts[hit.Segment];
        return (part, part.Dossier.Files[part.Compartment.Documents[hit.Document]]);
    }
}

/// <summary>Views by the segments they are made of: two people with the same rights share one. The few that were asked for last are kept. Safe for several threads.</summary>
internal sealed class ViewShelf(int most)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Lazy<IndexView>> _views = [];
    private readonly Dictionary<Lazy<IndexView>, IndexSegment[]> _segments = new(ReferenceEqualityComparer.Instance);

    public int Count
    {
        get
        {
            lock (_lock) return _views.Count;
        }
    }

    public IndexView Of(IndexSegment[] segments)
    {
        Lazy<IndexView>? view;
        lock (_lock)
        {
            view = _views.FirstOrDefault(known => _segments[known].AsSpan().SequenceEqual(segments));
            if (view is null) _segments[view = new Lazy<IndexView>(() => new IndexView(segments))] = segments;
            else _views.Remove(view);
            _views.AddFirst(view);
            for (; _views.Count > most; _views.RemoveLast()) _segments.Remove(_views.Last!.Value);
        }

        return view.Value;
    }

    /// <summary>Lets go of every view with a segment that is not wanted any more.</summary>
    public void Drop(Func<IndexSegment, bool> isGone)
    {
        lock (_lock)
        {
            foreach (var view in _views.Where(view => Array.Exists(_segments[view], segment => isGone(segment))).ToList())
            {
                _views.Remove(view);
                _segments.Remove(view);
            }
        }
    }
}
