using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Aanmelden;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Account;

/// <summary>What somebody arranges for himself: passkeys, recovery codes, tokens for programs, sessions.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").ExcludeFromDescription();
        account.MapGet("", (HttpContext http, CancellationToken ct) => ShowAsync(http, [], ct));

        account.MapPost("/toegangssleutels/opties", async (HttpContext http, PasskeyCeremony passkeys) => SignInEndpoints.Options(await passkeys.BeginEnrolAsync(http.Visitor().Person, http)));
        account.MapPost("/toegangssleutels", async (HttpContext http, DossierRegister register, PasskeyCeremony passkeys, CancellationToken ct) =>
        {
            var (visitor, form) = (http.Visitor(), await http.Request.ReadFormAsync(ct));
            var name = form["naam"].ToString() is { Length: > 0 } given ? given : Device.Of(http.Request);
            var made = await passkeys.FinishEnrolAsync(visitor.Person, PasskeyAnswer.Of(form), name, http);
            if (!made.IsDone) return await ShowAsync(http, made.Refusals, ct);
            var enrolled = await register.SignIns.EnrolOwnAsync(visitor.Acting, made.Value, ct);
            return enrolled.IsDone ? Done(visitor, "De toegangssleutel is toegevoegd.") : await ShowAsync(http, enrolled.Refusals, ct);
        }).WithMetadata(new FinalAct("een toegangssleutel toevoegen"));
        account.MapPost("/toegangssleutels/{id}/naam", async (string id, HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            var renamed = await register.SignIns.RenamePasskeyAsync(http.Visitor().Acting, id, (await http.Request.ReadFormAsync(ct))["naam"].ToString(), ct);
            return renamed.IsDone ? Done(http.Visitor(), "De naam is gewijzigd.") : await ShowAsync(http, renamed.Refusals, ct);
        });
        account.MapPost("/toegangssleutels/{id}/verwijderen", async (string id, HttpContext http, DossierRegister register, Sessions sessions, CancellationToken ct) =>
        {
            var visitor = http.Visitor();
            var removed = await register.SignIns.RemovePasskeyAsync(visitor.Acting, id, ct);
            if (!removed.IsDone) return await ShowAsync(http, removed.Refusals, ct);
            var account = $"passkey:{id}";
            if (register.Staff.Find(visitor.Person)?.Accounts.Contains(account, StringComparer.Ordinal) == true && await register.Staff.UnbindAsync(visitor.Acting, visitor.Person, account, ct) is { IsDone: false } refused)
                return await ShowAsync(http, refused.Refusals, ct);
            // Whoever signed in with it elsewhere is out as well.
            sessions.EndAll(visitor.Person, other => other != visitor && other.Acting.Account == account);
            return Done(visitor, "De toegangssleutel is verwijderd. Wie er ergens anders mee was aangemeld, is afgemeld.");
        }).WithMetadata(new FinalAct("een toegangssleutel verwijderen"));

        account.MapPost("/herstelcodes", async (HttpContext http, DossierRegister register, CancellationToken ct)
            => Pages.Of<HerstelcodesPage>(new { Codes = await register.SignIns.MakeRecoveryCodesAsync(http.Visitor().Acting, ct) })).WithMetadata(new FinalAct("nieuwe herstelcodes maken"));

        account.MapPost("/sleutels", async (HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            var form = await http.Request.ReadFormAsync(ct);
            var until = DateOnly.TryParseExact(form["tot"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Nl.Today(clock).AddDays(SignInRegister.TokenDays);
            var made = await register.SignIns.MakeTokenAsync(http.Visitor().Acting, form["naam"].ToString(), until, ct);
            return made.IsDone ? Pages.Of<SleutelPage>(new { made.Value.Token, made.Value.Secret }) : await ShowAsync(http, made.Refusals, ct);
        }).WithMetadata(new FinalAct("een sleutel voor een programma maken"));
        account.MapPost("/sleutels/{id}/intrekken", async (string id, HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            var revoked = await register.SignIns.RevokeTokenAsync(http.Visitor().Acting, id, ct);
            return revoked.IsDone ? Done(http.Visitor(), "De sleutel is ingetrokken.") : await ShowAsync(http, revoked.Refusals, ct);
        });

        account.MapPost("/serverwerk", async (HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            await register.SeeDirectWorkAsync(http.Visitor().Acting, ct);
            http.Visitor().ServerWork = null;
            http.Visitor().Tell("Genoteerd dat u dit hebt gezien.");
            return Pages.Next("/werk");
        });

        account.MapPost("/sessies/afmelden", async (HttpContext http, Sessions sessions, CancellationToken ct) =>
        {
            var (visitor, which) = (http.Visitor(), (await http.Request.ReadFormAsync(ct))["sessie"].ToString());
            if (which == "alle")
            {
                sessions.EndAll(visitor.Person, _ => true);
                SessionCookie.Clear(http);
                return Pages.Next("/aanmelden");
            }

            sessions.EndAll(visitor.Person, other => other != visitor && other.Id == which);
            return Done(visitor, "Daar bent u afgemeld.");
        });
    }

    private static IResult Done(Visitor visitor, string text)
    {
        visitor.Tell(text);
        return Pages.Next("/account");
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var visitor = http.Visitor();
        var services = http.RequestServices;
        var register = services.GetRequiredService<DossierRegister>();
        var person = register.Staff.Find(visitor.Person)!;
        return Pages.Of<AccountPage>(
            new
            {
                Person = person,
                Passkeys = (await register.SignIns.PasskeysAsync(visitor.Person, ct)).Select(passkey => (passkey, person.Accounts.Contains(passkey.Account, StringComparer.Ordinal))).ToList(),
                CodesLeft = await register.SignIns.RecoveryCodesLeftAsync(visitor.Person, ct),
                Tokens = await register.SignIns.TokensAsync(visitor.Person, ct),
                Sessions = services.GetRequiredService<Sessions>().Of(visitor.Person).Select(session => new OwnSession(session.Id, session.Device, session.SignedInAt, session.LastSeen, session == visitor)).ToList(),
                Before = await register.SignIns.BeforeLastAsync(visitor.Person, ct),
                Today = Nl.Today(services.GetRequiredService<TimeProvider>()),
                Refusals = refusals,
            },
            Problems.StatusOf(refusals));
    }
}

/// <summary>One of somebody's own sessions. Public because the page takes it.</summary>
/// <param name="Id">Names it in the list.</param>
/// <param name="Device">Browser and system, as far as they said.</param>
/// <param name="Since">When it began.</param>
/// <param name="LastSeen">When the last request came.</param>
/// <param name="IsThis">Whether it is the one that looks.</param>
public sealed record OwnSession(string Id, string Device, DateTimeOffset Since, DateTimeOffset LastSeen, bool IsThis);
