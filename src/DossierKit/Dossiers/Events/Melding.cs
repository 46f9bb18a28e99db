using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>Where a melding came in (practice of several municipalities).</summary>
public enum MeldingChannel
{
    /// <summary>The FI, as reporting point.</summary>
    [JsonStringEnumMemberName("fi")] Fi,

    /// <summary>A superior.</summary>
    [JsonStringEnumMemberName("leidinggevende")] Leidinggevende,

    /// <summary>The coordinator of integrity.</summary>
    [JsonStringEnumMemberName("coordinator")] Coordinator,

    /// <summary>The municipal secretary.</summary>
    [JsonStringEnumMemberName("gemeentesecretaris")] Gemeentesecretaris,

    /// <summary>A vertrouwenspersoon.</summary>
    [JsonStringEnumMemberName("vertrouwenspersoon")] Vertrouwenspersoon,

    /// <summary>A reporting point, internal or outside.</summary>
    [JsonStringEnumMemberName("meldpunt")] Meldpunt,

    /// <summary>The national complaints committee.</summary>
    [JsonStringEnumMemberName("lkog")] Lkog,

    /// <summary>The Huis voor Klokkenluiders.</summary>
    [JsonStringEnumMemberName("huis-voor-klokkenluiders")] HuisVoorKlokkenluiders,

    /// <summary>Another way, such as a signal from an audit.</summary>
    [JsonStringEnumMemberName("anders")] Other,
}

/// <summary>What a melding is.</summary>
public enum MeldingNature
{
    /// <summary>A breach of integrity.</summary>
    [JsonStringEnumMemberName("integriteitsschending")] Integriteitsschending,

    /// <summary>A wrong that touches the public interest (then the rules for whistleblowers hold).</summary>
    [JsonStringEnumMemberName("misstand")] Misstand,

    /// <summary>A complaint about treatment.</summary>
    [JsonStringEnumMemberName("klacht")] Klacht,
}

/// <summary>Types of breach (HVN 1.1); a case can have several.</summary>
public enum ViolationType
{
    /// <summary>Financial.</summary>
    [JsonStringEnumMemberName("financiele-schending")] Financial,

    /// <summary>Abuse of position, conflict of interest.</summary>
    [JsonStringEnumMemberName("misbruik-positie-belangenverstrengeling")] PositionAndInterests,

    /// <summary>Leaking and abuse of information.</summary>
    [JsonStringEnumMemberName("lekken-misbruik-informatie")] Information,

    /// <summary>Abuse of powers.</summary>
    [JsonStringEnumMemberName("misbruik-bevoegdheden")] Powers,

    /// <summary>Abuse of means, breaking internal rules.</summary>
    [JsonStringEnumMemberName("misbruik-bedrijfsmiddelen-interne-regels")] MeansAndRules,

    /// <summary>Unwanted conduct.</summary>
    [JsonStringEnumMemberName("ongewenste-omgangsvormen")] Conduct,

    /// <summary>Misconduct in private life.</summary>
    [JsonStringEnumMemberName("misdraging-privesfeer")] PrivateLife,
}

/// <summary><c>melding-ontvangen</c>: a melding came in.</summary>
public sealed record MeldingReceived : DossierEvent
{
    /// <summary>Where it came in.</summary>
    [JsonPropertyName("kanaal"), Description("Waar de melding binnenkwam")] public required MeldingChannel Channel { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("aard"), Description("Integriteitsschending, misstand of klacht")] public required MeldingNature Nature { get; init; }

    /// <summary>How the melder reports.</summary>
    [JsonPropertyName("vorm"), Description("Anoniem, vertrouwelijk of open")] public required MelderForm Form { get; init; }

    /// <summary>What was reported, in words that do not identify the melder.</summary>
    [JsonPropertyName("omschrijving"), Description("Wat er is gemeld, in woorden die de melder niet herkenbaar maken")] public required string Description { get; init; }

    /// <summary>The types of breach it points to.</summary>
    [JsonPropertyName("typen"), Description("Typen schending")] public IReadOnlyList<ViolationType> Types { get; init => field = value ?? []; } = [];

    /// <summary>The melders (handles of the case); empty for an anonymous melding.</summary>
    [JsonPropertyName("melders"), Description("De melders (aanduidingen)")] public IReadOnlyList<PersonId> Melders { get; init => field = value ?? []; } = [];

    /// <summary>Whom it is about (handles of the case), as far as known.</summary>
    [JsonPropertyName("betrokkenen"), Description("Over wie de melding gaat (aanduidingen)")] public IReadOnlyList<PersonId> Betrokkenen { get; init => field = value ?? []; } = [];

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Melders;
}

/// <summary><c>ontvangst-bevestigd</c>: a melder got a confirmation of receipt.</summary>
public sealed record ReceiptConfirmed : DossierEvent
{
    /// <summary>The melder (handle), or the vertrouwenspersoon who is the address.</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>How.</summary>
    [JsonPropertyName("wijze"), Description("Hoe de bevestiging ging")] public Delivery? Delivery { get; init; }

    /// <summary>The gemachtigde or vertrouwenspersoon it went through, if any.</summary>
    [JsonPropertyName("via"), Description("Via welke gemachtigde of vertrouwenspersoon (aanduiding)")] public PersonId? Through { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [To];
}

/// <summary><c>signaal-gekoppeld</c>: another melding, melder or betrokkene was found to belong to this case.</summary>
public sealed record SignaalLinked : DossierEvent
{
    /// <summary>The other dossier, if it has one.</summary>
    [JsonPropertyName("dossier"), Description("Nummer van het andere dossier")] public DossierNumber? Dossier { get; init; }

    /// <summary>Melders who joined (handles).</summary>
    [JsonPropertyName("melders"), Description("Melders die erbij komen (aanduidingen)")] public IReadOnlyList<PersonId> Melders { get; init => field = value ?? []; } = [];

    /// <summary>Betrokkenen who joined (handles).</summary>
    [JsonPropertyName("betrokkenen"), Description("Betrokkenen die erbij komen (aanduidingen)")] public IReadOnlyList<PersonId> Betrokkenen { get; init => field = value ?? []; } = [];

    /// <summary>Why they belong together.</summary>
    [JsonPropertyName("reden"), Description("Waarom het bij elkaar hoort")] public required string Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [.. Melders, .. Betrokkenen];
}

/// <summary><c>intake-gehouden</c>: the intake conversation with a melder was held and written down.</summary>
public sealed record IntakeHeld : DossierEvent
{
    /// <summary>The melder or vertrouwenspersoon (handle).</summary>
    [JsonPropertyName("met"), Description("Met wie (aanduiding)")] public required PersonId With { get; init; }

    /// <summary>Where.</summary>
    [JsonPropertyName("plaats"), Description("Waar")] public string? Place { get; init; }

    /// <summary>What was said.</summary>
    [JsonPropertyName("samenvatting"), Description("Samenvatting van het gesprek")] public string? Summary { get; init; }

    /// <summary>The date on which the written account went to the melder, if it did.</summary>
    [JsonPropertyName("aangebodenOp"), Description("Wanneer het intakeverslag aan de melder is voorgelegd")] public DateOnly? OfferedOn { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [With];
}

/// <summary><c>intakeverslag-gecorrigeerd</c>: the melder read the account and corrected it or found it right.</summary>
public sealed record IntakeReportCorrected : DossierEvent
{
    /// <summary>The melder (handle).</summary>
    [JsonPropertyName("met"), Description("Door welke melder (aanduiding)")] public required PersonId With { get; init; }

    /// <summary>What was corrected; <see langword="null"/> when nothing was.</summary>
    [JsonPropertyName("correcties"), Description("Wat is verbeterd")] public string? Corrections { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [With];
}

/// <summary><c>verantwoordelijke-geinformeerd</c>: the verantwoordelijke heard of the melding.</summary>
public sealed record VerantwoordelijkeInformed : DossierEvent
{
    /// <summary>Who heard it (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("verantwoordelijke"), Description("Wie is geïnformeerd (aanduiding)")] public required PersonId Verantwoordelijke { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>; <see langword="null"/> when not stated.</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt, zoals gemeentesecretaris")] public string? Office { get; init; }
}

/// <summary><c>criteria-gewogen</c>: the FI judged whether the melding merits an onderzoek (HRL 5.1).</summary>
public sealed record CriteriaWeighed : DossierEvent
{
    /// <summary>Reliable and concrete enough.</summary>
    [JsonPropertyName("betrouwbaarEnConcreet"), Description("De melding is voldoende betrouwbaar en concreet")] public required bool IsReliable { get; init; }

    /// <summary>Can reasonably be investigated.</summary>
    [JsonPropertyName("onderzoekbaar"), Description("De melding is redelijkerwijs te onderzoeken")] public required bool IsInvestigable { get; init; }

    /// <summary>Probably a breach of integrity.</summary>
    [JsonPropertyName("vermoedelijkeSchending"), Description("Het gaat vermoedelijk om een integriteitsschending")] public required bool IsLikelyBreach { get; init; }

    /// <summary>The reasons, which go to the verantwoordelijke.</summary>
    [JsonPropertyName("motivering"), Description("Motivering")] public required string Reasons { get; init; }

    /// <summary>What the FI advises.</summary>
    [JsonPropertyName("advies"), Description("Advies over het vervolg")] public string? Advice { get; init; }
}

/// <summary><c>vooronderzoek-gedaan</c>: facts were gathered before the decision on an onderzoek.</summary>
public sealed record PreliminaryInquiryDone : DossierEvent
{
    /// <summary>What was looked at.</summary>
    [JsonPropertyName("handelingen"), Description("Wat is bekeken")] public required string Acts { get; init; }

    /// <summary>What came of it.</summary>
    [JsonPropertyName("uitkomst"), Description("Wat eruit kwam")] public required string Result { get; init; }
}

/// <summary><c>niet-onderzoekswaardig</c>: no onderzoek follows, decided with reasons.</summary>
public sealed record FoundNotInvestigable : DossierEvent
{
    /// <summary>Why.</summary>
    [JsonPropertyName("motivering"), Description("Waarom er geen onderzoek komt")] public required string Reasons { get; init; }

    /// <summary>Where the melder can go instead.</summary>
    [JsonPropertyName("verwijzing"), Description("Waar de melder wel terecht kan")] public string? Referral { get; init; }

    /// <summary>Who decided (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("verantwoordelijke"), Description("Wie besloot (aanduiding)")] public PersonId? DecidedBy { get; init; }
}

/// <summary><c>ander-traject-gekozen</c>: the matter goes another way, such as mediation or the complaints procedure.</summary>
public sealed record OtherRouteChosen : DossierEvent
{
    /// <summary>Which.</summary>
    [JsonPropertyName("traject"), Description("Welk traject")] public required string Route { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("motivering"), Description("Waarom")] public required string Reasons { get; init; }
}

/// <summary><c>benadeling-gemeld</c>: a melder (or helper) says to be harmed because of the melding.</summary>
public sealed record RetaliationReported : DossierEvent
{
    /// <summary>Who is harmed (handle of the case).</summary>
    [JsonPropertyName("van"), Description("Wie wordt benadeeld (aanduiding)")] public required PersonId Of { get; init; }

    /// <summary>What happens.</summary>
    [JsonPropertyName("omschrijving"), Description("Wat er gebeurt")] public required string Description { get; init; }

    /// <summary>What was done about it.</summary>
    [JsonPropertyName("actie"), Description("Wat eraan is gedaan")] public string? Action { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Of];
}
