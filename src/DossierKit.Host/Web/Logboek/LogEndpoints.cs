using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Logboek;

/// <summary>The log of all doors: for the FI and the FG whatever they may know of, for everybody his own acts.</summary>
internal static class LogEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/logboek", async (HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct) =>
        {
            var query = LogQuery.Read(http.Request.Query);
            var filter = query.ToFilter();
            var page = filter.IsDone ? await register.LogAsync(http.Visitor().Acting, filter.Value, query.Older.Length > 0 ? query.Older : null, PageSize, ct) : new LogPage([], null);
            var watches = Watches(http, register, clock);
            return Pages.Of<LogPageView>(
                new { Query = query, Log = page, filter.Refusals, Watches = watches, People = watches ? register.Staff.Persons : [] },
                filter.IsDone ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
        }).ExcludeFromDescription();
        routes.MapPost("/logboek/meenemen", ExportAsync).WithMetadata(new FinalAct("het logboek meenemen")).ExcludeFromDescription();
        routes.MapPost("/logboek/nakijken", async (HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            var verified = await register.VerifyLogAsync(http.Visitor().Acting, ct);
            return verified.IsDone ? Pages.Of<LogVerifiedPage>(new { Found = verified.Value }) : Problems.NotThere(http);
        }).ExcludeFromDescription();
        routes.MapGet("/logboek/geweigerd", async (HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            var reviews = await register.ReviewsAsync(http.Visitor().Acting, ct);
            return reviews.IsDone ? Pages.Of<LogReviewPage>(new { Items = reviews.Value }) : Problems.NotThere(http);
        }).ExcludeFromDescription();
        routes.MapGet("/logboek/server", async (HttpContext http, DossierRegister register, CancellationToken ct)
            => await register.DirectWorkSinceAsync(http.Visitor().Acting, ct) is { } work ? Pages.Of<LogServerPage>(new { Work = work }) : Problems.NotThere(http)).ExcludeFromDescription();
        routes.MapPost("/logboek/server", async (HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            await register.SeeDirectWorkAsync(http.Visitor().Acting, ct);
            http.Visitor().ServerWork = null;
            http.Visitor().Tell("Genoteerd dat u het werk op de server hebt bekeken.");
            return Pages.Next("/logboek");
        }).ExcludeFromDescription();
    }

    /// <summary>The log as CSV, straight to the connection: nothing of it lies on a disk in between.</summary>
    private static async Task ExportAsync(HttpContext http, DossierRegister register, TimeProvider clock, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var filter = LogQuery.Read(form).ToFilter();
        if (!filter.IsDone)
        {
            await Problems.Of(filter.Refusals).ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"logboek-{Nl.Iso(Nl.Today(clock))}.csv\"");
        var exported = await register.ExportLogAsync(http.Visitor().Acting, filter.Value, http.Response.Body, ct);
        if (exported.IsDone || http.Response.HasStarted) return;
        http.Response.Headers.Remove("Content-Disposition");
        http.Response.ContentType = null;
        await Problems.NotThere(http).ExecuteAsync(http);
    }

    private static bool Watches(HttpContext http, DossierRegister register, TimeProvider clock)
        => register.Staff.Find(http.Visitor().Person) is { } person && Menu.Watches(person, Nl.Today(clock));
}
