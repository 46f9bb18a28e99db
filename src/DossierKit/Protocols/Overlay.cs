namespace DossierKit.Protocols;

/// <summary>
/// Lays a protocol over its base: what has the same id takes the place of what the base says, what is new is added, what is withdrawn goes.
/// Authorities go by position, task and condition; elements by their own id within a document.
/// </summary>
internal static class Overlay
{
    /// <summary>Whether there is a day on which both are in force.</summary>
    public static bool Meets(Protocol over, Protocol below)
        => (over.InForceTo is not { } overEnd || overEnd >= below.InForceFrom) && (below.InForceTo is not { } belowEnd || belowEnd >= over.InForceFrom);

    /// <summary>
    /// Lays an overlay for any base over one: a protocol of that municipality under a name of its own, in force while both are. What the base does not
    /// have cannot be withdrawn from it, and that is no mistake here: whoever wrote the overlay could not know the base.
    /// </summary>
    public static Outcome<Protocol> LayOnAny(Protocol over, Protocol below, string fileName)
    {
        var known = below.AllIds().ToHashSet(StringComparer.Ordinal);
        DateOnly?[] ends = [over.InForceTo, below.InForceTo];
        return Lay(
            over with
            {
                Id = $"{below.Id}-{over.Id}",
                Version = below.Version,
                Municipality = below.Municipality,
                Title = $"{below.Title}, met {over.Title}",
                InForceFrom = over.InForceFrom > below.InForceFrom ? over.InForceFrom : below.InForceFrom,
                InForceTo = ends.Min(),
                Base = new ProtocolReference(below.Id, below.Version),
                Withdrawn = [.. over.Withdrawn.Where(known.Contains)],
                MovesToWorkday = below.MovesToWorkday,
            },
            below,
            fileName);
    }

    public static Outcome<Protocol> Lay(Protocol over, Protocol below, string fileName)
    {
        var faults = new List<Refusal>();
        var known = below.AllIds().ToHashSet(StringComparer.Ordinal);
        foreach (var id in over.Withdrawn.Where(id => !known.Contains(id)))
            faults.Add(Fault(fileName, "$.vervallen", $"'{id}' staat niet in {below}.", Nearest.Advice(id, known)));

        var protocol = over with
        {
            SourceDocuments = Merge(below.SourceDocuments, over.SourceDocuments, source => source.Id),
            LocalActors = Merge(below.LocalActors, over.LocalActors, actor => actor.Id),
            Words = Merge(below.Words, over.Words, word => word.Concept),
            Rules = Without(over, Merge(below.Rules, over.Rules, rule => rule.Id), rule => rule.Id),
            Documents = Documents(over, below),
            Terms = Without(over, Merge(below.Terms, over.Terms, term => term.Id), term => term.Id),
            Authorities = Merge(below.Authorities, over.Authorities, authority => $"{authority.Position} {authority.Task} {authority.When}"),
            Access = Without(over, Merge(below.Access, over.Access, rule => rule.Id), rule => rule.Id),
            Retention = Without(over, Merge(below.Retention, over.Retention, rule => rule.Id), rule => rule.Id),
            Choices = Without(over, Merge(below.Choices, over.Choices, choice => choice.Id), choice => choice.Id),
            LeftOut = Merge(below.LeftOut, over.LeftOut, left => $"{string.Join("; ", left.Sources)} {left.What}"),
            ClosedDays = below.ClosedDays.Concat(over.ClosedDays).GroupBy(day => day.Key).ToDictionary(group => group.Key, group => group.Last().Value),
        };
        var ids = protocol.AllIds().ToHashSet(StringComparer.Ordinal);
        foreach (var choice in over.Choices)
            foreach (var id in choice.CarriedOutBy.Where(id => !ids.Contains(id)))
                faults.Add(Fault(fileName, "$.keuzes", $"De keuze '{choice.Id}' noemt '{id}', dat niet bestaat.", Nearest.Advice(id, ids)));
        return faults.Count == 0 ? Outcome<Protocol>.Done(protocol) : Outcome<Protocol>.Refused(faults);
    }

    private static List<DocumentRule> Documents(Protocol over, Protocol below)
    {
        var merged = Merge(below.Documents, over.Documents, document => document.Kind);
        return
        [
            .. merged.Where(document => !over.Withdrawn.Contains(document.Kind, StringComparer.Ordinal)).Select(document =>
            {
                var elements = below.FindDocument(document.Kind) is { } old && over.FindDocument(document.Kind) is not null
                    ? Merge(old.Elements, document.Elements, element => element.Id)
                    : document.Elements;
                return document with { Elements = Without(over, elements, element => element.Id) };
            }),
        ];
    }

    /// <summary>The base's list in its order, each replaced by the overlay's of the same key; the overlay's new ones behind.</summary>
    private static IReadOnlyList<T> Merge<T>(IReadOnlyList<T> below, IReadOnlyList<T> over, Func<T, string> key)
    {
        var replaced = over.GroupBy(key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var kept = below.SelectMany(item => replaced.Remove(key(item), out var news) ? news : [item]).ToList();
        return [.. kept, .. over.Where(item => replaced.ContainsKey(key(item)))];
    }

    private static IReadOnlyList<T> Without<T>(Protocol over, IReadOnlyList<T> items, Func<T, string> id)
        => [.. items.Where(item => !over.Withdrawn.Contains(id(item), StringComparer.Ordinal))];

    private static Refusal Fault(string fileName, string path, string what, string whatNow) => new(what, $"{fileName}, {path}.", whatNow) { Subject = path };
}
