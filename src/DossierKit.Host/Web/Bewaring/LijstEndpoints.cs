using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Lists of destruction, from proposal to verklaring. The lists themselves judge who may do what; an onderzoeker comes here too, for recordings he made.</summary>
internal static class LijstEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var lists = (RouteGroupBuilder)routes.MapGroup("/bewaring/lijsten").ExcludeFromDescription().AddEndpointFilter(async (context, next)
            => At.Of(context.HttpContext) is { } at && ListRights.MaySee(at.Person, at.Today) ? await next(context) : Problems.NotThere(context.HttpContext));

        lists.MapGet("", async (HttpContext http, CancellationToken ct) =>
        {
            var at = At.Of(http)!;
            var found = await at.Lists.ListAsync(at.Visitor.Acting, ct);
            return !found.IsDone ? Problems.NotThere(http) : Pages.Of<LijstenPage>(new
            {
                Lists = PageOf<DestructionList>.Of(found.Value, PageNumber.Of(http.Request.Query), RetentionQuery.PageSize),
                at.Person,
                at.Today,
                Clock = await ClockAsync(at, ct),
                MayPropose = ListRights.MayPropose(at.Person, at.Today, DestructionPath.Light) || ListRights.MayPropose(at.Person, at.Today, DestructionPath.List),
            });
        });
        lists.MapGet("/nieuw", (HttpContext http, CancellationToken ct) => DraftAsync(http, http.Request.Query["pad"].ToString(), Numbers(http.Request.Query["dossier"]), null, [], ct));
        lists.MapPost("/nieuw", ProposeAsync);
        lists.MapPost("/klok", async (HttpContext http, CancellationToken ct) =>
        {
            var at = At.Of(http)!;
            var confirmed = await at.Lists.ConfirmClockAsync(at.Visitor.Acting, ct);
            if (!confirmed.IsDone) return Problems.Of(confirmed.Refusals);
            at.Visitor.Tell(confirmed.Value.Refusal is null ? "De klok is bevestigd. Vernietigen kan weer." : "U hebt gezegd dat de klok goed staat. Een tweede persoon moet dat binnen een dag ook doen.");
            return Pages.Next("/bewaring/lijsten");
        }).WithMetadata(new FinalAct("zeggen dat de klok van de computer goed staat"));
        lists.MapGet("/{lijst}", (string lijst, HttpContext http, CancellationToken ct) => ShowAsync(lijst, http, [], null, ct));
        lists.MapGet("/{lijst}/onderdelen/{nr}", async (string lijst, string nr, HttpContext http, CancellationToken ct)
            => await ItemAsync(lijst, nr, http, ct) is { } at ? Pages.Of<OnderdeelPage>(new { at.List, at.Item }) : Problems.NotThere(http));
        lists.MapPost("/{lijst}/onderdelen/{nr}", AnswerAsync);
        lists.MapPost("/{lijst}/goedkeuren", (string lijst, HttpContext http, CancellationToken ct) => DecideAsync(
            lijst, http, (at, form) => at.Lists.ApproveAsync(at.Visitor.Acting, lijst, form["kenmerk"].ToString(), ct), "U hebt de lijst goedgekeurd.", ct)).WithMetadata(new FinalAct("een vernietigingslijst goedkeuren"));
        lists.MapPost("/{lijst}/intrekken", (string lijst, HttpContext http, CancellationToken ct) => DecideAsync(
            lijst, http, (at, form) => at.Lists.CancelAsync(at.Visitor.Acting, lijst, form["reden"].ToString(), ct), "De lijst is ingetrokken. Er is niets vernietigd.", ct));
        StatementEndpoints.Map(lists);
        lists.MapPost("/{lijst}/uitvoeren", RunAsync).WithMetadata(new FinalAct("vernietigen wat op een lijst staat"));
    }

    /// <summary>The clock, when it stands in the way and this person can do something about it.</summary>
    private static async Task<ClockStatus?> ClockAsync(At at, CancellationToken ct)
        => await at.Lists.ClockAsync(at.Visitor.Acting, ct) is { IsDone: true, Value: { Refusal: not null } status } ? status : null;

    private static async Task<IResult> DraftAsync(HttpContext http, string path, IReadOnlyList<DossierNumber> only, IReadOnlyCollection<string>? chosen, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var at = At.Of(http)!;
        var (mayLight, mayList) = (ListRights.MayPropose(at.Person, at.Today, DestructionPath.Light), ListRights.MayPropose(at.Person, at.Today, DestructionPath.List));
        if (!mayLight && !mayList) return Problems.NotThere(http);
        DestructionDraft? draft = null;
        if (Words.TryParse<DestructionPath>(path, out var wanted))
        {
            var drawn = await at.Lists.DraftAsync(at.Visitor.Acting, new DestructionChoice(wanted, only), ct);
            if (drawn.IsDone) draft = drawn.Value;
            else if (refusals.Count == 0) refusals = drawn.Refusals;
        }

        return Pages.Of<NieuweLijstPage>(new { Draft = draft, at.Lists.Rules, MayLight = mayLight, MayList = mayList, Refusals = refusals, Chosen = chosen }, Problems.StatusOf(refusals));
    }

    private static async Task<IResult> ProposeAsync(HttpContext http, CancellationToken ct)
    {
        var at = At.Of(http)!;
        var form = await http.Request.ReadFormAsync(ct);
        var chosen = form["dossier"].OfType<string>().ToList();
        if (!Words.TryParse<DestructionPath>(form["pad"].ToString(), out var path))
            return await DraftAsync(http, "", [], null, [new("Kies wat u wilt laten vernietigen.", "Opnamen en dossiers gaan op een eigen lijst.", "Kies een van de twee.")], ct);
        // Nothing chosen is nothing, not everything.
        if (Numbers(form["dossier"]) is not { Count: > 0 } numbers)
            return await DraftAsync(http, form["pad"].ToString(), [], [], [new("Er staat niets op de lijst.", "U hebt niets gekozen.", "Vink aan wat op de lijst komt.")], ct);
        var proposed = await at.Lists.ProposeAsync(at.Visitor.Acting, new DestructionChoice(path, numbers), ct);
        if (!proposed.IsDone) return await DraftAsync(http, form["pad"].ToString(), [], chosen, proposed.Refusals, ct);
        at.Visitor.Tell($"Lijst {proposed.Value.Number} is voorgesteld. Nu moet {string.Join(" en ", proposed.Value.Missing.Select(ListTexts.Of))} haar goedkeuren.");
        return Pages.Next($"/bewaring/lijsten/{proposed.Value.Number}");
    }

    private static async Task<IResult> AnswerAsync(string lijst, string nr, HttpContext http, CancellationToken ct)
    {
        if (await ItemAsync(lijst, nr, http, ct) is not { } found) return Problems.NotThere(http);
        var at = At.Of(http)!;
        var form = await http.Request.ReadFormAsync(ct);
        var input = new DecisionInput(form);
        var answer = input.Word<ItemAnswer>("antwoord", "Het antwoord");
        var until = answer == ItemAnswer.KeepUntil ? input.Day("tot", "De dag") : (DateOnly?)null;
        var reason = answer == ItemAnswer.KeepUntil ? input.Needed("reden", "De reden", "Langer bewaren vraagt een reden.") : null;
        // Somebody else answered meanwhile: then this one was given on another list.
        if (form["kenmerk"].ToString() is { Length: > 0 } seen && seen != found.List.Hash)
            input.Refusals.Insert(0, new("De lijst is veranderd terwijl u bezig was.", "Een ander veranderde iets aan deze lijst.", "Kijk of uw antwoord nog klopt en leg het dan vast.") { Cause = RefusalCause.Changed });
        if (input.Refusals.Count > 0) return Back(input.Refusals);
        var reviewed = await at.Lists.ReviewAsync(at.Visitor.Acting, lijst, found.Item.Number, answer!.Value, until, reason, ct);
        if (!reviewed.IsDone) return Back(reviewed.Refusals);
        at.Visitor.Tell($"Het antwoord voor onderdeel {Nl.Number(found.Item.Number)} is vastgelegd.");
        return Pages.Next($"/bewaring/lijsten/{reviewed.Value.Number}");

        IResult Back(IReadOnlyList<Refusal> refusals)
            => Pages.Of<OnderdeelPage>(new { found.List, found.Item, Refusals = refusals, Form = Entered(form) }, Conflict.Is(refusals) ? StatusCodes.Status409Conflict : Problems.StatusOf(refusals));
    }

    private static async Task<IResult> DecideAsync(string number, HttpContext http, Func<At, IFormCollection, ValueTask<Outcome<DestructionList>>> decide, string told, CancellationToken ct)
    {
        var at = At.Of(http)!;
        var form = await http.Request.ReadFormAsync(ct);
        var decided = await decide(at, form);
        if (!decided.IsDone) return await ShowAsync(number, http, decided.Refusals, Entered(form), ct);
        at.Visitor.Tell(told);
        return Pages.Next($"/bewaring/lijsten/{decided.Value.Number}");
    }

    private static async Task<IResult> RunAsync(string lijst, HttpContext http, DestructionRuns runs, CancellationToken ct)
    {
        var at = At.Of(http)!;
        var form = await http.Request.ReadFormAsync(ct);
        var number = lijst.Trim().ToUpperInvariant();
        var ran = await runs.StartAsync(at.Visitor.Acting, number, form["bevestiging"].ToString(), form["overnemen"].ToString() == "ja");
        if (!ran.IsDone) return await ShowAsync(number, http, ran.Refusals, Entered(form), ct);
        if (ran.Value is { Status: ListStatus.Done }) at.Visitor.Tell("De lijst is uitgevoerd. De verklaring van vernietiging is gemaakt.");
        else if (ran.Value is not null) at.Visitor.Tell("De lijst is uitgevoerd, maar niet alles is gelukt. Hieronder staat wat en waarom.", FlashKind.Warning);
        return Pages.Next($"/bewaring/lijsten/{number}");
    }

    private static async Task<IResult> ShowAsync(string number, HttpContext http, IReadOnlyList<Refusal> refusals, IReadOnlyDictionary<string, string>? form, CancellationToken ct)
    {
        var at = At.Of(http)!;
        if (refusals.Count > 0 && refusals[0].Cause == RefusalCause.NotThere) return Problems.NotThere(http);
        if (await at.Lists.FindAsync(at.Visitor.Acting, number, ct) is not { } list) return Problems.NotThere(http);
        var runs = http.RequestServices.GetRequiredService<DestructionRuns>();
        var progress = runs.Of(list.Number);
        var isEnded = list.Status is ListStatus.Done or ListStatus.DoneInPart;
        var view = new ListView
        {
            List = list,
            Rules = at.Lists.Rules,
            Today = at.Today,
            Approves = ListRights.MayApprove(at.Person, at.Today, list),
            MayAnswer = ListRights.MayAnswer(at.Person, at.Today, list),
            MayCancel = ListRights.MayCancel(at.Person, at.Today, list),
            MayRun = progress is null && ListRights.MayRun(at.Person, at.Today, list),
            Progress = progress,
            HasStatement = isEnded,
            KeyFingerprint = isEnded ? at.Lists.Key.Fingerprint : "",
            Downloads = isEnded ? StatementEndpoints.Forms : [],
        };
        return Pages.Of<LijstPage>(new { View = view, Refusals = refusals, Form = form }, Conflict.Is(refusals) ? StatusCodes.Status409Conflict : Problems.StatusOf(refusals));
    }

    private static async Task<(DestructionList List, DestructionItem Item)?> ItemAsync(string number, string item, HttpContext http, CancellationToken ct)
    {
        var at = At.Of(http)!;
        return await at.Lists.FindAsync(at.Visitor.Acting, number, ct) is { } list && ListRights.MayAnswer(at.Person, at.Today, list)
            && list.Items.FirstOrDefault(known => Nl.Number(known.Number) == item) is { } found ? (list, found) : null;
    }

    private static List<DossierNumber> Numbers(IEnumerable<string?> texts)
        => [.. texts.OfType<string>().Select(text => DossierNumber.TryParse(text, out var number) ? number : (DossierNumber?)null).OfType<DossierNumber>().Distinct()];

    private static Dictionary<string, string> Entered(IFormCollection form) => form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Who asks about lists, and when.</summary>
    internal sealed record At(Visitor Visitor, StaffPerson Person, DestructionRegister Lists, DateOnly Today)
    {
        /// <summary>The asker; <see langword="null"/> when he is not on the staff any more.</summary>
        public static At? Of(HttpContext http)
        {
            var services = http.RequestServices;
            var visitor = http.Visitor();
            return services.GetRequiredService<DossierRegister>().Staff.Find(visitor.Person) is { } person
                ? new At(visitor, person, services.GetRequiredService<DestructionRegister>(), Nl.Today(services.GetRequiredService<TimeProvider>())) : null;
        }
    }
}
