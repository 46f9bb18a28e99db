using DossierKit.Dossiers;

namespace DossierKit.Host.Web;

/// <summary>One part of the program in the menu.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Text">Its name.</param>
/// <param name="IsFor">Who sees it; what somebody may not do is not shown.</param>
internal sealed record MenuItem(string Path, string Text, Func<StaffPerson, DateOnly, bool> IsFor);

/// <summary>The menu: a new part of the program is a line here.</summary>
internal static class Menu
{
    private static readonly MenuItem[] All =
    [
        new("/werk", "Mijn werk", Everybody),
        new("/dossiers", "Dossiers", Everybody),
        new("/zoeken", "Zoeken", ReadsDossiers),
        new("/bewaring", "Bewaring", KeepsArchive),
        new("/sjablonen", "Sjablonen", Everybody),
        new("/protocollen", "Protocollen", Everybody),
        new("/logboek", "Logboek", Watches),
        new("/beheer", "Beheer", Runs),
        new("/beheer/personen", "Personen", KeepsStaff),
    ];

    /// <summary>What somebody sees of it today.</summary>
    public static IEnumerable<MenuItem> For(StaffPerson person, DateOnly today) => All.Where(item => item.IsFor(person, today));

    /// <summary>Somebody who reads the access log of all dossiers.</summary>
    public static bool Watches(StaffPerson person, DateOnly today) => Any(person, today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Fg);

    /// <summary>Somebody who sees how the machine and the vault are.</summary>
    public static bool Runs(StaffPerson person, DateOnly today) => Any(person, today, StaffRole.Beheerder, StaffRole.Fi, StaffRole.PlaatsvervangendFi);

    /// <summary>Somebody who keeps the register of who works with the dossiers.</summary>
    public static bool KeepsStaff(StaffPerson person, DateOnly today)
        => Any(person, today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Verantwoordelijke, StaffRole.Beheerder);

    /// <summary>Somebody who sees how long dossiers are kept, or decides on it.</summary>
    public static bool KeepsArchive(StaffPerson person, DateOnly today)
        => Any(person, today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Verantwoordelijke, StaffRole.Archivaris, StaffRole.Medebeslisser, StaffRole.Fg);

    /// <summary>Somebody whose role can give him something to read in a dossier.</summary>
    public static bool ReadsDossiers(StaffPerson person, DateOnly today)
        => Any(person, today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.OnderzoekerIntern, StaffRole.OnderzoekerExtern, StaffRole.Verantwoordelijke, StaffRole.Directeur, StaffRole.HoofdBi, StaffRole.Adviseur);

    private static bool Everybody(StaffPerson person, DateOnly today) => true;

    private static bool Any(StaffPerson person, DateOnly today, params ReadOnlySpan<StaffRole> roles)
    {
        foreach (var role in roles)
        {
            if (person.Is(role, today)) return true;
        }

        return false;
    }
}
