using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Retention;
using DossierKit.Tests.Documents;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Planning;

/// <summary>
/// The planner against the answers of another program, written from the rules on the page alone (src/DossierKit/Retention/README.md, section 10). The cases are events as they stand
/// on disk and instants, so that folding, the legal date and the planner are all compared.
/// </summary>
public sealed class ForeignCasesTests
{
    private const string Variable = "DOSSIERKIT_PLANNING_CASES", OutVariable = "DOSSIERKIT_PLANNING_OUT";

    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Plan_OfForeignCases_IsWhatTheOtherProgramSays()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : RepositoryFiles.Sample("..", "tests", "DossierKit.Tests", "Retention", "Planning", "Cases");
        var file = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")))!;
        var list = ListOf(file);
        var protocols = ProtocolsOf(file);
        var answers = file["cases"]!.AsArray().Select(one => Answer(one!.AsObject(), list, protocols)).ToList();
        answers.ShouldNotBeEmpty();
        if (Environment.GetEnvironmentVariable(OutVariable) is { Length: > 0 } output) File.WriteAllText(output, $"[\n{string.Join(",\n", answers.Select(answer => answer.ToJsonString(Lines)))}\n]\n");
        var expected = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")))!.AsArray().ToDictionary(one => one!["id"]!.GetValue<string>(), one => one!["items"]!);
        var wrong = answers.Where(answer => !expected.TryGetValue(answer["id"]!.GetValue<string>(), out var items) || !JsonNode.DeepEquals(items, answer["items"])).ToList();
        var first = wrong.Take(5).Select(answer => $"{answer["id"]}\n  planner: {answer["items"]!.ToJsonString(Lines)}\n  other:   {expected.GetValueOrDefault(answer["id"]!.GetValue<string>())?.ToJsonString(Lines)}");
        (wrong.Count, string.Join('\n', first)).ShouldBe((0, ""), $"{wrong.Count} of {answers.Count} cases differ");
        expected.Count.ShouldBe(answers.Count);
    }

    /// <summary>The list the cases were made with, else the shipped one.</summary>
    internal static Selectielijst ListOf(JsonNode file)
        => file["list"] is { } own ? SelectielijstImport.Read([new SelectielijstSource("cases.json", JsonSerializer.SerializeToUtf8Bytes(own))], null).Value : ShippedSelectielijst.List;

    /// <summary>The shipped protocols and those that came with the cases.</summary>
    internal static ProtocolLibrary ProtocolsOf(JsonNode file)
        => (file["protocols"]?.AsArray() ?? []).Aggregate(ProtocolLibrary.Shipped, (library, one) => library.With(JsonSerializer.SerializeToUtf8Bytes(one), "cases.json").Value);

    /// <summary>What the planner answers to one case, in the shape of expected.json.</summary>
    internal static JsonObject Answer(JsonObject one, Selectielijst list, ProtocolLibrary protocols)
    {
        var number = new DossierNumber("WL-2000-0001");
        var (protocolId, version) = (one["protocol"]!.GetValue<string>(), one["version"]!.GetValue<string>());
        var events = one["events"]!.AsArray().Select(recorded => recorded!.AsObject()).ToList();
        var begin = events.Count > 0 ? Instant(events[0]["at"]!) : Instant(one["now"]!);
        var entries = new List<DossierEntry>();
        Add(OpaqueId.Derive("begin"u8, "begin"), begin, new DossierCreated { Date = LegalTime.DateOf(begin), Number = number, Protocol = protocolId, ProtocolVersion = version, HashKey = Convert.ToBase64String(new byte[32]) });
        foreach (var recorded in events)
        {
            var at = Instant(recorded["at"]!);
            var json = recorded["event"]!.AsObject();
            json["datum"] ??= LegalTime.DateOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            OpaqueId.TryParse(recorded["entry"]?.GetValue<string>(), out var id).ShouldBeTrue();
            Add(id, at, EventJson.Read(EventKind.Find(json["soort"]!.GetValue<string>())!, JsonSerializer.SerializeToUtf8Bytes(json)));
        }

        var destroyed = events.SelectMany(recorded => recorded["destroyed"]?.AsArray() ?? []).Select(id => OpaqueId.TryParse(id!.GetValue<string>(), out var known) ? known : default).ToHashSet();
        var full = DossierFold.Fold(number, entries, destroyed, entries.Count, DossierAccess.Everything);
        var standing = CaseStanding.Of(full, protocols.Find(full.ProtocolId, full.ProtocolVersion), Convert.ToBase64String(new byte[32]));
        // As the planner meets it: by the bytes of the catalogue.
        var entry = DossierRegister.EntryOf(default, standing with { Retention = RetentionCodec.Read(RetentionCodec.Write(standing.Retention)) });
        var items = RetentionPlanner.PlanOf(entry, list, protocols.Find, LegalTime.DateOf(Instant(one["now"]!)));
        if (items.FirstOrDefault(item => item.Reasons.Count == 0 || item.Reasons.Any(reason => reason.Code.Length == 0 || reason.Article.Length == 0)) is { } silent) Assert.Fail($"{one["id"]}: {silent.Kind} {silent.Status} does not say why.");
        return new JsonObject
        {
            ["id"] = one["id"]!.GetValue<string>(),
            ["items"] = new JsonArray([.. items.Take(1).Concat(items.Skip(1).OrderBy(item => item.Object)).Select(item => new JsonObject
            {
                ["object"] = item.Object?.ToString(),
                ["kind"] = JsonWords.Of(item.Kind),
                ["decision"] = JsonWords.Of(item.Decision),
                ["status"] = JsonWords.Of(item.Status),
                ["ripe"] = item.Ripe?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["due"] = item.Due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["holds"] = new JsonArray([.. item.Holds.Select(hold => hold.Id.ToString()).Order(StringComparer.Ordinal).Select(id => (JsonNode?)id)]),
            })]),
        };

        void Add(OpaqueId by, DateTimeOffset at, DossierEvent happening)
            => entries.Add(new DossierEntry(by, entries.Count + 1, at, EventKind.Of(happening.GetType()), happening.Compartment, happening));
    }

    private static DateTimeOffset Instant(JsonNode node) => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
