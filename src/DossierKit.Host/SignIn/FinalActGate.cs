using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.Web;
using DossierKit.Host.Web.Aanmelden;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Marks a route whose act cannot be taken back or gives access (a definitive document, closing, an appointment, an export): whoever proved presence longer than ten minutes
/// ago does so again, and loses nothing of the form.
/// </summary>
/// <param name="what">What is about to happen, as the page says it: "het stuk definitief maken".</param>
internal sealed class FinalAct(string what)
{
    public string What => what;
}

/// <summary>Stands in front of every <see cref="FinalAct"/>.</summary>
internal static class FinalActGate
{
    /// <summary>How long a proof of presence counts.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(10);

    /// <summary>The field of the one click that is the proof in a demo.</summary>
    public const string DemoField = PasskeyAnswer.ProofPrefix + "voorbeeld";

    /// <summary>
    /// The events that are final acts, whichever way they are recorded: what closes, judges, imposes, departs from the rules, or gives somebody access (an onderzoeker to the case,
    /// a file to a reader).
    /// </summary>
    public static IReadOnlyList<string> Events { get; } =
    [
        EventNames.DossierGesloten, EventNames.DossierHeropend, EventNames.OordeelGegeven, EventNames.MaatregelGenomen, EventNames.ProtocolAfgeweken, EventNames.ProtocolGewisseld,
        EventNames.OnderzoekerAangewezen, EventNames.InzageOpengesteld,
    ];

    public static void Use(WebApplication app)
        => app.Use(async (http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<FinalAct>() is not { } act || http.VisitorOrNull() is not { } visitor || HasProof(http, visitor))
            {
                await next(http);
                return;
            }

            await AskAsync(http, next, act, visitor);
        });

    public static bool HasProof(HttpContext http, Visitor visitor)
        => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - visitor.SteppedUpAt <= ProofLife;

    /// <summary>Takes the proof that stands in a form, if it holds; the session then goes on under a new token.</summary>
    public static async ValueTask<Outcome<bool>> TryProveAsync(HttpContext http, Visitor visitor, IFormCollection form)
    {
        var services = http.RequestServices;
        if (visitor.Method == SignInMethod.Demo && form.ContainsKey(DemoField) && DemoSignIn.IsAllowed(http, services.GetRequiredService<DossierVault>(), services.GetRequiredService<HostSettings>()))
        {
            await ProveAsync(http, visitor);
            return Outcome<bool>.Done(true);
        }

        var proved = await services.GetRequiredService<PasskeyCeremony>().FinishSignInAsync(PasskeyAnswer.Of(form, PasskeyAnswer.ProofPrefix), visitor.Person, http);
        if (!proved.IsDone) return Outcome<bool>.Refused(proved.Refusals);
        await ProveAsync(http, visitor);
        return Outcome<bool>.Done(true);
    }

    /// <summary>Keeps that the person just proved to be there.</summary>
    public static async ValueTask ProveAsync(HttpContext http, Visitor visitor)
    {
        await http.RequestServices.GetRequiredService<DossierRegister>().LogSignInAsync(SignInAct.SteppedUp, visitor.Person, visitor.Acting.Kind, http.RequestAborted);
        visitor.StepUp(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (http.Request.Cookies[SessionCookie.NameFor(http.Request)] is { } token) SessionCookie.Set(http, http.RequestServices.GetRequiredService<Sessions>().Renew(token));
    }

    /// <summary>The answer of the API to a final act without proof.</summary>
    public static IResult Ask(Visitor visitor) => Problems.Of(
        StatusCodes.Status403Forbidden,
        "Voor deze handeling moet u opnieuw laten zien dat u het bent.",
        visitor.Method == SignInMethod.Token ? "Met een sleutel voor programma's kan dit niet. Doe het in de pagina's." : "Doe dat op /aanmelden/bevestigen, en stuur het dan nog een keer.");

    private static async Task AskAsync(HttpContext http, RequestDelegate next, FinalAct act, Visitor visitor)
    {
        var isApi = http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);
        if (isApi || !HeldForms.IsKeepable(http.Request))
        {
            await Ask(visitor).ExecuteAsync(http);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        IReadOnlyList<Refusal> refusals = [];
        if (form.ContainsKey(PasskeyAnswer.ProofPrefix + PasskeyAnswer.CredentialField) || form.ContainsKey(DemoField))
        {
            var proved = await TryProveAsync(http, visitor, form);
            if (proved.IsDone)
            {
                await next(http);
                return;
            }

            refusals = proved.Refusals;
        }

        // Only who uses the municipality's own sign-in leaves this host for it, so only that form waits here; any other goes along in the page.
        var held = visitor.Method != SignInMethod.OpenIdConnect ? null : http.RequestServices.GetRequiredService<HeldForms>().Keep(
            new HeldForm(visitor.Person, http.Request.Path + http.Request.QueryString, HeldForms.FieldsOf(form), Purpose: null));
        await Pages.Of<BevestigenPage>(
            new { act.What, Action = http.Request.Path + http.Request.QueryString, Fields = HeldForms.FieldsOf(form), visitor.Method, Held = held, Refusals = refusals },
            StatusCodes.Status403Forbidden).ExecuteAsync(http);
    }
}
