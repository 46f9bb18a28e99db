using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The municipality that writes, the letter itself, whom to call and who signs.</summary>
internal sealed class HouseFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Text("gemeente.naam", FieldSource.Municipality, "naam van de gemeente, zonder het woord ‘gemeente’"),
        LetterField.Text("gemeente.straat", FieldSource.Municipality, "postadres: straat en nummer, of postbus"),
        LetterField.Text("gemeente.postcode", FieldSource.Municipality, "postadres: postcode"),
        LetterField.Text("gemeente.plaats", FieldSource.Municipality, "postadres: plaats"),
        new("brief.datum", TemplateDataKind.Date, FieldSource.Answer, "datum van de brief")
        {
            Question = "Welke datum komt op de brief?", Hint = "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2026-03-09.",
        },
        LetterField.Text("brief.kenmerk", FieldSource.Event, "kenmerk: het nummer van het dossier"),
        LetterField.Text("brief.soort", FieldSource.Protocol, "wat voor stuk het is, als woord van het protocol"),
        new("contact.naam", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: naam")
        {
            Question = "Bij wie kan de ontvanger terecht met vragen?", Hint = "Schrijf aanspreking en naam, bijvoorbeeld: mevrouw H. Plassenberg.",
        },
        new("contact.functie", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: functie")
        {
            Question = "Wat is de functie van die persoon?", Hint = "Bijvoorbeeld: functionaris integriteit.",
        },
        new("contact.telefoon", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: telefoonnummer")
        {
            Question = "Op welk telefoonnummer is die persoon te bereiken?", Hint = "Geef een nummer waar de ontvanger direct iemand spreekt die van de zaak mag weten.",
        },
        new("contact.email", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: e-mailadres")
        {
            Question = "Op welk e-mailadres is die persoon te bereiken?", Hint = "Geef een adres dat alleen de functionaris integriteit leest.",
        },
        new("ondertekenaar.naam", TemplateDataKind.Text, FieldSource.Municipality, "naam van wie de brief ondertekent")
        {
            Question = "Wie ondertekent de brief?", Hint = "Wie over de zaak besluit, tekent: meestal degene die de opdracht gaf.",
        },
        new("ondertekenaar.functie", TemplateDataKind.Text, FieldSource.Municipality, "functie van wie de brief ondertekent")
        {
            Question = "Wat is de functie van de ondertekenaar?", Hint = "Wie over de zaak besluit, tekent: meestal degene die de opdracht gaf.",
        },
        new("bijlagen", TemplateDataKind.List, FieldSource.Answer, "titels van de bijlagen; kan leeg zijn")
        {
            Question = "Welke bijlagen gaan mee?", Hint = "Noem van elke bijlage de titel. Laat het leeg als er geen zijn.", Optional = true,
        },
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        .. ((string[])["kennisgeving.contact", "ontvangstbevestiging.contact", "afsluitbericht.contact", "uitnodiging-gesprek.contact", "ordemaatregel.contact", "voortgangsbericht.contact"]).Select(element =>
            new ElementSource(element, "contact.naam", "contact.functie", "contact.telefoon", "contact.email")
            {
                TakesAnswer = false, Advice = "Vul in bij wie de ontvanger terechtkan: naam, functie, telefoonnummer en e-mailadres.",
            }),
    ];

    public void Add(FieldContext context)
    {
        var municipality = context.Source.Municipality;
        context.Put("gemeente.naam", municipality.Name, null, FieldSource.Municipality);
        context.Put("gemeente.straat", municipality.Address.Street, null, FieldSource.Municipality);
        context.Put("gemeente.postcode", municipality.Address.PostalCode, null, FieldSource.Municipality);
        context.Put("gemeente.plaats", municipality.Address.Town, null, FieldSource.Municipality);
        context.PutKnown("contact.telefoon", municipality.Telephone, null, FieldSource.Municipality);
        context.PutKnown("contact.email", municipality.Email, null, FieldSource.Municipality);
        var maker = context.Source.Staff(context.Source.Maker);
        context.PutKnown("contact.naam", maker?.DisplayName, maker?.Id.Value, FieldSource.Person);
        context.PutKnown("contact.functie", maker?.Function, maker?.Id.Value, FieldSource.Person);
        var signs = SignatoryOf(context, maker);
        context.PutKnown("ondertekenaar.naam", signs.Name, null, signs.From);
        context.PutKnown("ondertekenaar.functie", signs.Function, null, signs.From);
        context.Put("brief.soort", context.Word(context.Kind), context.Source.Protocol.Id, FieldSource.Protocol);
        context.Put("brief.kenmerk", context.State.Number.Value, EventNames.DossierAangemaakt);
        context.PutDate(EventOf(context));
    }

    /// <summary>
    /// Who signs. What a verantwoordelijke decides is signed by the one who gave this opdracht, or was told of the melding about this betrokkene: a gemeentesecretaris under
    /// investigation gets no letter signed by the gemeentesecretaris. Whose name nobody knows is asked for.
    /// </summary>
    private static (string? Name, string? Function, FieldSource From) SignatoryOf(FieldContext context, StaffPerson? maker)
    {
        if (IsSignedByMaker(context) && maker?.Function is not null) return (maker.DisplayName, maker.Function, FieldSource.Person);
        var municipality = context.Source.Municipality;
        if (context.Source.Protocol.FindDocument(context.Kind)?.Actor is not (null or "verantwoordelijke")
            || Verantwoordelijke(context) is not var (staff, office)
            || municipality.SignatoryFunction.Contains(office, StringComparison.OrdinalIgnoreCase)) return (municipality.Signatory, municipality.SignatoryFunction, FieldSource.Municipality);
        var person = staff is { } one ? context.Source.Staff(one) : null;
        return (person?.DisplayName, person?.Function ?? context.Word(office), FieldSource.Person);
    }

    /// <summary>The verantwoordelijke for this betrokkene, with the office; <see langword="null"/> while the dossier does not tell.</summary>
    private static (PersonId? Staff, string Office)? Verantwoordelijke(FieldContext context)
    {
        var about = context.About;
        if (context.State.All<OpdrachtGiven>().LastOrDefault(given => about is null || given.Betrokkenen.Contains(about.Id)) is { } opdracht)
        {
            var office = opdracht.Office ?? (opdracht.Opdrachtgever is { } giver ? context.OfficeIdOf(giver, opdracht.Date) : null);
            return office is null ? null : (opdracht.Opdrachtgever, office);
        }

        if (about?.Position is not { } position || position == Position.Extern) return null;
        var holders = context.Source.Protocol.FindAuthority(CaseFactsOf.PositionName(position), AuthorityTask.Commissions, context.State.Facts.For(about.Id.Value))?.Holders ?? [];
        return context.State.All<VerantwoordelijkeInformed>().Reverse()
            .Select(told => ((PersonId?)told.Verantwoordelijke, told.Office ?? context.OfficeIdOf(told.Verantwoordelijke, told.Date)))
            .Where(told => told.Item2 is not null && holders.Contains(told.Item2, StringComparer.Ordinal))
            .Select(told => ((PersonId?, string)?)(told.Item1, told.Item2!)).FirstOrDefault();
    }

    /// <summary>
    /// What the FI or an onderzoeker draws up, they sign; and a letter to a melder never passes the desk of whoever signs for the municipality, who is not to know the melder.
    /// </summary>
    private static bool IsSignedByMaker(FieldContext context)
        => context.Reader is { Role: CaseRole.Melder or CaseRole.Vertrouwenspersoon }
            || context.Source.Protocol.FindDocument(context.Kind)?.Actor is "functionaris-integriteit" or "onderzoeker";

    /// <summary>The event a document goes with: its day is the date of the document, unless another is given.</summary>
    private static DossierEvent? EventOf(FieldContext context)
    {
        var (state, about, reader) = (context.State, context.About?.Id, context.Addressee.Person);
        return context.Kind switch
        {
            "kennisgeving" => state.All<KennisgevingGiven>().LastOrDefault(given => given.Betrokkene == about),
            "ontvangstbevestiging" => state.All<ReceiptConfirmed>().LastOrDefault(confirmed => confirmed.To == reader),
            "niet-onderzoekswaardig" => state.Last<FoundNotInvestigable>(),
            "onderzoeksopdracht" => context.Opdracht,
            "aanvullende-opdracht" => state.Last<OpdrachtExtended>(),
            "besluit-directeurenteam" => state.Last<DirectorsDecided>(),
            "gespreksverslag" => state.All<VerslagDrawnUp>().LastOrDefault(drawn => drawn.Conversation == context.Conversation),
            "feitenrapportage" => state.Last<FeitenrapportSubmitted>(),
            "tenlastelegging" => state.All<TenlasteleggingGiven>().LastOrDefault(given => given.Betrokkene == about),
            "zienswijze" => state.All<ZienswijzeRequested>().LastOrDefault(requested => requested.Betrokkene == about),
            "wederhoor" => state.All<WederhoorOffered>().LastOrDefault(offered => offered.Betrokkene == about),
            "beslisdocument" => state.Last<BeslisdocumentDrawnUp>(),
            "ordemaatregel" => state.All<OrdemaatregelImposed>().LastOrDefault(imposed => imposed.Betrokkene == about),
            _ => null,
        };
    }
}
