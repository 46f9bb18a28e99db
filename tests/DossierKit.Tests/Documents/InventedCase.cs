using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Tests.Documents;

/// <summary>
/// An invented case in which everything happened once, from melding to closing, under any protocol: what a document can take from a dossier is there.
/// A variant changes what conditions look at.
/// </summary>
internal sealed record InventedCase(Protocol Protocol)
{
    private static readonly PersonId Melder = new("melder-1");
    private static readonly PersonId Betrokkene = new("betrokkene-1");
    private static readonly PersonId Getuige = new("getuige-1");
    private static readonly PersonId Verantwoordelijke = new("verantwoordelijke");

    /// <summary>The names of the variants, and what each is there for.</summary>
    public static IReadOnlyDictionary<string, Func<InventedCase, InventedCase>> Variants { get; } = new Dictionary<string, Func<InventedCase, InventedCase>>(StringComparer.Ordinal)
    {
        ["gegrond"] = one => one,
        ["ongegrond"] = one => one with { Outcome = Oordeel.Ongegrond },
        ["oud recht, extern"] = one => one with { Start = new DateOnly(2014, 3, 3), IsExternal = true },
        ["niet akkoord"] = one => one with { IsAgreed = false },
        ["wethouder"] = one => one with { Position = Position.Wethouder },
        ["geen onderzoek"] = one => one with { IsInvestigated = false },
    };

    public DateOnly Start { get; init; } = new(2026, 2, 2);

    public Oordeel Outcome { get; init; } = Oordeel.Gegrond;

    public Position Position { get; init; } = Position.Medewerker;

    public bool IsExternal { get; init; }

    public bool IsAgreed { get; init; } = true;

    public bool IsInvestigated { get; init; } = true;

    public ProjectionSource Source => new()
    {
        State = State,
        Protocol = Protocol,
        Municipality = new Municipality
        {
            Name = "Waterlanden",
            Address = new PostalAddress { Street = "Postbus 1000", PostalCode = "9990 AA", Town = "Waterlanden" },
            Signatory = "mevrouw mr. S. Dijkmeesterin",
            SignatoryFunction = "gemeentesecretaris",
            ProtocolId = Protocol.Id,
        },
        Staff = id => Staff.FirstOrDefault(person => person.Id == id),
        Maker = new PersonId("fi"),
    };

    private DossierState State
    {
        get
        {
            var events = Persons().Concat(Begin()).Concat(IsInvestigated ? Inquiry() : NoInquiry()).ToList();
            return DossierFold.Fold(
                new DossierNumber("WL-2026-0099"),
                [.. events.Select((happening, index) => new DossierEntry(OpaqueId.Random(), index + 1, default, EventKind.Of(happening.GetType()), happening.Compartment, happening))],
                new HashSet<OpaqueId>(), events.Count, _ => Right.Write);
        }
    }

    private static IReadOnlyList<StaffPerson> Staff { get; } =
    [
        new(new("fi"), "mevrouw H. Plassenberger", [], [new(StaffRole.Fi, new DateOnly(2010, 1, 1))]) { Function = "functionaris integriteit" },
        new(Verantwoordelijke, "mevrouw mr. S. Dijkmeesterin", [], [new(StaffRole.Verantwoordelijke, new DateOnly(2010, 1, 1), null, "gemeentesecretaris")]) { Function = "gemeentesecretaris" },
        new(new("directeur"), "de heer T. Rietmoeras", [], [new(StaffRole.Directeur, new DateOnly(2010, 1, 1))]) { Function = "directeur" },
        new(new("hoofd-bi"), "mevrouw L. Oeverzegge", [], [new(StaffRole.HoofdBi, new DateOnly(2010, 1, 1))]) { Function = "hoofd bureau integriteit" },
    ];

    private DateOnly Day(int days) => Start.AddDays(days);

    private static CasePerson Person(string id, CaseRole role, string surname) => new()
    {
        Id = new PersonId(id),
        Role = role,
        Salutation = "mevrouw",
        Initials = "A.B.",
        Surname = surname,
        Function = "medewerker",
        Department = "Beheer",
        Position = Position.Medewerker,
        Address = new PostalAddress { Street = "Rietkraag 1", PostalCode = "9990 AB", Town = "Waterlanden" },
    };

    private IEnumerable<DossierEvent> Persons()
    {
        yield return new DossierCreated { Date = Start, Number = new DossierNumber("WL-2026-0099"), Protocol = Protocol.Id, ProtocolVersion = Protocol.Version, HashKey = "" };
        foreach (var person in new[]
        {
            Person("melder-1", CaseRole.Melder, "Kwelderhof") with { Form = MelderForm.Open },
            Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position },
            Person("getuige-1", CaseRole.Getuige, "Lisdoddema"),
            Person("benadeelde-1", CaseRole.Benadeelde, "Waterpoelstra"),
            Person("leidinggevende-1", CaseRole.Leidinggevende, "Zeggenland") with { Of = Betrokkene },
            Person("raadsman-1", CaseRole.Raadsman, "Pleitgors") with { Of = Betrokkene },
            Person("onderzoeker-1", CaseRole.Onderzoeker, "Griendhorster"),
            Person("onderzoeker-2", CaseRole.Onderzoeker, "Polderdijkstra") with { Department = "Bureau Klaarwater" },
        }) yield return new PersonAdded { Date = Start, Person = person };
    }

    private IEnumerable<DossierEvent> Begin() =>
    [
        new MeldingReceived { Date = Start, Channel = MeldingChannel.Fi, Nature = MeldingNature.Integriteitsschending, Form = MelderForm.Open, Description = "Er is een opdracht gegeven aan een eigen bedrijf.", Types = [ViolationType.Financial], Melders = [Melder], Betrokkenen = [Betrokkene] },
        new ReceiptConfirmed { Date = Day(1), To = Melder, Delivery = Delivery.Post },
        new IntakeHeld { Date = Day(4), With = Melder, Place = "Gemeentehuis", Summary = "De melder vertelt wat hij heeft gezien.", OfferedOn = Day(5), Reference = "intake-1" },
        new IntakeReportCorrected { Date = Day(6), With = Melder },
        new VerantwoordelijkeInformed { Date = Day(7), Verantwoordelijke = Verantwoordelijke, Office = "gemeentesecretaris" },
        new CriteriaWeighed { Date = Day(8), IsReliable = true, IsInvestigable = true, IsLikelyBreach = IsInvestigated, Reasons = "Concreet en na te gaan.", Advice = "Onderzoek doen." },
        new FactEstablished { Date = Day(8), Fact = FactNames.LeidinggevendeBetrokken, Value = "nee", Note = "Nagegaan." },
        new RegistrationUpdated { Date = Day(8), Betrokkene = Betrokkene },
    ];

    private IEnumerable<DossierEvent> NoInquiry() =>
    [
        new FoundNotInvestigable { Date = Day(9), Reasons = "Het gaat om een afspraak over werktijden.", Referral = "De leidinggevende.", DecidedBy = Verantwoordelijke },
        new DossierClosed { Date = Day(12), Outcome = CaseOutcome.NoInquiry },
    ];

    private IEnumerable<DossierEvent> Inquiry() =>
    [
        new OpdrachtSubmitted { Date = Day(9), To = [new PersonId("directeur")], Summary = "Onderzoek naar nevenwerk." },
        new DirectorsDecided { Date = Day(11), IsAgreed = IsAgreed, Considerations = "Net als in eerdere zaken.", Conditions = "Eerst de dossiers.", Directors = [new PersonId("directeur")], HeadOfBureau = new PersonId("hoofd-bi") },
        new OpdrachtGiven
        {
            Date = Day(12), Opdrachtgever = Verantwoordelijke, Betrokkenen = [Betrokkene], Occasion = "Er is een signaal.", Aim = "Weten wat er is gebeurd.", Conduct = "Het geven van een opdracht aan een eigen bedrijf.",
            Questions = ["Wat is er gebeurd?", "Wanneer?"], Methods = [InquiryMethod.Interviews, InquiryMethod.Files], ConsentsToMethods = true, Powers = "Dossiers inzien.", Limits = "Alleen 2024 en 2025.", Duration = "acht weken", Effort = "Twee onderzoekers.",
            IsExternal = IsExternal, Reference = "opdracht-1",
        },
        new OnderzoekerAppointed { Date = Day(12), Onderzoeker = new PersonId("onderzoeker-1") },
        new OnderzoekerAppointed { Date = Day(12), Onderzoeker = new PersonId("onderzoeker-2"), IsExternal = IsExternal },
        new OpdrachtExtended { Date = Day(20), Reason = "Er is een tweede factuur.", Opdrachtgever = Verantwoordelijke, Questions = ["Was er in 2023 ook een opdracht?"], Duration = "drie weken langer" },
        new LeidinggevendeInformed { Date = Day(13), Leidinggevende = new PersonId("leidinggevende-1"), Betrokkene = Betrokkene },
        new KennisgevingGiven { Date = Day(13), Betrokkene = Betrokkene, Delivery = Delivery.Registered },
        new OrdemaatregelImposed { Date = Day(14), Betrokkene = Betrokkene, Kind = OrdemaatregelKind.SystemsDenied, Reason = "Bewijs kan verdwijnen.", ImposedBy = Verantwoordelijke, WasHeard = true, Until = Day(60) },
        new InvitationSent { Date = Day(15), To = Betrokkene, ConversationOn = Day(22), Time = new TimeOnly(14, 0), Place = "Gemeentehuis" },
        new ConversationHeld { Date = Day(22), With = Betrokkene, Onderzoekers = [new PersonId("onderzoeker-1"), new PersonId("onderzoeker-2")], Begin = new TimeOnly(14, 0), End = new TimeOnly(15, 30), Place = "Gemeentehuis", AssistedBy = new PersonId("raadsman-1"), Reference = "gesprek-1" },
        new VerslagDrawnUp { Date = Day(23), Conversation = "gesprek-1", With = Betrokkene },
        new VerslagSent { Date = Day(23), Conversation = "gesprek-1", With = Betrokkene, Delivery = Delivery.Post },
        new VerslagCorrected { Date = Day(26), Conversation = "gesprek-1", With = Betrokkene, Corrections = "Een datum." },
        new ProgressReported { Date = Day(30), To = [Verantwoordelijke], Content = "De dossiers zijn gelezen." },
        new WederhoorOffered { Date = Day(40), Betrokkene = Betrokkene, ReplyUntil = Day(50), Reference = "wederhoor-1" },
        new WederhoorDone { Date = Day(48), Betrokkene = Betrokkene, Response = "De betrokkene licht de factuur toe." },
        new FeitenrapportSubmitted { Date = Day(52), To = Verantwoordelijke },
        new ZienswijzeRequested { Date = Day(55), Betrokkene = Betrokkene, Facts = "De opdracht is gegeven.", ReplyUntil = Day(66), Intention = "Een waarschuwing." },
        new TenlasteleggingGiven { Date = Day(55), Betrokkene = Betrokkene, Facts = "De opdracht is gegeven.", Breach = "Belangenverstrengeling.", IntendedPenalty = "Een berisping." },
        new VerantwoordingGiven { Date = Day(64), Betrokkene = Betrokkene, AssistedBy = new PersonId("raadsman-1"), Content = "De betrokkene legt uit waarom.", Reference = "verantwoording-1" },
        new BeslisdocumentDrawnUp { Date = Day(70), To = Verantwoordelijke },
        new OordeelGiven { Date = Day(74), Betrokkene = Betrokkene, Oordeel = Outcome, Reasons = "De facturen laten het zien.", Blame = "Volledig verwijtbaar.", Circumstances = "Meegewerkt.", JudgedBy = Verantwoordelijke, Office = "gemeentesecretaris" },
        .. Outcome == Oordeel.Ongegrond ? (DossierEvent[])[] : [new MaatregelTaken { Date = Day(80), Betrokkene = Betrokkene, Measure = "Een berisping.", ImposedBy = Verantwoordelijke, Office = "gemeentesecretaris", Basis = "cao-gemeenten" }],
        new PartiesInformed { Date = Day(82), To = [Betrokkene, Getuige] },
        new DossierClosed { Date = Day(90), Outcome = CaseOutcome.Completed },
    ];
}
