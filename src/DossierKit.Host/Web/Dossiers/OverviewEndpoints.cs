using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>A dossier at a glance.</summary>
internal static class OverviewEndpoints
{
    /// <summary>Maps the routes.</summary>
    /// <param name="dossier">The group <c>/dossiers/{nummer}</c>, behind the door.</param>
    public static void Map(IEndpointRouteBuilder dossier)
        => dossier.MapGet("", (AtDossier at, DossierRegister register, TimeProvider clock)
            => Pages.Of<OverviewPage>(new { at.Dossier, View = Overview.Of(at.Dossier, register.Staff, Nl.Today(clock)) })).ExcludeFromDescription();
}
