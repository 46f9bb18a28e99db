using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary><c>kennisgeving-gedaan</c>: a betrokkene was told of the onderzoek.</summary>
public sealed record KennisgevingGiven : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Aan wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>How.</summary>
    [JsonPropertyName("wijze"), Description("Hoe")] public Delivery? Delivery { get; init; }

    /// <summary>The letter in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("De brief in het dossier (id)")] public FileId? File { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>kennisgeving-uitgesteld</c>: the kennisgeving waits in the interest of the onderzoek, until a date of review.</summary>
public sealed record KennisgevingPostponed : DossierEvent
{
    /// <summary>Whose (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Van wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Which interest asks it.</summary>
    [JsonPropertyName("reden"), Description("Welk onderzoeksbelang uitstel vraagt")] public required string Reason { get; init; }

    /// <summary>When it is judged again; until then it is not late.</summary>
    [JsonPropertyName("heroverwegenOp"), Description("Wanneer het uitstel opnieuw wordt bekeken")] public required DateOnly ReviewOn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>leidinggevende-geinformeerd</c>: the direct superior was told.</summary>
public sealed record LeidinggevendeInformed : DossierEvent
{
    /// <summary>Who was told (handle of the case).</summary>
    [JsonPropertyName("leidinggevende"), Description("Wie (aanduiding)")] public required PersonId Leidinggevende { get; init; }

    /// <summary>About whom (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Over wie (aanduiding)")] public PersonId? Betrokkene { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Betrokkene is { } one ? [one] : [];
}

/// <summary>Who of the works council was told.</summary>
public enum OrOffice
{
    /// <summary>The chair.</summary>
    [JsonStringEnumMemberName("voorzitter")] Chair,

    /// <summary>The vice-chair, when the chair is the one it is about.</summary>
    [JsonStringEnumMemberName("vicevoorzitter")] ViceChair,
}

/// <summary><c>or-geinformeerd</c>: the chair of the works council was told: beforehand of a member heard, or of the domain only after closing.</summary>
public sealed record OrInformed : DossierEvent
{
    /// <summary>Who was told.</summary>
    [JsonPropertyName("functie"), Description("Voorzitter of vicevoorzitter")] public required OrOffice Office { get; init; }

    /// <summary>The member it is about (handle of the case); <see langword="null"/> after closing, when only the domain is told.</summary>
    [JsonPropertyName("orLid"), Description("Over welk OR-lid (aanduiding)")] public PersonId? Member { get; init; }

    /// <summary>The domain told after closing.</summary>
    [JsonPropertyName("domein"), Description("Welk domein is genoemd, na afronding")] public string? Domain { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Member is { } one ? [one] : [];
}

/// <summary>Kinds of ordemaatregel.</summary>
public enum OrdemaatregelKind
{
    /// <summary>No access to the building.</summary>
    [JsonStringEnumMemberName("toegang-ontzegd")] AccessDenied,

    /// <summary>Suspension.</summary>
    [JsonStringEnumMemberName("schorsing")] Suspension,

    /// <summary>Other work or place.</summary>
    [JsonStringEnumMemberName("andere-werkzaamheden")] OtherWork,

    /// <summary>No access to systems.</summary>
    [JsonStringEnumMemberName("systeemtoegang-ontzegd")] SystemsDenied,

    /// <summary>Another.</summary>
    [JsonStringEnumMemberName("anders")] Other,
}

/// <summary><c>ordemaatregel-opgelegd</c>: a temporary measure to keep order; the betrokkene is heard first unless it is urgent.</summary>
public sealed record OrdemaatregelImposed : DossierEvent
{
    /// <summary>On whom (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Aan wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>What.</summary>
    [JsonPropertyName("maatregel"), Description("Welke maatregel")] public required OrdemaatregelKind Kind { get; init; }

    /// <summary>Why it is needed.</summary>
    [JsonPropertyName("reden"), Description("Waarom de maatregel nodig is")] public required string Reason { get; init; }

    /// <summary>Who decided (handle of the staff); <see langword="null"/> when only the office is known here.</summary>
    [StaffHandle, JsonPropertyName("opgelegdDoor"), Description("Wie de maatregel oplegde (aanduiding)")] public PersonId? ImposedBy { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>. Alone when nobody of the staff holds it (<c>commissaris-van-de-koning</c>, <c>raad</c>).</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt; genoeg als daar geen medewerker bij hoort, zoals raad of commissaris-van-de-koning")] public string? Office { get; init; }

    /// <summary>The last day; <see langword="null"/> when the end is an event, not a date: then <see cref="ReviewOn"/> keeps it temporary.</summary>
    [JsonPropertyName("totEnMet"), Description("Laatste dag")] public DateOnly? Until { get; init; }

    /// <summary>When it is judged again; <see langword="null"/> when it has a last day.</summary>
    [JsonPropertyName("heroverwegenOp"), Description("Wanneer opnieuw wordt bekeken of de maatregel nodig is")] public DateOnly? ReviewOn { get; init; }

    /// <summary>Whether the betrokkene was heard first.</summary>
    [JsonPropertyName("gehoord"), Description("De betrokkene is vooraf gehoord")] public required bool WasHeard { get; init; }

    /// <summary>Whether it could not wait for a hearing.</summary>
    [JsonPropertyName("spoed"), Description("Er was geen tijd om vooraf te horen")] public bool IsUrgent { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>ordemaatregel-gehoord</c>: a betrokkene was heard about an ordemaatregel that could not wait for a hearing.</summary>
public sealed record OrdemaatregelHeard : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Which one, when several run: its reference.</summary>
    [JsonPropertyName("ordemaatregel"), Description("Kenmerk van de ordemaatregel, als er meer lopen")] public string? Measure { get; init; }

    /// <summary>What the betrokkene said.</summary>
    [JsonPropertyName("reactie"), Description("Wat de betrokkene ervan vindt")] public string? Response { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>ordemaatregel-verlengd</c>.</summary>
public sealed record OrdemaatregelExtended : DossierEvent
{
    /// <summary>Of whom (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Van wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Which one, when several run: its reference.</summary>
    [JsonPropertyName("ordemaatregel"), Description("Kenmerk van de ordemaatregel, als er meer lopen")] public string? Measure { get; init; }

    /// <summary>The new last day.</summary>
    [JsonPropertyName("totEnMet"), Description("Nieuwe laatste dag")] public required DateOnly Until { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public required string Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>ordemaatregel-beeindigd</c>.</summary>
public sealed record OrdemaatregelEnded : DossierEvent
{
    /// <summary>Of whom (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Van wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Which one, when several run: its reference.</summary>
    [JsonPropertyName("ordemaatregel"), Description("Kenmerk van de ordemaatregel, als er meer lopen")] public string? Measure { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public string? Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary>
/// <c>bewijs-veiliggesteld</c>: something was secured so that it cannot vanish. With a reference (<c>kenmerk</c>, such as <c>bewijs-1</c>) it can be returned, and files
/// that belong to it are found.
/// </summary>
public sealed record EvidenceSecured : DossierEvent
{
    /// <summary>What.</summary>
    [JsonPropertyName("wat"), Description("Wat is veiliggesteld")] public required string What { get; init; }

    /// <summary>Where it was.</summary>
    [JsonPropertyName("vindplaats"), Description("Waar het lag")] public string? Where { get; init; }

    /// <summary>Whose it is (handle of the case).</summary>
    [JsonPropertyName("van"), Description("Van wie (aanduiding)")] public PersonId? From { get; init; }

    /// <summary>Who secured it (handles of the staff or the case); searching a workplace takes two.</summary>
    [StaffHandle, JsonPropertyName("veiliggesteldDoor"), Description("Wie het veiligstelde (aanduidingen)")] public IReadOnlyList<PersonId> SecuredBy { get; init => field = value ?? []; } = [];

    /// <summary>Where it is kept.</summary>
    [JsonPropertyName("bewaardBij"), Description("Waar het wordt bewaard")] public string? KeptAt { get; init; }

    /// <summary>The file in the dossier; otherwise the files that belong to this reference.</summary>
    [JsonPropertyName("bestand"), Description("Het bestand in het dossier (id)")] public FileId? File { get; init; }

    /// <summary>SHA-256 of what was secured, 64 hexadecimal digits; of a file in the dossier it is filled in.</summary>
    [JsonPropertyName("sha256"), Description("SHA-256 van wat is veiliggesteld (64 hexadecimale tekens); bij een bestand in het dossier niet nodig")] public string? Sha256 { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => From is { } one ? [one] : [];
}

/// <summary><c>bewijs-teruggegeven</c>.</summary>
public sealed record EvidenceReturned : DossierEvent
{
    /// <summary>The reference of what was secured; <see langword="null"/> when it had none.</summary>
    [JsonPropertyName("bewijs"), Description("Kenmerk van het bewijs, zoals bewijs-1")] public string? Evidence { get; init; }

    /// <summary>What.</summary>
    [JsonPropertyName("wat"), Description("Wat is teruggegeven")] public required string What { get; init; }

    /// <summary>To whom (handle of the case).</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [To];
}

/// <summary><c>methode-toegestaan</c>: a further method got explicit consent.</summary>
public sealed record MethodPermitted : DossierEvent
{
    /// <summary>Which.</summary>
    [JsonPropertyName("methode"), Description("Welke methode")] public required InquiryMethod Method { get; init; }

    /// <summary>Who consented (handle of the staff); <see langword="null"/> when only the office is known here.</summary>
    [StaffHandle, JsonPropertyName("toestemmingVan"), Description("Wie toestemming gaf (aanduiding)")] public PersonId? PermittedBy { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>. Alone when nobody of the staff holds it (<c>commissaris-van-de-koning</c>, <c>raad</c>).</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt; genoeg als daar geen medewerker bij hoort, zoals raad of commissaris-van-de-koning")] public string? Office { get; init; }

    /// <summary>Why a lighter method will not do.</summary>
    [JsonPropertyName("afweging"), Description("Waarom een lichter middel niet volstaat")] public required string Weighing { get; init; }

    /// <summary>For e-mail: which of the ordered steps, 1 to 4 (HVN 567-583); <see langword="null"/> for other methods.</summary>
    [JsonPropertyName("stap"), Description("Bij e-mail: welke stap, 1 tot en met 4")] public int? Step { get; init; }

    /// <summary>Whether the FG checked first; asked for observation.</summary>
    [JsonPropertyName("fgGetoetst"), Description("De FG heeft vooraf getoetst")] public bool? CheckedByFg { get; init; }
}

/// <summary><c>uitnodiging-verzonden</c>: someone was invited to a conversation.</summary>
public sealed record InvitationSent : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>The day of the conversation.</summary>
    [JsonPropertyName("gesprekOp"), Description("Dag van het gesprek")] public required DateOnly ConversationOn { get; init; }

    /// <summary>The time.</summary>
    [JsonPropertyName("tijd"), Description("Tijd, zoals 14:00")] public TimeOnly? Time { get; init; }

    /// <summary>Where.</summary>
    [JsonPropertyName("plaats"), Description("Waar")] public string? Place { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [To];
}

/// <summary><c>gesprek-gehouden</c>: someone was heard.</summary>
public sealed record ConversationHeld : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("met"), Description("Met wie (aanduiding)")] public required PersonId With { get; init; }

    /// <summary>The onderzoekers (handles of the case).</summary>
    [JsonPropertyName("onderzoekers"), Description("De onderzoekers (aanduidingen)")] public required IReadOnlyList<PersonId> Onderzoekers { get; init; }

    /// <summary>When it began.</summary>
    [JsonPropertyName("begin"), Description("Begintijd, zoals 14:00")] public TimeOnly? Begin { get; init; }

    /// <summary>When it ended.</summary>
    [JsonPropertyName("einde"), Description("Eindtijd")] public TimeOnly? End { get; init; }

    /// <summary>Where.</summary>
    [JsonPropertyName("plaats"), Description("Waar")] public string? Place { get; init; }

    /// <summary>Who assisted (handle of the case).</summary>
    [JsonPropertyName("bijgestaanDoor"), Description("Wie bijstond (aanduiding)")] public PersonId? AssistedBy { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [With];
}

/// <summary><c>opname-gemaakt</c>: a conversation was recorded, after consultation with the person heard, who was told that it will be destroyed (HRL 8.2).</summary>
public sealed record RecordingMade : DossierEvent
{
    /// <summary>Who was recorded (handle of the case).</summary>
    [JsonPropertyName("met"), Description("Van wie (aanduiding)")] public required PersonId With { get; init; }

    /// <summary>The conversation's reference.</summary>
    [JsonPropertyName("gesprek"), Description("Kenmerk van het gesprek, zoals gesprek-1")] public required string Conversation { get; init; }

    /// <summary>Whether it was discussed beforehand with the person heard.</summary>
    [JsonPropertyName("overlegd"), Description("Vooraf besproken met wie is gehoord")] public required bool WasDiscussed { get; init; }

    /// <summary>Whether the person heard was told that the recording will be destroyed.</summary>
    [JsonPropertyName("vernietigingVerteld"), Description("Verteld dat de opname wordt vernietigd")] public required bool WasToldOfDestruction { get; init; }

    /// <summary>Why this case asked for a recording.</summary>
    [JsonPropertyName("reden"), Description("Waarom een opname nodig was")] public string? Reason { get; init; }

    /// <summary>How long it lasts, in seconds, as its first bytes tell; <see langword="null"/> when they do not. Written by the register.</summary>
    [JsonPropertyName("duurSeconden"), WrittenByRegister] public int? Seconds { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [With];

    /// <inheritdoc/>
    [JsonIgnore] public override string? About => Conversation;
}

/// <summary><c>voortgang-gemeld</c>: someone was told how far it is.</summary>
public sealed record ProgressReported : DossierEvent
{
    /// <summary>Who (handles of the staff or the case).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Aan wie (aanduidingen)")] public required IReadOnlyList<PersonId> To { get; init; }

    /// <summary>What was told.</summary>
    [JsonPropertyName("inhoud"), Description("Wat is gemeld")] public string? Content { get; init; }

    /// <summary>When the next report comes; <see langword="null"/> when nothing was promised.</summary>
    [JsonPropertyName("volgendeOp"), Description("Wanneer het volgende bericht komt")] public DateOnly? NextOn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => To;
}

/// <summary><c>datalek-gemeld</c>: a data breach was reported to the FG.</summary>
public sealed record DataBreachReported : DossierEvent
{
    /// <summary>What leaked, in general terms.</summary>
    [JsonPropertyName("omschrijving"), Description("Wat er is gelekt, in algemene termen")] public required string Description { get; init; }

    /// <summary>To whom (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Aan wie, meestal de FG (aanduiding)")] public PersonId? To { get; init; }
}
