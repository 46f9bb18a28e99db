namespace DossierKit.Dossiers;

/// <summary>What a person may do in one dossier, at one moment: the lines of <see cref="AccessTable"/> that hold, the strongest per compartment.</summary>
public sealed class DossierAccess
{
    private readonly List<AccessLine> _lines;

    private DossierAccess(List<AccessLine> lines) => _lines = lines;

    /// <summary>No rights at all.</summary>
    internal static DossierAccess None { get; } = new([]);

    /// <summary>Every right: for the program itself, when it decides who may do what.</summary>
    internal static Right Everything(Compartment compartment) => Right.Write;

    /// <summary>The right in a compartment.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns>The right; <see cref="Right.Nothing"/> when there is none.</returns>
    public Right In(Compartment compartment) => _lines.Where(line => line.Compartment == compartment).Select(line => line.Right).DefaultIfEmpty(Right.Nothing).Max();

    /// <summary>Whether content of a compartment may be taken out of the vault by this person: a right of its own.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayExport(Compartment compartment) => _lines.Exists(line => line.Compartment == compartment && line.MayExport);

    /// <summary>Whether a compartment may be read.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayRead(Compartment compartment) => In(compartment) >= Right.Read;

    /// <summary>Whether something may be added to a compartment.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayWrite(Compartment compartment) => In(compartment) >= Right.Write;

    /// <summary>Whether the person may see who opened the dossier: who coordinates the case, and who owns its information.</summary>
    internal bool MaySeeLog => _lines.Exists(line => line.Role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Verantwoordelijke && line.Right >= Right.Read);

    /// <summary>Whether the person may know that the dossier exists.</summary>
    internal bool MayKnowOf => _lines.Exists(line => line.Right >= Right.Metadata);

    /// <summary>Whether the person may open the dossier: there is content for him.</summary>
    internal bool MayOpen => _lines.Exists(line => line.Right >= Right.Read);

    /// <summary>Whether the person may know how far a case is (a director may not, BPI 101).</summary>
    internal bool MayKnowProgress => In(Compartment.Onderzoek) >= Right.Metadata || In(Compartment.Besluit) >= Right.Metadata || (MayKnowOf && !MayOpen);

    /// <summary>The rights of someone of the staff on a day, by how he stands to the case.</summary>
    internal static DossierAccess Of(StaffPerson person, CaseStanding standing, DateOnly today)
    {
        if (standing.Conflicts(person)) return None;
        var lines = new List<AccessLine>();
        foreach (var appointment in person.Appointments.Where(appointment => appointment.IsInForceOn(today)))
            lines.AddRange(AccessTable.Lines.Where(line => line.Role == appointment.Role && standing.Holds(line.Stage) && standing.Stands(person.Id, appointment, line)));
        return new DossierAccess(lines);
    }
}
