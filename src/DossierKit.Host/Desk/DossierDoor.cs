using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host;

/// <summary>Marks routes under a dossier: <c>{nummer}</c> is opened before the handler runs, which takes it as an <see cref="AtDossier"/>.</summary>
internal sealed class DossierRoute;

/// <summary>A request about a dossier its visitor may open.</summary>
/// <param name="Visitor">Who.</param>
/// <param name="Dossier">The dossier as it is now; not to be disposed.</param>
internal sealed record AtDossier(Visitor Visitor, OpenDossier Dossier)
{
    public static ValueTask<AtDossier?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<AtDossier>());
}

/// <summary>
/// The door in front of every route of a dossier: opens it on the visitor's desk, asks for the purpose the first time, and gives one answer for "not there" and "not for you".
/// </summary>
internal static class DossierDoor
{
    public const string PurposeHeader = "Doel";

    public static void Use(WebApplication app)
        => app.Use(async (http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<DossierRoute>() is null)
            {
                await next(http);
                return;
            }

            var isApi = http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);
            var number = http.Request.RouteValues["nummer"] as string ?? "";
            var visitor = http.Visitor();
            var purpose = isApi ? Uri.UnescapeDataString(http.Request.Headers[PurposeHeader].ToString()) : null;
            var (dossier, needsPurpose) = await visitor.Desk.OpenAsync(number, purpose, http.RequestAborted);
            if (dossier is not null)
            {
                http.Features.Set(new AtDossier(visitor, dossier));
                await next(http);
                return;
            }

            var answer = !needsPurpose ? Problems.NotThere(http)
                : isApi ? Problems.Of(StatusCodes.Status400BadRequest, "Zeg waarvoor u dit dossier opent.", $"Geef de header {PurposeHeader} mee (UTF-8, percent-gecodeerd). Het doel komt in het logboek.")
                : Results.Redirect($"/dossiers/{Uri.EscapeDataString(number)}/doel{(HttpMethods.IsGet(http.Request.Method) ? $"?naar={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}" : "")}");
            await answer.ExecuteAsync(http);
        });
}
