using System.Buffers.Text;
using System.Text;

using DossierKit.Dossiers;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Werk;

/// <summary>Where everybody begins, and the same terms for a calendar.</summary>
internal static class WerkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/werk")).ExcludeFromDescription();
        routes.MapGet("/werk", async (HttpContext http, DossierRegister register, DestructionRegister lists, DossierVault vault, TimeProvider clock, CancellationToken ct) =>
        {
            var visitor = http.Visitor();
            var today = Nl.Today(clock);
            var work = await MyWork.OfAsync(register, visitor.Acting, today, ct);
            if (register.Staff.Find(visitor.Person) is { } keeper && Menu.KeepsArchive(keeper, today) && await lists.ListAsync(visitor.Acting, ct) is { IsDone: true } waiting)
                work = work with { Lists = Bewaring.Asks.OfLists(keeper, today, waiting.Value) };
            var known = await register.ListAsync(visitor.Acting, ct);
            return Pages.Of<WerkPage>(new { Work = work, Person = register.Staff.Find(visitor.Person), Today = today, IsWhole = http.Request.Query["alles"] == "ja", Dossiers = known.Count, Cases = CasesOf(known, register.Staff.Find(visitor.Person), today), Example = ExampleOf(vault, known, register.Staff.Find(visitor.Person), today) });
        }).ExcludeFromDescription();
        // A calendar program cannot sign in as a person does; it shows a token as the password, so that no secret stands in the address.
        routes.MapGet("/werk/agenda.ics", async (HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            var acting = http.VisitorOrNull()?.Acting ?? (TokenOf(http.Request) is { } token ? await register.SignIns.SignInByTokenAsync(token, ct) : null);
            if (acting is null)
            {
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"DossierKit agenda\", charset=\"UTF-8\"";
                return Results.Text("Meld u aan met een token als wachtwoord.", "text/plain; charset=utf-8", statusCode: StatusCodes.Status401Unauthorized);
            }

            var work = await MyWork.OfAsync(register, acting, Nl.Today(clock), ct);
            return Results.Text(Calendar.Write(work.Late.Concat(work.Soon).Concat(work.Later).Select(line => line.Item), clock.GetUtcNow()), Calendar.Type, Encoding.UTF8);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static IReadOnlyList<DossierListing> CasesOf(IReadOnlyList<DossierListing> known, StaffPerson? person, DateOnly today)
        => person is not null && new[] { StaffRole.Verantwoordelijke, StaffRole.OnderzoekerIntern, StaffRole.OnderzoekerExtern }.Any(role => person.Is(role, today))
            ? [.. known.Where(listing => listing is { MayOpen: true, ClosedOn: null }).OrderBy(listing => listing.Phase == DossierPhase.Besluit ? 0 : 1).ThenBy(listing => listing.StartedOn).ThenBy(listing => listing.Number.Value, StringComparer.Ordinal)]
            : [];

    /// <summary>In a demo: the letter of the first sample, so that who looks around sees one within a click.</summary>
    private static string? ExampleOf(DossierVault vault, IReadOnlyList<DossierListing> known, StaffPerson? person, DateOnly today)
        => vault.IsDemo && person?.Is(StaffRole.Fi, today) == true ? known.FirstOrDefault(listing => listing.Number.Value == "WL-2026-0001")?.Number.Value : null;

    private static string? TokenOf(HttpRequest request)
    {
        const string Scheme = "Basic ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length > 1024) return null;
        var given = Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim());
        if (!Base64.IsValid(given)) return null;
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(Encoding.UTF8.GetString(given)));
        var at = text.IndexOf(':', StringComparison.Ordinal);
        return at < 0 ? null : text[(at + 1)..];
    }
}
