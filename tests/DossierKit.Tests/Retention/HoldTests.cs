using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention;

/// <summary>One places a hold, two release it, and nothing else ends it: on a real vault, with people.</summary>
public sealed class HoldTests
{
    [Fact]
    public async Task Release_ByOnePersonAlone_IsRefusedInEveryOrder()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var archivaris = await fixture.HireAsync("archivaris", "mevrouw C. Depotsluis", StaffRole.Archivaris);
        var (fi, other) = (await OpenAsync(fixture, fixture.As("fi")), await OpenAsync(fixture, archivaris));
        var hold = await PlaceAsync(fi, number);

        // Confirming what nobody proposed, by either.
        foreach (var archive in new[] { fi, other }) (await archive.RecordAsync(number, Release(hold), default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("voorgesteld");
        (await fi.RecordAsync(number, Propose(hold), default)).IsDone.ShouldBeTrue();
        (await fi.RecordAsync(number, Release(hold), default)).Refusals.ShouldContain(refusal => refusal.What.Contains("Een ander"));
        (await other.RecordAsync(number, Propose(hold), default)).Refusals.ShouldNotBeEmpty();
        (await HoldsAsync(fixture, number)).ShouldHaveSingleItem().ReleaseProposedBy.ShouldBe(new PersonId("fi"));

        (await other.RecordAsync(number, Release(hold), default)).Value.Retention.Holds.ShouldBeEmpty();
        (await HoldsAsync(fixture, number)).ShouldBeEmpty();
        (await other.RecordAsync(number, Release(hold), default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("is er niet");
    }

    [Fact]
    public async Task Release_ByTheSamePersonWithAnotherAccount_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var proposal = (await fixture.Register.Staff.BindAsync(fixture.As("fi"), new PersonId("fi"), "os:fi-thuis", default)).Value;
        if (proposal.Waiting is { } waiting) (await fixture.Register.Staff.ConfirmAsync(fixture.As("verantwoordelijke"), waiting.Id, default)).IsDone.ShouldBeTrue();
        var (one, two) = (await OpenAsync(fixture, fixture.As("fi")), await OpenAsync(fixture, fixture.Register.Staff.SignIn(new PersonId("fi"), "os:fi-thuis").Value));
        var hold = await PlaceAsync(one, number);
        (await one.RecordAsync(number, Propose(hold), default)).IsDone.ShouldBeTrue();
        (await two.RecordAsync(number, Release(hold), default)).Refusals.ShouldContain(refusal => refusal.What.Contains("Een ander"));
        (await HoldsAsync(fixture, number)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Release_WithoutAnyoneOfTheIntegritySide_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var one = await OpenAsync(fixture, await fixture.HireAsync("archivaris", "mevrouw C. Depotsluis", StaffRole.Archivaris));
        var two = await OpenAsync(fixture, await fixture.HireAsync("archivaris-2", "de heer R. Kreekrak", StaffRole.Archivaris));
        var hold = await PlaceAsync(one, number);
        (await one.RecordAsync(number, Propose(hold), default)).IsDone.ShouldBeTrue();
        (await two.RecordAsync(number, Release(hold), default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("integriteitskant");
        (await (await OpenAsync(fixture, fixture.As("verantwoordelijke"))).RecordAsync(number, Release(hold), default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Hold_OfWhichTheReviewHasPassed_StillHoldsAndReviewDropsAProposal()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var archive = await OpenAsync(fixture, fixture.As("fi"));
        var hold = await PlaceAsync(archive, number);
        fixture.Clock.Now = fixture.Clock.Now.AddYears(3);
        var desk = (await RetentionDesk.OpenAsync(fixture.Register, fixture.As("fi"), default)).Value;
        var plan = desk.Plan(new DateOnly(2099, 1, 1));
        plan.Items.ShouldAllBe(item => item.Status == RetentionStatus.Vastgehouden && item.Decision == RetentionDecision.Bewaren);
        plan.Items[0].Warnings.ShouldContain(warning => warning.Contains("opnieuw worden bekeken"));
        (await RetentionWork.OfAsync(fixture.Register, fixture.As("fi"), default)).ShouldContain(item => item.Kind == WorkKind.Keeping && item.Subject.StartsWith("bewaargrond"));
        (await RetentionWork.OfAsync(fixture.Register, fixture.As("verantwoordelijke"), default)).ShouldBeEmpty();

        (await archive.RecordAsync(number, Propose(hold), default)).IsDone.ShouldBeTrue();
        var next = DateOnly.FromDateTime(fixture.Clock.Now.Date).AddMonths(5);
        (await archive.RecordAsync(number, new HoldReviewed { Date = default, Hold = hold, ReviewOn = next, Reason = "Hoger beroep." }, default)).IsDone.ShouldBeTrue();
        (await HoldsAsync(fixture, number)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            known => known.ReleaseProposedBy.ShouldBeNull(), known => known.ReviewOn.ShouldBe(next));
        // Waterlanden looks at it every half year: later is refused.
        (await archive.RecordAsync(number, new HoldReviewed { Date = default, Hold = hold, ReviewOn = next.AddMonths(3), Reason = "Hoger beroep." }, default)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Record_ByWhoMayNot_IsRefusedAndWhoIsPartOfTheCaseSeesNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var fg = await OpenAsync(fixture, await fixture.HireAsync("fg", "mevrouw Y. Baggerloper", StaffRole.Fg));
        var approver = await OpenAsync(fixture, await fixture.HireAsync("medebeslisser", "de heer J. Duinrell", StaffRole.Medebeslisser));
        var elsewhere = await fixture.HireAsync("burgemeester", "mevrouw K. Hogezandsluis", StaffRole.Verantwoordelijke);

        (await fg.RecordAsync(number, Place(HoldKind.Civiel), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await fg.RecordAsync(number, Place(HoldKind.Woo), default)).IsDone.ShouldBeTrue();
        (await approver.RecordAsync(number, Place(HoldKind.Avg), default)).IsDone.ShouldBeFalse();
        (await approver.HistoryAsync(number, default)).IsDone.ShouldBeTrue();
        (await fg.HistoryAsync(number, default)).IsDone.ShouldBeFalse();
        (await OpenAsync(fixture, elsewhere)).Entries.ShouldBeEmpty();
        (await (await OpenAsync(fixture, elsewhere)).RecordAsync(number, Place(HoldKind.Civiel), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);

        // The archivaris turns out to be a getuige.
        var archivaris = await fixture.HireAsync("archivaris", "mevrouw C. Depotsluis", StaffRole.Archivaris);
        (await OpenAsync(fixture, archivaris)).Entries.ShouldHaveSingleItem();
        using (var dossier = await fixture.OpenAsync("fi", number))
        {
            var getuige = new CasePerson { Id = new PersonId("getuige-9"), Role = CaseRole.Getuige, Initials = "C.", Surname = "Depotsluis", Staff = new PersonId("archivaris") };
            (await dossier.RecordAsync(new PersonAdded { Date = new DateOnly(2026, 4, 1), Person = getuige }, default)).IsDone.ShouldBeTrue();
        }

        var shut = await OpenAsync(fixture, archivaris);
        shut.Entries.ShouldBeEmpty();
        foreach (var answer in new[] { await shut.RecordAsync(number, Place(HoldKind.Civiel), default), await shut.RecordAsync(new DossierNumber("WL-2099-0009"), Place(HoldKind.Civiel), default) })
            answer.Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
    }

    [Fact]
    public async Task Hold_OfADossier_IsSeenByAnotherProcessAndByNobodyWhoMayNotKnow()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var before = (await fixture.Register.AllEntriesAsync(default)).ShouldHaveSingleItem();
        string Version(OpenDossier dossier) => dossier.Version;
        var hold = await PlaceAsync(await OpenAsync(fixture, fixture.As("fi")), number);
        using var elsewhere = await fixture.OpenElsewhereAsync();
        (await elsewhere.AllEntriesAsync(default)).ShouldHaveSingleItem().Retention.Holds.ShouldHaveSingleItem().Id.ShouldBe(hold);
        before.Retention.Holds.ShouldBeEmpty();

        using var fi = await fixture.OpenAsync("fi", number);
        fi.State.All<HoldPlaced>().ShouldHaveSingleItem().Reason.ShouldBe("Ontslag is voorgelegd aan de rechter.");
        fi.Access.MayWrite(Compartment.Bewaring).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => fi.RecordAsync(Place(HoldKind.Civiel), default).AsTask());
        var onderzoeker = fi.State.Onderzoekers.First(person => person.Staff is not null).Staff!.Value;
        if (fixture.Register.Staff.Find(onderzoeker) is null) await fixture.HireAsync(onderzoeker.Value, "de heer O. Zeekleidijk", StaffRole.OnderzoekerIntern);
        using var seen = await fixture.OpenAsync(onderzoeker.Value, number);
        seen.State.Events.Where(recorded => recorded.Event is RetentionEvent).ShouldBeEmpty();
        seen.State.Gaps.Where(gap => gap.Compartment == Compartment.Bewaring).ShouldBeEmpty();
        var version = Version(seen);
        await PlaceAsync(await OpenAsync(fixture, fixture.As("fi")), number, HoldKind.Woo);
        (await seen.RefreshAsync(default)).ShouldBeTrue();
        Version(seen).ShouldBe(version);
    }

    [Fact]
    public async Task Reasons_OfAHold_DieWithTheDossier()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        await PlaceAsync(await OpenAsync(fixture, fixture.As("fi")), number);
        (await fixture.EverythingAsync()).ShouldContain("C/26/123");
        await (await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, fixture.As("fi"), default)).DestroyDossierAsync(number, default);
        (await fixture.EverythingAsync()).ShouldNotContain("C/26/123");
        (await OpenAsync(fixture, fixture.As("fi"))).Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "C/26/123", 30)]
    [InlineData("Reden.", " ", 30)]
    [InlineData("Reden.", "C/26/123", 0)]
    [InlineData("Reden.", "C/26/123", 400)]
    public async Task Place_WithSomethingMissing_IsRefusedAndRecordsNothing(string reason, string citation, int days)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var archive = await OpenAsync(fixture, fixture.As("fi"));
        (await archive.RecordAsync(number, Place(HoldKind.Civiel) with { Reason = reason, Citation = citation, ReviewOn = new DateOnly(2026, 4, 1).AddDays(days) }, default)).Refusals.ShouldHaveSingleItem();
        (await HoldsAsync(fixture, number)).ShouldBeEmpty();
    }

    private static async Task<OpenArchive> OpenAsync(RegisterFixture fixture, ActingPerson person) => (await fixture.Register.OpenArchiveAsync(person, default)).Value;

    private static async Task<OpaqueId> PlaceAsync(OpenArchive archive, DossierNumber number, HoldKind kind = HoldKind.Civiel)
        => (await archive.RecordAsync(number, Place(kind), default)).Value.Retention.Holds[^1].Id;

    private static async Task<IReadOnlyList<Hold>> HoldsAsync(RegisterFixture fixture, DossierNumber number)
        => (await fixture.Register.AllEntriesAsync(default)).First(entry => entry.Number == number).Retention.Holds;

    private static HoldPlaced Place(HoldKind kind)
        => new() { Date = default, Kind = kind, Citation = "C/26/123", ReviewOn = new DateOnly(2026, 9, 1), Reason = "Ontslag is voorgelegd aan de rechter." };

    private static HoldReleaseProposed Propose(OpaqueId hold) => new() { Date = default, Hold = hold, Reason = "Uitspraak is onherroepelijk." };

    private static HoldReleased Release(OpaqueId hold) => new() { Date = default, Hold = hold, Reason = "Akkoord." };
}
