using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DossierKit.Dossiers;
using DossierKit.Host.Web.Parts;
using DossierKit.Host.Web.Vastleggen;
using DossierKit.Protocols;
using DossierKit.Tests.Serving;
using Microsoft.Extensions.Primitives;
using EventNames = DossierKit.Protocols.EventNames;

namespace DossierKit.Tests.Web.Steps;

public sealed class EventFormTests(ServedVault served) : IClassFixture<ServedVault>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly DateOnly Day = new(2026, 11, 2);

    private static IEnumerable<EventKind> Recordable => EventKind.All.Where(kind => !kind.IsWrittenByRegister && kind.Name != EventNames.AntwoordenVastgelegd);

    public static IEnumerable<TheoryDataRow<string>> Kinds => Recordable.Select(kind => new TheoryDataRow<string>(kind.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Form_EveryFieldFilledIn_GivesTheEventWithEveryField(string name)
    {
        using var dossier = await OpenAsync("WL-2026-0001");
        var form = new EventForm(dossier, EventKind.Find(name)!, served.Register.Staff.Persons, Day);
        var filled = form.All.Where(field => field.Options is not { Count: 0 }).ToDictionary(field => field.Name, field => new StringValues(Sample(field)), StringComparer.Ordinal);
        // Where this dossier has nothing to choose from, a word of the right shape stands in.
        foreach (var field in form.All.Where(field => field is { Options.Count: 0, IsOptional: false })) filled[field.Name] = Stand(field);

        var read = form.Read(filled);
        read.IsDone.ShouldBeTrue(string.Join(Environment.NewLine, read.Refusals));
        var json = JsonSerializer.SerializeToNode(read.Value, EventJson.TypeInfoOf(read.Value.GetType()))!.AsObject();
        foreach (var (field, values) in filled)
        {
            JsonNode? at = json;
            foreach (var part in field.Split('.')) at = at![part];
            var got = at switch
            {
                JsonArray list => list.Select(Text).ToList(),
                { } one => [Text(one)],
                null => [],
            };
            got.ShouldBe([.. values.SelectMany(value => value!.Split('\n'))], field);
        }

        static string Text(JsonNode? node) => node!.GetValueKind() switch
        {
            JsonValueKind.True => "ja",
            JsonValueKind.False => "nee",
            JsonValueKind.String => node.GetValue<string>() is { } text && TimeOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) && text.Contains(':', StringComparison.Ordinal) ? text[..5] : node.GetValue<string>(),
            _ => node.ToJsonString(),
        };
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Form_EmptySent_NamesEveryRequiredFieldAndNothingElse(string name)
    {
        using var dossier = await OpenAsync("WL-2026-0001");
        var form = new EventForm(dossier, EventKind.Find(name)!, served.Register.Staff.Persons, Day);
        var read = form.Read([]);
        read.Refusals.Select(refusal => refusal.Subject).ShouldBe(form.All.Where(field => !field.IsOptional).Select(field => field.Name), ignoreOrder: true);
    }

    [Fact]
    public void Labels_EveryFieldOfEveryEvent_SayInDutchWhatItIs()
    {
        var faults = new List<string>();
        foreach (var kind in Recordable)
        {
            var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (field, path) in kind.Fields.SelectMany(field => Leaves(field, field.Name)))
            {
                var (label, help) = EventLabels.Of(kind, field, path);
                if (label.Length < 3 || !char.IsUpper(label[0]) || label.Contains('(', StringComparison.Ordinal) || label.Contains("aanduiding", StringComparison.OrdinalIgnoreCase) && path != "persoon.id") faults.Add($"{kind.Name}.{path}: '{label}'");
                if (help?.Contains("aanduiding)", StringComparison.Ordinal) == true) faults.Add($"{kind.Name}.{path}: help '{help}'");
                if (!labels.TryAdd(label, path)) faults.Add($"{kind.Name}: '{label}' is both {labels[label]} and {path}");
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_FilledInWrongly_ComesBackWithTheMistakeAtItsField()
    {
        var walk = await Walk.AsAsync(served, "fi", "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/vastleggen/voortgang-gemeld");
        await walk.SendAsync(new Dictionary<string, string> { ["datum"] = "2030-01-01", ["inhoud"] = "Het onderzoek loopt nog." });
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        walk.Page.Title!.ShouldStartWith("Fout: ");
        walk.Page.QuerySelector(".utrecht-alert--error")!.TextContent.ShouldContain("Vul in: Aan wie");
        walk.Page.QuerySelector<IHtmlTextAreaElement>("[name=inhoud]")!.Value.ShouldBe("Het onderzoek loopt nog.");
        walk.Page.QuerySelector("[name=aan][aria-invalid=true]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Post_FilledIn_IsRecorded()
    {
        await using var own = await ServedVault.StartNewAsync();
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0002");
        await walk.GoAsync("/dossiers/WL-2026-0002/vastleggen/journaal-aantekening");
        await walk.SendAsync(new Dictionary<string, string> { ["aantekening"] = "Het archief is gebeld over de ordners." });
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK, walk.Text);
        walk.Answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/dossiers/WL-2026-0002/stappen");
        using var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0002"), own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Nakijken", Ct))!;
        dossier.State.All<JournalNoted>().Last().Text.ShouldBe("Het archief is gebeld over de ordners.");
    }

    [Theory]
    [InlineData("vreemde", "voortgang-gemeld")]
    [InlineData("directeur", "voortgang-gemeld")]
    [InlineData("onderzoeker", "oordeel-gegeven")]
    [InlineData("onderzoeker", "dossier-gesloten")]
    [InlineData("fi", "dossier-aangemaakt")]
    [InlineData("fi", "bestand-toegevoegd")]
    [InlineData("fi", "bestaat-niet")]
    public async Task Form_NotForYou_IsNotThere(string person, string name)
    {
        var walk = await Walk.AsAsync(served, person, "WL-2026-0001");
        await walk.GoAsync($"/dossiers/WL-2026-0001/vastleggen/{name}");
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await walk.PostAsync($"/dossiers/WL-2026-0001/vastleggen/{name}", [new("datum", "2026-11-02")]);
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Steps_SeveralRulesAtOnce_AreAllRecorded()
    {
        await using var own = await ServedVault.StartNewAsync();
        var walk = await Walk.AsAsync(own, "fi", "WL-2026-0002");
        await walk.GoAsync("/dossiers/WL-2026-0002/stappen");
        const string Form = "form[action$='/nageleefd']";
        var boxes = walk.Page.QuerySelectorAll<IHtmlInputElement>($"{Form} input[type=checkbox]").Take(3).ToList();
        boxes.Count.ShouldBe(3);

        await walk.SendAsync(boxes.ToDictionary(box => box.Name!, box => box.Value), Form);
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        walk.Page.QuerySelectorAll("[role=alert] li").Length.ShouldBe(3, "how it was kept is asked of each");

        var filled = boxes.SelectMany(box => new[] { (box.Name!, box.Value), (box.Name!.Replace("regel.", "hoe.", StringComparison.Ordinal), "Besproken en genoteerd.") }).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        await walk.SendAsync(filled, Form);
        walk.Answer.StatusCode.ShouldBe(HttpStatusCode.OK, walk.Text);
        using var dossier = (await own.Register.OpenAsync(new DossierNumber("WL-2026-0002"), own.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Nakijken", Ct))!;
        dossier.State.All<RuleKept>().Count(kept => kept.Note == "Besproken en genoteerd.").ShouldBe(3);
    }

    [Theory]
    [InlineData("fi", HttpStatusCode.OK)]
    [InlineData("onderzoeker", HttpStatusCode.OK)]
    [InlineData("vreemde", HttpStatusCode.NotFound)]
    [InlineData("archivaris", HttpStatusCode.NotFound)]
    [InlineData("directeur", HttpStatusCode.NotFound)]
    public async Task Steps_OnlyForWhoMayKnowHowFarItIs(string person, HttpStatusCode status)
    {
        var walk = await Walk.AsAsync(served, person, "WL-2026-0001");
        await walk.GoAsync("/dossiers/WL-2026-0001/stappen");
        walk.Answer.StatusCode.ShouldBe(status);
    }

    // Who may not know the melder must not meet the name anywhere: not as a choice, not in a step, not as the origin of a text.
    [Fact]
    public async Task Pages_OfAnOnderzoeker_NeverNameTheMelder()
    {
        var walk = await Walk.AsAsync(served, "onderzoeker", "WL-2026-0001");
        List<string> paths = ["stappen", "vastleggen", "documenten/nieuw", .. Recordable.Select(kind => $"vastleggen/{kind.Name}"), .. DocumentKinds.All.Select(kind => $"documenten/nieuw/{kind}")];
        var seen = 0;
        foreach (var path in paths)
        {
            await walk.GoAsync($"/dossiers/WL-2026-0001/{path}");
            if (walk.Answer.StatusCode != HttpStatusCode.OK) continue;
            seen++;
            var html = walk.Page.DocumentElement.OuterHtml;
            html.ShouldNotContain("Kwelderhof", Case.Insensitive, path);
            html.ShouldNotContain("melder-1", Case.Insensitive, path);
        }

        seen.ShouldBeGreaterThan(20);
        // The eye is awake: the FI meets the name.
        var fi = await Walk.AsAsync(served, "fi", "WL-2026-0001");
        (await fi.GoAsync("/dossiers/WL-2026-0001/vastleggen/ontvangst-bevestigd")).Page.DocumentElement.OuterHtml.ShouldContain("Kwelderhof");
    }

    private async Task<OpenDossier> OpenAsync(string number)
        => (await served.Register.OpenAsync(new DossierNumber(number), served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value, "Proef", Ct))!;

    private static IEnumerable<(EventField Field, string Path)> Leaves(EventField field, string path)
        => field.Parts.Count == 0 ? [(field, path)] : field.Parts.SelectMany(part => Leaves(part, $"{path}.{part.Name}"));

    private static string[] Sample(FormField field) => field switch
    {
        { Kind: FieldKind.Checkboxes, Options: { } options } => [.. options.Take(2).Select(option => option.Value)],
        { Options: { } options } => [options[^1].Value],
        { Kind: FieldKind.YesNo } => ["nee"],
        { Kind: FieldKind.Checkbox } => ["ja"],
        { Kind: FieldKind.Lines } => ["een\ntwee"],
        { Type: "date" } => ["2026-11-01"],
        { Type: "time" } => ["14:30"],
        { Type: "number" } => ["2"],
        { Name: "persoon.id" } => ["getuige-9"],
        { Name: "dossier" or "herhalingVan" } => ["WL-2025-0001"],
        _ => ["een tekst"],
    };

    private static string Stand(FormField field) => field.Name is "ordemaatregel" or "gesprek" or "verzending" or "kopie" or "bewijs" ? "kenmerk-1" : "iemand-1";
}
