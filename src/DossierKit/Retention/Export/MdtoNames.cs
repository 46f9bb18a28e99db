using System.Xml.Linq;

namespace DossierKit.Retention;

/// <summary>Words of MDTO: the namespace, the version that a sidecar names, and the lists of terms.</summary>
internal static class MdtoNames
{
    /// <summary>What the sidecar of an informatieobject ends with (specification of the SIP, names).</summary>
    public const string Sidecar = ".MDTO.xml";

    /// <summary>What the sidecar of a bestand ends with.</summary>
    public const string FileSidecar = ".bestand.MDTO.xml";

    /// <summary>
    /// The version each sidecar names, as the specification of the SIP asks. What is written is valid under 1.0, 1.0.1 and both texts of 1.0.2 that are about.
    /// </summary>
    public const string SchemaAddress = "https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd";

    public static readonly XNamespace Mdto = "https://www.nationaalarchief.nl/mdto";
    public static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    // Lists of MDTO itself.
    public const string AggregationLevels = "Begrippenlijst Aggregatieniveaus MDTO";
    public const string EventTypes = "Begrippenlijst EventTypeLijst MDTO";
    public const string Valuations = "Begrippenlijst Waarderingen MDTO";
    public const string Checksums = "Begrippenlijst ChecksumAlgoritme MDTO";

    // Lists of others.
    public const string MediaTypes = "IANA Media types";
    public const string Zgw = "API-standaarden voor zaakgericht werken, afleidingswijze brondatum";

    // Lists of this house, for what MDTO's own do not name.
    public const string HouseEvents = "DossierKit, gebeurtenissen van een dossier";
    public const string HouseKinds = "DossierKit, soorten stukken";
    public const string HouseRestrictions = "DossierKit, beperkingen op het gebruik";
    public const string HousePeriods = "DossierKit, perioden";

    /// <summary>Level of a dossier.</summary>
    public const string Dossier = "Dossier";

    /// <summary>Level of what a dossier is made of.</summary>
    public const string Archiefstuk = "Archiefstuk";
}
