using System.ComponentModel;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary><c>dossier-aangemaakt</c>: the dossier begins, under a protocol. Written by the register, never recorded by hand.</summary>
public sealed record DossierCreated : DossierEvent
{
    /// <summary>The dossier's number.</summary>
    [JsonPropertyName("nummer")] public required DossierNumber Number { get; init; }

    /// <summary>The id of the protocol it follows.</summary>
    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    /// <summary>The version of that protocol.</summary>
    [JsonPropertyName("protocolVersie")] public required string ProtocolVersion { get; init; }

    /// <summary>32 random bytes in base64: the key of the data hashes in this dossier's documents; it goes with the dossier, so that a hash proves nothing to anyone afterwards. Empty in what people see.</summary>
    [JsonPropertyName("sleutel")] public required string HashKey { get; init; }
}

/// <summary><c>persoon-toegevoegd</c>: a person came into the case, or what is known of one changed (the same id again replaces).</summary>
public sealed record PersonAdded : DossierEvent
{
    /// <summary>The person.</summary>
    [JsonPropertyName("persoon"), Description("De persoon")] public required CasePerson Person { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => Person.Compartment;

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [Person.Id];
}

/// <summary><c>bestand-toegevoegd</c>: a file was sealed into the dossier. Written by the register together with the file.</summary>
public sealed record FileAdded : DossierEvent
{
    /// <summary>The file.</summary>
    [JsonPropertyName("bestand")] public required DossierFile File { get; init; }

    /// <summary>Where it lay before, when it was filed wrongly first; else <see langword="null"/>.</summary>
    [JsonPropertyName("verplaatst")] public FileMove? Moved { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => File.Compartment;
}

/// <summary><c>stuk-opgemaakt</c>: a document was assembled and sealed into the dossier. Written by the register together with the document.</summary>
public sealed record DocumentDrawnUp : DossierEvent
{
    /// <summary>The document.</summary>
    [JsonPropertyName("stuk")] public required DossierDocument Document { get; init; }

    /// <summary>The file it lies in.</summary>
    [JsonPropertyName("bestand")] public required DossierFile File { get; init; }

    /// <summary>Where it lay before, when it was filed wrongly first; else <see langword="null"/>.</summary>
    [JsonPropertyName("verplaatst")] public FileMove? Moved { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => File.Compartment;

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => Document.Addressee is { } addressee ? [addressee] : [];
}

/// <summary><c>antwoorden-vastgelegd</c>: answers for a document to come were recorded; a later answer to the same question replaces the earlier.</summary>
public sealed record AnswersRecorded : DossierEvent
{
    /// <summary>The kind of document, such as <c>kennisgeving</c>.</summary>
    [JsonPropertyName("stuk"), Description("Soort stuk, zoals kennisgeving")] public required string DocumentKind { get; init; }

    /// <summary>Answer by element id or field; yes and no are <c>ja</c> and <c>nee</c>, dates <c>2026-03-02</c>.</summary>
    [JsonPropertyName("antwoorden"), Description("Antwoord per element of veld")] public required IReadOnlyDictionary<string, string> Answers { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override Compartment Compartment => KeptIn ?? DossierDocument.CompartmentOf(DocumentKind);
}

/// <summary><c>protocol-afgeweken</c>: the verantwoordelijke departs from a rule, with reasons.</summary>
public sealed record ProtocolDeviated : DossierEvent
{
    /// <summary>The rule, element or term departed from, such as <c>kennisgeving.raadsman</c>.</summary>
    [JsonPropertyName("regel"), Description("Regel, element of termijn waarvan wordt afgeweken")] public required string Rule { get; init; }

    /// <summary>Why.</summary>
    [JsonPropertyName("motivering"), Description("Waarom wordt afgeweken")] public required string Reasons { get; init; }

    /// <summary>The verantwoordelijke who signs for it (handle of the staff).</summary>
    [StaffHandle, JsonPropertyName("verantwoordelijke"), Description("Wie ervoor tekent (aanduiding)")] public required PersonId SignedBy { get; init; }
}

/// <summary><c>stuk-verzonden</c>: a document left the house. Its reference (<c>kenmerk</c>) is what the receipt refers to.</summary>
public sealed record DocumentSent : DossierEvent
{
    /// <summary>The kind of document, such as <c>kennisgeving</c>.</summary>
    [JsonPropertyName("stuk"), Description("Soort stuk, zoals kennisgeving")] public required string DocumentKind { get; init; }

    /// <summary>To whom (handle of the case).</summary>
    [JsonPropertyName("aan"), Description("Aan wie (aanduiding)")] public required PersonId To { get; init; }

    /// <summary>How.</summary>
    [JsonPropertyName("wijze"), Description("Hoe het stuk ging")] public required Delivery Delivery { get; init; }

    /// <summary>The gemachtigde or vertrouwenspersoon it went through, if any.</summary>
    [JsonPropertyName("via"), Description("Via welke gemachtigde of vertrouwenspersoon (aanduiding)")] public PersonId? Through { get; init; }

    /// <summary>The document in the dossier.</summary>
    [JsonPropertyName("bestand"), Description("Het bestand in het dossier (id)")] public FileId? File { get; init; }

    /// <summary>Number of the registered item or receipt.</summary>
    [JsonPropertyName("verzendnummer"), Description("Nummer van de aangetekende zending of het ontvangstbewijs")] public string? ReceiptNumber { get; init; }

    /// <inheritdoc/>
    [JsonIgnore] public override IReadOnlyList<PersonId> Subjects => [To];
}

/// <summary>How a document reaches a person.</summary>
public enum Delivery
{
    /// <summary>By hand.</summary>
    [JsonStringEnumMemberName("uitgereikt")] ByHand,

    /// <summary>By hand, against a signed receipt.</summary>
    [JsonStringEnumMemberName("uitgereikt-met-ontvangstbewijs")] ByHandWithReceipt,

    /// <summary>Registered post.</summary>
    [JsonStringEnumMemberName("aangetekend")] Registered,

    /// <summary>Ordinary post.</summary>
    [JsonStringEnumMemberName("post")] Post,

    /// <summary>Through the gemachtigde.</summary>
    [JsonStringEnumMemberName("gemachtigde")] ThroughGemachtigde,

    /// <summary>Through the vertrouwenspersoon.</summary>
    [JsonStringEnumMemberName("vertrouwenspersoon")] ThroughVertrouwenspersoon,

    /// <summary>In a secured electronic message.</summary>
    [JsonStringEnumMemberName("beveiligd-bericht")] SecureMessage,

    /// <summary>By word of mouth.</summary>
    [JsonStringEnumMemberName("mondeling")] ByWord,
}
