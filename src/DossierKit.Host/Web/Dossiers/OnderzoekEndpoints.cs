using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The onderzoek at a glance: what was asked, who was heard, what was secured, what was found.</summary>
internal static class OnderzoekEndpoints
{
    public static void Map(IEndpointRouteBuilder dossier)
        => dossier.MapGet("/onderzoek", (AtDossier at, HttpContext http, TimeProvider clock)
            => MaySee(at.Dossier) ? Pages.Of<OnderzoekPage>(new { at.Dossier, Today = Nl.Today(clock) }) : Problems.NotThere(http)).ExcludeFromDescription();

    public static bool MaySee(OpenDossier dossier) => dossier.Access.MayRead(Compartment.Opdracht) || dossier.Access.MayRead(Compartment.Onderzoek);
}
