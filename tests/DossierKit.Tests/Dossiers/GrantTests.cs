using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>A single file opened to someone who has no other business in the case.</summary>
public sealed class GrantTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);

    /// <summary>
    /// The neutral answer is one all the same: whoever decides in a case could try everybody of the house until one is refused, and would know who spoke up. Each such try is for the FI to
    /// look at.
    /// </summary>
    [Fact]
    public async Task Refusal_ThatStandsForTheMelder_IsReviewed()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("spreker", "mevrouw W. Wilgenroosje", StaffRole.Archivaris);
        await fixture.HireAsync("ander", "de heer K. Kroosveld", StaffRole.Archivaris);
        var number = await fixture.ImportAsync();
        using (var dossier = await fixture.OpenAsync("fi", number))
            (await dossier.RecordAsync(new PersonAdded { Date = Day, Person = Entries.Person("melder-9", CaseRole.Melder, "Wilgenroosje", "spreker") with { Form = MelderForm.Vertrouwelijk } }, default)).Refusals.ShouldBeEmpty();
        using var deciding = await fixture.OpenAsync("verantwoordelijke", number);
        var file = deciding.State.Files.First(known => known.Compartment == Compartment.Onderzoek).Id;
        InzageOpened Opened(string person) => new() { Date = Day, To = new PersonId(person), File = file, Until = Day.AddDays(3), SignedBy = new PersonId("verantwoordelijke"), Reason = "advies" };
        var before = (await fixture.Register.ReviewsAsync(fixture.As("fi"), default)).Value.Count;
        (await deciding.RecordAsync(Opened("ander"), default)).Refusals.ShouldNotContain(refusal => refusal.What.Contains("kan nu geen inzage", StringComparison.Ordinal));
        (await fixture.Register.ReviewsAsync(fixture.As("fi"), default)).Value.Count.ShouldBe(before);
        (await deciding.RecordAsync(Opened("spreker"), default)).Refusals.ShouldContain(refusal => refusal.What == "Aan 'spreker' kan nu geen inzage worden gegeven.");
        var item = (await fixture.Register.ReviewsAsync(fixture.As("fi"), default)).Value.Skip(before).ShouldHaveSingleItem();
        (item.Person, item.Dossier).ShouldBe((new PersonId("verantwoordelijke"), number));
        item.Reason.ShouldNotContain("spreker");
    }

    [Fact]
    public async Task Grant_ToSomeoneWithoutAPart_ShowsTheCoverAndThatFileUntilItsLastDay()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var jurist = await fixture.HireAsync("jurist", "mevrouw J. Waterschapsma", StaffRole.Adviseur);
        (await fixture.Register.OpenAsync(number, jurist, "adviseren", default)).ShouldBeNull();
        using var fi = await fixture.OpenAsync("fi", number);
        var (file, other) = (await AddAsync(fi, "Tijdlijn"), await AddAsync(fi, "Ander stuk"));
        (await fi.RecordAsync(Grant(file, Day.AddDays(2)), default)).Refusals.ShouldBeEmpty();

        // It is opened to him, and to nobody else of his role.
        var neighbour = await fixture.HireAsync("buur", "de heer B. Slootkant", StaffRole.Adviseur);
        (await fixture.Register.OpenAsync(number, neighbour, "adviseren", default)).ShouldBeNull();
        (await fixture.Register.ListAsync(neighbour, default)).ShouldBeEmpty();

        using var his = await fixture.OpenAsync("jurist", number);
        his.State.Files.ShouldHaveSingleItem().Id.ShouldBe(file);
        his.State.Files[0].BelongsTo.ShouldBeNull();
        his.State.Events.Select(recorded => recorded.Event.Name).Order().ShouldBe(["bestand-toegevoegd", "dossier-aangemaakt"]);
        his.State.Gaps.ShouldBeEmpty();
        his.State.Persons.ShouldBeEmpty();
        (await fixture.Register.ListAsync(jurist, default)).ShouldHaveSingleItem().Number.ShouldBe(number);
        (await ManyRequestsTests.ReadAsync(his, file)).ShouldNotBeEmpty();
        (await his.OpenFileAsync(other, default)).ShouldBeNull();
        (await his.ExportFileAsync(file, default)).IsDone.ShouldBeFalse();
        (await his.RecordAsync(ManyRequestsTests.Note("iets"), default)).IsDone.ShouldBeFalse();
        var version = his.Version;
        await fi.RecordAsync(ManyRequestsTests.Note("er gaat iets verder"), default);
        (await his.RefreshAsync(default)).ShouldBeTrue();
        his.Version.ShouldBe(version);

        fixture.Clock.Now = fixture.Clock.Now.AddDays(2);
        (await his.RefreshAsync(default)).ShouldBeTrue();
        fixture.Clock.Now = fixture.Clock.Now.AddDays(1);
        (await his.RefreshAsync(default)).ShouldBeFalse();
        (await his.OpenFileAsync(file, default)).ShouldBeNull();
        (await fixture.Register.ListAsync(jurist, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Grant_Withdrawn_EndsAtOnce()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        await fixture.HireAsync("jurist", "mevrouw J. Waterschapsma");
        using var fi = await fixture.OpenAsync("fi", number);
        var file = await AddAsync(fi, "Tijdlijn");
        (await fi.RecordAsync(Grant(file, Day) with { MayTakeOut = true }, default)).Refusals.ShouldBeEmpty();
        using var his = await fixture.OpenAsync("jurist", number);
        await using (var content = (await his.ExportFileAsync(file, default)).Value) content.Length.ShouldBeGreaterThan(0);
        (await fi.RecordAsync(new InzageWithdrawn { Date = Day, To = new PersonId("jurist"), File = file }, default)).Refusals.ShouldBeEmpty();
        (await his.RefreshAsync(default)).ShouldBeFalse();
        (await fi.RecordAsync(new InzageWithdrawn { Date = Day, To = new PersonId("jurist"), File = file }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Deze inzage is er niet.");
    }

    [Fact]
    public async Task Grant_OfAFileThatIsMoved_Ends()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        await fixture.HireAsync("jurist", "mevrouw J. Waterschapsma");
        using var fi = await fixture.OpenAsync("fi", number);
        var file = await AddAsync(fi, "Tijdlijn");
        (await fi.RecordAsync(Grant(file, Day), default)).Refusals.ShouldBeEmpty();
        using var his = await fixture.OpenAsync("jurist", number);
        (await fi.MoveFileAsync(file, Compartment.Melder, "De melder is eruit te herkennen.", default)).Refusals.ShouldBeEmpty();
        (await his.RefreshAsync(default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Grant_ThatMayNotBe_IsRefusedWithTheReason()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        await fixture.HireAsync("jurist", "mevrouw J. Waterschapsma");
        await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        await fixture.HireAsync("naamgenoot", "mevrouw Y. Kwelderhof");
        await fixture.HireAsync("burgemeester", "de heer R. Duinvallei", StaffRole.Verantwoordelijke);
        using var fi = await fixture.OpenAsync("fi", number);
        var file = await AddAsync(fi, "Tijdlijn");
        var secret = await AddAsync(fi, "Van de melder", Compartment.Melder);
        async Task<string?> Refused(InzageOpened grant) => (await fi.RecordAsync(grant, default)).Refusals.ShouldHaveSingleItem().Subject;

        (await Refused(Grant(secret, Day))).ShouldBe("bestand");
        (await Refused(Grant(new FileId(DossierKit.Vault.OpaqueId.Random()), Day))).ShouldBe("bestand");
        (await Refused(Grant(file, Day.AddDays(-1)))).ShouldBe("totEnMet");
        (await Refused(Grant(file, Day.AddDays(32)))).ShouldBe("totEnMet");
        (await Refused(Grant(file, Day) with { To = new PersonId("beheerder") })).ShouldBe("aan");
        (await Refused(Grant(file, Day) with { To = new PersonId("naamgenoot") })).ShouldBe("aan");
        (await Refused(Grant(file, Day) with { SignedBy = new PersonId("burgemeester") })).ShouldBe("verantwoordelijke");
        (await Refused(Grant(file, Day) with { SignedBy = new PersonId("fi") })).ShouldBe("verantwoordelijke");
    }

    private static InzageOpened Grant(FileId file, DateOnly until)
        => new() { Date = Day, To = new PersonId("jurist"), File = file, Until = until, SignedBy = new PersonId("verantwoordelijke"), Reason = "Advies over de rechtspositie" };

    private static async Task<FileId> AddAsync(OpenDossier dossier, string title, Compartment? compartment = null)
    {
        using var content = new MemoryStream("inhoud"u8.ToArray());
        var added = await dossier.AddFileAsync(new NewFile("stuk.txt", title, FileKind.Evidence, compartment ?? Compartment.Onderzoek, Day, "betrokkene-1"), content, default);
        added.Refusals.ShouldBeEmpty();
        return added.Value.Id;
    }
}
