using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Search;

namespace DossierKit.Host.Web.Zoeken;

/// <summary>
/// Searching in all dossiers somebody may read. A query can hold a name, so it stands in no address: it is sent as a form, kept in the session, and shown under the number of the search.
/// </summary>
internal static class ZoekenEndpoints
{
    public const int PageSize = 10;

    /// <summary>What most people search for.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["Gelijke gevallen zoeken", "Melding beoordelen", "Onderzoek doen", "Besluit voorbereiden", "Verzoek om inzage beantwoorden"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var zoeken = routes.MapGroup("/zoeken").ExcludeFromDescription();
        zoeken.MapGet("", (HttpContext http, DossierRegister register, TimeProvider clock) => MaySearch(http, register, clock)
            ? Pages.Of<ZoekenPage>(new { Ask = new ZoekVraag { Purpose = http.Visitor().Searches.LastPurpose } })
            : Problems.NotThere(http));
        zoeken.MapPost("", SendAsync);
        zoeken.MapGet("/{nummer:int}", ShowAsync);
        zoeken.MapPost("/{nummer:int}/verfijnen", async (int nummer, HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            if (!MaySearch(http, register, clock)) return Problems.NotThere(http);
            if (http.Visitor().Searches.Find(nummer) is not { } request) return Pages.Next("/zoeken");
            var form = await http.Request.ReadFormAsync(ct);
            var next = request with { Query = ZoekVraag.Narrow(form["vraag"].ToString(), form["bij"].ToString()), Like = null, Skip = 0 };
            return DossierSearch.Check(next) is { Count: > 0 } wrong
                ? Pages.Of<ZoekenPage>(new { Ask = ZoekVraag.Of(next), Refusals = wrong }, StatusCodes.Status400BadRequest)
                : Pages.Next($"/zoeken/{http.Visitor().Searches.Keep(next)}");
        });
        zoeken.MapPost("/{nummer:int}/zoals/{dossier}/{bestand}", (int nummer, string dossier, string bestand, HttpContext http) =>
        {
            if (http.Visitor().Searches.Find(nummer) is not { } request || !DossierNumber.TryParse(dossier, out var number) || !FileId.TryParse(bestand, out var id)) return Problems.NotThere(http);
            return Pages.Next($"/zoeken/{http.Visitor().Searches.Keep(request with { Query = "", Like = (number, id), Skip = 0 })}");
        });
        zoeken.MapGet("/{nummer:int}/stukken/{dossier}/{bestand}", (int nummer, string dossier, string bestand, HttpContext http) =>
        {
            // The dossier is opened for what was searched for; whoever may not open it hears what everybody hears.
            if (http.Visitor().Searches.Find(nummer) is { } request && DossierNumber.TryParse(dossier, out var number) && !http.Visitor().Desk.Purposes.ContainsKey(number))
                http.Visitor().Desk.SetPurpose(number, request.Purpose);
            return Pages.Next($"/dossiers/{Uri.EscapeDataString(dossier)}/bestanden/{Uri.EscapeDataString(bestand)}");
        });
    }

    private static bool MaySearch(HttpContext http, DossierRegister register, TimeProvider clock)
        => register.Staff.Find(http.Visitor().Person) is { } person && Menu.ReadsDossiers(person, Nl.Today(clock));

    private static async Task<IResult> SendAsync(HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct)
    {
        if (!MaySearch(http, register, clock)) return Problems.NotThere(http);
        var ask = ZoekVraag.Of(await http.Request.ReadFormAsync(ct));
        var request = ask.ToRequest(1);
        var wrong = DossierSearch.Check(request);
        return wrong.Count > 0 ? Pages.Of<ZoekenPage>(new { Ask = ask, Refusals = wrong }, StatusCodes.Status400BadRequest) : Pages.Next($"/zoeken/{http.Visitor().Searches.Keep(request)}");
    }

    private static async Task<IResult> ShowAsync(int nummer, HttpContext http, DossierRegister register, TimeProvider clock, SearchDesk desk, CancellationToken ct)
    {
        if (!MaySearch(http, register, clock)) return Problems.NotThere(http);
        // Sessions forget: then it is asked anew.
        if (http.Visitor().Searches.Find(nummer) is not { } request) return Pages.Next("/zoeken");
        var page = PageNumber.Of(http.Request.Query);
        var answer = await (await desk.SearchAsync(ct)).SearchAsync(http.Visitor().Acting, request with { Skip = Math.Min((page - 1) * PageSize, 10_000), Take = PageSize }, ct);
        // What was made of a document stands in the form, to go on with.
        if (request.Like is not null && answer.IsDone) request = request with { Query = answer.Value.ReadAs ?? "" };
        var ask = ZoekVraag.Of(request);
        return answer.IsDone
            ? Pages.Of<ZoekenPage>(new { Ask = ask, Number = nummer, Page = page, Answer = answer.Value })
            : Pages.Of<ZoekenPage>(new { Ask = ask, answer.Refusals }, StatusCodes.Status400BadRequest);
    }
}
