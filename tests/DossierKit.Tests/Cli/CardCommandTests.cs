using System.Text.Json.Nodes;

namespace DossierKit.Tests.Cli;

/// <summary>Comparing on the command line, by the real program on the demo: a card from its proposal to its end, and what each sees of it.</summary>
public sealed class CardCommandTests(DemoVault demo) : IClassFixture<DemoVault>
{
    private const string Case = "WL-2021-0004";
    private const string Asking = "WL-2026-0001";

    [Fact]
    public async Task Card_FromProposalToItsEnd()
    {
        using var program = demo.Copy();
        (await JsonAsync(program, "card list --as fi"))["kaarten"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(6);
        var propose = $"card propose {Case} --group uitvoering --basis interne-regeling --intent opzet --duration tot-3-maanden --damage tot-500 --measure terugplaatsing --as fi --purpose Kaart";
        var refused = await program.RunAsync($"dossierkit {propose} --summary \"Iemand nam in maart materiaal mee naar huis.\" --data demo-data");
        (refused.Exit, refused.Error).ShouldSatisfyAllConditions(answer => answer.Exit.ShouldBe(1), answer => answer.Error.ShouldContain("een dag of maand"));
        var card = await JsonAsync(program, $"{propose} --summary \"Iemand nam materiaal van het werk mee naar huis.\"");
        card["status"]!.GetValue<string>().ShouldBe("voorgesteld");
        var (id, hash) = (card["kaart"]!.GetValue<string>(), card["sha256"]!.GetValue<string>());
        (await program.RunAsync($"dossierkit card approve {Case} {id} --sha256 {hash} --as fi --purpose Kaart --data demo-data")).Exit.ShouldBe(1);
        var seen = $"similar {Asking} --type misbruik-bedrijfsmiddelen-interne-regels --purpose Wegen";
        Ids(await JsonAsync(program, $"{seen} --as verantwoordelijke")).ShouldNotContain(id);
        (await JsonAsync(program, $"card approve {Case} {id} --sha256 {hash} --as plaatsvervanger --purpose Kaart"))["goedgekeurdDoor"]!.GetValue<string>().ShouldBe("plaatsvervanger");

        var imposes = await JsonAsync(program, $"{seen} --as verantwoordelijke");
        Ids(imposes).ShouldContain(id);
        imposes["vergelijkt"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["onderzoek", "oordeel", "maatregel"]);
        imposes["naaste"]!.AsArray().Single(one => one!["kaart"]!.GetValue<string>() == id)!["inhoud"]!["maatregel"]!.GetValue<string>().ShouldBe("terugplaatsing");
        var fi = await JsonAsync(program, $"{seen} --as fi");
        Ids(fi).ShouldContain(id);
        fi["naaste"]!.ToJsonString().ShouldNotContain("maatregel");
        (await program.RunAsync($"dossierkit {seen} --as vreemde --data demo-data")).Exit.ShouldBe(1);

        var request = (await JsonAsync(program, $"card ask {Asking} {id} --reason Waarom --as verantwoordelijke --purpose Wegen"))["verzoek"]!.GetValue<string>();
        // He answers for that case himself as well, and still does not decide on what he asked.
        (await program.RunAsync($"dossierkit card decide {Case} {request} --reason Nee --as verantwoordelijke --purpose Verzoek --data demo-data")).Exit.ShouldBe(1);
        (await JsonAsync(program, $"card decide {Case} {request} --reason Nee --as fi --purpose Verzoek"))["akkoord"]!.GetValue<bool>().ShouldBeFalse();
        (await JsonAsync(program, "card requests --as verantwoordelijke")).AsArray().ShouldHaveSingleItem();
        (await JsonAsync(program, "card log --as fi")).AsArray().Count.ShouldBe(3);

        (await JsonAsync(program, $"card withdraw {Case} {id} --as fi --purpose Kaart"))["oorzaak"]!.GetValue<string>().ShouldBe("ingetrokken");
        Ids(await JsonAsync(program, $"{seen} --as verantwoordelijke")).ShouldNotContain(id);
    }

    private static IEnumerable<string> Ids(JsonNode found) => found["naaste"]!.AsArray().Select(card => card!["kaart"]!.GetValue<string>());

    private static async Task<JsonNode> JsonAsync(DossierKitProcess program, string words)
    {
        var answer = await program.RunAsync($"dossierkit {words} --json --data demo-data");
        answer.Exit.ShouldBe(0, $"{words}\n{answer}");
        return JsonNode.Parse(answer.Out)!;
    }
}
