using System.Diagnostics;
using System.Text.Json.Nodes;
using DossierKit.Protocols;
using DossierKit.Retention;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Retention.Planning;

/// <summary>
/// The planner against <c>oracle.py</c>, which was written from src/DossierKit/Retention/README.md alone: random dossiers, every field of every item. A difference is a fault of one of the three.
/// 1,000 cases of seed 1; <c>DOSSIERKIT_ORACLE_COUNT=10000</c> and <c>DOSSIERKIT_ORACLE_SEED</c> make it another run. Same seed, same cases.
/// </summary>
public sealed class OracleTests
{
    private static readonly string Here = Path.GetFullPath(RepositoryFiles.Sample("..", "tests", "DossierKit.Tests", "Retention", "Planning"));

    private static readonly Lazy<Cases> Own = new(() => Make(null));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plan_OfRandomDossiers_IsWhatTheRulesSay(bool isOfficialList)
    {
        var cases = isOfficialList ? Make(OfficialList()) : Own.Value;
        cases.Expected.Count.ShouldBe(cases.All.Count);
        var wrong = new List<string>();
        foreach (var one in cases.All)
        {
            var answer = cases.Answer(one);
            var id = one["id"]!.GetValue<string>();
            if (!JsonNode.DeepEquals(answer, cases.Expected[id])) wrong.Add($"{id}\n  planner: {answer.ToJsonString()}\n  oracle:  {cases.Expected[id].ToJsonString()}");
        }

        wrong.ShouldBeEmpty($"{wrong.Count} of {cases.All.Count} differ; look at them with oracle.py {string.Join(' ', cases.Arguments)}. The first:\n{string.Join('\n', wrong.Take(3))}\n");

        // A comparison of nothing but open dossiers would agree as well.
        var kinds = cases.Expected.Values.SelectMany(items => items).CountBy(item => (item!["kind"]!.GetValue<string>(), item["status"]!.GetValue<string>())).ToDictionary();
        kinds.Count.ShouldBe(8 + (3 * 6), "every status of a dossier, and of recordings, kopieën and transcripts");
    }

    [Fact]
    public void Hold_PlacedInAnyDossier_MakesNothingEarlierAndHoldsWhatItIsOn()
        => Law((cases, one, before, random) =>
        {
            var on = before[random.Next(before.Count)]!["object"]?.GetValue<string>();
            var entry = new string('f', 32);
            var placed = new JsonObject { ["soort"] = "bewaargrond-geplaatst", ["grond"] = "civiel", ["verwijzing"] = "P/2", ["toetsenOp"] = "2001-01-01", ["reden"] = "Een zaak.", ["vastgelegdDoor"] = "fi" };
            if (on is not null) placed["object"] = on;
            one["events"]!.AsArray().Insert(random.Next(one["events"]!.AsArray().Count + 1), new JsonObject { ["entry"] = entry, ["at"] = "2024-01-01T12:00:00Z", ["event"] = placed });
            var after = cases.Answer(one);
            if (after.Count != before.Count) return "the items themselves changed";
            foreach (var (was, now) in before.Zip(after))
            {
                var isHeld = now!["holds"]!.AsArray().Any(hold => hold!.GetValue<string>() == entry);
                if (!JsonNode.DeepEquals(was!["ripe"], now["ripe"]) || !JsonNode.DeepEquals(was["due"], now["due"])) return "a hold moved a date";
                if (isHeld && Word(now, "decision") != "bewaren") return "what is held is destroyed";
                if (!isHeld && !JsonNode.DeepEquals(was, now)) return "what is not held changed";
                if (!isHeld && (on is null || Word(now, "object") == on || Word(now, "kind") == "dossier")) return "what it is on is not held";
            }

            return null;
        });

    [Fact]
    public void Class_TakenAwayFromAnyDossier_DestroysNothing()
        => Law((cases, one, before, _) =>
        {
            var events = one["events"]!.AsArray();
            foreach (var set in events.Where(recorded => Word(recorded!["event"]!, "soort") == "klasse-vastgesteld").ToList()) events.Remove(Emptied(set!));
            foreach (var recorded in events) recorded!["event"]!.AsObject().Remove("selectielijstklasse");
            var after = cases.Answer(one);
            if (Word(after[0]!, "decision") != "bewaren") return "a dossier without a class is not kept";
            return before.Zip(after).Any(pair => Word(pair.First!, "decision") == "bewaren" && Word(pair.Second!, "decision") != "bewaren") ? "what was kept is not kept any more" : null;
        });

    [Fact]
    public void Events_ThatAreIndependent_MayBeRecordedInAnyOrder()
        => Law((cases, one, before, random) =>
        {
            // Within a family the order counts; how the families are shuffled together does not.
            var families = one["events"]!.AsArray().Select(recorded => recorded!.DeepClone()).GroupBy(recorded => Family(Word(recorded["event"]!, "soort")!)).Select(family => new Queue<JsonNode>(family)).ToList();
            var shuffled = new JsonArray();
            while (families.Count > 0)
            {
                var next = families[random.Next(families.Count)];
                shuffled.Add(next.Dequeue());
                if (next.Count == 0) families.Remove(next);
            }

            one["events"] = shuffled;
            return JsonNode.DeepEquals(before, cases.Answer(one)) ? null : "another order gives another plan";
        });

    private static string Family(string kind) => kind switch
    {
        "klasse-vastgesteld" or "dossier-gesloten" or "dossier-heropend" => "class and closing",
        "bewaargrond-geplaatst" or "bewaargrond-herzien" or "opheffing-voorgesteld" or "bewaargrond-opgeheven" => "holds",
        "gesprek-gehouden" or "intake-gehouden" or "verantwoording-afgelegd" or "voortgang-gemeld" or "opname-gemaakt" => "what a kenmerk names",
        _ when kind.StartsWith("verslag-", StringComparison.Ordinal) => "verslag",
        _ => kind,
    };

    private static void Law(Func<Cases, JsonObject, JsonArray, Random, string?> breach)
    {
        var cases = Own.Value;
        var random = new Random(1);
        var breaches = new List<string>();
        foreach (var one in cases.All)
        {
            var before = cases.Answer(one);
            if (breach(cases, one.DeepClone().AsObject(), before, random) is { } why) breaches.Add($"{one["id"]}: {why}\n{one.ToJsonString()}");
        }

        breaches.ShouldBeEmpty($"{breaches.Count} of {cases.All.Count} dossiers, the first:\n{breaches.FirstOrDefault()}\n");
    }

    /// <summary>What was destroyed is told by some event; when that one goes, another tells it.</summary>
    private static JsonNode Emptied(JsonNode recorded)
    {
        if (recorded["destroyed"] is not { } destroyed) return recorded;
        var other = recorded.Parent!.AsArray().FirstOrDefault(candidate => candidate != recorded && Word(candidate!["event"]!, "soort") != "klasse-vastgesteld");
        if (other is not null) other["destroyed"] = destroyed.DeepClone();
        return recorded;
    }

    private static string? Word(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static Cases Make(string? official)
    {
        string[] arguments =
        [
            "--seed", Environment.GetEnvironmentVariable("DOSSIERKIT_ORACLE_SEED") ?? "1", "--count", Environment.GetEnvironmentVariable("DOSSIERKIT_ORACLE_COUNT") ?? "1000",
            .. official is null ? [] : new[] { "--official", official },
        ];
        var folder = Directory.CreateTempSubdirectory("dossierkit-oracle-").FullName;
        try
        {
            var start = new ProcessStartInfo("python3", [Path.Combine(Here, "oracle.py"), folder, .. arguments]) { RedirectStandardError = true, UseShellExecute = false };
            start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
            using var python = Start(start);
            var said = python.StandardError.ReadToEnd();
            python.WaitForExit();
            python.ExitCode.ShouldBe(0, said);
            var file = Read("cases.json");
            return new Cases(
                arguments, [.. file["cases"]!.AsArray().Select(one => one!.AsObject())], Read("expected.json").AsArray().ToDictionary(one => one!["id"]!.GetValue<string>(), one => one!["items"]!.AsArray()),
                ForeignCasesTests.ListOf(file), ForeignCasesTests.ProtocolsOf(file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        JsonNode Read(string name) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, name)))!;
    }

    private static string OfficialList()
    {
        var folder = Path.GetFullPath(RepositoryFiles.Sample("..", "..", "shared", "selectielijst"));
        Assert.SkipUnless(Directory.Exists(folder), "The official list is not beside the repository.");
        return folder;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed: apt-get install python3");
            throw;
        }
    }

    /// <summary>Random dossiers and what the oracle says, with the list and the protocols they were made for.</summary>
    private sealed record Cases(IReadOnlyList<string> Arguments, IReadOnlyList<JsonObject> All, IReadOnlyDictionary<string, JsonArray> Expected, Selectielijst List, ProtocolLibrary Protocols)
    {
        /// <summary>The items of the plan. The case itself stays as it was: answering fills in dates.</summary>
        public JsonArray Answer(JsonObject one) => ForeignCasesTests.Answer(one.DeepClone().AsObject(), List, Protocols)["items"]!.AsArray();
    }
}
