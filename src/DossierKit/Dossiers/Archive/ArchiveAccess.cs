namespace DossierKit.Dossiers;

/// <summary>Who may see and decide what at the archive door: pure, beside the table of who may read content.</summary>
internal static class ArchiveAccess
{
    /// <summary>Whether someone may come in at all.</summary>
    public static bool MayOpen(StaffPerson person, DateOnly day) => person.RolesOn(day).Any(role => IsKeeper(role) || role is StaffRole.Medebeslisser or StaffRole.Verantwoordelijke or StaffRole.Fg);

    /// <summary>Whether someone may see how long a dossier is kept: never of a case he is or may be part of.</summary>
    public static bool MaySee(StaffPerson person, CaseStanding standing, DateOnly day)
        => !standing.IsBeingMade && !standing.Conflicts(person)
            && person.Appointments.Any(appointment => appointment.IsInForceOn(day)
                && (IsKeeper(appointment.Role) || appointment.Role is StaffRole.Medebeslisser or StaffRole.Fg || HasAuthority(appointment, standing)));

    /// <summary>Whether someone may read the reasons: whoever decides on the dossier, not whoever only sees a line of a list.</summary>
    public static bool MayReadReasons(StaffPerson person, CaseStanding standing, DateOnly day)
        => MaySee(person, standing, day) && (IsAny(person, day, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris, StaffRole.Medebeslisser) || IsResponsible(person, standing, day));

    /// <summary>Whether someone is of the integrity side of this case: FI, deputy, or a verantwoordelijke with authority in it.</summary>
    public static bool IsIntegritySide(StaffPerson person, CaseStanding standing, DateOnly day)
        => IsAny(person, day, StaffRole.Fi, StaffRole.PlaatsvervangendFi) || IsResponsible(person, standing, day);

    /// <summary>Whether someone may record this.</summary>
    public static bool MayRecord(StaffPerson person, CaseStanding standing, RetentionEvent happening, DateOnly day)
    {
        if (!MaySee(person, standing, day)) return false;
        if (IsKeeper(person, day) || IsResponsible(person, standing, day)) return happening is not DossierTransferred || IsKeeper(person, day);
        return happening switch
        {
            HoldPlaced { Kind: HoldKind.Avg or HoldKind.Woo } => IsAny(person, day, StaffRole.Fg),
            HoldEvent about => IsAny(person, day, StaffRole.Fg) && standing.Retention.Holds.Any(hold => hold.Id == about.Hold && hold.Kind is HoldKind.Avg or HoldKind.Woo),
            // A co-approver who answers "keep it longer" to an item of a list.
            ActionDateChanged { IsWithdrawn: false } => IsAny(person, day, StaffRole.Medebeslisser),
            _ => false,
        };
    }

    private static bool IsKeeper(StaffRole role) => role is StaffRole.Fi or StaffRole.PlaatsvervangendFi or StaffRole.Archivaris;

    private static bool IsKeeper(StaffPerson person, DateOnly day) => person.RolesOn(day).Any(IsKeeper);

    private static bool IsAny(StaffPerson person, DateOnly day, params ReadOnlySpan<StaffRole> roles)
    {
        var held = person.RolesOn(day);
        foreach (var role in roles)
        {
            if (held.Contains(role)) return true;
        }

        return false;
    }

    /// <summary>Whether someone is the verantwoordelijke with authority in this case.</summary>
    public static bool IsResponsible(StaffPerson person, CaseStanding standing, DateOnly day)
        => person.Appointments.Any(appointment => appointment.IsInForceOn(day) && HasAuthority(appointment, standing));

    private static bool HasAuthority(Appointment appointment, CaseStanding standing)
        => appointment is { Role: StaffRole.Verantwoordelijke, Office: { } office } && standing.Offices.Contains(office, StringComparer.Ordinal);
}
