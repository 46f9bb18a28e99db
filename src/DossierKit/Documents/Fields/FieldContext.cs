using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What the families of fields read from: one document for one reader, and what every family needs to name people and offices as that reader may hear them.</summary>
internal sealed class FieldContext(ProjectionSource source, Addressee addressee, CasePerson? about, string kind, string? conversation, DateOnly? letterDate, FieldTree fields)
{
    public DossierState State { get; } = source.State;

    public ProjectionSource Source => source;

    public Addressee Addressee => addressee;

    /// <summary>The betrokkene it is about, if one.</summary>
    public CasePerson? About => about;

    public string Kind => kind;

    /// <summary>The date of the document, once it was given.</summary>
    public DateOnly? LetterDate { get; private set; } = letterDate;

    /// <summary>The reference of the conversation it is about, if one.</summary>
    public string? Conversation => conversation;

    /// <summary>The opdracht it goes by: with several, the last one about this betrokkene, since another's was given by another office and asks something else.</summary>
    public OpdrachtGiven? Opdracht { get; } = (about is { } one ? source.State.All<OpdrachtGiven>().LastOrDefault(given => given.Betrokkenen.Contains(one.Id)) : null) ?? source.State.Opdracht;

    /// <summary>The reader, if a person of the case.</summary>
    public CasePerson? Reader { get; } = addressee.Person is { } id ? source.State.FindPerson(id) : null;

    public void Put(string path, TemplateData value, string? reference, FieldSource from = FieldSource.Event) => fields.Put(path, value, from, reference);

    /// <summary>Puts in a record as a whole.</summary>
    public void PutWhole(string name, TemplateData record) => fields.PutWhole(name, record);

    /// <summary>Puts in a text that is known; a blank one is left out.</summary>
    public void PutKnown(string path, string? value, string? reference, FieldSource from = FieldSource.Event)
    {
        if (!string.IsNullOrWhiteSpace(value)) fields.Put(path, value, from, reference);
    }

    /// <summary>The day of the document, when an event says it and nobody gave another.</summary>
    public void PutDate(DossierEvent? happening)
    {
        if (happening is null) return;
        LetterDate ??= happening.Date;
        fields.Put("brief.datum", happening.Date, FieldSource.Event, happening.Name);
    }

    /// <summary>Whether this reader may read a person's name: himself always, a protected person never, others with the knowledge that goes with their role.</summary>
    public bool MayName(CasePerson person)
    {
        if (person.Id == addressee.Person) return true;
        var needed = person.Role switch
        {
            CaseRole.Melder or CaseRole.Vertrouwenspersoon => Knowledge.Melder,
            CaseRole.Betrokkene => Knowledge.Betrokkenen,
            CaseRole.Onderzoeker => Knowledge.Onderzoekers,
            _ => Knowledge.Getuigen,
        };
        return addressee.Knows(needed) && (needed == Knowledge.Melder || !ProtectedNames.IsProtected(person, Reader));
    }

    /// <summary>A person for this reader: the name, or what the person is in the case with his place in the dossier (<c>getuige 2</c>).</summary>
    public string NameOf(CasePerson person) => MayName(person) ? PersonNames.InSentence(person) : Unnamed(person);

    /// <summary>Function of a person, when the name may be read; a function can name someone as well.</summary>
    public string? FunctionOf(CasePerson person) => MayName(person) ? person.Function : null;

    /// <summary>The office or function of someone of the staff on a day, as a word within a sentence.</summary>
    public string? OfficeOf(PersonId staff, DateOnly day)
        => OfficeIdOf(staff, day) is { } office ? Word(office) : source.Staff(staff)?.Function;

    /// <summary>Who did something: the office as it was recorded, else that of someone of the staff on that day.</summary>
    public string? OfficeOf(string? office, PersonId? staff, DateOnly day) => office is not null ? Word(office) : staff is { } one ? OfficeOf(one, day) : null;

    public string? OfficeIdOf(PersonId staff, DateOnly day)
        => source.Staff(staff)?.Appointments.FirstOrDefault(appointment => appointment.Office is not null && appointment.IsInForceOn(day))?.Office
            ?? State.All<VerantwoordelijkeInformed>().LastOrDefault(told => told.Verantwoordelijke == staff)?.Office;

    /// <summary>The local word within a sentence: without the abbreviation some protocols put behind it.</summary>
    public string Word(string concept) => WordIn(source.Protocol, concept);

    public static string WordIn(Protocol protocol, string concept)
    {
        var word = protocol.Word(concept);
        var at = word.IndexOf(" (", StringComparison.Ordinal);
        return at > 0 && word.EndsWith(')') ? word[..at] : word;
    }

    /// <summary>Events of a kind up to the day of the document: a document made later than its date does not tell of what came after.</summary>
    public IEnumerable<T> ByThen<T>()
        where T : DossierEvent => State.All<T>().Where(happening => !(happening.Date > LetterDate));

    public static TemplateData Texts(IEnumerable<string> texts) => TemplateData.List(texts.Select(text => (TemplateData)text));

    public TemplateData Onderzoekers(IEnumerable<CasePerson> persons) => TemplateData.List(persons.Select(person => TemplateData.Record(
        ("naam", NameOf(person)),
        ("functie", person.Function ?? "onderzoeker"),
        ("organisatie", person.Position == Position.Extern ? person.Department : null))));

    /// <summary>The conversation the document is about.</summary>
    public ConversationHeld? Held => conversation is null ? null : State.All<ConversationHeld>().LastOrDefault(held => held.Reference == conversation);

    private string Unnamed(CasePerson person)
    {
        var role = DossierFold.ActorOf(person.Role);
        var word = Word(role);
        var same = State.Persons.Where(other => other.Role == person.Role).ToList();
        return same.Count > 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{word} {same.FindIndex(other => other.Id == person.Id) + 1}") : $"de {word}";
    }
}
