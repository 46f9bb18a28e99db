namespace DossierKit.Protocols;

/// <summary>
/// Who acts in a protocol: neutral names, the same in every protocol file. What a municipality calls them is a <see cref="LocalWord"/>;
/// offices only it has are <see cref="LocalActor"/>s.
/// </summary>
public static class ActorNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["melder"] = "melder",
        ["betrokkene"] = "betrokkene",
        ["getuige"] = "getuige",
        ["benadeelde"] = "benadeelde",
        ["gehoorde"] = "degene die gehoord is",
        ["raadsman"] = "raadsman of raadsvrouw",
        ["gemachtigde"] = "gemachtigde",
        ["vertrouwenspersoon"] = "vertrouwenspersoon",
        ["functionaris-integriteit"] = "functionaris integriteit",
        ["onderzoeker"] = "onderzoeker",
        ["verantwoordelijke"] = "verantwoordelijke",
        ["leidinggevende"] = "leidinggevende",
        ["verantwoordelijk-directeur"] = "verantwoordelijk directeur",
        ["directeurenteam"] = "directeurenteam",
        ["hoofd-integriteit"] = "hoofd bureau integriteit",
        ["adviseur-arbeidsvoorwaarden"] = "adviseur arbeidsvoorwaarden",
        ["functionaris-gegevensbescherming"] = "functionaris gegevensbescherming",
        ["voorzitter-or"] = "voorzitter van de ondernemingsraad",
        ["vicevoorzitter-or"] = "vicevoorzitter van de ondernemingsraad",
        ["ondernemingsraad"] = "ondernemingsraad",
        ["gemeentesecretaris"] = "gemeentesecretaris",
        ["burgemeester"] = "burgemeester",
        ["college"] = "college van burgemeester en wethouders",
        ["raad"] = "gemeenteraad",
        ["griffier"] = "griffier",
        ["portefeuillehouder-personeel"] = "portefeuillehouder personeelszaken",
        ["commissaris-van-de-koning"] = "commissaris van de Koning",
        ["archivaris"] = "archivaris",
        ["derde"] = "derde",
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Names.Keys;

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">A name in kebab case.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => Names.ContainsKey(name);

    /// <summary>What people commonly say, Dutch.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The words, or <see langword="null"/> when the name is unknown.</returns>
    public static string? CommonName(string name) => Names.GetValueOrDefault(name);
}

/// <summary>The roles that a person of a case can have, by their names among the actors: what a rule can hold for, person by person.</summary>
public static class RoleNames
{
    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "melder", "betrokkene", "getuige", "benadeelde", "raadsman", "gemachtigde", "leidinggevende", "onderzoeker", "vertrouwenspersoon", "adviseur-arbeidsvoorwaarden",
    ];

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">A name in kebab case.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal);
}

/// <summary>The position of a betrokkene; it decides who has authority.</summary>
public static class PositionNames
{
#pragma warning disable CS1591 // The name is the documentation.
    public const string Medewerker = "medewerker";
    public const string Diensthoofd = "diensthoofd";
    public const string Gemeentesecretaris = "gemeentesecretaris";
    public const string Wethouder = "wethouder";
    public const string Raadslid = "raadslid";
    public const string Burgemeester = "burgemeester";
    public const string Griffiemedewerker = "griffiemedewerker";
    public const string Griffier = "griffier";
#pragma warning restore CS1591

    /// <summary>All positions.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Medewerker, Diensthoofd, Gemeentesecretaris, Wethouder, Raadslid, Burgemeester, Griffiemedewerker, Griffier];

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">A name.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether someone in this position is a politiek ambtsdrager: burgemeester, wethouder or raadslid.</summary>
    /// <param name="name">A position.</param>
    /// <returns><see langword="true"/> for the three.</returns>
    public static bool IsPolitical(string name) => name is Wethouder or Raadslid or Burgemeester;
}

/// <summary>The kinds of documents of a case, the same in protocol files, for <c>assemble</c> and in the API.</summary>
public static class DocumentKinds
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ontvangstbevestiging"] = "ontvangstbevestiging",
        ["intakeverslag"] = "intakeverslag",
        ["niet-onderzoekswaardig"] = "bericht dat er geen onderzoek komt",
        ["onderzoeksopdracht"] = "onderzoeksopdracht",
        ["aanvullende-opdracht"] = "aanvullende opdracht",
        ["besluit-directeurenteam"] = "besluit van het directeurenteam",
        ["kennisgeving"] = "kennisgeving",
        ["ordemaatregel"] = "besluit over een ordemaatregel",
        ["uitnodiging-gesprek"] = "uitnodiging voor een gesprek",
        ["gespreksverslag"] = "gespreksverslag",
        ["voortgangsbericht"] = "voortgangsbericht",
        ["wederhoor"] = "uitnodiging voor wederhoor",
        ["feitenrapportage"] = "feitenrapportage",
        ["tenlastelegging"] = "tenlastelegging",
        ["zienswijze"] = "uitnodiging om een zienswijze te geven",
        ["beslisdocument"] = "beslisdocument",
        ["verantwoordingsverslag"] = "verslag van de verantwoording",
        ["strafbesluit"] = "strafbesluit",
        ["afsluitbericht"] = "afsluitbericht",
        ["registratieformulier"] = "registratieformulier",
        ["bijlagenlijst"] = "lijst van bijlagen",
    };

    /// <summary>All kinds.</summary>
    public static IReadOnlyCollection<string> All => Names.Keys;

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">A kind in kebab case.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => Names.ContainsKey(name);

    /// <summary>What people commonly say, Dutch.</summary>
    /// <param name="name">The kind.</param>
    /// <returns>The words, or <see langword="null"/> when the kind is unknown.</returns>
    public static string? CommonName(string name) => Names.GetValueOrDefault(name);
}

/// <summary>What access and retention rules can be about, beside the kinds of documents.</summary>
public static class AccessSubjects
{
    /// <summary>All subjects.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "melding", "identiteit-melder", "eigen-gespreksverslag", "opname", "dossier", "personeelsdossier", "voortgang", "uitkomst", "maatregel", "onderzoeksgegevens",
    ];

    /// <summary>Whether a name is one of them.</summary>
    /// <param name="name">A subject in kebab case.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal);
}
