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

            if (needsPurpose && !isApi)
            {
                await AskPurposeAsync(http, number, visitor);
                return;
            }

            var answer = !needsPurpose ? Problems.NotThere(http)
                : Problems.Of(StatusCodes.Status400BadRequest, "Zeg waarvoor u dit dossier opent.", $"Geef de header {PurposeHeader} mee (UTF-8, percent-gecodeerd). Het doel komt in het logboek.");
            await answer.ExecuteAsync(http);
        });

    /// <summary>Asks what for, and then goes on where the visitor was going: a form that came along waits; files cannot wait, and that is said.</summary>
    private static async Task AskPurposeAsync(HttpContext http, string number, Visitor visitor)
    {
        var request = http.Request;
        var next = request.Path + request.QueryString;
        if (!HttpMethods.IsGet(request.Method))
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<ReadsOwnBody>() is not null)
            {
                if (request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase))
                {
                    await Problems.Of(StatusCodes.Status409Conflict, "Dit dossier is nog niet open; er is niets verstuurd.", "Open het in een ander tabblad en zeg waarvoor. Kom dan hier terug en kies opnieuw Toevoegen: uw keuze staat er nog.").ExecuteAsync(http);
                    return;
                }

                visitor.Tell("De bestanden zijn niet verstuurd: het dossier was nog niet open. Kies ze opnieuw.", FlashKind.Warning);
                next = SessionHandler.FormOf(request);
            }
            else
            {
                next = !HeldForms.IsKeepable(request) ? "" : $"/aanmelden/bewaard/{http.RequestServices.GetRequiredService<HeldForms>().Keep(
                    new HeldForm(visitor.Person, next, HeldForms.FieldsOf(await request.ReadFormAsync(http.RequestAborted)), Purpose: null))}";
            }
        }

        http.Response.StatusCode = HttpMethods.IsGet(request.Method) ? StatusCodes.Status302Found : StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"/dossiers/{Uri.EscapeDataString(number)}/doel{(next.Length > 0 ? $"?naar={Uri.EscapeDataString(next)}" : "")}";
    }
}
