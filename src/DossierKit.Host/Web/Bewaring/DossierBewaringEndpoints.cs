using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>How long one dossier is kept and why, and every decision on that. Reached without opening the dossier.</summary>
internal static class DossierBewaringEndpoints
{
    public static void Map(IEndpointRouteBuilder dossier)
    {
        dossier.MapGet("", async (string nummer, AtArchive at, HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            if (Deciding.Find(at, nummer, null) is not { } about) return Problems.NotThere(http);
            var items = at.PlanOf(about.Entry);
            var history = await at.Archive.HistoryAsync(about.Entry.Number, ct);
            var known = await register.ListAsync(at.Visitor.Acting, ct);
            var mayOpen = known.Any(listing => listing.Number == about.Entry.Number && listing.MayOpen);
            return Pages.Of<DossierBewaringPage>(new
            {
                about.Entry,
                about.Item,
                Recordings = about.Entry.Retention.Recordings.Select(recording => (recording, items.First(item => item.Object == recording.File.Value))).ToList(),
                History = history.IsDone ? HistoryLines.Of(history.Value, register.Staff) : null,
                Actions = (IReadOnlyList<(string, string)>)[.. Goes(at, items), .. Leaves(at, about.Entry, mayOpen), .. Actions(about, ofHold: false)],
                ClassName = about.Item.Class is { } set ? about.List.Find(set.Result)?.Name : null,
                MayOpen = mayOpen,
                at.Today,
            });
        });
        dossier.MapGet("/bewaargronden/{id}", async (string nummer, string id, AtArchive at, HttpContext http, DossierRegister register, CancellationToken ct) =>
        {
            if (Deciding.Find(at, nummer, id) is not { Hold: { } hold } about) return Problems.NotThere(http);
            var history = await at.Archive.HistoryAsync(about.Entry.Number, ct);
            return Pages.Of<BewaargrondPage>(new
            {
                Number = about.Entry.Number.Value,
                Hold = hold,
                History = history.IsDone ? HistoryLines.Of(history.Value, register.Staff, hold.Id) : null,
                Actions = Actions(about, ofHold: true),
                at.Today,
                Me = at.Person.Id,
            });
        });
        foreach (var decision in Decisions.All) Map(dossier, decision);
    }

    private static void Map(IEndpointRouteBuilder dossier, Decision decision)
    {
        var path = decision.IsOfHold ? $"/bewaargronden/{{id}}/{decision.Path}" : $"/{decision.Path}";
        dossier.MapGet(path, (string nummer, string? id, AtArchive at, HttpContext http)
            => Deciding.Find(at, nummer, decision.IsOfHold ? id ?? "" : null) is { } about && decision.IsOffered(about) ? Page(decision, about, [], null) : Problems.NotThere(http));
        var post = dossier.MapPost(path, (string nummer, string? id, AtArchive at, HttpContext http, CancellationToken ct) => RecordAsync(decision, nummer, id, at, http, ct));
        if (decision.Final is { } final) post.WithMetadata(new FinalAct(final));
    }

    private static async Task<IResult> RecordAsync(Decision decision, string nummer, string? id, AtArchive at, HttpContext http, CancellationToken ct)
    {
        // Whether it is offered now is not asked: who sends the same form twice hears that it was done.
        if (Deciding.Find(at, nummer, decision.IsOfHold ? id ?? "" : null) is not { } about) return Gone(decision, nummer, at, http);
        var form = await http.Request.ReadFormAsync(ct);
        var input = new DecisionInput(form);
        var taken = decision.Read(about, input);
        if (input.Refusals.Count > 0) return Page(decision, about, input.Refusals, form);
        var recorded = await about.RecordAsync(taken, Conflict.Terms(form), ct);
        if (!recorded.IsDone)
        {
            if (recorded.Refusals[0].Cause == RefusalCause.NotThere) return Problems.NotThere(http);
            return Page(decision, Deciding.Find(at, nummer, about.Hold?.Id.ToString()) ?? about, recorded.Refusals, form);
        }

        at.Visitor.Tell(decision.Told);
        return Pages.Next(about.Root);
    }

    /// <summary>A hold that is no longer there: somebody else released it a moment ago.</summary>
    private static IResult Gone(Decision decision, string nummer, AtArchive at, HttpContext http)
    {
        if (!decision.IsOfHold || at.Find(nummer) is not { } entry) return Problems.NotThere(http);
        at.Visitor.Tell("Deze bewaargrond is er niet meer: hij is al opgeheven.", FlashKind.Info);
        return Pages.Next($"/bewaring/dossiers/{entry.Number}");
    }

    private static IResult Page(Decision decision, Deciding about, IReadOnlyList<Refusal> refusals, IFormCollection? form) => Pages.Of<BesluitPage>(
        new
        {
            View = decision.ViewOf(about),
            Refusals = refusals,
            Entered = form?.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal),
        },
        Conflict.Is(refusals) ? StatusCodes.Status409Conflict : Problems.StatusOf(refusals));

    /// <summary>What of it may go, on the way to a list.</summary>
    private static IEnumerable<(string Path, string Text)> Goes(AtArchive at, IReadOnlyList<RetentionItem> items)
    {
        var number = items[0].Dossier;
        if (items[0].Decision == RetentionDecision.Vernietigen && ListRights.MayPropose(at.Person, at.Today, DestructionPath.List))
            yield return ($"/bewaring/lijsten/nieuw?pad=lijst&dossier={number}", "Dossier laten vernietigen");
        if (items.Skip(1).Any(item => item.Decision == RetentionDecision.Vernietigen) && ListRights.MayPropose(at.Person, at.Today, DestructionPath.Light))
            yield return ($"/bewaring/lijsten/nieuw?pad=licht&dossier={number}", "Opnamen laten vernietigen");
    }

    /// <summary>The dossier as a bag for the archive, for whoever coordinates the case; its own page decides.</summary>
    private static IEnumerable<(string Path, string Text)> Leaves(AtArchive at, ArchiveEntry entry, bool mayOpen)
        => mayOpen && at.Is(StaffRole.Fi, StaffRole.PlaatsvervangendFi) ? [($"/dossiers/{entry.Number}/export", "Exporteren voor het archief")] : [];

    private static IReadOnlyList<(string Path, string Text)> Actions(Deciding about, bool ofHold)
        => [.. Decisions.All.Where(decision => decision.IsOfHold == ofHold && decision.IsOffered(about)).Select(decision => (decision.AddressOf(about), decision.Title))];
}
