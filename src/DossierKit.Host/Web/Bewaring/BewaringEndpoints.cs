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
        bewaring.MapGet("", (AtArchive at, HttpContext http, Plans plans) =>
        {
            var plan = plans.Of(at);
            var query = RetentionQuery.Of(http.Request.Query);
            return Pages.Of<BewaringPage>(new
            {
                Query = query,
                Found = PageOf<RetentionItem>.Of([.. plan.Items.Where(query.Matches)], query.Page, RetentionQuery.PageSize),
                Asks = Asks.Of(at, plan),
                Years = plan.Items.Select(RetentionQuery.YearOf).OfType<int>().Distinct().Order().ToList(),
                Classes = plan.Items.Select(item => item.Class?.Result).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList(),
                Any = plan.Items.Count > 0,
            });
        });
        bewaring.MapGet("/vastgehouden", (AtArchive at, HttpContext http)
            => Pages.Of<VastgehoudenPage>(new { Held = PageOf<HeldLine>.Of(Asks.Holds(at), PageNumber.Of(http.Request.Query), RetentionQuery.PageSize), at.Today, Me = at.Person.Id }));
        DossierBewaringEndpoints.Map(bewaring.MapGroup("/dossiers/{nummer}"));
    }
}

/// <summary>The plan of today as a person sees it.</summary>
internal sealed class Plans(DossierRegister register)
{
    /// <summary>The selectielijst in use.</summary>
    public Selectielijst List => ShippedSelectielijst.List;

    public RetentionPlan Of(AtArchive at) => RetentionPlanner.Plan(at.Archive.Entries, List, Protocol, at.Today);

    /// <summary>One dossier: itself, then what lies in it.</summary>
    public IReadOnlyList<RetentionItem> Of(AtArchive at, ArchiveEntry entry) => RetentionPlanner.PlanOf(entry, List, Protocol, at.Today);

    private Protocols.Protocol? Protocol(string id, string? version) => register.Protocols.Library.Find(id, version);
}
