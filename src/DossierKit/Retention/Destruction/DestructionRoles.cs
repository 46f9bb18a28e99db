using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>What somebody does with a list.</summary>
internal enum DestructionStep
{
    /// <summary>Sees lists.</summary>
    See,

    /// <summary>Proposes a list.</summary>
    Propose,

    /// <summary>Changes what is answered for an item.</summary>
    Answer,

    /// <summary>Approves, as one of the groups.</summary>
    Approve,

    /// <summary>Cancels.</summary>
    Cancel,

    /// <summary>Carries out.</summary>
    Run,
}

/// <summary>One line: who may take which step on which path.</summary>
/// <param name="Step">The step.</param>
/// <param name="Path">The path; <see langword="null"/>: either.</param>
/// <param name="Group">The group, of an approval.</param>
/// <param name="Roles">Who.</param>
internal sealed record DestructionLine(DestructionStep Step, DestructionPath? Path, ApprovalGroup? Group, IReadOnlyList<StaffRole> Roles);

/// <summary>
/// Who may do what with a list of destruction: one table (own choice, after what Open Archiefbeheer separates). Two rules stand beside it: nobody takes two of the steps propose and approve of
/// one list, nor with the same account; and nobody acts on a list with a case he has a part in. The FI and the deputy keep the process: they propose, and are the second person for a
/// recording, but never archivaris or medebeslisser of a list of dossiers.
/// </summary>
internal static class DestructionRoles
{
    public static IReadOnlyList<DestructionLine> Lines { get; } =
    [
        new(DestructionStep.See, null, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser, StaffRole.Verantwoordelijke, StaffRole.Fg, StaffRole.OnderzoekerIntern, StaffRole.OnderzoekerExtern]),
        new(DestructionStep.Propose, DestructionPath.Light, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.OnderzoekerIntern, StaffRole.OnderzoekerExtern]),
        new(DestructionStep.Propose, DestructionPath.List, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser]),
        new(DestructionStep.Answer, DestructionPath.Light, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser]),
        new(DestructionStep.Answer, DestructionPath.List, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser]),
        new(DestructionStep.Approve, DestructionPath.Light, ApprovalGroup.Second, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser]),
        new(DestructionStep.Approve, DestructionPath.List, ApprovalGroup.Archivaris, [StaffRole.Archivaris]),
        new(DestructionStep.Approve, DestructionPath.List, ApprovalGroup.Medebeslisser, [StaffRole.Medebeslisser]),
        new(DestructionStep.Cancel, null, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser, StaffRole.Verantwoordelijke]),
        new(DestructionStep.Run, null, null, [StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser]),
    ];

    /// <summary>Whether a role sees every list (without a case its holder is part of). An onderzoeker sees his own only, a verantwoordelijke those of the dossiers he answers for.</summary>
    public static bool SeesAll(StaffRole role)
        => role is not (StaffRole.OnderzoekerIntern or StaffRole.OnderzoekerExtern or StaffRole.Verantwoordelijke) && Lines.Any(line => line.Step == DestructionStep.See && line.Roles.Contains(role));

    /// <summary>By which role somebody may take a step; <see langword="null"/> when by none.</summary>
    public static StaffRole? RoleFor(StaffPerson person, DateOnly today, DestructionStep step, DestructionPath? path, ApprovalGroup? group = null)
    {
        var held = person.RolesOn(today);
        // The keeper of the process does not decide on dossiers with another of his hats.
        if (step == DestructionStep.Approve && path == DestructionPath.List && held.Any(IsKeeper)) return null;
        foreach (var line in Lines.Where(line => line.Step == step && (line.Path is null || path is null || line.Path == path) && (group is null || line.Group == group)))
        {
            foreach (var role in line.Roles)
            {
                if (held.Contains(role)) return role;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether somebody has a part in a case, so that he may not take this step: part of the facts (any step), named in it, or deciding in it by office. An onderzoeker may propose that the
    /// recording he made is destroyed; seeing and cancelling harm nobody.
    /// </summary>
    public static bool HasPart(StaffPerson person, CaseStanding standing, DateOnly today, DestructionStep step, DestructionPath path)
    {
        if (standing.Conflicts(person)) return true;
        if (step is DestructionStep.See or DestructionStep.Cancel) return false;
        if (step == DestructionStep.Propose && path == DestructionPath.Light) return false;
        return standing.Appointed.Any(appointed => appointed.Person == person.Id)
            || person.Appointments.Any(appointment => appointment is { Role: StaffRole.Verantwoordelijke, Office: { } office } && appointment.IsInForceOn(today) && standing.Offices.Contains(office, StringComparer.Ordinal));
    }

    private static bool IsKeeper(StaffRole role) => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi;
}
