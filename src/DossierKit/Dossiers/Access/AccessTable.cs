namespace DossierKit.Dossiers;

/// <summary>What someone may do with a compartment; each includes those before it.</summary>
public enum Right
{
    /// <summary>Nothing: it is as if it were not there.</summary>
    Nothing,

    /// <summary>Know that something happened and when, not what.</summary>
    Metadata,

    /// <summary>Read.</summary>
    Read,

    /// <summary>Read and add.</summary>
    Write,
}

/// <summary>How someone stands to a case.</summary>
public enum Relation
{
    /// <summary>The role alone is enough.</summary>
    Any,

    /// <summary>Named in this case in this role: the onderzoeker appointed, the director it was put before, the vertrouwenspersoon who brought it, the adviser named.</summary>
    Appointed,

    /// <summary>Holds the office that has authority for the position of a betrokkene.</summary>
    Authority,
}

/// <summary>In which stage of a case a line of the table counts.</summary>
public enum CaseStage
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Until the case is closed.</summary>
    WhileOpen,

    /// <summary>Once the opdracht was put before those who decide on it.</summary>
    OnceSubmitted,

    /// <summary>Once the facts are there and it is judged.</summary>
    OnceJudged,
}

/// <summary>One line of the table: who, standing how to the case, in which stage, may do what where, and why.</summary>
/// <param name="Role">Who.</param>
/// <param name="Relation">Standing how to the case.</param>
/// <param name="Stage">In which stage.</param>
/// <param name="Compartment">Where.</param>
/// <param name="Right">What.</param>
/// <param name="MayExport">Whether content may be taken out of the vault.</param>
/// <param name="Source">The article it follows from, or that it is a choice of this house.</param>
public sealed record AccessLine(StaffRole Role, Relation Relation, CaseStage Stage, Compartment Compartment, Right Right, bool MayExport, string Source);

/// <summary>
/// The one table of who may do what. What no line gives, nobody has: a beheerder, and whoever holds no role, see nothing.
/// Someone who is or may be part of the facts of a case has no rights in it whatever his roles; that is decided before the table is asked (<see cref="CaseStanding"/>).
/// </summary>
public static class AccessTable
{
    private const string Charged = "HRL 13, HVN 4.2: alleen wie met de zaak is belast";
    private const string MelderRule = "HRL 12.1, OMM 1019: de naam van de melder blijft bij de FI";
    private const string Owner = "HRL 12.3: de verantwoordelijke is eigenaar van de informatie";
    private const string Directors = "BPI 86, 101: alleen de opdracht, geen voortgang en geen rapport";
    private const string House = "eigen keuze";

    /// <summary>All lines.</summary>
    public static IReadOnlyList<AccessLine> Lines { get; } =
    [
        .. Coordinator(StaffRole.Fi),
        .. Coordinator(StaffRole.PlaatsvervangendFi),

        .. Investigator(StaffRole.OnderzoekerIntern, mayExport: true),
        .. Investigator(StaffRole.OnderzoekerExtern, mayExport: false),

        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Kaft, Right.Read, Owner),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Melding, Right.Read, "HRL 4.1: wordt geïnformeerd over alle meldingen"),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Melder, Right.Metadata, MelderRule),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Opdracht, Right.Write, "HRL 6.1: geeft de opdracht", true),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Onderzoek, Right.Read, Owner, true),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Opnamen, Right.Metadata, House),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Besluit, Right.Write, "HRL 11: besluit over de melding", true),
        Line(StaffRole.Verantwoordelijke, Relation.Authority, CaseStage.Always, Compartment.Bewaring, Right.Read, Owner),

        Line(StaffRole.Directeur, Relation.Appointed, CaseStage.OnceSubmitted, Compartment.Kaft, Right.Read, Directors),
        Line(StaffRole.Directeur, Relation.Appointed, CaseStage.OnceSubmitted, Compartment.Opdracht, Right.Read, Directors),
        Line(StaffRole.HoofdBi, Relation.Any, CaseStage.OnceSubmitted, Compartment.Kaft, Right.Read, "BPI 56: adviseert het directeurenteam"),
        Line(StaffRole.HoofdBi, Relation.Any, CaseStage.OnceSubmitted, Compartment.Opdracht, Right.Read, "BPI 56: adviseert het directeurenteam"),

        Line(StaffRole.Vertrouwenspersoon, Relation.Appointed, CaseStage.Always, Compartment.Kaft, Right.Read, "OMM 1019: is het adres van de melder"),
        Line(StaffRole.Vertrouwenspersoon, Relation.Appointed, CaseStage.Always, Compartment.Melder, Right.Read, "OMM 1019: is het adres van de melder"),

        Line(StaffRole.Adviseur, Relation.Appointed, CaseStage.OnceJudged, Compartment.Kaft, Right.Read, "HRL 11, 13: wat nodig is voor het beslisdocument"),
        Line(StaffRole.Adviseur, Relation.Appointed, CaseStage.OnceJudged, Compartment.Onderzoek, Right.Metadata, "HRL 11, 13: wat nodig is voor het beslisdocument"),
        Line(StaffRole.Adviseur, Relation.Appointed, CaseStage.OnceJudged, Compartment.Besluit, Right.Read, "HRL 11, 13: wat nodig is voor het beslisdocument"),

        Line(StaffRole.Fg, Relation.Appointed, CaseStage.Always, Compartment.Kaft, Right.Read, "HRL 8.3, 12.2: toetst methoden, krijgt een datalek gemeld"),
        Line(StaffRole.Fg, Relation.Appointed, CaseStage.Always, Compartment.Onderzoek, Right.Metadata, "HRL 8.3, 12.2: toetst methoden, krijgt een datalek gemeld"),

        Line(StaffRole.Archivaris, Relation.Any, CaseStage.Always, Compartment.Kaft, Right.Metadata, House),
        Line(StaffRole.Medebeslisser, Relation.Any, CaseStage.Always, Compartment.Kaft, Right.Metadata, House),
    ];

    /// <summary>
    /// What somebody has on the cover of a dossier of which a single file was opened to him (<see cref="InzageOpened"/>), whatever his role: the last line of the table. Of the rest he has
    /// nothing but that file, until its last day.
    /// </summary>
    internal const Right Granted = Right.Read;

    private static AccessLine[] Coordinator(StaffRole role) =>
    [
        Line(role, Relation.Any, CaseStage.Always, Compartment.Kaft, Right.Write, Charged),
        Line(role, Relation.Any, CaseStage.Always, Compartment.Melding, Right.Write, Charged, true),
        Line(role, Relation.Any, CaseStage.Always, Compartment.Melder, Right.Write, MelderRule, true),
        Line(role, Relation.Any, CaseStage.Always, Compartment.Opdracht, Right.Write, "HRL 6.1: coördineert het onderzoek", true),
        Line(role, Relation.Any, CaseStage.Always, Compartment.Onderzoek, Right.Write, "HRL 6.1: coördineert het onderzoek", true),
        // A recording is listened to here; who needs a copy (a court) gets it by decision of the verantwoordelijke, outside this table.
        Line(role, Relation.Any, CaseStage.Always, Compartment.Opnamen, Right.Write, "HRL 8.2"),
        Line(role, Relation.Any, CaseStage.Always, Compartment.Besluit, Right.Write, "HRL 11: stelt het beslisdocument op", true),
        // Written through the archive door, where each step has its own rules; nobody writes here as in the rest of a dossier.
        Line(role, Relation.Any, CaseStage.Always, Compartment.Bewaring, Right.Read, House),
    ];

    private static AccessLine[] Investigator(StaffRole role, bool mayExport) =>
    [
        Line(role, Relation.Appointed, CaseStage.WhileOpen, Compartment.Kaft, Right.Read, Charged),
        Line(role, Relation.Appointed, CaseStage.WhileOpen, Compartment.Melding, Right.Read, Charged),
        Line(role, Relation.Appointed, CaseStage.WhileOpen, Compartment.Melder, Right.Metadata, MelderRule),
        Line(role, Relation.Appointed, CaseStage.WhileOpen, Compartment.Opdracht, Right.Read, Charged),
        Line(role, Relation.Appointed, CaseStage.WhileOpen, Compartment.Onderzoek, Right.Write, "HRL 8: doet het onderzoek", mayExport),
        Line(role, Relation.Appointed, CaseStage.WhileOpen, Compartment.Opnamen, Right.Write, "HRL 8.2: maakt de opname"),
    ];

    private static AccessLine Line(StaffRole role, Relation relation, CaseStage stage, Compartment compartment, Right right, string source, bool mayExport = false)
        => new(role, relation, stage, compartment, right, mayExport, source);
}
