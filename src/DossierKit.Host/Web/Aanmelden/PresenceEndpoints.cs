using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Web.Aanmelden;

/// <summary>Staying signed in, showing again that one is there, and finding back a form that came too late.</summary>
internal static class PresenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Every request keeps a session alive; this one does nothing else.
        routes.MapPost("/aanmelden/blijf", () => Results.NoContent()).ExcludeFromDescription();

        routes.MapGet("/aanmelden/bevestigen", (string? naar, HttpContext http) => Ask(http, naar, [])).ExcludeFromDescription();
        routes.MapPost("/aanmelden/bevestigen/opties", async (HttpContext http, PasskeyCeremony passkeys) => SignInEndpoints.Options(await passkeys.BeginSignInAsync(http.Visitor().Person, http))).ExcludeFromDescription();
        routes.MapPost("/aanmelden/bevestigen", async (HttpContext http, GuessLimit guesses, CancellationToken ct) =>
        {
            if (guesses.Refusal(http) is { } wait) return wait;
            var form = await http.Request.ReadFormAsync(ct);
            var proved = await FinalActGate.TryProveAsync(http, http.Visitor(), form);
            if (proved.IsDone) return Pages.Next(Pages.LocalPath(form["naar"], "/werk"));
            await SignInEndpoints.FailedAsync(http, http.Visitor().Acting.Kind, ct);
            return Ask(http, form["naar"], proved.Refusals);
        }).ExcludeFromDescription();

        routes.MapGet("/aanmelden/bewaard/{naam}", (string naam, HttpContext http, HeldForms held) =>
        {
            var visitor = http.Visitor();
            if (held.Find(naam, visitor.Person) is not { } form) return Problems.Of(StatusCodes.Status404NotFound, "Dit formulier is er niet meer.", "Een formulier blijft een kwartier bewaard, voor wie het invulde. Vul het opnieuw in.");
            // The dossier was open for a purpose; that still is what it is for. It is logged again at the next opening.
            var parts = form.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (form.Purpose is { } purpose && parts is ["dossiers", var number, ..] && DossierNumber.TryParse(number, out var parsed)) visitor.Desk.SetPurpose(parsed, purpose);
            return Pages.Of<BewaardPage>(new { Form = form });
        }).ExcludeFromDescription();
    }

    private static IResult Ask(HttpContext http, string? next, IReadOnlyList<Refusal> refusals)
        => Pages.Of<BevestigenPage>(
            new
            {
                What = "verdergaan",
                Action = "/aanmelden/bevestigen",
                Fields = new List<KeyValuePair<string, string>> { KeyValuePair.Create("naar", Pages.LocalPath(next, "/werk")) },
                http.Visitor().Method,
                Held = (string?)null,
                Refusals = refusals,
            },
            refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}
