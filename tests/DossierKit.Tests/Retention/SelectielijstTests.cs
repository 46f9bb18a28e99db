using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Documents;
using DossierKit.Tests.Dossiers;
using DossierKit.Tests.Retention.Planning;

namespace DossierKit.Tests.Retention;

public sealed class SelectielijstTests
{
    private static readonly string Official = Path.GetFullPath(RepositoryFiles.Sample("..", "..", "shared", "selectielijst"));

    [Fact]
    public void Import_OfTheOfficialList_MakesAClassOfEveryResultOrSaysWhyNot()
    {
        var list = SelectielijstImport.Read(OfficialFiles(), null).Value;
        list.Id.ShouldBe("selectielijst-2020");
        list.Results.Count.ShouldBe(346);
        list.Results.Select(result => result.Term).OfType<string>().Distinct().Count().ShouldBe(24);
        var unusable = list.Results.Where(result => SelectielijstClass.WhyUnusable(result) is not null).ToList();
        unusable.Select(result => result.Number).ShouldBe(["7.1.20", "19.1.13"], ignoreOrder: true);
        foreach (var result in list.Results.Except(unusable))
        {
            foreach (var from in SelectielijstClass.AllowedFor(result))
            {
                var set = SelectielijstClass.Of(list, Request(result.Number, from)).Value;
                var due = RetentionPlanner.PlanOf(
                    ArchiveEntries.Entry(ArchiveEntries.Closed, new RetentionFacts { Class = set with { SetOn = ArchiveEntries.Closed }, SourceDates = [new SourceDate(from, set.Kenmerk, new DateOnly(2025, 1, 31))] }),
                    list, ArchiveEntries.Find, new DateOnly(2025, 2, 1))[0].Due;
                due.ShouldNotBeNull(result.Number);
            }
        }

        foreach (var result in unusable) SelectielijstClass.Of(list, Request(result.Number, null)).Refusals.ShouldHaveSingleItem().What.ShouldContain("kan geen klasse zijn");
    }

    [Fact]
    public void ShippedList_WhereTheOfficialListHasTheNumber_SaysTheSame()
    {
        var official = SelectielijstImport.Read(OfficialFiles(), null).Value;
        foreach (var shipped in ShippedSelectielijst.List.Results)
        {
            var found = official.Find(shipped.Number).ShouldNotBeNull(shipped.Number);
            (shipped.Nominatie, shipped.Term, shipped.ProcessTerm).ShouldBe((found.Nominatie, found.Term, found.ProcessTerm), shipped.Number);
        }
    }

    [Theory]
    [InlineData("12.1.7", Afleidingswijze.Termijn, null, "P1Y", "past niet")]
    [InlineData("12.1.7", Afleidingswijze.Eigenschap, null, null, "wordt hier niet gebruikt")]
    [InlineData("12.1.7", Afleidingswijze.Hoofdzaak, null, null, "wordt hier niet gebruikt")]
    [InlineData("17.1", Afleidingswijze.Afgehandeld, null, null, "past niet")]
    [InlineData("17.1", Afleidingswijze.AnderDatumkenmerk, null, null, "heeft geen naam")]
    [InlineData("12.1.7", null, "einde", null, "hoort hier niet")]
    [InlineData("12.1.8", null, null, null, "staat niet in")]
    public void Of_AClassThatDoesNotFit_IsRefusedWithTheReason(string result, Afleidingswijze? from, string? kenmerk, string? process, string expected)
        => SelectielijstClass.Of(ShippedSelectielijst.List, new ClassRequest(result, "Grond.", from, kenmerk, process)).Refusals.ShouldContain(refusal => refusal.What.Contains(expected));

    [Fact]
    public void Import_OfSomethingElse_TellsEveryMistake()
    {
        Read("x.json", "[").ShouldHaveSingleItem().What.ShouldContain("geen selectielijst");
        Read("x.json", "[1, {\"model\":\"auth.user\",\"fields\":{}}]").Count.ShouldBe(2);
        Read("x.json", "[]").ShouldHaveSingleItem().What.ShouldContain("mist een bestand");
        Read("selectielijst_2020.json", """[{"model":"selectielijst.procestype","pk":1,"fields":{"nummer":12}},{"model":"selectielijst.resultaat","pk":5,"fields":{"proces_type":1,"nummer":1,"naam":"A","waardering":"weggooien","bewaartermijn":"10 jaar"}},{"model":"selectielijst.resultaat","pk":6,"fields":{"proces_type":9,"nummer":1,"naam":"A","waardering":""}}]""")
            .Select(refusal => refusal.What).ShouldBe(["Deze waardering bestaat niet.", "Het procestype van dit resultaat ontbreekt.", "De bewaartermijn van resultaat 12.1 is niet te lezen."], ignoreOrder: true);

        static IReadOnlyList<Refusal> Read(string name, string text) => SelectielijstImport.Read([new SelectielijstSource(name, System.Text.Encoding.UTF8.GetBytes(text))], null).Refusals;
    }

    [Fact]
    public async Task Classify_ByAnImportedList_KeepsWhatWasSetBefore()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var fi = fixture.As("fi");
        var desk = (await RetentionDesk.OpenAsync(fixture.Register, fi, default)).Value;
        (await desk.ClassifyAsync(number, new ClassRequest("12.1.7", "Integriteitsonderzoek."), true, default)).Value.Retention.Class!.Result.ShouldBe("12.1.7");
        (await fixture.Register.AllEntriesAsync(default))[0].Retention.Class.ShouldBeNull();
        (await desk.ClassifyAsync(number, new ClassRequest("12.1.7", "Integriteitsonderzoek."), false, default)).Value.Retention.Class!.Term.ShouldBe("P10Y");
        (await desk.ClassifyAsync(number, new ClassRequest("12.1.7", " "), false, default)).IsDone.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => desk.Archive.RecordAsync(number, new ClassSet { Date = default, List = "x", Result = "1.1", Nominatie = Nominatie.Vernietigen, Term = "P0D", Ground = "x" }, default).AsTask());

        const string Newer = """{"id":"ID","titel":"Lijst 2031","bron":"eigen","overbrengenNa":"P10Y","overbrengenArtikel":"art. 1","resultaten":[{"nummer":"12.1.7","naam":"Integriteitsonderzoek","waardering":"vernietigen","procestermijn":"nihil","bewaartermijn":"P7Y"}]}""";
        // Another meaning under the same name is refused.
        (await ImportAsync("selectielijst-2020")).Refusals.ShouldHaveSingleItem().What.ShouldContain("zegt iets anders");
        (await ImportAsync("selectielijst-2031")).IsDone.ShouldBeTrue();
        desk = (await RetentionDesk.OpenAsync(fixture.Register, fi, default)).Value;
        desk.Lists.InUse.Id.ShouldBe("selectielijst-2031");
        var item = desk.Plan(new DateOnly(2026, 4, 1)).Items[0];
        (item.Class!.List, item.Class.Term).ShouldBe(("selectielijst-2020", "P10Y"));
        item.Warnings.ShouldContain(warning => warning.Contains("selectielijst-2020"));
        (await desk.ClassifyAsync(number, new ClassRequest("12.1.7", "Nieuwe lijst."), false, default)).Value.Retention.Class!.ShouldSatisfyAllConditions(
            set => set.List.ShouldBe("selectielijst-2031"), set => set.Term.ShouldBe("P7Y"));
        (await desk.Archive.HistoryAsync(number, default)).Value.Count.ShouldBe(2);

        var onderzoeker = await fixture.HireAsync("medebeslisser", "de heer J. Duinrell", StaffRole.Medebeslisser);
        (await SelectielijstLibrary.ImportAsync(fixture.Register, onderzoeker, [new SelectielijstSource("l.json", "{}"u8.ToArray())], null, false, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);

        async Task<Outcome<Selectielijst>> ImportAsync(string id)
            => await SelectielijstLibrary.ImportAsync(fixture.Register, fi, [new SelectielijstSource("lijst.json", System.Text.Encoding.UTF8.GetBytes(Newer.Replace("ID", id)))], null, false, default);
    }

    [Fact]
    public async Task KeepLonger_ThanTheClass_KeepsBothValuesAndNeverShortens()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync("tip-over-een-controle");
        fixture.Clock.Now = new DateTimeOffset(2027, 1, 1, 9, 0, 0, TimeSpan.Zero);
        var desk = (await RetentionDesk.OpenAsync(fixture.Register, fixture.As("fi"), default)).Value;
        var entry = desk.Archive.Entries.ShouldHaveSingleItem();
        var computed = desk.ComputedOf(entry).ShouldNotBeNull();
        computed.ShouldBe(entry.ClosedOn!.Value.AddYears(10));

        (await desk.KeepLongerAsync(number, computed.AddDays(-1), null, "Korter.", false, default)).IsDone.ShouldBeFalse();
        (await desk.KeepLongerAsync(number, null, Nominatie.Vernietigen, "Weg.", false, default)).IsDone.ShouldBeFalse();
        (await desk.KeepLongerAsync(number, null, null, "Niets.", false, default)).IsDone.ShouldBeFalse();
        (await desk.KeepLongerAsync(number, computed.AddYears(2), null, "", false, default)).IsDone.ShouldBeFalse();
        var kept = await desk.KeepLongerAsync(number, computed.AddYears(2), null, "Onderzoek.", false, default);
        kept.Refusals.ShouldBeEmpty();
        var changed = kept.Value.Retention.Override.ShouldNotBeNull();
        (changed.KeepUntil, changed.Computed).ShouldBe((computed.AddYears(2), computed));
        desk.Plan(new DateOnly(2027, 1, 1)).Items[0].Due.ShouldBe(computed.AddYears(2));
        (await desk.WithdrawAsync(number, "Klaar.", false, default)).IsDone.ShouldBeTrue();
        desk.Plan(new DateOnly(2027, 1, 1)).Items[0].Due.ShouldBe(computed);
        (await desk.WithdrawAsync(number, "Klaar.", false, default)).IsDone.ShouldBeFalse();
    }

    private static ClassRequest Request(string number, Afleidingswijze? from)
        => new(number, "Grond.", from, from == Afleidingswijze.AnderDatumkenmerk ? "einde" : null, from == Afleidingswijze.Termijn ? "P5Y" : null);

    private static IReadOnlyList<SelectielijstSource> OfficialFiles()
    {
        Assert.SkipUnless(Directory.Exists(Official), "The official selectielijst lies beside the repository; it is not there.");
        return [.. new[] { "selectielijst_2020_resultaten.json", "selectielijst_2020_procestypen.json" }.Select(name => new SelectielijstSource(name, File.ReadAllBytes(Path.Combine(Official, name))))];
    }
}
