using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary><c>aangifte-gedaan</c>: a criminal complaint was filed; possible at any stage.</summary>
public sealed record AangifteFiled : DossierEvent
{
    /// <summary>Where, such as <c>politie</c> or <c>Officier van Justitie</c>.</summary>
    [JsonPropertyName("bij"), Description("Bij welke instantie")] public required string Authority { get; init; }

    /// <summary>Against whom (handles of the case), as far as known.</summary>
    [JsonPropertyName("betrokkenen"), Description("Tegen wie (aanduidingen)")] public IReadOnlyList<PersonId> Betrokkenen { get; init => field = value ?? []; } = [];

    /// <summary>Of what.</summary>
    [JsonPropertyName("feit"), Description("Van welk feit")] public required string Offence { get; init; }

    /// <summary>The number the authority gave.</summary>
    [JsonPropertyName("nummer"), Description("Nummer van de aangifte")] public string? Number { get; init; }
}

/// <summary><c>opdracht-voorgelegd</c>: a draft opdracht was put before those who decide on it.</summary>
public sealed record OpdrachtSubmitted : DossierEvent
{
    /// <summary>Before whom (handles of the staff).</summary>
    [StaffHandle, JsonPropertyName("aan"), Description("Aan wie (aanduidingen)")] public required IReadOnlyList<PersonId> To { get; init; }

    /// <summary>In short, what is asked.</summary>
    [JsonPropertyName("samenvatting"), Description("Waar de opdracht over gaat")] public string? Summary { get; init; }
}

/// <summary><c>besluit-directeurenteam</c>: the directors decided on the opdracht, in writing.</summary>
public sealed record DirectorsDecided : DossierEvent
{
    /// <summary>Agreed or not.</summary>
    [JsonPropertyName("akkoord"), Description("Akkoord of niet")] public required bool IsAgreed { get; init; }

    /// <summary>Their joint considerations.</summary>
    [JsonPropertyName("overwegingen"), Description("De gezamenlijke overwegingen")] public required string Considerations { get; init; }

    /// <summary>Conditions or changes to the opdracht.</summary>
    [JsonPropertyName("voorwaarden"), Description("Voorwaarden of wijzigingen")] public string? Conditions { get; init; }

    /// <summary>The directors who decided (handles of the staff).</summary>
    [StaffHandle, JsonPropertyName("directeuren"), Description("Welke directeuren besloten (aanduidingen)")] public required IReadOnlyList<PersonId> Directors { get; init; }

    /// <summary>The (deputy) head of the integrity bureau who was present; asked for in a spoedoverleg.</summary>
    [StaffHandle, JsonPropertyName("hoofdBi"), Description("Het (plaatsvervangend) hoofd BI (aanduiding)")] public PersonId? HeadOfBureau { get; init; }

    /// <summary>Whether it was decided in a spoedoverleg: then at least three directors, and the head of the bureau.</summary>
    [JsonPropertyName("spoedoverleg"), Description("Besloten in een spoedoverleg")] public bool IsUrgent { get; init; }
}

/// <summary><c>opdracht-verstrekt</c>: the opdracht was given in writing. What a protocol wants in it is optional here, so that a dossier can show what is missing.</summary>
public sealed record OpdrachtGiven : DossierEvent
{
    /// <summary>Who gave it (handle of the staff); <see langword="null"/> when only the office is known here.</summary>
    [StaffHandle, JsonPropertyName("opdrachtgever"), Description("Wie de opdracht gaf (aanduiding)")] public PersonId? Opdrachtgever { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>. Alone when nobody of the staff holds it (<c>commissaris-van-de-koning</c>, <c>raad</c>).</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt; genoeg als daar geen medewerker bij hoort, zoals raad of commissaris-van-de-koning")] public string? Office { get; init; }

    /// <summary>Whose conduct is investigated (handles of the case).</summary>
    [JsonPropertyName("betrokkenen"), Description("Naar wie het onderzoek gaat (aanduidingen)")] public required IReadOnlyList<PersonId> Betrokkenen { get; init; }

    /// <summary>The occasion, without anything that identifies the melder.</summary>
    [JsonPropertyName("aanleiding"), Description("De aanleiding, zonder iets dat de melder herkenbaar maakt")] public string? Occasion { get; init; }

    /// <summary>What is to be found out.</summary>
    [JsonPropertyName("doelstelling"), Description("Wat het onderzoek moet opleveren")] public string? Aim { get; init; }

    /// <summary>The conduct investigated, in neutral words, as it may be told to the betrokkene.</summary>
    [JsonPropertyName("gedraging"), Description("De gedraging, neutraal, zoals de betrokkene die te lezen krijgt")] public string? Conduct { get; init; }

    /// <summary>The questions.</summary>
    [JsonPropertyName("onderzoeksvragen"), Description("De onderzoeksvragen")] public IReadOnlyList<string> Questions { get; init => field = value ?? []; } = [];

    /// <summary>The methods.</summary>
    [JsonPropertyName("methoden"), Description("De onderzoeksmethoden")] public IReadOnlyList<InquiryMethod> Methods { get; init => field = value ?? []; } = [];

    /// <summary>Whether the opdrachtgever consents to the methods.</summary>
    [JsonPropertyName("instemmingMethoden"), Description("De opdrachtgever stemt in met de methoden")] public bool? ConsentsToMethods { get; init; }

    /// <summary>The powers that may be used.</summary>
    [JsonPropertyName("bevoegdheden"), Description("De bevoegdheden")] public string? Powers { get; init; }

    /// <summary>The limits.</summary>
    [JsonPropertyName("grenzen"), Description("De grenzen")] public string? Limits { get; init; }

    /// <summary>How long it will probably take.</summary>
    [JsonPropertyName("duur"), Description("De verwachte duur")] public string? Duration { get; init; }

    /// <summary>Cost and capacity.</summary>
    [JsonPropertyName("inzet"), Description("De verwachte kosten en inzet")] public string? Effort { get; init; }

    /// <summary>Whether an outside party investigates.</summary>
    [JsonPropertyName("extern"), Description("Het onderzoek gebeurt door een externe partij")] public bool IsExternal { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Betrokkenen;
}

/// <summary><c>opdracht-uitgebreid</c>: the opdracht was extended in writing.</summary>
public sealed record OpdrachtExtended : DossierEvent
{
    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public required string Reason { get; init; }

    /// <summary>Who extended it (handle of the staff); <see langword="null"/> when only the office is known here.</summary>
    [StaffHandle, JsonPropertyName("opdrachtgever"), Description("Wie de uitbreiding gaf (aanduiding)")] public PersonId? Opdrachtgever { get; init; }

    /// <summary>In what office, such as <c>gemeentesecretaris</c>. Alone when nobody of the staff holds it (<c>commissaris-van-de-koning</c>, <c>raad</c>).</summary>
    [JsonPropertyName("ambt"), Description("In welk ambt; genoeg als daar geen medewerker bij hoort, zoals raad of commissaris-van-de-koning")] public string? Office { get; init; }

    /// <summary>Further questions.</summary>
    [JsonPropertyName("onderzoeksvragen"), Description("Extra onderzoeksvragen")] public IReadOnlyList<string> Questions { get; init => field = value ?? []; } = [];

    /// <summary>Further betrokkenen (handles of the case).</summary>
    [JsonPropertyName("betrokkenen"), Description("Extra betrokkenen (aanduidingen)")] public IReadOnlyList<PersonId> Betrokkenen { get; init => field = value ?? []; } = [];

    /// <summary>How much longer.</summary>
    [JsonPropertyName("duur"), Description("De nieuwe verwachte duur")] public string? Duration { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Betrokkenen;
}

/// <summary><c>onderzoeker-aangewezen</c>: an onderzoeker was appointed; from here on he may see the case.</summary>
public sealed record OnderzoekerAppointed : DossierEvent
{
    /// <summary>Who (a person of the case with the role onderzoeker).</summary>
    [JsonPropertyName("onderzoeker"), Description("Wie (aanduiding van een persoon met de rol onderzoeker)")] public required PersonId Onderzoeker { get; init; }

    /// <summary>Whether from outside.</summary>
    [JsonPropertyName("extern"), Description("Van buiten de gemeente")] public bool IsExternal { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Onderzoeker];
}

/// <summary><c>onderzoeker-gewraakt</c>: someone doubts an onderzoeker's objectivity.</summary>
public sealed record OnderzoekerChallenged : DossierEvent
{
    /// <summary>Who is challenged (handle of the case).</summary>
    [JsonPropertyName("onderzoeker"), Description("Wie (aanduiding)")] public required PersonId Onderzoeker { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public required string Reason { get; init; }

    /// <summary>Whether the challenge was upheld; then the onderzoeker loses access. <see langword="null"/>: not decided yet.</summary>
    [JsonPropertyName("toegewezen"), Description("Is de wraking toegewezen")] public bool? IsUpheld { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Onderzoeker];
}

/// <summary><c>onderzoeker-teruggetreden</c>: an onderzoeker stepped back and loses access.</summary>
public sealed record OnderzoekerWithdrew : DossierEvent
{
    /// <summary>Who (handle of the case).</summary>
    [JsonPropertyName("onderzoeker"), Description("Wie (aanduiding)")] public required PersonId Onderzoeker { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("reden"), Description("Waarom")] public string? Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Onderzoeker];
}

/// <summary>Ways to gather facts (HRL 8.3).</summary>
public enum InquiryMethod
{
    /// <summary>Conversations.</summary>
    [JsonStringEnumMemberName("interviews")] Interviews,

    /// <summary>Reading files.</summary>
    [JsonStringEnumMemberName("dossiers")] Files,

    /// <summary>Automated systems and logs.</summary>
    [JsonStringEnumMemberName("systemen")] Systems,

    /// <summary>E-mail, calendar, internet use, phone.</summary>
    [JsonStringEnumMemberName("e-mail-en-internet")] EmailAndInternet,

    /// <summary>Public sources.</summary>
    [JsonStringEnumMemberName("openbare-bronnen")] PublicSources,

    /// <summary>Searching the workplace.</summary>
    [JsonStringEnumMemberName("werkplek")] Workplace,

    /// <summary>Observation, perhaps with a camera.</summary>
    [JsonStringEnumMemberName("observatie")] Observation,

    /// <summary>Another.</summary>
    [JsonStringEnumMemberName("anders")] Other,
}
