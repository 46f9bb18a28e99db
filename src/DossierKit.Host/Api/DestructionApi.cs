using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Bewaring;
using DossierKit.Retention;

namespace DossierKit.Host.Api;

/// <summary><c>/v1/bewaring/lijsten</c>: lists of destruction. Reading is for programs too; deciding is for people.</summary>
internal static class DestructionApi
{
    private const string Tag = "Vernietigen";
    private const string Item = """
        {
          "nr": 1, "dossier": "WL-2014-0001", "kind": "dossier", "status": "te-laat", "ripe": "2024-11-10", "due": "2024-11-10", "klasse": "12.1.7", "bytes": 72900, "kopieenElders": 0,
          "vingerafdruk": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "antwoord": "vernietigen", "uitkomst": "open", "opnieuw": false, "veranderd": [],
          "reasons": [{ "code": "bereikt", "text": "De termijn is om sinds 10 november 2024.", "article": "selectielijst-2020, 12.1.7" }]
        }
        """;
    private const string One = $$"""
        {
          "lijst": "VL-2026-0001", "pad": "lijst", "status": "voorgesteld", "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
          "voorgesteldDoor": "fi", "voorgesteldAls": "fi", "voorgesteldOp": "2026-03-02T09:30:00+00:00", "goedkeuringen": [], "vervallen": 0, "nodig": ["archivaris", "medebeslisser"],
          "definitief": false, "sleutelsWegVolgens": [], "elders": false, "onderdelen": [{{Item}}]
        }
        """;

    public static void Map(IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("/bewaring/lijsten").AddEndpointFilter(async (context, next)
            => At(context.HttpContext) is { } at && ListRights.MaySee(at.Person, at.Today) ? await next(context) : Problems.NotThere(context.HttpContext));
        lists.MapGet("", ListAsync)
            .Describe("lijstenOpvragen", Tag, "Welke lijsten er zijn", "De nieuwste eerst; geen lijst met een zaak waar u bij hoort.")
            .Paged().Gives<Page<Vernietigingslijst>>(example: $$"""{ "items": [{{One}}], "total": 1 }""").Refuses(404);
        lists.MapGet("/{lijst}", async (string lijst, HttpContext http, CancellationToken ct)
                => await At(http)!.Lists.FindAsync(At(http)!.Visitor.Acting, lijst, ct) is { } list ? Show(list) : Problems.NotThere(http))
            .Describe("lijstOpvragen", Tag, "Een lijst met haar onderdelen").Gives<Vernietigingslijst>(example: One);
        lists.MapPost("/concept", (HttpContext http, CancellationToken ct) => ProposeAsync(http, isDraft: true, ct))
            .Describe("lijstProberen", Tag, "Zien wat er op een lijst zou komen", "Er wordt niets vastgelegd.")
            .Takes<Lijstvoorstel>("""{ "pad": "lijst" }""").Gives<Lijstconcept>(example: $$"""{ "pad": "lijst", "onderdelen": [{{Item}}], "nietOpDeLijst": [] }""").Refuses(404);
        lists.MapPost("", (HttpContext http, CancellationToken ct) => ProposeAsync(http, isDraft: false, ct))
            .Describe("lijstVoorstellen", Tag, "Een lijst voorstellen", "Anderen keuren haar goed. Niet met een token. Wat al op een lijst staat, komt niet op een tweede: tweemaal sturen maakt geen twee lijsten.")
            .Takes<Lijstvoorstel>("""{ "pad": "lijst", "dossiers": ["WL-2014-0001"] }""").Makes().Gives<Vernietigingslijst>(StatusCodes.Status201Created, One).Refuses(404, 409);
        lists.MapPost("/{lijst}/onderdelen/{onderdeel}", AnswerAsync)
            .Describe("onderdeelBeantwoorden", Tag, "Antwoorden wat met een onderdeel gebeurt", "Niet met een token. Eerdere goedkeuringen vervallen.")
            .Takes<Antwoord>("""{ "antwoord": "bewaren-tot", "tot": "2030-01-01", "reden": "Er komt een boek over deze tijd." }""").Makes().Gives<Vernietigingslijst>(example: One).Refuses(409, 412);
        lists.MapPost("/{lijst}/goedkeuring", ApproveAsync)
            .Describe("lijstGoedkeuren", Tag, "Een lijst goedkeuren", "Precies de lijst met deze hash; is zij veranderd, dan is het antwoord 412. Een handeling van een mens.")
            .Takes<Bevestiging>("""{ "bevestiging": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752" }""").Makes().Gives<Vernietigingslijst>(example: One).Refuses(409, 412);
        lists.MapPost("/{lijst}/intrekking", CancelAsync)
            .Describe("lijstIntrekken", Tag, "Een lijst intrekken", "Tot zij is uitgevoerd. Niet met een token.")
            .Takes<Besluitreden>("""{ "reden": "Eerst nog overleggen." }""").Makes().Gives<Vernietigingslijst>(example: One).Refuses(409);
        lists.MapPost("/{lijst}/uitvoering", RunAsync)
            .Describe("lijstUitvoeren", Tag, "Vernietigen wat op de lijst staat", "Een handeling van een mens. Duurt het lang, dan is het antwoord er eerder, met status in-uitvoering.")
            .Takes<Bevestiging>("""{ "bevestiging": "VL-2026-0001" }""").Makes().Gives<Vernietigingslijst>(example: One).Refuses(409, 412);
        lists.MapGet("/{lijst}/verklaring", (string lijst, HttpContext http, CancellationToken ct) => StatementEndpoints.GiveAsync(lijst, "json", http, ct))
            .Describe("verklaringOpvragen", Tag, "De verklaring van vernietiging, ondertekend", "Te controleren zonder de kluis: ECDSA P-256 over SHA-256 van de canonieke JSON.").GivesBytes(200, "application/json")
            .WithMetadata(new Example(200, JsonNode.Parse("""{ "verklaring": { "soort": "verklaring-van-vernietiging", "lijst": "VL-2026-0001" }, "handtekening": { "algoritme": "ECDSA-P256-SHA256" } }""")!));
        lists.MapGet("/{lijst}/verklaring/csv", (string lijst, HttpContext http, CancellationToken ct) => StatementEndpoints.GiveAsync(lijst, "csv", http, ct))
            .Describe("verklaringAlsCsv", Tag, "De verklaring als tabel", "Met de kolommen van Open Archiefbeheer.").GivesBytes(200, "text/csv");
        lists.MapGet("/{lijst}/verklaring/docx", (string lijst, HttpContext http, CancellationToken ct) => StatementEndpoints.GiveAsync(lijst, "docx", http, ct))
            .Describe("verklaringAlsDocument", Tag, "De verklaring als Word-bestand").GivesBytes(200, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }

    private static async Task<IResult> ListAsync(HttpContext http, CancellationToken ct)
    {
        var at = At(http)!;
        var found = await at.Lists.ListAsync(at.Visitor.Acting, ct);
        return found.IsDone ? Results.Json(Paging.Of(http, found.Value, list => list.Number, Vernietigingslijst.Of), ApiJson.Default.PageVernietigingslijst) : WriteConditions.Refuse(http, found.Refusals);
    }

    private static async Task<IResult> ProposeAsync(HttpContext http, bool isDraft, CancellationToken ct)
    {
        var at = At(http)!;
        var body = await RequestBody.ReadAsync(http, ct);
        var wanted = RequestBody.Parse(body, ApiJson.Default.Lijstvoorstel);
        if (!wanted.IsDone) return Problems.Of(wanted.Refusals);
        var refusals = new List<Refusal>();
        var path = RetentionApi.Word<DestructionPath>(wanted.Value.Path, "pad", refusals);
        var numbers = new List<DossierNumber>();
        foreach (var text in wanted.Value.Dossiers ?? [])
        {
            if (DossierNumber.TryParse(text, out var number)) numbers.Add(number);
            else refusals.Add(new("Dit is geen dossiernummer.", "Een nummer ziet eruit als WL-2026-0001.", "Verbeter het nummer.") { Subject = "dossiers" });
        }

        if (refusals.Count > 0) return Problems.Of(refusals);
        var choice = new DestructionChoice(path, numbers);
        if (isDraft)
        {
            var draft = await at.Lists.DraftAsync(at.Visitor.Acting, choice, ct);
            return draft.IsDone ? Results.Json(Lijstconcept.Of(draft.Value), ApiJson.Default.Lijstconcept) : WriteConditions.Refuse(http, draft.Refusals);
        }

        var proposed = await at.Lists.ProposeAsync(at.Visitor.Acting, choice, WriteConditions.KeyOf(http, body.Span), ct);
        if (!proposed.IsDone) return WriteConditions.Refuse(http, proposed.Refusals);
        http.Response.Headers.Location = $"/v1/bewaring/lijsten/{proposed.Value.Number}";
        return Results.Json(Vernietigingslijst.Of(proposed.Value), ApiJson.Default.Vernietigingslijst, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> AnswerAsync(string lijst, string onderdeel, HttpContext http, CancellationToken ct)
    {
        var at = At(http)!;
        var body = await RequestBody.ReadAsync(http, ct);
        var wanted = RequestBody.Parse(body, ApiJson.Default.Antwoord);
        if (!wanted.IsDone) return Problems.Of(wanted.Refusals);
        var refusals = new List<Refusal>();
        var answer = RetentionApi.Word<ItemAnswer>(wanted.Value.Answer, "antwoord", refusals);
        if (refusals.Count > 0) return Problems.Of(refusals);
        if (!int.TryParse(onderdeel, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)) return Problems.NotThere(http);
        return Answer(http, await at.Lists.ReviewAsync(at.Visitor.Acting, lijst, number, answer, wanted.Value.Until, wanted.Value.Reason, WriteConditions.KeyOf(http, body.Span), ct));
    }

    private static async Task<IResult> ApproveAsync(string lijst, HttpContext http, CancellationToken ct)
    {
        var at = At(http)!;
        var body = await RequestBody.ReadAsync(http, ct);
        var wanted = RequestBody.Parse(body, ApiJson.Default.Bevestiging);
        if (!wanted.IsDone) return Problems.Of(wanted.Refusals);
        if (await at.Lists.FindAsync(at.Visitor.Acting, lijst, ct) is null) return Problems.NotThere(http);
        if (!FinalActGate.HasProof(http, at.Visitor)) return FinalActGate.Ask(at.Visitor);
        return Answer(http, await at.Lists.ApproveAsync(at.Visitor.Acting, lijst, wanted.Value.Text, WriteConditions.KeyOf(http, body.Span), ct));
    }

    private static async Task<IResult> CancelAsync(string lijst, HttpContext http, CancellationToken ct)
    {
        var at = At(http)!;
        var body = await RequestBody.ReadAsync(http, ct);
        var wanted = RequestBody.Parse(body, ApiJson.Default.Besluitreden);
        return wanted.IsDone ? Answer(http, await at.Lists.CancelAsync(at.Visitor.Acting, lijst, wanted.Value.Reason, WriteConditions.KeyOf(http, body.Span), ct)) : Problems.Of(wanted.Refusals);
    }

    private static async Task<IResult> RunAsync(string lijst, HttpContext http, DestructionRuns runs, CancellationToken ct)
    {
        var at = At(http)!;
        var body = await RequestBody.ReadAsync(http, ct);
        var wanted = RequestBody.Parse(body, ApiJson.Default.Bevestiging);
        if (!wanted.IsDone) return Problems.Of(wanted.Refusals);
        if (await at.Lists.FindAsync(at.Visitor.Acting, lijst, ct) is not { } list) return Problems.NotThere(http);
        if (!FinalActGate.HasProof(http, at.Visitor)) return FinalActGate.Ask(at.Visitor);
        var ran = await runs.StartAsync(at.Visitor.Acting, list.Number, wanted.Value.Text, wanted.Value.TakesOver == true, WriteConditions.KeyOf(http, body.Span));
        if (!ran.IsDone) return WriteConditions.Refuse(http, ran.Refusals);
        return (ran.Value ?? await at.Lists.FindAsync(at.Visitor.Acting, list.Number, ct)) is { } now ? Show(now) : Problems.NotThere(http);
    }

    private static IResult Answer(HttpContext http, Outcome<DestructionList> decided) => decided.IsDone ? Show(decided.Value) : WriteConditions.Refuse(http, decided.Refusals);

    private static IResult Show(DestructionList list) => Results.Json(Vernietigingslijst.Of(list), ApiJson.Default.Vernietigingslijst);

    private static LijstEndpoints.At? At(HttpContext http) => LijstEndpoints.At.Of(http);
}
