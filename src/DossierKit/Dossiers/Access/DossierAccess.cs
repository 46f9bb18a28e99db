namespace DossierKit.Dossiers;

/// <summary>What a person may do in one dossier, at one moment: the lines of <see cref="AccessTable"/> that hold, the strongest per compartment.</summary>
public sealed class DossierAccess
{
    private readonly List<AccessLine> _lines;
    private readonly IReadOnlyList<FileGrant> _grants;

    private DossierAccess(List<AccessLine> lines, IReadOnlyList<FileGrant> grants) => (_lines, _grants) = (lines, grants);

    /// <summary>No rights at all.</summary>
    internal static DossierAccess None { get; } = new([], []);

    /// <summary>Every right: for the program itself, when it decides who may do what.</summary>
    internal static Right Everything(Compartment compartment) => Right.Write;

    /// <summary>The right in a compartment.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <returns>The right; <see cref="Right.Nothing"/> when there is none.</returns>
    public Right In(Compartment compartment)
    {
        var right = _lines.Where(line => line.Compartment == compartment).Select(line => line.Right).DefaultIfEmpty(Right.Nothing).Max();
        // The last line of the table: to whom a file was opened, the cover is open too.
        return compartment == Compartment.Kaft && _grants.Count > 0 && right < AccessTable.Granted ? AccessTable.Granted : right;
    }

    /// <summary>Whether a file may be read: by its compartment, or because it was opened to this person.</summary>
    /// <param name="file">The file.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayRead(DossierFile file) => file is not null && (MayRead(file.Compartment) || IsGranted(file.Id));

    /// <summary>Whether a file may be taken out of the vault: by its compartment, or because it was opened to this person so.</summary>
    /// <param name="file">The file.</param>
    /// <returns><see langword="true"/> when it may.</returns>
    public bool MayExport(DossierFile file) => file is not null && (MayExport(file.Compartment) || _grants.Any(grant => grant.File == file.Id && grant.MayTakeOut));

    internal bool IsGranted(FileId file) => _grants.Any(grant => grant.File == file);

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
    internal bool MayKnowOf => _grants.Count > 0 || _lines.Exists(line => line.Right >= Right.Metadata);

    /// <summary>Whether the person may open the dossier: there is content for him.</summary>
    internal bool MayOpen => _grants.Count > 0 || _lines.Exists(line => line.Right >= Right.Read);

    /// <summary>Whether the person may know how far a case is (a director may not, BPI 101).</summary>
    internal bool MayKnowProgress => In(Compartment.Onderzoek) >= Right.Metadata || In(Compartment.Besluit) >= Right.Metadata || (MayKnowOf && !MayOpen);

    /// <summary>The rights of someone of the staff on a day, by how he stands to the case.</summary>
    internal static DossierAccess Of(StaffPerson person, CaseStanding standing, DateOnly today)
    {
        if (standing.Conflicts(person)) return None;
        var lines = new List<AccessLine>();
        foreach (var appointment in person.Appointments.Where(appointment => appointment.IsInForceOn(today)))
            lines.AddRange(AccessTable.Lines.Where(line => line.Role == appointment.Role && standing.Holds(line.Stage) && standing.Stands(person.Id, appointment, line)));
        return new DossierAccess(lines, [.. standing.Grants.Where(grant => grant.Person == person.Id && today <= grant.Until)]);
    }
}
