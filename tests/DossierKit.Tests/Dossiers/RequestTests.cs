using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>Requests that are sent twice, and requests that were decided on something that has changed.</summary>
public sealed class RequestTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);
    private static readonly WriteTerms Once = new(new RequestKey("5e1f-eigen-sleutel"));

    [Fact]
    public async Task Record_TheSameRequestTwice_IsRecordedOnceAndAnswersTheSame()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var first = (await dossier.RecordAsync([Note("een"), Note("twee")], Once, default)).Value;
        var again = (await dossier.RecordAsync([Note("een"), Note("twee")], Once, default)).Value;
        first.IsRepeat.ShouldBeFalse();
        again.IsRepeat.ShouldBeTrue();
        again.Events.Select(recorded => recorded.Entry).ShouldBe(first.Events.Select(recorded => recorded.Entry));
        first.Events.Count.ShouldBe(2);
        dossier.State.All<JournalNoted>().Count(note => note.Text == "een").ShouldBe(1);
        dossier.State.Events.ShouldAllBe(recorded => recorded.Event.Request == null);
    }

    [Fact]
    public async Task Record_TheSameRequestAfterARestart_IsStillKnown()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using (var dossier = await fixture.OpenAsync("fi", number)) await dossier.RecordAsync([Note("een")], Once, default);
        using var elsewhere = await fixture.OpenElsewhereAsync();
        using var later = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "verder", default))!;
        (await later.RecordAsync([Note("een")], Once, default)).Value.IsRepeat.ShouldBeTrue();
        later.State.All<JournalNoted>().Count(note => note.Text == "een").ShouldBe(1);
    }

    [Fact]
    public async Task Record_TheSameKeyForSomethingElse_IsRefusedAsThat()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        await dossier.RecordAsync([Note("een")], Once, default);
        (await dossier.RecordAsync([Note("ander")], Once, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.RequestReused);
        dossier.State.All<JournalNoted>().ShouldNotContain(note => note.Text == "ander");
    }

    [Fact]
    public async Task Record_TheSameKeyByAnotherPerson_IsAnotherRequest()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var fi = await fixture.OpenAsync("fi", number);
        using var onderzoeker = await fixture.OpenAsync("onderzoeker", number);
        await fi.RecordAsync([Note("een")], Once, default);
        (await onderzoeker.RecordAsync([Note("een")], Once, default)).Value.IsRepeat.ShouldBeFalse();
    }

    [Fact]
    public async Task Record_TheSameRequestAtOnceInTwoProcesses_IsRecordedOnce()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var elsewhere = await fixture.OpenElsewhereAsync();
        using var here = await fixture.OpenAsync("fi", number);
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "verder", default))!;
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? here : there).RecordAsync([Note("een")], Once, default).AsTask())));
        done.Count(outcome => !outcome.Value.IsRepeat).ShouldBe(1);
        await here.RefreshAsync(default);
        here.State.All<JournalNoted>().Count(note => note.Text == "een").ShouldBe(1);
    }

    [Theory]
    [InlineData("inhoud", true)]
    [InlineData("andere inhoud", false)]
    public async Task AddFile_TheSameKeyTwice_IsTheSameFileOrRefused(string second, bool isSame)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var file = new NewFile("notitie.txt", "Notitie van het gesprek", FileKind.Evidence, Compartment.Onderzoek, Day);
        var first = (await dossier.AddFileAsync(file, Content("inhoud"), Once, default)).Value;
        var again = await dossier.AddFileAsync(file, Content(second), Once, default);
        if (isSame) again.Value.Id.ShouldBe(first.Id);
        else again.Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.RequestReused);
        dossier.State.Files.Count(known => known.Title == file.Title).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task Record_WithAKeyThatCannotBe_IsRefused(string? key)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        (await dossier.RecordAsync([Note("een")], new WriteTerms(new RequestKey(key ?? new string('x', 201))), default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("sleutel");
    }

    [Fact]
    public async Task Create_TheSameRequestTwice_MakesOneDossier()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var request = new RequestKey("nieuw dossier");
        var first = await fixture.Register.CreateAsync(fixture.As("fi"), null, null, Day, request, default);
        (await fixture.Register.CreateAsync(fixture.As("fi"), null, null, Day, request, default)).Value.ShouldBe(first.Value);
        using var elsewhere = await fixture.OpenElsewhereAsync();
        (await elsewhere.CreateAsync(fixture.As("fi", elsewhere), null, null, Day, request, default)).Value.ShouldBe(first.Value);
        (await fixture.Register.CreateAsync(fixture.As("fi"), null, null, Day.AddDays(-1), request, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.RequestReused);
        (await fixture.Register.ListAsync(fixture.As("fi"), default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_OnAVersionThatChanged_IsRefusedAndNothingIsLost()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var elsewhere = await fixture.OpenElsewhereAsync();
        using var here = await fixture.OpenAsync("fi", number);
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "verder", default))!;
        var seen = here.Version;
        seen.ShouldBe(there.Version);
        (await there.RecordAsync([Note("eerst")], new WriteTerms(null, seen), default)).IsDone.ShouldBeTrue();
        (await here.RecordAsync([Note("daarna")], new WriteTerms(null, seen), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.Changed);
        here.State.All<JournalNoted>().ShouldContain(note => note.Text == "eerst");
        (await here.RecordAsync([Note("daarna")], new WriteTerms(null, here.Version), default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Record_AtOnceOnOneVersion_LetsOneThrough()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var elsewhere = await fixture.OpenElsewhereAsync();
        using var here = await fixture.OpenAsync("fi", number);
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "verder", default))!;
        var terms = new WriteTerms(null, here.Version);
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? here : there).RecordAsync([Note($"{i}")], terms, default).AsTask())));
        done.Count(outcome => outcome.IsDone).ShouldBe(1);
        done.Where(outcome => !outcome.IsDone).ShouldAllBe(outcome => outcome.Refusals[0].Cause == RefusalCause.Changed);
    }

    [Fact]
    public void Version_OfADirector_IsTheSameHoweverTheCaseGoesOn()
    {
        // BPI 101: directors decide on the opdracht and hear nothing of its progress. A version or a count that moves would tell them.
        var director = new PersonId("directeur");
        List<DossierEntry> entries =
        [
            Entries.Of(new DossierCreated { Date = Day, Number = new DossierNumber("WL-2026-0001"), Protocol = "waterlanden", ProtocolVersion = "2025", HashKey = Convert.ToBase64String(new byte[32]) }, 1),
            Entries.Of(new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") }, 1),
            Entries.Of(new OpdrachtSubmitted { Date = Day, To = [director] }, 2),
        ];
        var before = View(entries, StaffRole.Directeur, director);
        var fi = View(entries, StaffRole.Fi, new PersonId("fi"));
        entries.Add(Entries.Of(Note("er is iets gevonden"), 3));
        var after = View(entries, StaffRole.Directeur, director);
        after.Version.ShouldBe(before.Version);
        after.State.Checkpoint.ShouldBe(before.State.Checkpoint);
        View(entries, StaffRole.Fi, new PersonId("fi")).Version.ShouldNotBe(fi.Version);
        entries.Add(Entries.Of(new DirectorsDecided { Date = Day, Directors = [director], IsAgreed = true, Considerations = "akkoord" }, 4));
        View(entries, StaffRole.Directeur, director).Version.ShouldNotBe(before.Version);
    }

    private static DossierView View(List<DossierEntry> entries, StaffRole role, PersonId person)
    {
        var number = new DossierNumber("WL-2026-0001");
        var moment = new DossierMoment(number, [.. entries], new HashSet<DossierKit.Vault.OpaqueId>(), entries[^1].Checkpoint, Entries.Fold(entries, DossierAccess.Everything));
        var protocol = DossierKit.Protocols.ProtocolLibrary.Shipped.Find("waterlanden", null)!;
        var known = new StaffPerson(person, "iemand", [], [new Appointment(role, Day)]);
        return DossierView.Of(moment, moment, Day, protocol, DossierAccess.Of(known, DossierRegister.StandingOf(moment, protocol), Day));
    }

    private static JournalNoted Note(string text) => ManyRequestsTests.Note(text);

    private static MemoryStream Content(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
