using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web;

/// <summary>What a visitor is today, for pages that belong to a role and to no dossier.</summary>
internal static class Holds
{
    /// <summary>Whether somebody holds one of these roles today.</summary>
    public static bool HoldsToday(this DossierRegister register, Visitor visitor, TimeProvider clock, params ReadOnlySpan<StaffRole> roles)
    {
        if (register.Staff.Find(visitor.Person) is not { } person) return false;
        var today = Nl.Today(clock);
        foreach (var role in roles)
        {
            if (person.Is(role, today)) return true;
        }

        return false;
    }
}
