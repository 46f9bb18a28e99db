using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary><c>wederhoor-gedaan</c>: a betrokkene could respond to the findings.</summary>
public sealed record WederhoorDone : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>The response; <see langword="null"/> when there was none.</summary>
    [JsonPropertyName("reactie"), Description("De reactie")] public string? Response { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>feitenrapport-aangeboden</c>: the report of the facts went to the verantwoordelijke.</summary>
public sealed record FeitenrapportSubmitted : DossierEvent
{
    /// <summary>To whom (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>The report in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("Het rapport in het dossier (id)")] public FileId? File { get; init; }
}

/// <summary><c>tenlastelegging-gedaan</c>: a betrokkene was charged with plichtsverzuim (the law before 2020) or asked for a zienswijze.</summary>
public sealed record TenlasteleggingGiven : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Aan wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>The provisional facts.</summary>
    [JsonPropertyName("feiten"), Description("De voorlopige feiten")] public required string Facts { get; init; }

    /// <summary>Which duty was breached, with grounds.</summary>
    [JsonPropertyName("plichtsverzuim"), Description("Welk plichtsverzuim, met gronden")] public string? Breach { get; init; }

    /// <summary>The intended penalty, if any.</summary>
    [JsonPropertyName("voorgenomenStraf"), Description("De voorgenomen straf")] public string? IntendedPenalty { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>verantwoording-afgelegd</c>: a betrokkene accounted for his conduct, or let the chance pass.</summary>
public sealed record VerantwoordingGiven : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Whether in writing.</summary>
    [JsonPropertyName("schriftelijk"), Description("Schriftelijk")] public bool IsWritten { get; init; }

    /// <summary>Who assisted (handle of the case).</summary>
    [JsonPropertyName("bijgestaanDoor"), Description("Wie bijstond (aanduiding)")] public PersonId? AssistedBy { get; init; }

    /// <summary>The account.</summary>
    [JsonPropertyName("inhoud"), Description("De verantwoording")] public string? Content { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>beslisdocument-opgesteld</c>: the FI's summary, oordeel and advice, apart from the onderzoek.</summary>
public sealed record BeslisdocumentDrawnUp : DossierEvent
{
    /// <summary>To whom (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>The document in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("Het stuk in het dossier (id)")] public FileId? File { get; init; }
}

/// <summary>What was judged.</summary>
public enum Oordeel
{
    /// <summary>Well-founded.</summary>
    [JsonStringEnumMemberName("gegrond")] Gegrond,

    /// <summary>Well-founded in part.</summary>
    [JsonStringEnumMemberName("deels-gegrond")] DeelsGegrond,

    /// <summary>Unfounded; never counts as recidive.</summary>
    [JsonStringEnumMemberName("ongegrond")] Ongegrond,
}

/// <summary><c>oordeel-gegeven</c>: judged for one betrokkene.</summary>
public sealed record OordeelGiven : DossierEvent
{
    /// <summary>About whom (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Over wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Who judged (handle of the staff); <see langword="null"/>: whoever did it (<c>door</c>), or only the office is known here.</summary>
    [StaffHandle, JsonPropertyName("gegevenDoor"), Description("Wie oordeelde (aanduiding)")] public PersonId? JudgedBy { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>. Alone when nobody of the staff holds it (<c>commissaris-van-de-koning</c>, <c>raad</c>).</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt; genoeg als daar geen medewerker bij hoort, zoals raad of commissaris-van-de-koning")] public string? Office { get; init; }

    /// <summary>The oordeel.</summary>
    [JsonPropertyName("oordeel"), Description("Gegrond, deels gegrond of ongegrond")] public required Oordeel Oordeel { get; init; }

    /// <summary>The reasons.</summary>
    [JsonPropertyName("motivering"), Description("Motivering")] public required string Reasons { get; init; }

    /// <summary>How far the conduct can be blamed.</summary>
    [JsonPropertyName("verwijtbaarheid"), Description("Mate van verwijtbaarheid")] public string? Blame { get; init; }

    /// <summary>Aggravating and mitigating circumstances.</summary>
    [JsonPropertyName("omstandigheden"), Description("Verzwarende en verzachtende omstandigheden")] public string? Circumstances { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>maatregel-genomen</c>: a measure was imposed, by the one who has the authority; never by the FI (HRL 11).</summary>
public sealed record MaatregelTaken : DossierEvent
{
    /// <summary>Towards whom (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Tegen wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>Which.</summary>
    [JsonPropertyName("maatregel"), Description("Welke maatregel")] public required string Measure { get; init; }

    /// <summary>Who imposed it (handle of the staff); <see langword="null"/> when only the office is known here.</summary>
    [StaffHandle, JsonPropertyName("opgelegdDoor"), Description("Wie de maatregel oplegde (aanduiding)")] public PersonId? ImposedBy { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>. Alone when nobody of the staff holds it (<c>commissaris-van-de-koning</c>, <c>raad</c>).</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt; genoeg als daar geen medewerker bij hoort, zoals raad of commissaris-van-de-koning")] public string? Office { get; init; }

    /// <summary>On what legal basis.</summary>
    [JsonPropertyName("grondslag"), Description("Grondslag")] public string? Basis { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>stuk-naar-personeelsdossier</c>: a copy went to the personnel file.</summary>
public sealed record SentToPersonnelFile : DossierEvent
{
    /// <summary>Whose (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Van wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>The kind of document.</summary>
    [JsonPropertyName("stuk"), Description("Soort stuk, zoals beslisdocument")] public required string DocumentKind { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>inzage-verleend</c>: someone read part of the dossier.</summary>
public sealed record InzageGranted : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>What was read.</summary>
    [JsonPropertyName("stukken"), Description("Welke stukken")] public required string Documents { get; init; }

    /// <summary>Whether a copy went along.</summary>
    [JsonPropertyName("afschrift"), Description("Er is een afschrift gegeven")] public bool WithCopy { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [To];
}

/// <summary>
/// <c>inzage-opengesteld</c>: the verantwoordelijke lets someone of the staff see one file on a screen, for a time. Who has nothing but this sees the cover and that file.
/// </summary>
public sealed record InzageOpened : DossierEvent
{
    /// <summary>Who (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Wie het bestand mag zien (aanduiding van een medewerker)")] public required PersonId To { get; init; }

    /// <summary>The file.</summary>
    [JsonPropertyName("bestand"), Description("Het bestand in het dossier (id)")] public required FileId File { get; init; }

    /// <summary>The last day.</summary>
    [JsonPropertyName("totEnMet"), Description("Laatste dag van de inzage")] public required DateOnly Until { get; init; }

    /// <summary>The verantwoordelijke who decides (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("verantwoordelijke"), Description("Welke verantwoordelijke dit besluit (aanduiding)")] public required PersonId SignedBy { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public required string Reason { get; init; }

    /// <summary>Whether the file may be taken out of the vault.</summary>
    [JsonPropertyName("meenemen"), Description("Het bestand mag worden meegenomen")] public bool MayTakeOut { get; init; }
}

/// <summary><c>inzage-ingetrokken</c>: someone of the staff may no longer see a file that was opened to him; at once.</summary>
public sealed record InzageWithdrawn : DossierEvent
{
    /// <summary>Who (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Wie het bestand niet meer mag zien (aanduiding van een medewerker)")] public required PersonId To { get; init; }

    /// <summary>The file.</summary>
    [JsonPropertyName("bestand"), Description("Het bestand in het dossier (id)")] public required FileId File { get; init; }
}

/// <summary><c>partijen-geinformeerd</c>: people heard how it ended.</summary>
public sealed record PartiesInformed : DossierEvent
{
    /// <summary>Who (handles of the case).</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduidingen)")] public required IReadOnlyList<PersonId> To { get; init; }

    /// <summary>What they were told.</summary>
    [JsonPropertyName("inhoud"), Description("Wat is verteld")] public string? Content { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => To;
}

/// <summary><c>klacht-ontvangen</c>: someone complains about the onderzoek.</summary>
public sealed record ComplaintReceived : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("van"), Description("Van wie (aanduiding)")] public required PersonId From { get; init; }

    /// <summary>About what.</summary>
    [JsonPropertyName("omschrijving"), Description("Waarover")] public required string Description { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [From];
}

/// <summary><c>nazorg-aangeboden</c>.</summary>
public sealed record AftercareOffered : DossierEvent
{
    /// <summary>To whom (handle of the case).</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>Whether it was accepted; <see langword="null"/> when not known yet.</summary>
    [JsonPropertyName("aangenomen"), Description("De nazorg is aangenomen")] public bool? IsAccepted { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [To];
}

/// <summary><c>eerherstel-gegeven</c>: a betrokkene's good name was restored.</summary>
public sealed record EerherstelGiven : DossierEvent
{
    /// <summary>Whose (handle of the case).</summary>
    [JsonPropertyName("betrokkene"), Description("Aan wie (aanduiding)")] public required PersonId Betrokkene { get; init; }

    /// <summary>How.</summary>
    [JsonPropertyName("wijze"), Description("Op welke wijze")] public required string Manner { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Betrokkene];
}

/// <summary><c>dossier-gesloten</c>: the case is done. Retention counts from here, by the class named; a dossier without a class is never destroyed.</summary>
public sealed record DossierClosed : DossierEvent
{
    /// <summary>How it ended.</summary>
    [JsonPropertyName("afloop"), Description("Hoe de zaak eindigde")] public required CaseOutcome Outcome { get; init; }

    /// <summary>The class of the Selectielijst, such as <c>12.1.7</c>; <see langword="null"/> when still to be decided.</summary>
    [JsonPropertyName("selectielijstklasse"), Description("Klasse van de Selectielijst, zoals 12.1.7")] public string? SelectielijstClass { get; init; }

    /// <summary>Why this class.</summary>
    [JsonPropertyName("grond"), Description("Waarom deze klasse")] public string? ClassGround { get; init; }
}

/// <summary>How a case ended.</summary>
public enum CaseOutcome
{
    /// <summary>An onderzoek was completed.</summary>
    [JsonStringEnumMemberName("onderzoek-afgerond")] Completed,

    /// <summary>An onderzoek was broken off.</summary>
    [JsonStringEnumMemberName("onderzoek-afgebroken")] BrokenOff,

    /// <summary>No onderzoek followed.</summary>
    [JsonStringEnumMemberName("geen-onderzoek")] NoInquiry,

    /// <summary>It went another way.</summary>
    [JsonStringEnumMemberName("ander-traject")] OtherRoute,
}

/// <summary><c>dossier-heropend</c>.</summary>
public sealed record DossierReopened : DossierEvent
{
    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public required string Reason { get; init; }
}
