using DossierKit.Dossiers;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The list of dossiers, and the question what one is opened for.</summary>
internal static class DossierListEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dossiers", async (HttpContext http, DossierRegister register, CancellationToken ct)
            => Pages.Of<DossierListPage>(new { Listings = await register.ListAsync(http.Visitor().Acting, ct) })).ExcludeFromDescription();
        routes.MapGet("/dossiers/{nummer}/doel", (string nummer, string? naar) => Pages.Of<DoelPage>(new { Number = nummer, Next = naar })).ExcludeFromDescription();
        routes.MapPost("/dossiers/{nummer}/doel", async (string nummer, HttpContext http, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            var (purpose, next) = (form["doel"].ToString(), form["naar"].ToString());
            if (string.IsNullOrWhiteSpace(purpose))
            {
                IReadOnlyList<Refusal> refusals = [new("Vul in waarvoor u dit dossier opent.", "Het komt in het logboek.", "Een paar woorden zijn genoeg.") { Subject = "doel" }];
                return Pages.Of<DoelPage>(new { Number = nummer, Next = next, Refusals = refusals }, StatusCodes.Status400BadRequest);
            }

            if (DossierNumber.TryParse(nummer, out var number)) http.Visitor().Desk.SetPurpose(number, purpose);
            var (dossier, _) = await http.Visitor().Desk.OpenAsync(nummer, purpose, ct);
            return dossier is null ? Serving.Problems.NotThere(http) : Pages.Next(Pages.LocalPath(next, $"/dossiers/{nummer}"));
        }).ExcludeFromDescription();
    }
}
