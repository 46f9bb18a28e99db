using System.Collections.Frozen;
using System.Text.Json.Serialization;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>The stages of a case, in order. A reopened case goes back to the stage it was in.</summary>
public enum DossierPhase
{
    /// <summary>A melding came in and is assessed.</summary>
    [JsonStringEnumMemberName("melding")] Melding,

    /// <summary>An opdracht is prepared, decided on or given.</summary>
    [JsonStringEnumMemberName("opdracht")] Opdracht,

    /// <summary>The facts are gathered.</summary>
    [JsonStringEnumMemberName("onderzoek")] Onderzoek,

    /// <summary>The facts are there; it is judged.</summary>
    [JsonStringEnumMemberName("besluit")] Besluit,

    /// <summary>The case is closed.</summary>
    [JsonStringEnumMemberName("gesloten")] Gesloten,
}

/// <summary>A field of an event, for help and forms.</summary>
/// <param name="Name">The Dutch name on disk and for <c>record</c>.</param>
/// <param name="Description">What to fill in, Dutch.</param>
/// <param name="Shape">What a value looks like, Dutch: <c>tekst</c>, <c>datum</c>, <c>ja of nee</c>, <c>lijst van …</c>, or the allowed words.</param>
/// <param name="IsRequired">Whether the event cannot do without it.</param>
public sealed record EventField(string Name, string Description, string Shape, bool IsRequired)
{
    /// <summary>The type of a value; of a list that of an item.</summary>
    public Type ValueType { get; init; } = typeof(string);

    /// <summary>Whether it may be left open, so that <c>nee</c> is another answer than none.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether it takes several values.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether it names somebody of the staff; another person is one of the case.</summary>
    public bool IsStaff { get; init; }

    /// <summary>The role a person of the case must have here; <see langword="null"/>: any.</summary>
    public CaseRole? Role { get; init; }

    /// <summary>The words to choose from; empty when it is free.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The fields of a part, such as an address; empty for a value.</summary>
    public IReadOnlyList<EventField> Parts { get; init; } = [];
}

/// <summary>One line of the table of all events: name, type, compartment, stage, and the fields (from the record itself).</summary>
public sealed class EventKind
{
    private static readonly EventKind[] Table =
    [
        // Written by the register itself, together with what they tell of.
        Own<DossierCreated>(EventNames.DossierAangemaakt, Compartment.Kaft),
        Own<FileAdded>(EventNames.BestandToegevoegd, Compartment.Onderzoek),
        Own<DocumentDrawnUp>(EventNames.StukOpgemaakt, Compartment.Onderzoek),
        Own<FileMovedAway>(EventNames.BestandVerplaatst, Compartment.Onderzoek),

        // Recorded by people. The compartment is that of the content; where the event itself decides (a person, a file), the record overrides it.
        Row<PersonAdded>(EventNames.PersoonToegevoegd, Compartment.Onderzoek),
        Row<AnswersRecorded>(EventNames.AntwoordenVastgelegd, Compartment.Onderzoek),
        Row<MeldingReceived>(EventNames.MeldingOntvangen, Compartment.Melding, DossierPhase.Melding),
        Row<ReceiptConfirmed>(EventNames.OntvangstBevestigd, Compartment.Melder),
        Row<SignaalLinked>(EventNames.SignaalGekoppeld, Compartment.Melding),
        Row<RegistrationUpdated>(EventNames.RegistratieBijgewerkt, Compartment.Besluit),
        Row<IntakeHeld>(EventNames.IntakeGehouden, Compartment.Melder),
        Row<IntakeReportCorrected>(EventNames.IntakeverslagGecorrigeerd, Compartment.Melder),
        Row<VerantwoordelijkeInformed>(EventNames.VerantwoordelijkeGeinformeerd, Compartment.Melding),
        Row<CriteriaWeighed>(EventNames.CriteriaGewogen, Compartment.Melding),
        Row<PreliminaryInquiryDone>(EventNames.VooronderzoekGedaan, Compartment.Melding),
        Row<FoundNotInvestigable>(EventNames.NietOnderzoekswaardig, Compartment.Melding),
        Row<OtherRouteChosen>(EventNames.AnderTrajectGekozen, Compartment.Melding),
        Row<RetaliationReported>(EventNames.BenadelingGemeld, Compartment.Melder),
        Row<AangifteFiled>(EventNames.AangifteGedaan, Compartment.Onderzoek),
        Row<OpdrachtSubmitted>(EventNames.OpdrachtVoorgelegd, Compartment.Opdracht, DossierPhase.Opdracht),
        Row<DirectorsDecided>(EventNames.BesluitDirecteurenteam, Compartment.Opdracht, DossierPhase.Opdracht),
        Row<OpdrachtGiven>(EventNames.OpdrachtVerstrekt, Compartment.Opdracht, DossierPhase.Onderzoek),
        Row<OpdrachtExtended>(EventNames.OpdrachtUitgebreid, Compartment.Opdracht),
        Row<OnderzoekerAppointed>(EventNames.OnderzoekerAangewezen, Compartment.Opdracht),
        Row<OnderzoekerChallenged>(EventNames.OnderzoekerGewraakt, Compartment.Opdracht),
        Row<OnderzoekerWithdrew>(EventNames.OnderzoekerTeruggetreden, Compartment.Opdracht),
        Row<KennisgevingGiven>(EventNames.KennisgevingGedaan, Compartment.Onderzoek),
        Row<KennisgevingPostponed>(EventNames.KennisgevingUitgesteld, Compartment.Onderzoek),
        Row<LeidinggevendeInformed>(EventNames.LeidinggevendeGeinformeerd, Compartment.Onderzoek),
        Row<OrInformed>(EventNames.OrGeinformeerd, Compartment.Onderzoek),
        Row<OrdemaatregelImposed>(EventNames.OrdemaatregelOpgelegd, Compartment.Onderzoek),
        Row<OrdemaatregelHeard>(EventNames.OrdemaatregelGehoord, Compartment.Onderzoek),
        Row<OrdemaatregelExtended>(EventNames.OrdemaatregelVerlengd, Compartment.Onderzoek),
        Row<OrdemaatregelEnded>(EventNames.OrdemaatregelBeeindigd, Compartment.Onderzoek),
        Row<EvidenceSecured>(EventNames.BewijsVeiliggesteld, Compartment.Onderzoek),
        Row<EvidenceReturned>(EventNames.BewijsTeruggegeven, Compartment.Onderzoek),
        Row<MethodPermitted>(EventNames.MethodeToegestaan, Compartment.Onderzoek),
        Row<InvitationSent>(EventNames.UitnodigingVerzonden, Compartment.Onderzoek),
        Row<ConversationHeld>(EventNames.GesprekGehouden, Compartment.Onderzoek),
        Row<RecordingMade>(EventNames.OpnameGemaakt, Compartment.Opnamen),
        Row<VerslagDrawnUp>(EventNames.VerslagOpgemaakt, Compartment.Onderzoek),
        Row<VerslagSent>(EventNames.VerslagVerzonden, Compartment.Onderzoek),
        Row<VerslagCorrected>(EventNames.VerslagGecorrigeerd, Compartment.Onderzoek),
        Row<VerslagAdopted>(EventNames.VerslagVastgesteld, Compartment.Onderzoek),
        Row<VerslagRefused>(EventNames.VerslagGeweigerd, Compartment.Onderzoek),
        Row<DissentAttached>(EventNames.AfwijkendeMening, Compartment.Onderzoek),
        Row<ProgressReported>(EventNames.VoortgangGemeld, Compartment.Onderzoek),
        Row<DataBreachReported>(EventNames.DatalekGemeld, Compartment.Onderzoek),
        Row<ProtocolDeviated>(EventNames.ProtocolAfgeweken, Compartment.Opdracht),
        Row<ProtocolSwitched>(EventNames.ProtocolGewisseld, Compartment.Opdracht),
        Row<RuleKept>(EventNames.RegelNageleefd, Compartment.Onderzoek),
        Row<FactEstablished>(EventNames.OmstandigheidVastgesteld, Compartment.Onderzoek),
        Row<DocumentSent>(EventNames.StukVerzonden, Compartment.Onderzoek),
        Row<DeliveryConfirmed>(EventNames.OntvangstVanStuk, Compartment.Onderzoek),
        Row<JournalNoted>(EventNames.JournaalAantekening, Compartment.Onderzoek),
        Row<OriginalRegistered>(EventNames.OrigineelGeregistreerd, Compartment.Onderzoek),
        Row<CopyKeptElsewhere>(EventNames.KopieElders, Compartment.Onderzoek),
        Row<CopyRetrieved>(EventNames.KopieTeruggehaald, Compartment.Onderzoek),
        Row<WederhoorOffered>(EventNames.WederhoorAangeboden, Compartment.Onderzoek),
        Row<WederhoorDone>(EventNames.WederhoorGedaan, Compartment.Onderzoek),
        Row<FeitenrapportSubmitted>(EventNames.FeitenrapportAangeboden, Compartment.Onderzoek, DossierPhase.Besluit),
        Row<TenlasteleggingGiven>(EventNames.TenlasteleggingGedaan, Compartment.Besluit, DossierPhase.Besluit),
        Row<ZienswijzeRequested>(EventNames.ZienswijzeGevraagd, Compartment.Besluit, DossierPhase.Besluit),
        Row<VerantwoordingGiven>(EventNames.VerantwoordingAfgelegd, Compartment.Besluit, DossierPhase.Besluit),
        Row<BeslisdocumentDrawnUp>(EventNames.BeslisdocumentOpgesteld, Compartment.Besluit, DossierPhase.Besluit),
        Row<OordeelGiven>(EventNames.OordeelGegeven, Compartment.Besluit, DossierPhase.Besluit),
        Row<MaatregelTaken>(EventNames.MaatregelGenomen, Compartment.Besluit, DossierPhase.Besluit),
        Row<SentToPersonnelFile>(EventNames.StukNaarPersoneelsdossier, Compartment.Besluit),
        Row<InzageGranted>(EventNames.InzageVerleend, Compartment.Onderzoek),
        Row<InzageOpened>(EventNames.InzageOpengesteld, Compartment.Besluit),
        Row<InzageWithdrawn>(EventNames.InzageIngetrokken, Compartment.Besluit),
        Row<PartiesInformed>(EventNames.PartijenGeinformeerd, Compartment.Besluit),
        Row<ComplaintReceived>(EventNames.KlachtOntvangen, Compartment.Onderzoek),
        Row<AftercareOffered>(EventNames.NazorgAangeboden, Compartment.Besluit),
        Row<EerherstelGiven>(EventNames.EerherstelGegeven, Compartment.Besluit),
        Row<DossierClosed>(EventNames.DossierGesloten, Compartment.Besluit, DossierPhase.Gesloten),
        Row<DossierReopened>(EventNames.DossierHeropend, Compartment.Besluit),

        // Recorded through the archive door alone.
        Own<ClassSet>(EventNames.KlasseVastgesteld, Compartment.Bewaring),
        Own<SourceDateSet>(EventNames.BrondatumVastgelegd, Compartment.Bewaring),
        Own<ActionDateChanged>(EventNames.ArchiefactiedatumAangepast, Compartment.Bewaring),
        Own<HoldPlaced>(EventNames.BewaargrondGeplaatst, Compartment.Bewaring),
        Own<HoldReviewed>(EventNames.BewaargrondHerzien, Compartment.Bewaring),
        Own<HoldReleaseProposed>(EventNames.OpheffingVoorgesteld, Compartment.Bewaring),
        Own<HoldReleased>(EventNames.BewaargrondOpgeheven, Compartment.Bewaring),
        Own<DossierTransferred>(EventNames.Overgedragen, Compartment.Bewaring),
    ];

    private static readonly FrozenDictionary<string, EventKind> ByName = Table.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<Type, EventKind> ByType = Table.ToFrozenDictionary(kind => kind.Type);

    private IReadOnlyList<EventField>? _fields;

    private EventKind(string name, Type type, Compartment compartment, DossierPhase? phase, bool isOwn)
    {
        Name = name;
        Type = type;
        Compartment = compartment;
        Phase = phase;
        IsWrittenByRegister = isOwn;
    }

    /// <summary>All kinds, in the order of a case.</summary>
    public static IReadOnlyList<EventKind> All => Table;

    /// <summary>The Dutch name.</summary>
    public string Name { get; }

    /// <summary>The record in code.</summary>
    public Type Type { get; }

    /// <summary>The compartment its payload is sealed in, unless the event itself decides (a person by role, a file by its place).</summary>
    public Compartment Compartment { get; }

    /// <summary>The stage the case is in from this event on; <see langword="null"/> when it changes nothing.</summary>
    public DossierPhase? Phase { get; }

    /// <summary>Whether the register writes it together with what it tells of, so that nobody records it by hand.</summary>
    public bool IsWrittenByRegister { get; }

    /// <summary>The fields, required ones first.</summary>
    public IReadOnlyList<EventField> Fields => _fields ??= EventJson.FieldsOf(Type);

    /// <summary>Finds a kind by its Dutch name.</summary>
    /// <param name="name">Such as <c>melding-ontvangen</c>.</param>
    /// <returns>The kind, or <see langword="null"/> when there is none.</returns>
    public static EventKind? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The kind of a record.</summary>
    /// <param name="type">A type derived from <see cref="DossierEvent"/>.</param>
    /// <returns>Its kind.</returns>
    /// <exception cref="KeyNotFoundException">The type is no event.</exception>
    public static EventKind Of(Type type) => ByType[type];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static EventKind Row<T>(string name, Compartment compartment, DossierPhase? phase = null)
        where T : DossierEvent => new(name, typeof(T), compartment, phase, false);

    private static EventKind Own<T>(string name, Compartment compartment)
        where T : DossierEvent => new(name, typeof(T), compartment, null, true);
}
