using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>Marks a handle of the staff register; a handle without it must be a person of the case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StaffHandleAttribute : Attribute;

/// <summary>What a dossier allows to happen next: pure, every reason at once. Rules of one municipality are in its protocol; these hold for every dossier.</summary>
internal static class EventRules
{
    /// <summary>What may still be recorded of a closed case.</summary>
    private static readonly HashSet<string> AfterClosing = new(StringComparer.Ordinal)
    {
        EventNames.DossierHeropend, EventNames.NazorgAangeboden, EventNames.PartijenGeinformeerd, EventNames.OrGeinformeerd, EventNames.StukNaarPersoneelsdossier,
        EventNames.InzageVerleend, EventNames.InzageOpengesteld, EventNames.InzageIngetrokken, EventNames.KlachtOntvangen, EventNames.EerherstelGegeven, EventNames.BenadelingGemeld, EventNames.DatalekGemeld, EventNames.StukVerzonden,
        EventNames.AangifteGedaan, EventNames.PersoonToegevoegd, EventNames.BestandToegevoegd, EventNames.StukOpgemaakt, EventNames.ProtocolAfgeweken, EventNames.AntwoordenVastgelegd,
        EventNames.RegelNageleefd, EventNames.OmstandigheidVastgesteld,
        EventNames.OntvangstVanStuk, EventNames.JournaalAantekening, EventNames.OrigineelGeregistreerd, EventNames.KopieElders, EventNames.KopieTeruggehaald,
        EventNames.RegistratieBijgewerkt, EventNames.BewijsTeruggegeven,
    };

    /// <summary>Fields whose person must have a certain role.</summary>
    private static readonly Dictionary<string, CaseRole> RoleOfField = new(StringComparer.Ordinal)
    {
        ["betrokkene"] = CaseRole.Betrokkene,
        ["betrokkenen"] = CaseRole.Betrokkene,
        ["melders"] = CaseRole.Melder,
        ["onderzoeker"] = CaseRole.Onderzoeker,
        ["onderzoekers"] = CaseRole.Onderzoeker,
        ["leidinggevende"] = CaseRole.Leidinggevende,
    };

    /// <summary>The role a field asks of the person it names.</summary>
    public static CaseRole? RoleOf(string field) => RoleOfField.TryGetValue(field, out var role) ? role : null;

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<JsonPropertyInfo>> HandlesOf = new();

    /// <summary>Checks one event against the full state it would follow.</summary>
    /// <param name="state">The state with every compartment, and with the events that go before this one.</param>
    /// <param name="happening">The event.</param>
    /// <param name="today">The legal date.</param>
    /// <param name="mayRead">
    /// What whoever records it may read; <see langword="null"/>: everything. Whom he may not know is not there for him: otherwise trying handle after handle would tell who is.
    /// </param>
    public static List<Refusal> Check(DossierState state, DossierEvent happening, DateOnly today, Func<Compartment, bool>? mayRead = null)
    {
        var refusals = new List<Refusal>();
        if (happening.Date > today) Refuse("De datum ligt in de toekomst.", "Een dossier legt vast wat is gebeurd.", "Kies de dag waarop het gebeurde.");
        if (happening.Date.Year < 1990) Refuse("De datum ligt ver in het verleden.", "Dit lijkt een tikfout.", "Kijk het jaartal na.");
        if (state.IsClosed && !AfterClosing.Contains(happening.Name)) Refuse("Het dossier is gesloten.", "Na sluiting kan dit niet meer worden vastgelegd.", "Heropen het dossier eerst (dossier-heropend), met de reden.");
        if (happening is DossierReopened && !state.IsClosed) Refuse("Het dossier is niet gesloten.", "Alleen een gesloten dossier kan worden heropend.", "Leg deze gebeurtenis niet vast.");
        if (happening is DossierReopened && state.ClosedOn is { } closedOn && happening.Date < closedOn)
            Refuse("Het dossier was toen nog niet gesloten.", $"Het is gesloten op {closedOn.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)}; een heropening van daarvoor zou niets doen.", "Kies de dag waarop het werd heropend.");
        if (happening.Reference is { } reference && state.Events.Any(recorded => recorded.Event.Reference == reference))
            Refuse("Dit kenmerk is al gebruikt.", "Een kenmerk wijst binnen een dossier één gebeurtenis aan.", "Kies een ander kenmerk.");
        CheckHandles(state, happening, mayRead, refusals);
        CheckConversation(state, happening, refusals);
        CheckContent(state, happening, refusals);
        ProtocolEventRules.Check(happening, refusals);
        RegisterRules.Check(state, happening, refusals);
        return refusals;

        void Refuse(string what, string why, string whatNow) => refusals.Add(new Refusal(what, why, whatNow) { Subject = happening.Name });
    }

    /// <summary>Checks a file against the full state; <c>mayRead</c> as with an event.</summary>
    public static List<Refusal> Check(DossierState state, NewFile file, DateOnly today, Func<Compartment, bool>? mayRead = null)
    {
        var refusals = new List<Refusal>();
        if (!IsFileName(file.Name)) refusals.Add(new("Deze bestandsnaam kan niet.", "Een naam heeft 1 tot 200 tekens, zonder map, zonder / \\ : en zonder regeleinden.", "Geef het bestand een gewone naam met extensie."));
        if (string.IsNullOrWhiteSpace(file.Title)) refusals.Add(new("Dit bestand heeft geen titel.", "De titel staat in lijsten en brieven.", "Geef een korte titel."));
        if (file.Date > today) refusals.Add(new("De datum van het bestand ligt in de toekomst.", "Een dossier legt vast wat is gebeurd.", "Kies de datum van het stuk zelf."));
        if (file.Compartment == Compartment.Bewaring) refusals.Add(new("Bij de bewaring staan geen bestanden.", "Daar staat alleen hoe lang het dossier bewaard blijft.", "Kies een van de andere compartimenten."));
        if (file.Compartment == Compartment.Kaft) refusals.Add(new("Op de kaft staan geen bestanden.", "De kaft is leesbaar voor iedereen die van het dossier mag weten.", "Kies een van de andere compartimenten."));
        if (file.Kind == FileKind.Recording && file.Compartment != Compartment.Opnamen && file.Compartment != Compartment.Melder)
            refusals.Add(new("Een opname hoort in het compartiment opnamen.", "Opnamen worden eerder vernietigd dan de rest van het dossier (HRL 8.2).", "Kies compartiment opnamen, of melder als de melder te horen is."));
        if (file.Compartment == Compartment.Opnamen && file.Kind is not (FileKind.Recording or FileKind.Gespreksverslag))
            refusals.Add(new("In het compartiment opnamen horen alleen opnamen en wat ervan is uitgeschreven.", "Wat daar onder een andere soort ligt, wordt niet met de opnamen vernietigd en gaat ook niet mee naar het archief (HRL 8.2).", "Kies soort opname of gespreksverslag, of een ander compartiment."));
        if (file.BelongsTo is { } to && !(PersonId.TryParse(to, out var id) && IsThere(state.FindPerson(id), mayRead))
            && !state.Events.Any(recorded => recorded.Event.Reference == to && mayRead?.Invoke(recorded.Event.Compartment) != false))
            refusals.Add(new("Het bestand hoort bij iets dat niet in het dossier staat.", "'bij' noemt een persoon of het kenmerk van een gebeurtenis.", "Noem een bestaande aanduiding of kenmerk, of laat 'bij' weg."));
        return refusals;
    }

    /// <summary>Whether someone of the staff is part of the facts and would now be charged with the case.</summary>
    public static bool ChargesInvolved(DossierState after)
        => after.Onderzoekers.Any(onderzoeker => onderzoeker.Staff is { } staff && after.Persons.Any(person => person.Staff == staff
            && person.Role is CaseRole.Melder or CaseRole.Betrokkene or CaseRole.Getuige or CaseRole.Benadeelde or CaseRole.Verwant or CaseRole.Raadsman or CaseRole.Gemachtigde));

    private static bool IsFileName(string name)
        => name.Length is > 0 and <= 200 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', ':']) < 0 && !name.Any(char.IsControl) && name.Trim().Length == name.Length;

    /// <summary>Whether an event names somebody who is not there for whoever records it.</summary>
    public static bool NamesNobody(DossierState state, DossierEvent happening, Func<Compartment, bool> mayRead)
        => HandlesOf.GetOrAdd(happening.GetType(), Handles).SelectMany(property => IdsIn(property, happening)).Any(id => !IsThere(state.FindPerson(id), mayRead));

    private static IEnumerable<PersonId> IdsIn(JsonPropertyInfo property, DossierEvent happening) => property.Get!(happening) switch
    {
        PersonId one => [one],
        IReadOnlyList<PersonId> many => many,
        _ => [],
    };

    private static bool IsThere(CasePerson? person, Func<Compartment, bool>? mayRead) => person is not null && mayRead?.Invoke(person.Compartment) != false;

    private static void CheckHandles(DossierState state, DossierEvent happening, Func<Compartment, bool>? mayRead, List<Refusal> refusals)
    {
        foreach (var property in HandlesOf.GetOrAdd(happening.GetType(), Handles))
        {
            foreach (var id in IdsIn(property, happening))
            {
                var person = state.FindPerson(id);
                if (person is null || !IsThere(person, mayRead))
                    refusals.Add(new($"De persoon '{id}' staat niet in dit dossier.", $"Het veld '{property.Name}' noemt een persoon van de zaak.", "Voeg de persoon eerst toe, of kies een bestaande aanduiding.") { Subject = property.Name });
                else if (RoleOfField.TryGetValue(property.Name, out var role) && person.Role != role)
                    refusals.Add(new($"De persoon '{id}' heeft niet de rol {JsonShape.WordsOf(typeof(CaseRole))[(int)role]}.", $"Het veld '{property.Name}' vraagt iemand met die rol.", "Kies een andere persoon.") { Subject = property.Name });
            }
        }
    }

    private static IReadOnlyList<JsonPropertyInfo> Handles(Type type)
        =>
        [
            .. EventJson.TypeInfoOf(type).Properties.Where(property => property.Name != "door" && property.Get is not null
                && (property.PropertyType == typeof(PersonId) || property.PropertyType == typeof(PersonId?) || property.PropertyType == typeof(IReadOnlyList<PersonId>))
                && property.AttributeProvider?.IsDefined(typeof(StaffHandleAttribute), true) != true),
        ];

    private static void CheckConversation(DossierState state, DossierEvent happening, List<Refusal> refusals)
    {
        var conversation = happening switch
        {
            VerslagEvent verslag => verslag.Conversation,
            RecordingMade recording => recording.Conversation,
            _ => null,
        };
        if (conversation is not null && !state.Events.Any(recorded => recorded.Event.Reference == conversation && recorded.Event is ConversationHeld or IntakeHeld or VerantwoordingGiven))
            refusals.Add(new("Het gesprek waar dit bij hoort staat niet in het dossier.", "Het veld 'gesprek' noemt het kenmerk van een gesprek.", "Leg eerst het gesprek vast en geef het een kenmerk, zoals gesprek-1.") { Subject = "gesprek" });
    }

    private static void CheckContent(DossierState state, DossierEvent happening, List<Refusal> refusals)
    {
        switch (happening)
        {
            case PersonAdded added:
                PersonRules.Check(state, added.Person, refusals);
                break;
            case AnswersRecorded answers when !DocumentKinds.IsKnown(answers.DocumentKind):
                Refuse("Deze soort stuk bestaat niet.", "Antwoorden horen bij een soort stuk.", Nearest.Advice(answers.DocumentKind, DocumentKinds.All));
                break;
            case KennisgevingPostponed postponed when postponed.ReviewOn < postponed.Date:
                Refuse("De dag van heroverweging ligt voor het uitstel.", "Uitstel duurt tot een dag waarop opnieuw wordt gekeken.", "Kies een latere dag.");
                break;
            case OpdrachtGiven { Betrokkenen.Count: 0 }:
                Refuse("De opdracht noemt geen betrokkene.", "Een persoonsgericht onderzoek gaat over iemand.", "Noem de betrokkene of betrokkenen.");
                break;
            case OrdemaatregelImposed { WasHeard: false, IsUrgent: false }:
                Refuse("De betrokkene is niet vooraf gehoord en er is geen spoed genoteerd.", "Vooraf horen hoort bij de afweging, tenzij er haast is (HVN 2.6).", "Noteer dat de betrokkene is gehoord, of dat er spoed was.");
                break;
            case DirectorsDecided { IsUrgent: true } decided when decided.Directors.Distinct().Count() < 3 || decided.HeadOfBureau is null:
                Refuse("Dit spoedoverleg was niet voltallig genoeg.", "In een spoedoverleg zitten ten minste drie directeuren en het (plaatsvervangend) hoofd BI (BPI 75-77).", "Noteer wie aanwezig waren, of neem het besluit opnieuw.");
                break;
            case MethodPermitted { Step: not null, Method: not InquiryMethod.EmailAndInternet }:
                Refuse("Stappen horen alleen bij onderzoek van e-mail en internet.", "HVN 2.7 kent daarvoor vier stappen.", "Laat 'stap' weg.");
                break;
            case MethodPermitted { Step: < 1 or > 4 }:
                Refuse("Deze stap bestaat niet.", "HVN 2.7 kent vier stappen.", "Kies 1, 2, 3 of 4.");
                break;
            case OrInformed { Member: { } member } informed when state.FindPerson(member) is { } person && person.IsOrChair != (informed.Office == OrOffice.ViceChair):
                Refuse("De verkeerde persoon van de ondernemingsraad is geïnformeerd.", "De voorzitter wordt geïnformeerd; gaat het over de voorzitter zelf, dan de vicevoorzitter (HRL 6.2).", "Kies voorzitter of vicevoorzitter.");
                break;
        }

        void Refuse(string what, string why, string whatNow) => refusals.Add(new Refusal(what, why, whatNow) { Subject = happening.Name });
    }
}
