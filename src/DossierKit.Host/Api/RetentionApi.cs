using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Cli.Commands;
using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;
using DossierKit.Host.Web.Bewaring;
using DossierKit.Retention;

namespace DossierKit.Host.Api;

/// <summary><c>/v1/bewaring</c>: how long everything is kept and why, the forecast, and the decisions on one dossier. Reached without opening a dossier, so no purpose is asked.</summary>
internal static class RetentionApi
{
    private const string Tag = "Bewaring";
    private const string Line = """
        {
          "dossier": "WL-2014-0001", "kind": "dossier", "decision": "vernietigen", "status": "moet", "ripe": "2024-11-10", "due": "2024-11-10", "bytes": 72900,
          "class": { "lijst": "selectielijst-2020", "resultaat": "12.1.7", "nominatie": "vernietigen", "termijn": "P10Y", "vanaf": "afgehandeld", "op": "2014-11-10" },
          "holds": [], "reasons": [{ "code": "klasse", "text": "Klasse 12.1.7: vernietigen na 10 jaar.", "article": "selectielijst-2020, 12.1.7" }], "warnings": [],
          "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        }
        """;
    private const string Whole = $$"""{ "nummer": "WL-2014-0001", "fase": "gesloten", "begonnen": "2014-02-03", "gesloten": "2014-11-10", "brondatums": [], "items": [{{Line}}] }""";

    public static void Map(IEndpointRouteBuilder api)
    {
        var bewaring = api.MapGroup("/bewaring").WithMetadata(new ArchiveRoute());
        bewaring.MapGet("/plan", Plan)
            .Describe("bewaarplanOpvragen", Tag, "Het plan van vandaag", "Elk dossier, en elke opname met een eigen termijn: wat ermee moet gebeuren, wanneer en waarom. Op volgorde van nummer.")
            .Query("stand", "Alleen met deze stand.", [.. Words.All<RetentionStatus>()]).Query("soort", "Alleen deze soort.", [.. Words.All<RetentionObject>()])
            .Query("jaar", "Alleen wat in dit jaar weg mag of moet; wat al eerder moest, telt in het lopende jaar.", isNumber: true).Query("klasse", "Alleen met deze klasse, zoals 12.1.7.")
            .Paged().Gives<Page<Bewaarregel>>(example: $$"""{ "items": [{{Line}}], "total": 1 }""").Refuses(404);
        bewaring.MapGet("/vooruitblik", (AtArchive at) => Results.Json(Vooruitblik.Of(RetentionForecast.Of(at.Plan())), ApiJson.Default.Vooruitblik))
            .Describe("vooruitblikOpvragen", Tag, "Wat er per jaar weg mag of naar het archief gaat")
            .Gives<Vooruitblik>(example: """
                {
                  "today": "2026-03-02", "zonderJaar": { "open": { "count": 7, "bytes": 1100000 } },
                  "years": [{ "year": 2026, "vernietigen": { "count": 1, "bytes": 72900 }, "overdragen": { "count": 0, "bytes": 0 }, "opnamen": { "count": 1, "bytes": 69100 }, "klassen": { "12.1.7": { "count": 1, "bytes": 72900 } } }]
                }
                """).Refuses(404);
        bewaring.MapGet("/selectielijst", Classes)
            .Describe("selectielijstOpvragen", Tag, "De selectielijst die in gebruik is").Paged()
            .Gives<Page<Selectielijstresultaat>>(example: """{ "items": [{ "lijst": "selectielijst-2020", "nummer": "12.1.7", "naam": "Integriteitsonderzoek", "nominatie": "vernietigen", "termijn": "P10Y", "vanaf": ["afgehandeld"] }], "total": 1 }""").Refuses(404);
        bewaring.MapGet("/dossiers/{nummer}", (string nummer, AtArchive at, HttpContext http) =>
            {
                if (at.Find(nummer) is not { } entry) return Problems.NotThere(http);
                return WriteConditions.IsKnown(http, entry.Version) ? Results.StatusCode(StatusCodes.Status304NotModified) : Show(at, entry);
            })
            .Describe("bewaringOpvragen", Tag, "Hoe lang een dossier en wat erin ligt bewaard blijft", "Met de stappen: waarom deze datum.").Versioned().Gives<Bewaring>(example: Whole);
        bewaring.MapGet("/dossiers/{nummer}/besluiten", HistoryAsync)
            .Describe("bewaarbesluitenOpvragen", Tag, "Wat over het bewaren is besloten, door wie en waarom", "Voor wie over het bewaren van dit dossier beslist. Het oudste eerst.")
            .Paged().Refuses(403).Gives<Page<Bewaarbesluit>>(example: """
                { "items": [{ "id": "0f8e7d6c5b4a39281706f5e4d3c2b1a0", "soort": "klasse-vastgesteld", "datum": "2026-03-02", "vastgelegdDoor": "archivaris", "inhoud": { "resultaat": "12.1.7", "grond": "Integriteitsonderzoek na een melding" } }], "total": 1 }
                """);

        Decision<NieuweKlasse>(bewaring, "/klasse", "klasseVaststellen", "De klasse vaststellen", "Volgens de selectielijst die in gebruik is.", ApiJson.Default.NieuweKlasse,
            """{ "resultaat": "12.1.7", "grond": "Integriteitsonderzoek na een melding; geen sanctie." }""",
            (_, wanted, _, refusals) => new ClassRequest(wanted.Result, wanted.Ground, wanted.From is { } from ? Word<Afleidingswijze>(from, "vanaf", refusals) : null, wanted.Kenmerk, wanted.ProcessTerm));
        Decision<NieuweBrondatum>(bewaring, "/brondatum", "brondatumVastleggen", "Een datum vastleggen waar de termijn van loopt", "", ApiJson.Default.NieuweBrondatum,
            """{ "vanaf": "ander_datumkenmerk", "datumkenmerk": "einde-dienstverband", "brondatum": "2026-03-01", "grond": "Volgens het ontslagbesluit." }""",
            (_, wanted, at, refusals) => new SourceDateSet { Date = at.Today, From = Word<Afleidingswijze>(wanted.From, "vanaf", refusals), Kenmerk = wanted.Kenmerk, SourceDate = wanted.Date, Ground = wanted.Ground });
        Decision<NieuweDatum>(bewaring, "/datum", "archiefactiedatumAanpassen", "Langer bewaren, of daarop terugkomen", "Nooit korter dan de termijn zegt. Terugkomen op zo'n besluit doet een mens.", ApiJson.Default.NieuweDatum,
            """{ "tot": "2040-01-01", "reden": "Van belang voor de geschiedenis van de gemeente." }""",
            (entry, wanted, at, refusals) => new ActionDateChanged
            {
                Date = at.Today,
                KeepUntil = wanted.KeepUntil,
                Nominatie = wanted.Nominatie is { } other ? Word<Nominatie>(other, "nominatie", refusals) : null,
                Computed = entry.At.Desk.ComputedOf(entry.Entry),
                IsWithdrawn = wanted.IsWithdrawn,
                Reason = wanted.Reason,
            });
        Decision<NieuweOverdracht>(bewaring, "/overdracht", "overdrachtVastleggen", "Vastleggen dat het archief het dossier heeft ontvangen",
            "Een handeling van een mens. Er moet een export van zijn, en de klasse mag niet zeggen dat het wordt vernietigd.", ApiJson.Default.NieuweOverdracht,
            """{ "aan": "Regionaal Archief", "datum": "2026-03-02", "ontvangstbewijs": "RA-2026-17" }""",
            (_, wanted, _, _) => new DossierTransferred { Date = wanted.Date, To = wanted.To, Receipt = wanted.Receipt, Sha256 = wanted.Sha256?.ToLowerInvariant() });
        Decision<Terugname>(bewaring, "/overdracht/terugnemen", "overdrachtTerugnemen", "Terugnemen dat het archief het dossier heeft ontvangen", "Als dat verkeerd is vastgelegd. Een handeling van een mens.",
            ApiJson.Default.Terugname, """{ "reden": "Het ontvangstbewijs was van een ander dossier." }""",
            (_, wanted, at, _) => new DossierTransferred { Date = at.Today, IsWithdrawn = true, Reason = wanted.Reason });
    }

    /// <summary>A route that records a decision on the keeping of one dossier, on the version it was taken on, once per key.</summary>
    internal static void Decision<TWanted>(
        IEndpointRouteBuilder bewaring, string path, string operation, string summary, string description, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TWanted> type, string example,
        Func<Deciding, TWanted, AtArchive, List<Refusal>, Taken> read, string tag = Tag)
        where TWanted : notnull
        => bewaring.MapPost("/dossiers/{nummer}" + path, async (string nummer, AtArchive at, HttpContext http, CancellationToken ct) =>
            {
                if (Deciding.Find(at, nummer, http.Request.RouteValues["id"] as string) is not { } about) return Problems.NotThere(http);
                var body = await RequestBody.ReadAsync(http, ct);
                var (terms, problem) = WriteConditions.Read(http, about.Entry.Version, body.Span);
                if (problem is not null) return problem;
                var wanted = RequestBody.Parse(body, type);
                if (!wanted.IsDone) return Problems.Of(wanted.Refusals);
                var refusals = new List<Refusal>();
                var taken = read(about, wanted.Value, at, refusals);
                if (refusals.Count > 0) return Problems.Of(refusals);
                // A final act is one wherever it is done: somebody shows to be there, and a token shows nobody.
                if (IsFinal(taken) && !FinalActGate.HasProof(http, at.Visitor)) return FinalActGate.Ask(at.Visitor);
                var recorded = await about.RecordAsync(taken, terms, ct);
                if (!recorded.IsDone) return WriteConditions.Refuse(http, recorded.Refusals);
                WriteConditions.Tell(http, recorded.Value.Version);
                return Show(at, recorded.Value);
            })
            .Describe(operation, tag, summary, description).Takes<TWanted>(example).Changes().Refuses(403).Gives<Bewaring>(example: Whole);

    private static bool IsFinal(Taken taken) => taken.Event is HoldReleased or DossierTransferred or ActionDateChanged { IsWithdrawn: true };

    internal static T Word<T>(string word, string field, List<Refusal> refusals)
        where T : struct, Enum
    {
        if (Words.TryParse<T>(word, out var value)) return value;
        refusals.Add(new($"De waarde van '{field}' kan niet.", $"Kies een van: {string.Join(", ", Words.All<T>())}.", "Verbeter het veld.") { Subject = field });
        return default;
    }

    private static IResult Plan(AtArchive at, HttpContext http)
    {
        var query = http.Request.Query;
        var refusals = new List<Refusal>();
        var status = query["stand"].ToString() is { Length: > 0 } state ? Word<RetentionStatus>(state, "stand", refusals) : (RetentionStatus?)null;
        var kind = query["soort"].ToString() is { Length: > 0 } sort ? Word<RetentionObject>(sort, "soort", refusals) : (RetentionObject?)null;
        int? year = null;
        if (query["jaar"].ToString() is { Length: > 0 } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1900 and <= 9999) year = number;
            else refusals.Add(new("Dit is geen jaar.", "De waarde van 'jaar' kan niet.", "Schrijf een jaar als 2026.") { Subject = "jaar" });
        }

        if (refusals.Count > 0) return Problems.Of(refusals);
        var wanted = query["klasse"].ToString();
        var items = at.Plan().Items.Where(item => (status is null || item.Status == status) && (kind is null || item.Kind == kind) && (year is null || RetentionQuery.YearOf(item, at.Today) == year)
            && (wanted.Length == 0 || item.Class?.Result == wanted)).ToList();
        return Results.Json(Paging.Of(http, items, item => item.Object is { } id ? $"{item.Dossier}.{id}" : item.Dossier.Value, Bewaarregel.Of), ApiJson.Default.PageBewaarregel);
    }

    private static IResult Classes(AtArchive at, HttpContext http)
    {
        var list = at.List;
        return Results.Json(Paging.Of(http, list.Results, result => result.Number, result => new Selectielijstresultaat
        {
            List = list.Id,
            Number = result.Number,
            Name = result.Name,
            Nominatie = result.Nominatie is { } known ? Words.Of(known) : null,
            Term = result.Term,
            From = [.. SelectielijstClass.AllowedFor(result).Select(Words.Of)],
        }), ApiJson.Default.PageSelectielijstresultaat);
    }

    private static async Task<IResult> HistoryAsync(string nummer, AtArchive at, HttpContext http, CancellationToken ct)
    {
        if (at.Find(nummer) is not { } entry) return Problems.NotThere(http);
        var history = await at.Archive.HistoryAsync(entry.Number, ct);
        if (!history.IsDone) return WriteConditions.Refuse(http, history.Refusals);
        return Results.Json(Paging.Of(http, history.Value, recorded => recorded.Entry.ToString(), recorded => new Bewaarbesluit
        {
            Id = recorded.Entry.ToString(),
            Kind = recorded.Event.Name,
            Date = recorded.Event.Date,
            By = recorded.Event.RecordedBy?.Value,
            Content = DossierJson.Event(recorded.Event).AsObject(),
        }), ApiJson.Default.PageBewaarbesluit);
    }

    private static IResult Show(AtArchive at, ArchiveEntry entry) => Results.Json(Bewaring.Of(entry, at.PlanOf(entry)), ApiJson.Default.Bewaring);
}
