using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A journal entry of a dossier, opened as far as it still exists.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Checkpoint">The commit.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Compartment">Where its content is or was.</param>
/// <param name="Event">The content; <see langword="null"/> when it was destroyed.</param>
internal sealed record DossierEntry(OpaqueId Entry, long Checkpoint, DateTimeOffset At, EventKind Kind, Compartment Compartment, DossierEvent? Event)
{
    /// <summary>The legal date; of destroyed content the day it was recorded.</summary>
    public DateOnly Date => Event?.Date ?? LegalTime.DateOf(At);
}

/// <summary>
/// Folds entries to a state: once with every right, to decide who may do what, and once with a person's rights, to show. Pure. Missing payloads leave gaps, never errors.
/// </summary>
internal static class DossierFold
{
    public static DossierState Fold(DossierNumber number, IReadOnlyList<DossierEntry> entries, IReadOnlySet<OpaqueId> destroyed, long checkpoint, Func<Compartment, Right> rightIn)
        => FoldBy(number, entries, destroyed, checkpoint, entry => rightIn(entry.Compartment));

    public static DossierState FoldBy(DossierNumber number, IReadOnlyList<DossierEntry> entries, IReadOnlySet<OpaqueId> destroyed, long checkpoint, Func<DossierEntry, Right> rightAt)
    {
        // Stable: events of one day stay in the order in which they were recorded.
        var sorted = entries.Where(entry => rightAt(entry) >= Right.Metadata).OrderBy(entry => entry.Date).ToList();
        var readable = sorted.Where(entry => entry.Event is not null && rightAt(entry) >= Right.Read).ToList();
        var events = readable.ConvertAll(entry => new RecordedEvent(entry.Event!, entry.Entry, entry.At, entry.Checkpoint));
        var created = events.Select(recorded => recorded.Event).OfType<DossierCreated>().FirstOrDefault();
        var persons = PersonsIn(readable.OrderBy(entry => entry.Checkpoint));
        var (phase, closedOn) = PhaseOf(sorted);
        // Which protocol holds is no secret to anyone who may know of the dossier; why it was switched is.
        var switched = entries.Select(entry => entry.Event).OfType<ProtocolSwitched>().LastOrDefault();
        // Roles for the reckoning of terms come from every person, also those whose data is for others: a handle and a role name nobody.
        var roles = PersonsIn(entries.Where(entry => entry.Event is not null).OrderBy(entry => entry.Checkpoint)).ToDictionary(person => person.Id, person => ActorOf(person.Role));
        return new DossierState
        {
            Number = number,
            ProtocolId = switched?.To ?? created?.Protocol ?? "",
            ProtocolVersion = switched?.ToVersion ?? created?.ProtocolVersion ?? "",
            Phase = phase,
            ClosedOn = closedOn,
            StartedOn = sorted.FirstOrDefault(entry => entry.Kind.Name == EventNames.MeldingOntvangen)?.Date ?? created?.Date ?? sorted.Select(entry => entry.Date).FirstOrDefault(),
            Checkpoint = checkpoint,
            Events = events,
            Gaps = [.. sorted.Where(entry => entry.Event is null || rightAt(entry) < Right.Read).Select(Gap)],
            Persons = persons,
            Files = [.. FilesIn(events).Where(file => !destroyed.Contains(file.Id.Value))],
            Documents =
            [
                .. events.Select(recorded => recorded.Event).OfType<DocumentDrawnUp>().Where(drawn => !destroyed.Contains(drawn.File.Id.Value))
                    .Select(drawn => new DrawnUpDocument(drawn.Document, drawn.File, drawn.Date)),
            ],
            Onderzoekers = OnderzoekersIn(events, persons),
            ProtocolEvents = [.. sorted.SelectMany(entry => ProtocolEventsOf(entry, roles))],
            Facts = CaseFactsOf.Events(events.ConvertAll(recorded => recorded.Event), persons),
        };

        EventGap Gap(DossierEntry entry)
            => new(entry.Kind.Name, entry.Compartment, entry.Date, entry.Entry, entry.Event is null ? GapReason.Destroyed : GapReason.NotForThisPerson);
    }

    /// <summary>The name of a role among the actors of a protocol.</summary>
    public static string ActorOf(CaseRole role) => role switch
    {
        CaseRole.Melder => "melder",
        CaseRole.Betrokkene => "betrokkene",
        CaseRole.Getuige => "getuige",
        CaseRole.Benadeelde => "benadeelde",
        CaseRole.Raadsman => "raadsman",
        CaseRole.Gemachtigde => "gemachtigde",
        CaseRole.Leidinggevende => "leidinggevende",
        CaseRole.Onderzoeker => "onderzoeker",
        CaseRole.Vertrouwenspersoon => "vertrouwenspersoon",
        CaseRole.Adviseur => "adviseur-arbeidsvoorwaarden",
        _ => "derde",
    };

    private static List<CasePerson> PersonsIn(IEnumerable<DossierEntry> entries)
    {
        var persons = new List<CasePerson>();
        foreach (var added in entries.Select(entry => entry.Event).OfType<PersonAdded>())
        {
            var at = persons.FindIndex(person => person.Id == added.Person.Id);
            if (at < 0) persons.Add(added.Person);
            else persons[at] = added.Person;
        }

        return persons;
    }

    /// <summary>A case only moves forward; closing and reopening are remembered, because a reopened case goes on where it was.</summary>
    private static (DossierPhase Phase, DateOnly? ClosedOn) PhaseOf(List<DossierEntry> sorted)
    {
        var phase = DossierPhase.Melding;
        DateOnly? closedOn = null;
        foreach (var entry in sorted)
        {
            if (entry.Kind.Phase == DossierPhase.Gesloten) closedOn = entry.Date;
            else if (entry.Kind.Name == EventNames.DossierHeropend) closedOn = null;
            else if (entry.Kind.Phase > phase) phase = entry.Kind.Phase.Value;
        }

        return (closedOn is null ? phase : DossierPhase.Gesloten, closedOn);
    }

    private static IEnumerable<DossierFile> FilesIn(IEnumerable<RecordedEvent> events)
        => events.Select(recorded => recorded.Event switch
        {
            FileAdded added => added.File,
            DocumentDrawnUp drawn => drawn.File,
            _ => null,
        }).OfType<DossierFile>();

    private static List<CasePerson> OnderzoekersIn(IEnumerable<RecordedEvent> events, List<CasePerson> persons)
    {
        var appointed = new List<PersonId>();
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case OnderzoekerAppointed appointment:
                    if (!appointed.Contains(appointment.Onderzoeker)) appointed.Add(appointment.Onderzoeker);
                    break;
                case OnderzoekerChallenged { IsUpheld: true } challenge:
                    appointed.Remove(challenge.Onderzoeker);
                    break;
                case OnderzoekerWithdrew withdrawal:
                    appointed.Remove(withdrawal.Onderzoeker);
                    break;
            }
        }

        return [.. appointed.Select(id => persons.Find(person => person.Id == id)).OfType<CasePerson>()];
    }

    private static IEnumerable<ProtocolEvent> ProtocolEventsOf(DossierEntry entry, Dictionary<PersonId, string> roles)
    {
        var happened = new ProtocolEvent(entry.Kind.Name, entry.Date, null, entry.Event?.About)
        {
            ReviewOn = (entry.Event as KennisgevingPostponed)?.ReviewOn,
            Concerns = entry.Event switch
            {
                RuleKept kept => kept.Rule,
                ProtocolDeviated deviated => deviated.Rule,
                DocumentDrawnUp drawn => drawn.Document.Kind,
                DocumentSent sent => sent.DocumentKind,
                _ => null,
            },
            SignedBy = (entry.Event as ProtocolDeviated)?.SignedBy.Value,
            Undoes = entry.Event is OnderzoekerWithdrew or OnderzoekerChallenged { IsUpheld: true } ? EventNames.OnderzoekerAangewezen : null,
        };
        return entry.Event is null or { Subjects.Count: 0 }
            ? [happened]
            : entry.Event.Subjects.Select(subject => happened with { Subject = subject.Value, Role = roles.GetValueOrDefault(subject) });
    }
}
