using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>How long everything is kept, for whoever keeps it: the plan, what is held, what is to come. Without names and content, so no purpose is asked.</summary>
internal static class BewaringEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var bewaring = routes.MapGroup("/bewaring").WithMetadata(new ArchiveRoute()).ExcludeFromDescription();
        bewaring.MapGet("", async (AtArchive at, HttpContext http, DestructionRegister lists, CancellationToken ct) =>
        {
            var waiting = await lists.ListAsync(at.Visitor.Acting, ct);
            var plan = at.Plan();
            var query = RetentionQuery.Of(http.Request.Query);
            return Pages.Of<BewaringPage>(new
            {
                Query = query,
                Found = PageOf<RetentionItem>.Of([.. plan.Items.Where(item => query.Matches(item, at.Today))], query.Page, RetentionQuery.PageSize),
                Asks = Asks.Of(at, plan),
                Lists = waiting.IsDone ? Asks.OfLists(at.Person, at.Today, waiting.Value) : [],
                Years = plan.Items.Select(item => RetentionQuery.YearOf(item, at.Today)).OfType<int>().Distinct().Order().ToList(),
                Classes = plan.Items.Select(item => item.Class?.Result).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(),
                Any = plan.Items.Count > 0,
            });
        });
        bewaring.MapGet("/vastgehouden", (AtArchive at, HttpContext http)
            => Pages.Of<VastgehoudenPage>(new { Held = PageOf<HeldLine>.Of(Asks.Holds(at), PageNumber.Of(http.Request.Query), RetentionQuery.PageSize), at.Today, Me = at.Person.Id }));
        bewaring.MapGet("/vooruitblik", (AtArchive at, HttpContext http) => Pages.Of<VooruitblikPage>(new { Forecast = RetentionForecast.Of(at.Plan()), From = Year(http, "van"), Until = Year(http, "tot") }));
        bewaring.MapGet("/selectielijst", (AtArchive at, HttpContext http) => Classes(at, http, []));
        bewaring.MapPost("/selectielijst", ImportAsync).WithMetadata(new ReadsOwnBody());
        ControleEndpoints.Map(bewaring);
        DossierBewaringEndpoints.Map(bewaring.MapGroup("/dossiers/{nummer}"));
    }

    private static int? Year(HttpContext http, string name) => int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static IResult Classes(AtArchive at, HttpContext http, IReadOnlyList<Refusal> refusals, int? status = null)
    {
        var search = http.Request.Query["zoek"].ToString().Trim();
        var words = search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = at.List.Results.Where(result => words.All(word => result.Number.StartsWith(word, StringComparison.OrdinalIgnoreCase) || result.Name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToList();
        return Pages.Of<SelectielijstPage>(
            new
            {
                at.List,
                at.Desk.Lists.All,
                Found = PageOf<SelectielijstResult>.Of(found, PageNumber.Of(http.Request.Query), RetentionQuery.PageSize),
                Search = search,
                MayImport = at.Is(StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris),
                Refusals = refusals,
            },
            status ?? Problems.StatusOf(refusals));
    }

    /// <summary>A list that was published comes as two files; read whole, since it is checked whole.</summary>
    private static async Task<IResult> ImportAsync(AtArchive at, HttpContext http, DossierRegister register, CancellationToken ct)
    {
        try
        {
            var files = new List<SelectielijstSource>();
            await foreach (var upload in Uploads.ReadFormAsync(http, ct))
            {
                using var content = new MemoryStream();
                var block = new byte[1 << 16];
                while (await upload.Content.ReadAsync(block, ct) is var read and > 0)
                {
                    if (content.Length + read > SelectielijstImport.MaxFile)
                        return Classes(at, http, [new("Dit bestand is te groot.", $"Een selectielijst heeft ten hoogste {Nl.Size(SelectielijstImport.MaxFile)}.", "Kies de bestanden zoals ze zijn gepubliceerd.") { Subject = "bestand" }], StatusCodes.Status413PayloadTooLarge);
                    content.Write(block, 0, read);
                }

                files.Add(new SelectielijstSource(upload.FileName, content.ToArray()));
            }

            var imported = await SelectielijstLibrary.ImportAsync(register, at.Visitor.Acting, files, id: null, dryRun: false, ct);
            if (!imported.IsDone) return Classes(at, http, [.. imported.Refusals.Select(refusal => refusal with { Subject = "bestand" })]);
            at.Visitor.Tell($"Vanaf nu is {imported.Value.Title} in gebruik, met {Nl.Count(imported.Value.Results.Count, "klasse", "klassen")}.");
            return Pages.Next("/bewaring/selectielijst");
        }
        catch (UploadException refused)
        {
            return Classes(at, http, [refused.Refusal with { Subject = "bestand" }], refused.Status);
        }
    }
}
