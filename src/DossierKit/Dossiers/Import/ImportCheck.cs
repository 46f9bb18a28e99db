using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>Judges a well-formed description as the register would judge it event by event, and tells every objection with its line.</summary>
internal sealed class ImportCheck(ImportFolder described, LocatedJson root, DateOnly today, DateOnly startsOn, List<Refusal> refusals)
{
    private readonly List<DossierEntry> _entries = [];

    /// <summary>The protocol of the case where the events judged so far left it; <see langword="null"/>: the municipality's own, which a description does not know.</summary>
    public Protocol? Protocol { get; set; }

    /// <summary>The protocols at hand.</summary>
    public required ProtocolLibrary Protocols { get; init; }

    /// <summary>Checks everything; returns persons, events and answers in the order in which they are written.</summary>
    public IReadOnlyList<DossierEvent> Run(IReadOnlyList<FileInfo?> found)
    {
        var persons = described.Persons.Select(person => new PersonAdded { Date = startsOn, Person = person }).ToList();
        foreach (var (person, index) in described.Persons.Select((person, index) => (person, index)).GroupBy(pair => pair.person.Id).SelectMany(group => group.Skip(1)))
            Refuse("Deze aanduiding staat er twee keer.", At("personen", index), "Geef elke persoon een eigen aanduiding.");

        // Persons can refer to each other, so all are there before one is judged.
        foreach (var person in persons) Add(person);
        var state = Fold();
        for (var i = 0; i < persons.Count; i++) Judge(EventRules.Check(state, persons[i], today), At("personen", i));
        var events = new List<DossierEvent>();
        for (var i = 0; i < described.Events.Count; i++)
        {
            var happening = EventFiling.Complete(state, described.Events[i]);
            Judge([.. EventRules.Check(state, happening, today), .. NamesIn(happening, state)], At("gebeurtenissen", i));
            Add(happening);
            events.Add(happening);
            state = Fold();
        }

        if (EventRules.ChargesInvolved(state)) Refuse("Een onderzoeker hoort zelf bij de zaak.", root.Place(DossierImport.FileName), "Wie mogelijk betrokken is, doet geen onderzoek (HRL 6.1): wijs een ander aan.");
        for (var i = 0; i < described.Files.Count; i++)
        {
            var file = described.Files[i];
            Judge(EventRules.Check(state, new NewFile(found[i]?.Name ?? "x", file.Title, file.Kind, file.Compartment, file.Date, file.BelongsTo), today), At("bestanden", i));
        }

        var answers = Answers();
        return [.. persons, .. events, .. answers];
    }

    /// <summary>Duties never refuse the past; a rule that does not exist is a slip of the pen all the same.</summary>
    private List<Refusal> NamesIn(DossierEvent happening, DossierState state)
    {
        if (Protocol is null) return [];
        List<Refusal> wrong = [.. ProtocolEventRules.CheckNames(happening, state, Protocol, Protocols)];
        if (happening is ProtocolSwitched switched) Protocol = Protocols.Find(switched.To, switched.ToVersion) ?? Protocol;
        return wrong;
    }

    private List<AnswersRecorded> Answers()
    {
        var date = described.Events.Select(happening => happening.Date).DefaultIfEmpty(startsOn).Max();
        foreach (var kind in described.Answers.Keys.Where(kind => !DocumentKinds.IsKnown(kind)))
            Refuse("Deze soort stuk bestaat niet.", root.Find("antwoorden")!.Find(kind)!.Place(DossierImport.FileName), Nearest.Advice(kind, DocumentKinds.All));
        return
        [
            .. described.Answers.Where(kind => kind.Value.Count > 0).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new AnswersRecorded
            {
                Date = date,
                DocumentKind = kind.Key,
                Answers = kind.Value.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToDictionary(answer => answer.Key, answer => answer.Value.Text),
            }),
        ];
    }

    private void Add(DossierEvent happening)
        => _entries.Add(new DossierEntry(OpaqueId.Random(), 1, default, EventKind.Of(happening.GetType()), happening.Compartment, happening));

    private DossierState Fold() => DossierFold.Fold(described.Number, _entries, new HashSet<OpaqueId>(), 0, DossierAccess.Everything);

    private string At(string list, int index) => root.Find(list)!.Items[index].Place(DossierImport.FileName);

    private void Judge(List<Refusal> found, string place)
        => refusals.AddRange(found.Select(refusal => refusal with { Why = $"{place} {refusal.Why}" }));

    private void Refuse(string what, string place, string whatNow) => refusals.Add(new Refusal(what, place, whatNow));
}
