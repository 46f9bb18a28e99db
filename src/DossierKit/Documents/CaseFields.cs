using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Reads the fields of a letter from a dossier. What nobody knows is left out; what may be empty is put in empty.</summary>
internal sealed class CaseFields(ProjectionSource source, Addressee addressee, CasePerson? about, string kind, DateOnly? letterDate, FieldTree fields)
{
    private readonly DossierState _state = source.State;

    public void Add()
    {
        AddMunicipality();
        AddAddressee();
        AddOpdracht();
        AddOnderzoekers();
        AddOrdemaatregelen();
        AddInformed();
        fields.Put("brief.kenmerk", _state.Number.Value, FieldSource.Event, EventNames.DossierAangemaakt);
        fields.Put("protocol.titel", source.Protocol.Title, FieldSource.Protocol, source.Protocol.Id);
        if (kind == "kennisgeving" && _state.All<KennisgevingGiven>().LastOrDefault(given => given.Betrokkene == about?.Id) is { } given)
            fields.Put("brief.datum", given.Date, FieldSource.Event, EventNames.KennisgevingGedaan);
    }

    private void AddMunicipality()
    {
        var municipality = source.Municipality;
        fields.Put("gemeente.naam", municipality.Name, FieldSource.Municipality, null);
        fields.Put("gemeente.straat", municipality.Address.Street, FieldSource.Municipality, null);
        fields.Put("gemeente.postcode", municipality.Address.PostalCode, FieldSource.Municipality, null);
        fields.Put("gemeente.plaats", municipality.Address.Town, FieldSource.Municipality, null);
        PutKnown("ondertekenaar.naam", municipality.Signatory, FieldSource.Municipality, null);
        PutKnown("ondertekenaar.functie", municipality.SignatoryFunction, FieldSource.Municipality, null);
        PutKnown("contact.telefoon", municipality.Telephone, FieldSource.Municipality, null);
        PutKnown("contact.email", municipality.Email, FieldSource.Municipality, null);
        var maker = source.Staff(source.Maker);
        PutKnown("contact.naam", maker?.DisplayName, FieldSource.Person, maker?.Id.Value);
        PutKnown("contact.functie", maker?.Function, FieldSource.Person, maker?.Id.Value);
    }

    private void AddAddressee()
    {
        if (about is not null && (addressee.Person == about.Id || addressee.Kind.MayKnow.Contains(Knowledge.Betrokkenen)))
        {
            fields.Put("betrokkene.naam", PersonNames.InSentence(about), FieldSource.Person, about.Id.Value);
            fields.Put("betrokkene.functie", about.Function, FieldSource.Person, about.Id.Value);
            fields.Put("betrokkene.afdeling", about.Department, FieldSource.Person, about.Id.Value);
        }

        if (addressee.Person is not { } id || _state.FindPerson(id) is not { } person) return;
        if (person.Role == CaseRole.Melder) fields.Put("melder.naam", PersonNames.InSentence(person), FieldSource.Person, person.Id.Value);
        fields.Put("geadresseerde.naam", PersonNames.OnEnvelope(person), FieldSource.Person, person.Id.Value);
        fields.Put("geadresseerde.aanhef", PersonNames.Salutation(person), FieldSource.Person, person.Id.Value);

        // All correspondence goes through a gemachtigde once there is one (Heerenveen 2011 3.3): the letter stays the person's, the address is the gemachtigde's.
        var gemachtigde = _state.Persons.LastOrDefault(other => other.Role == CaseRole.Gemachtigde && other.Of == person.Id && other.Address is not null);
        fields.Put("geadresseerde.perAdres", gemachtigde is null ? null : PersonNames.InSentence(gemachtigde), FieldSource.Person, gemachtigde?.Id.Value);
        var address = gemachtigde?.Address ?? person.Address;
        var at = (gemachtigde ?? person).Id.Value;
        PutKnown("geadresseerde.straat", address?.Street, FieldSource.Person, at);
        PutKnown("geadresseerde.postcode", address?.PostalCode, FieldSource.Person, at);
        PutKnown("geadresseerde.plaats", address?.Town, FieldSource.Person, at);
    }

    private void AddOpdracht()
    {
        if (_state.Opdracht is not { } opdracht) return;
        const string From = EventNames.OpdrachtVerstrekt;
        PutKnown("onderzoek.opdrachtgever", opdracht.Office is { } office ? Word(office) : opdracht.Opdrachtgever is { } staff ? OfficeOf(staff, opdracht.Date) : null, FieldSource.Event, From);
        fields.Put("onderzoek.opdrachtdatum", opdracht.Date, FieldSource.Event, From);
        fields.Put("onderzoek.duur", _state.Last<OpdrachtExtended>()?.Duration ?? opdracht.Duration, FieldSource.Event, From);
        fields.Put("onderzoek.vragen", Texts(opdracht.Questions.Concat(_state.All<OpdrachtExtended>().SelectMany(more => more.Questions))), FieldSource.Event, From);
        fields.Put("onderzoek.methoden", Texts(opdracht.Methods.Concat(_state.All<MethodPermitted>().Select(permitted => permitted.Method)).Distinct().Select(Word)), FieldSource.Event, From);

        // With several betrokkenen the conduct in the opdracht may be another's: then it is asked for each.
        if (about is not null && opdracht.Betrokkenen.Count == 1 && opdracht.Betrokkenen[0] == about.Id) PutKnown("onderzoek.gedraging", opdracht.Conduct, FieldSource.Event, From);
    }

    private void AddOnderzoekers()
    {
        if (_state.Onderzoekers.Count == 0) return;
        var list = _state.Onderzoekers.Select(person => TemplateData.Record(
            ("naam", PersonNames.InSentence(person)),
            ("functie", person.Function ?? "onderzoeker"),
            ("organisatie", person.Position == Position.Extern ? person.Department : null)));
        fields.Put("onderzoekers", TemplateData.List(list), FieldSource.Event, EventNames.OnderzoekerAangewezen);
    }

    private void AddOrdemaatregelen()
    {
        if (about is null) return;
        OrdemaatregelImposed? running = null;
        DateOnly? until = null;
        var measures = new List<TemplateData>();
        foreach (var happening in _state.Events.Select(recorded => recorded.Event).Where(happening => happening.Subject == about.Id))
        {
            switch (happening)
            {
                case OrdemaatregelImposed imposed:
                    Close();
                    (running, until) = (imposed, imposed.Until);
                    break;
                case OrdemaatregelExtended extended:
                    until = extended.Until;
                    break;
                case OrdemaatregelEnded:
                    measures.Clear();
                    running = null;
                    break;
            }
        }

        Close();
        fields.Put("ordemaatregelen", TemplateData.List(measures), FieldSource.Event, EventNames.OrdemaatregelOpgelegd);

        // A measure that is over on the day of the letter does not hold any more.
        void Close()
        {
            if (running is not null && !(until < letterDate))
                measures.Add(TemplateData.Record(("omschrijving", Word(running)), ("ingang", running.Date), ("einde", TemplateData.Of(until))));
        }
    }

    /// <summary>Offices, never names; the vertrouwenspersoon is not among them, because that would say how the melding came in.</summary>
    private void AddInformed()
    {
        if (about is null) return;
        var informed = new List<string>();
        foreach (var told in _state.All<VerantwoordelijkeInformed>())
            informed.Add($"de {Word(told.Office ?? OfficeIdOf(told.Verantwoordelijke, told.Date) ?? "verantwoordelijke")}");
        if (informed.Count > 0) informed.Add($"de {Word("functionaris-integriteit")}");
        if (_state.All<LeidinggevendeInformed>().Any(told => told.Betrokkene is null || told.Betrokkene == about.Id))
            informed.Add(addressee.Person == about.Id ? "uw leidinggevende" : "de leidinggevende");
        foreach (var told in _state.All<OrInformed>().Where(told => told.Member == about.Id))
            informed.Add($"de {Word(told.Office == OrOffice.Chair ? "voorzitter-or" : "vicevoorzitter-or")}");

        // While only those were told who handle the case, there is nothing to tell the betrokkene.
        if (informed.Count > 2) fields.Put("geinformeerden", Texts(informed.Distinct(StringComparer.Ordinal)), FieldSource.Event, EventNames.LeidinggevendeGeinformeerd);
    }

    private string? OfficeOf(PersonId staff, DateOnly day)
        => OfficeIdOf(staff, day) is { } office ? Word(office) : source.Staff(staff)?.Function;

    private string? OfficeIdOf(PersonId staff, DateOnly day)
        => source.Staff(staff)?.Appointments.FirstOrDefault(appointment => appointment.Office is not null && appointment.IsInForceOn(day))?.Office
            ?? _state.All<VerantwoordelijkeInformed>().LastOrDefault(told => told.Verantwoordelijke == staff)?.Office;

    /// <summary>The local word within a sentence: without the abbreviation some protocols put behind it.</summary>
    private string Word(string concept)
    {
        var word = source.Protocol.Word(concept);
        var at = word.IndexOf(" (", StringComparison.Ordinal);
        return at > 0 && word.EndsWith(')') ? word[..at] : word;
    }

    private void PutKnown(string path, string? value, FieldSource from, string? reference)
    {
        if (!string.IsNullOrWhiteSpace(value)) fields.Put(path, value, from, reference);
    }

    private static TemplateData Texts(IEnumerable<string> texts) => TemplateData.List(texts.Select(text => (TemplateData)text));

    private static string Word(OrdemaatregelImposed imposed) => imposed.Kind switch
    {
        OrdemaatregelKind.AccessDenied => "Geen toegang tot de gebouwen van de gemeente",
        OrdemaatregelKind.Suspension => "Schorsing",
        OrdemaatregelKind.OtherWork => "Ander werk of een andere werkplek",
        OrdemaatregelKind.SystemsDenied => "Geen toegang tot systemen van de gemeente",
        _ => imposed.Note ?? "Een andere maatregel, zie het besluit",
    };

    private static string Word(InquiryMethod method) => method switch
    {
        InquiryMethod.Interviews => "gesprekken",
        InquiryMethod.Files => "onderzoek in dossiers",
        InquiryMethod.Systems => "onderzoek in systemen",
        InquiryMethod.EmailAndInternet => "onderzoek in e-mail en internetgebruik",
        InquiryMethod.PublicSources => "onderzoek in openbare bronnen",
        InquiryMethod.Workplace => "onderzoek van de werkplek",
        InquiryMethod.Observation => "observatie",
        _ => "een andere methode",
    };
}
