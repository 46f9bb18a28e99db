using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>A file in a dossier: what is known of it. The bytes are sealed apart and read with <see cref="OpenDossier.OpenFileAsync(FileId, System.Threading.CancellationToken)"/>.</summary>
public sealed record DossierFile
{
    /// <summary>The file's id.</summary>
    [JsonPropertyName("id")] public required FileId Id { get; init; }

    /// <summary>The file's own name with extension, such as <c>factuur.pdf</c>; never a path.</summary>
    [JsonPropertyName("naam")] public required string Name { get; init; }

    /// <summary>What a reader calls it.</summary>
    [JsonPropertyName("titel")] public required string Title { get; init; }

    /// <summary>What it is.</summary>
    [JsonPropertyName("soort")] public required FileKind Kind { get; init; }

    /// <summary>Where it lies.</summary>
    [JsonPropertyName("compartiment")] public required Compartment Compartment { get; init; }

    /// <summary>The date of the file itself (of a letter, a recording), not of its filing.</summary>
    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    /// <summary>The reference of the event, or the handle of the person, it belongs to; <see langword="null"/> when to the case.</summary>
    [JsonPropertyName("bij")] public string? BelongsTo { get; init; }

    /// <summary>Length in bytes.</summary>
    [JsonPropertyName("lengte")] public required long Length { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits: proof of what was filed.</summary>
    [JsonPropertyName("sha256")] public required string Sha256 { get; init; }

    /// <summary>It is sound by its content or its name, and was filed as evidence or as a melding and not as a recording: the plan of keeping says that it is there.</summary>
    [JsonPropertyName("geluid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsSound { get; init; }

    /// <summary>The id and kind: a file's name is never written by accident.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>What a file is.</summary>
public enum FileKind
{
    /// <summary>The melding itself, or a message that belongs to it.</summary>
    [JsonStringEnumMemberName("melding")] Melding,

    /// <summary>A letter or message sent or received.</summary>
    [JsonStringEnumMemberName("brief")] Letter,

    /// <summary>A note of whoever handles the case.</summary>
    [JsonStringEnumMemberName("notitie")] Note,

    /// <summary>Evidence.</summary>
    [JsonStringEnumMemberName("bewijs")] Evidence,

    /// <summary>A gespreksverslag.</summary>
    [JsonStringEnumMemberName("gespreksverslag")] Gespreksverslag,

    /// <summary>A recording; always in <c>opnamen</c>.</summary>
    [JsonStringEnumMemberName("opname")] Recording,

    /// <summary>A report.</summary>
    [JsonStringEnumMemberName("rapport")] Report,

    /// <summary>A decision.</summary>
    [JsonStringEnumMemberName("besluit")] Decision,

    /// <summary>A document assembled by this program.</summary>
    [JsonStringEnumMemberName("stuk")] Document,

    /// <summary>Something else.</summary>
    [JsonStringEnumMemberName("overig")] Other,
}

/// <summary>A document assembled from the dossier: which template, protocol, engine and data made it, so that it can be made again and accounted for.</summary>
public sealed record DossierDocument
{
    /// <summary>The kind, one of <see cref="Protocols.DocumentKinds"/>.</summary>
    [JsonPropertyName("soort")] public required string Kind { get; init; }

    /// <summary>Whether it is a concept: gaps marked, never sent.</summary>
    [JsonPropertyName("concept")] public bool IsConcept { get; init; }

    /// <summary>To whom (handle of the case); <see langword="null"/> when it stays inside the case.</summary>
    [JsonPropertyName("geadresseerde")] public PersonId? Addressee { get; init; }

    /// <summary>SHA-256 of the template, 64 lower-case hexadecimal digits.</summary>
    [JsonPropertyName("sjabloonHash")] public required string TemplateHash { get; init; }

    /// <summary>The id of the protocol it was checked against.</summary>
    [JsonPropertyName("protocol")] public required string Protocol { get; init; }

    /// <summary>The version of that protocol.</summary>
    [JsonPropertyName("protocolVersie")] public required string ProtocolVersion { get; init; }

    /// <summary>The version of the engine.</summary>
    [JsonPropertyName("motorVersie")] public required string EngineVersion { get; init; }

    /// <summary>Keyed hash of the data it was made from, see <see cref="OpenDossier.HashOf"/>.</summary>
    [JsonPropertyName("gegevensHash")] public required string DataHash { get; init; }

    /// <summary>The last commit of the dossier that it was made from, see <see cref="DossierState.Checkpoint"/>.</summary>
    [JsonPropertyName("ijkpunt")] public required long Checkpoint { get; init; }

    /// <summary>Recorded reasons by element id, for elements left out.</summary>
    [JsonPropertyName("redenen")] public IReadOnlyDictionary<string, string> Reasons { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>The answers used, by element id or field.</summary>
    [JsonPropertyName("antwoorden")] public IReadOnlyDictionary<string, string> Answers { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Whether a person confirmed the herleidbaarheidscheck.</summary>
    [JsonPropertyName("gecontroleerd")] public bool IsChecked { get; init; }

    /// <summary>Which compartment a kind of document belongs in; one that names a melder belongs in <c>melder</c> whatever its kind.</summary>
    /// <param name="kind">One of <see cref="Protocols.DocumentKinds"/>; an unknown kind is kept with the onderzoek.</param>
    /// <returns>The compartment.</returns>
    public static Compartment CompartmentOf(string kind) => kind switch
    {
        // These are addressed to the melder: who may read them may know the melder.
        "ontvangstbevestiging" or "intakeverslag" or "niet-onderzoekswaardig" => Compartment.Melder,
        "onderzoeksopdracht" or "aanvullende-opdracht" or "besluit-directeurenteam" => Compartment.Opdracht,

        // How it ended is not for those who gathered the facts: also the closing letters and the form that ends with the outcome lie here.
        "beslisdocument" or "strafbesluit" or "tenlastelegging" or "zienswijze" or "verantwoordingsverslag" or "afsluitbericht" or "registratieformulier" => Compartment.Besluit,
        _ => Compartment.Onderzoek,
    };
}
