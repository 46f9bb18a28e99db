namespace DossierKit.Retention;

/// <summary>A term out of a list of terms.</summary>
internal sealed record MdtoBegrip(string Label, string List, string? Code = null);

/// <summary>What something is known by, and where.</summary>
internal sealed record MdtoIdentificatie(string Kenmerk, string Bron);

/// <summary>A reference to something else by its name, and by its identification where it has one.</summary>
internal sealed record MdtoVerwijzing(string Naam, MdtoIdentificatie? Identificatie = null);

/// <summary>Something that happened to an informatieobject: a day or an instant.</summary>
internal sealed record MdtoEvent(MdtoBegrip Type, DateOnly? Day, DateTimeOffset? At, MdtoVerwijzing? Actor, string? Result);

/// <summary>A term of keeping: from which event, from which day, how long (ISO 8601), until when.</summary>
internal sealed record MdtoTermijn(MdtoBegrip? Trigger, DateOnly? StartsOn, string? Length, DateOnly? EndsOn);

/// <summary>A restriction on use, with what it rests on.</summary>
internal sealed record MdtoBeperking(MdtoBegrip Type, string? Description);

/// <summary>An informatieobject: a dossier, or one of the things it is made of.</summary>
internal sealed record MdtoInformatieobject
{
    public required MdtoIdentificatie Identificatie { get; init; }

    public required string Naam { get; init; }

    public required string Aggregatieniveau { get; init; }

    public MdtoBegrip? Classificatie { get; init; }

    public string? Omschrijving { get; init; }

    /// <summary>Where it lies for inspection now; at most one, and by place.</summary>
    public MdtoVerwijzing? Raadpleeglocatie { get; init; }

    public (MdtoBegrip Type, DateOnly From, DateOnly? To)? DekkingInTijd { get; init; }

    public string? Taal { get; init; }

    public required IReadOnlyList<MdtoEvent> Events { get; init; }

    public required MdtoBegrip Waardering { get; init; }

    public MdtoTermijn? Bewaartermijn { get; init; }

    public MdtoBegrip? Informatiecategorie { get; init; }

    public MdtoVerwijzing? IsOnderdeelVan { get; init; }

    public IReadOnlyList<MdtoVerwijzing> BevatOnderdeel { get; init; } = [];

    public IReadOnlyList<MdtoVerwijzing> HeeftRepresentatie { get; init; } = [];

    public required MdtoVerwijzing Archiefvormer { get; init; }

    public MdtoVerwijzing? Activiteit { get; init; }

    public required MdtoBeperking BeperkingGebruik { get; init; }

    public MdtoVerwijzing AsReference => new(Naam, Identificatie);
}

/// <summary>A bestand: bytes, what they are, and which informatieobject they show.</summary>
internal sealed record MdtoBestand
{
    public required MdtoIdentificatie Identificatie { get; init; }

    /// <summary>The name it has in the bag.</summary>
    public required string Naam { get; init; }

    public required long Omvang { get; init; }

    public required MdtoBegrip Bestandsformaat { get; init; }

    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset ChecksumAt { get; init; }

    /// <summary>Where it lies, relative to the bag.</summary>
    public required string Url { get; init; }

    public required MdtoVerwijzing IsRepresentatieVan { get; init; }
}
