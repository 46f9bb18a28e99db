using System.Globalization;
using System.Text.Json.Nodes;

namespace DossierKit.Tests.Cli;

/// <summary>Keeping on the command line: what is shown, and what one, two and the wrong people can decide, by the real program on the demo.</summary>
public sealed class RetentionCommandTests(DemoVault demo) : IClassFixture<DemoVault>
{
    private const string Number = "WL-2021-0004";

    // Holds are looked at again within half a year of the day they are placed, whatever day this runs.
    private static string Review => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(100).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Plan_AsJson_HasForEveryItemWhatADecisionNeeds()
    {
        using var program = demo.Copy();
        var plan = await JsonAsync(program, "retention plan --as archivaris --on 2026-11-22");
        var items = plan["items"]!.AsArray();
        items.Count.ShouldBe(plan["total"]!.GetValue<int>());
        items.Count.ShouldBeGreaterThan(10);
        foreach (var item in items.Select(item => item!.AsObject()))
        {
            foreach (var field in (string[])["dossier", "object", "kind", "decision", "due", "reasons", "status", "ripe", "class", "holds", "warnings"]) item.ContainsKey(field).ShouldBeTrue(field);
            item["reasons"]!.AsArray().Count.ShouldBeGreaterThan(0);
            foreach (var reason in item["reasons"]!.AsArray())
            {
                foreach (var field in (string[])["article", "text", "code"]) reason![field]!.GetValue<string>().ShouldNotBeEmpty();
            }
        }

        var late = await JsonAsync(program, "retention plan --as fi --status te-laat --year 2021 --on 2026-11-22");
        late["items"]!.AsArray().ShouldHaveSingleItem()!["kind"]!.GetValue<string>().ShouldBe("opname");
        var forecast = await JsonAsync(program, "retention forecast --as archivaris --on 2026-11-22");
        forecast["years"]!.AsArray().Sum(year => year!["vernietigen"]!["count"]!.GetValue<int>() + year["overdragen"]!["count"]!.GetValue<int>() + year["opnamen"]!["count"]!.GetValue<int>())
            .ShouldBe(items.Count - forecast["zonderJaar"]!.AsObject().Sum(pair => pair.Value!["count"]!.GetValue<int>()));
        (await program.RunAsync("dossierkit retention plan --as onderzoeker --data demo-data")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Hold_ByOne_IsReleasedByTwo()
    {
        using var program = demo.Copy();
        var recording = (await JsonAsync(program, "retention plan --as fi --status te-laat --year 2021 --on 2026-11-22"))["items"]![0]!["object"]!.GetValue<string>()[..8];
        var place = $"hold place {Number} --object {recording} --kind civiel --reference C/26/1 --review {Review} --reason Ontslag --as fi";
        (await JsonAsync(program, $"{place} --dry-run"))["recorded"]!.GetValue<bool>().ShouldBeFalse();
        (await JsonAsync(program, $"hold list {Number} --as fi")).AsArray().ShouldBeEmpty();
        var hold = (await JsonAsync(program, place))["holds"]![0]!["id"]!.GetValue<string>()[..8];
        (await JsonAsync(program, "retention plan --as archivaris --status vastgehouden"))["items"]!.AsArray().Count(item => item!["dossier"]!.GetValue<string>() == Number).ShouldBe(2);
        (await JsonAsync(program, "hold list --as archivaris")).AsArray().ShouldContain(item => item!["dossier"]!.GetValue<string>() == Number);

        (await JsonAsync(program, $"hold release {Number} {hold} --reason Klaar --as fi"))["released"]!.GetValue<bool>().ShouldBeFalse();
        var again = await program.RunAsync($"dossierkit hold release {Number} {hold} --reason Klaar --as fi --data demo-data");
        (again.Exit, again.Error).ShouldSatisfyAllConditions(answer => answer.Exit.ShouldBe(1), answer => answer.Error.ShouldContain("Een ander moet dit bevestigen"));
        (await JsonAsync(program, $"hold release {Number} {hold} --reason Klaar --as archivaris"))["released"]!.GetValue<bool>().ShouldBeTrue();
        (await JsonAsync(program, $"hold list {Number} --as fi")).AsArray().ShouldBeEmpty();
        (await JsonAsync(program, $"retention explain {Number} --as fi"))["besluiten"]!.AsArray().Count.ShouldBe(3);
        // Not there and not for this person are one answer.
        (await program.RunAsync("dossierkit hold list WL-2099-0001 --as fi --data demo-data")).Exit.ShouldBe((await program.RunAsync($"dossierkit hold list {Number} --as onderzoeker --data demo-data")).Exit);
    }

    [Fact]
    public async Task Classify_AndDate_ShowWhatFollowsAndNeverShorten()
    {
        using var program = demo.Copy();
        (await program.RunAsync($"dossierkit retention classify {Number} --result 12.1.7 --from hoofdzaak --ground x --as fi --data demo-data")).Error.ShouldContain("geen deelzaak");
        var set = await JsonAsync(program, $"retention classify {Number} --result 12.2 --ground Sanctie --as fi");
        (set["item"]!["class"]!["resultaat"]!.GetValue<string>(), set["item"]!["due"]!.GetValue<string>()).ShouldBe(("12.2", "2031-07-05"));
        (await program.RunAsync($"dossierkit retention date {Number} --keep-until 2031-07-04 --reason x --as fi --data demo-data")).Exit.ShouldBe(1);
        (await JsonAsync(program, $"retention date {Number} --keep-until 2040-01-01 --reason Onderzoek --as archivaris"))["item"]!["due"]!.GetValue<string>().ShouldBe("2040-01-01");
        (await JsonAsync(program, $"retention date {Number} --withdraw --reason Klaar --as archivaris"))["item"]!["due"]!.GetValue<string>().ShouldBe("2031-07-05");
        (await program.RunAsync($"dossierkit retention date {Number} --withdraw --keep-forever --reason x --as fi --data demo-data")).Exit.ShouldBe(2);
    }

    private static async Task<JsonNode> JsonAsync(DossierKitProcess program, string command)
    {
        var answer = await program.RunAsync($"dossierkit {command} --json --data demo-data");
        answer.Exit.ShouldBe(0, answer.ToString());
        return JsonNode.Parse(answer.Out)!;
    }
}
