using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>Who may decide, in which order, and what an approval is worth: it is bound to the exact list and to nothing else.</summary>
public sealed class DecidingTests : IAsyncLifetime
{
    private DestructionFixture _house = null!;

    public async ValueTask InitializeAsync() => _house = await DestructionFixture.CreateAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    /// <summary>Everybody in every order: a list of dossiers is approved when, and only when, three different people did it, of whom one as archivaris and one as medebeslisser.</summary>
    [Fact]
    public async Task Approve_DossiersByEveryoneInEveryOrder_NeedsThreePeopleAndTheirRoles()
    {
        await _house.CaseAsync("WL-2025-0001");
        await _house.Vault.HireAsync("allebei", "mevrouw U. Moerasandijvie", StaffRole.Archivaris, StaffRole.Medebeslisser);
        await _house.Vault.HireAsync("fi-archivaris", "de heer O. Slikgorzen", StaffRole.PlaatsvervangendFi, StaffRole.Archivaris);
        string[] people = ["fi", "archivaris", "medebeslisser", "allebei", "fi-archivaris", "verantwoordelijke", "onderzoeker"];
        var approved = 0;
        foreach (var proposer in people)
        {
            foreach (var first in people)
            {
                foreach (var second in people)
                {
                    var proposed = await _house.Lists.ProposeAsync(_house.Vault.As(proposer), new DestructionChoice(DestructionPath.List, []), default);
                    proposed.IsDone.ShouldBe(proposer is not ("verantwoordelijke" or "onderzoeker"), proposer);
                    if (!proposed.IsDone) continue;
                    var number = proposed.Value.Number;
                    var one = await _house.Lists.ApproveAsync(_house.Vault.As(first), number, null, default);
                    one.IsDone.ShouldBe(first != proposer && first is "archivaris" or "medebeslisser" or "allebei" && first != proposer, $"{proposer} {first}");
                    var two = await _house.Lists.ApproveAsync(_house.Vault.As(second), number, null, default);
                    var list = (await _house.Lists.FindAsync(_house.Fi, number, default))!;

                    var groups = new[] { first, second }.Where(person => person != proposer).Distinct().Where(person => person is "archivaris" or "medebeslisser" or "allebei").ToList();
                    var isApproved = groups.Count == 2 && (groups.Contains("archivaris") || groups.Contains("allebei")) && (groups.Contains("medebeslisser") || groups.Contains("allebei"));
                    // The one who could be either takes the archivaris' place first; then an archivaris comes too late.
                    if (first == "allebei" && second == "archivaris") isApproved = false;
                    list.Status.ShouldBe(isApproved ? ListStatus.Approved : ListStatus.Proposed, $"{proposer} {first} {second}");
                    list.Approvals.Select(approval => approval.Person).Append(list.ProposedBy).Distinct().Count().ShouldBe(list.Approvals.Count + 1);
                    if (isApproved) approved++;
                    if (!isApproved) (await _house.Lists.RunAsync(_house.Fi, number, number, null, default)).IsDone.ShouldBeFalse();
                    (await _house.Lists.CancelAsync(_house.Fi, number, "proef", default)).Refusals.ShouldBeEmpty();
                }
            }
        }

        approved.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Approve_RecordingsByEveryPair_NeedsASecondPerson()
    {
        await _house.CaseAsync("WL-2025-0001");
        string[] people = ["fi", "plaatsvervanger", "archivaris", "medebeslisser", "onderzoeker", "verantwoordelijke"];
        foreach (var proposer in people)
        {
            foreach (var second in people)
            {
                var proposed = await _house.Lists.ProposeAsync(_house.Vault.As(proposer), new DestructionChoice(DestructionPath.Light, []), default);
                proposed.IsDone.ShouldBe(proposer is not ("medebeslisser" or "verantwoordelijke"), proposer);
                if (!proposed.IsDone) continue;
                var approved = await _house.Lists.ApproveAsync(_house.Vault.As(second), proposed.Value.Number, null, default);
                approved.IsDone.ShouldBe(second != proposer && second is "fi" or "plaatsvervanger" or "archivaris" or "medebeslisser" && second != proposer, $"{proposer} {second}");
                (await _house.Lists.CancelAsync(_house.Fi, proposed.Value.Number, "proef", default)).Refusals.ShouldBeEmpty();
            }
        }
    }

    /// <summary>
    /// An account that was the proposer's and became another's in between: different people, one account, so possibly one person twice.
    /// </summary>
    [Fact]
    public async Task Approve_WithAnAccountThatWasUsedBefore_IsRefused()
    {
        await _house.CaseAsync("WL-2025-0001");
        var staff = _house.Register.Staff;
        var owner = _house.Vault.As("verantwoordelijke");
        (await staff.ConfirmAsync(owner, (await staff.BindAsync(_house.Fi, new PersonId("fi"), "os:balie", default)).Value.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        var atDesk = staff.SignIn(new PersonId("fi"), "os:balie").Value;
        var list = (await _house.Lists.ProposeAsync(atDesk, new DestructionChoice(DestructionPath.Light, []), default)).Value;

        (await staff.UnbindAsync(_house.Fi, new PersonId("fi"), "os:balie", default)).IsDone.ShouldBeTrue();
        (await staff.ConfirmAsync(owner, (await staff.BindAsync(_house.Fi, new PersonId("archivaris"), "os:balie", default)).Value.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        var other = staff.SignIn(new PersonId("archivaris"), "os:balie").Value;
        (await _house.Lists.ApproveAsync(other, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit account is voor deze lijst al gebruikt.");
        // With his own account neither: who proposed it can no longer be told from him by that account.
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("kan niet meer worden goedgekeurd");
    }

    [Fact]
    public async Task EveryStep_ByAProgramWithAToken_IsRefused()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        var token = new ActingPerson(new PersonId("archivaris"), "token:abc");
        (await _house.Lists.ProposeAsync(token, new DestructionChoice(DestructionPath.Light, []), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await _house.Lists.ApproveAsync(token, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await _house.Lists.ReviewAsync(token, list.Number, 1, ItemAnswer.Destroy, null, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await _house.Lists.CancelAsync(token, list.Number, "proef", default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await _house.Lists.RunAsync(token, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await _house.Lists.ConfirmClockAsync(token, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
    }

    [Fact]
    public async Task EveryStep_ByWhoIsPartOfTheFacts_IsAsIfTheListWereNotThere()
    {
        // His name is that of the betrokkene, and nobody said yet that it is another.
        await _house.Vault.HireAsync("naamgenoot", "mevrouw K. Kanariebetrokkene", StaffRole.Archivaris, StaffRole.Fi);
        await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        var part = _house.Vault.As("naamgenoot");
        (await _house.Lists.ListAsync(part, default)).Value.ShouldBeEmpty();
        (await _house.Lists.FindAsync(part, list.Number, default)).ShouldBeNull();
        (await _house.Lists.ApproveAsync(part, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
        (await _house.Lists.CancelAsync(part, list.Number, "proef", default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
        // The FI hears of it; not he, who is FI too.
        (await _house.Register.ReviewsAsync(_house.Fi, default)).Value.Count(item => item.Person == part.Id).ShouldBe(2);
        (await _house.Lists.DraftAsync(part, new DestructionChoice(DestructionPath.Light, []), default)).Value.Items.ShouldBeEmpty();
        (await _house.Lists.DraftAsync(part, new DestructionChoice(DestructionPath.Light, [new DossierNumber("WL-2025-0001")]), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
    }

    [Fact]
    public async Task Approve_ByTheOnderzoekerOfTheCase_IsRefusedThoughHeIsArchivaris()
    {
        var change = (await _house.Register.Staff.AppointAsync(_house.Fi, new PersonId("onderzoeker"), new Appointment(StaffRole.Archivaris, new DateOnly(2026, 1, 1)), default)).Value;
        (await _house.Register.Staff.ConfirmAsync(_house.Vault.As("verantwoordelijke"), change.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await _house.Lists.ApproveAsync(_house.Vault.As("onderzoeker"), list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("WL-2025-0001");
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_AfterAHoldWasPlaced_VoidsWhatWasApprovedAndSaysWhichItem()
    {
        await _house.CaseAsync("WL-2025-0001");
        await _house.CaseAsync("WL-2025-0002");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, list.Hash, default)).Refusals.ShouldBeEmpty();
        await HoldAsync("WL-2025-0002");

        var refused = await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, list.Hash, default);
        refused.Refusals.ShouldHaveSingleItem().What.ShouldBe("Onderdeel 2 (dossier WL-2025-0002) is veranderd: er is een bewaargrond geplaatst of veranderd.");
        refused.Refusals[0].Cause.ShouldBe(RefusalCause.Changed);
        var after = (await _house.Lists.FindAsync(_house.Fi, list.Number, default))!;
        after.Approvals.ShouldBeEmpty();
        after.Void.ShouldHaveSingleItem().Person.ShouldBe(new PersonId("archivaris"));
        after.Hash.ShouldNotBe(list.Hash);

        // It cannot be approved as it is now either; kept until a day it can, by both anew.
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Onderdeel 2 (dossier WL-2025-0002) mag nu niet worden vernietigd.");
        (await _house.Lists.ReviewAsync(_house.Fi, list.Number, 2, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Zolang de procedure loopt.", default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Value.Status.ShouldBe(ListStatus.Approved);
    }

    /// <summary>Any change voids: of an answer, of a class, of the case being reopened, of a file.</summary>
    [Theory]
    [InlineData("antwoord")]
    [InlineData("klasse")]
    [InlineData("heropend")]
    [InlineData("datum")]
    public async Task Run_AfterAnyChange_IsRefusedAndTheApprovalsAreVoid(string change)
    {
        var number = await _house.CaseAsync("WL-2025-0001");
        var list = await _house.ApprovedDossiersAsync();
        switch (change)
        {
            case "antwoord":
                (await _house.Lists.ReviewAsync(_house.Fi, list.Number, 1, ItemAnswer.Transfer, null, null, default)).Refusals.ShouldBeEmpty();
                break;
            case "klasse":
                var desk = (await RetentionDesk.OpenAsync(_house.Register, _house.Archivaris, default)).Value;
                (await desk.ClassifyAsync(number, new ClassRequest("12.1.7", "Toch een volledig onderzoek."), dryRun: false, default)).Refusals.ShouldBeEmpty();
                break;
            case "heropend":
                using (var dossier = await _house.Vault.OpenAsync("fi", number)) (await dossier.RecordAsync(new DossierReopened { Date = new DateOnly(2026, 10, 15), Reason = "Nieuwe feiten." }, default)).Refusals.ShouldBeEmpty();
                break;
            case "datum":
                var door = (await _house.Register.OpenArchiveAsync(_house.Archivaris, default)).Value;
                (await door.RecordAsync(number, new ActionDateChanged { Date = new DateOnly(2026, 10, 15), KeepUntil = new DateOnly(2031, 1, 1), Computed = new DateOnly(2026, 5, 6), Reason = "Historisch belang." }, default)).Refusals.ShouldBeEmpty();
                break;
        }

        (await _house.Lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).IsDone.ShouldBeFalse();
        var after = (await _house.Lists.FindAsync(_house.Fi, list.Number, default))!;
        after.Status.ShouldBe(ListStatus.Proposed);
        after.Approvals.ShouldBeEmpty();
        after.Void.Count.ShouldBe(2);
        (await _house.Register.ListAsync(_house.Fi, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Run_BeforeItsDayOrWithAnotherNumber_IsRefused()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("niet goedgekeurd");
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        _house.Pass(14); // fourteen whole days in between: the day of the approval is none of them
        (await _house.Lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("wachttijd");
        _house.Pass(1);
        (await _house.Lists.RunAsync(_house.Fi, list.Number, "VL-2026-0002", null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("bevestiging");
        (await _house.Lists.CheckRunAsync(_house.Fi, list.Number, default)).Refusals.ShouldBeEmpty();
        (await _house.Register.ListAsync(_house.Fi, default)).ShouldHaveSingleItem();
        (await _house.Lists.CancelAsync(_house.Vault.As("verantwoordelijke"), list.Number, "Er is beroep ingesteld.", default)).Value.Status.ShouldBe(ListStatus.Cancelled);
        (await _house.Lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).IsDone.ShouldBeFalse();
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).IsDone.ShouldBeFalse();
    }

    /// <summary>Fourteen days is time enough for a decider to lose his role or account, or to be drawn into the case: then what he decided counts no longer.</summary>
    [Theory]
    [InlineData("rol")]
    [InlineData("account")]
    [InlineData("getuige")]
    [InlineData("voorsteller")]
    public async Task Run_WhenSomebodyWhoDecidedMayNotAnyMore_IsRefusedAndTheApprovalsAreVoid(string change)
    {
        var number = await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Vault.As("plaatsvervanger"), new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        _house.Pass(15);
        (await _house.Lists.CheckRunAsync(_house.Fi, list.Number, default)).Refusals.ShouldBeEmpty();
        var staff = _house.Register.Staff;
        switch (change)
        {
            case "rol":
                (await staff.EndAsync(_house.Fi, new PersonId("archivaris"), StaffRole.Archivaris, new DateOnly(2026, 10, 15), default)).Refusals.ShouldBeEmpty();
                break;
            case "voorsteller":
                (await staff.EndAsync(_house.Fi, new PersonId("plaatsvervanger"), StaffRole.PlaatsvervangendFi, new DateOnly(2026, 10, 15), default)).Refusals.ShouldBeEmpty();
                break;
            case "account":
                (await staff.UnbindAsync(_house.Fi, new PersonId("medebeslisser"), "os:medebeslisser", default)).Refusals.ShouldBeEmpty();
                break;
            case "getuige":
                using (var dossier = await _house.Vault.OpenAsync("fi", number))
                {
                    var person = new CasePerson { Id = new PersonId("getuige-9"), Role = CaseRole.Getuige, Initials = "T.", Surname = "Zeekleidijk", Staff = new PersonId("archivaris") };
                    (await dossier.RecordAsync(new PersonAdded { Date = new DateOnly(2026, 10, 15), Person = person }, default)).Refusals.ShouldBeEmpty();
                }

                break;
        }

        (await _house.Lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldNotBeEmpty();
        var after = (await _house.Lists.FindAsync(_house.Fi, list.Number, default))!;
        after.Status.ShouldBe(ListStatus.Proposed);
        after.Void.Count.ShouldBe(2);
        (await _house.Register.ListAsync(_house.Fi, default)).ShouldHaveSingleItem();
        if (change == "voorsteller") (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("kan niet meer worden goedgekeurd");
    }

    /// <summary>A hold that was placed after the backup is gone with a restore: what was approved before it is decided on again.</summary>
    [Fact]
    public async Task Run_AfterTheVaultWasRestored_AsksForNewApprovals()
    {
        await _house.CaseAsync("WL-2025-0001");
        var list = await _house.ApprovedDossiersAsync();
        using (var journal = await _house.Vault.Vault.OpenOwnStreamAsync(StreamKind.Backups, default))
        using (var batch = journal.Begin())
        {
            batch.Add("restored", "backups", new byte[32], _house.Vault.Clock.Now); // as a restore records it (FORMAT.md)
            await batch.CommitAsync(default);
        }

        (await _house.Lists.RunAsync(_house.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("teruggezet");
        (await _house.Lists.FindAsync(_house.Fi, list.Number, default))!.Void.Count.ShouldBe(2);
        _house.Pass(1);
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        _house.Pass(15);
        (await _house.Lists.CheckRunAsync(_house.Fi, list.Number, default)).Refusals.ShouldBeEmpty();
    }

    /// <summary>Another reason for the same day is another answer: it is recorded, and what was approved before counts no longer.</summary>
    [Fact]
    public async Task Review_AnotherReasonForTheSameDay_VoidsAndIsTheOneThatIsKept()
    {
        var number = await _house.CaseAsync("WL-2025-0001");
        var list = (await _house.Lists.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await _house.Lists.ReviewAsync(_house.Fi, list.Number, 1, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Eerste reden", default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ReviewAsync(_house.Fi, list.Number, 1, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Tweede reden", default)).Value.Void.ShouldHaveSingleItem();
        (await _house.Lists.ApproveAsync(_house.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await _house.Lists.ApproveAsync(_house.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        _house.Pass(15);
        (await _house.RunAsync(list)).Items[0].Outcome.ShouldBe(ItemOutcome.Kept);
        var history = (await (await _house.Register.OpenArchiveAsync(_house.Archivaris, default)).Value.HistoryAsync(number, default)).Value;
        history.Select(recorded => recorded.Event).OfType<ActionDateChanged>().ShouldHaveSingleItem().Reason.ShouldEndWith("Tweede reden");
    }

    /// <summary>The name of a date stands on the list and in the verklaring, which are kept for ever.</summary>
    [Fact]
    public async Task Record_ANameOfADateThatCanNameSomebody_IsRefused()
    {
        var number = await _house.CaseAsync("WL-2025-0001");
        var door = (await _house.Register.OpenArchiveAsync(_house.Archivaris, default)).Value;
        foreach (var (name, isPlain) in ((string, bool)[])[("einde dienstverband Visarendsman", false), ("Visarendsman", false), ("-einde", false), (new string('a', 61), false), ("einde-dienstverband", true)])
        {
            var source = new SourceDateSet { Date = new DateOnly(2026, 10, 1), From = Afleidingswijze.AnderDatumkenmerk, Kenmerk = name, SourceDate = new DateOnly(2026, 1, 1), Ground = "Volgens het besluit." };
            (await door.RecordAsync(number, source, default)).IsDone.ShouldBe(isPlain, name);
        }
    }

    [Fact]
    public async Task Propose_MoreThanAListHolds_TakesTheOldestAndSaysTheRest()
    {
        using var small = _house.Open(new DestructionRules { LargestList = 3 });
        await _house.CaseAsync("WL-2025-0001", recordings: 2, transcripts: true); // four
        await _house.CaseAsync("WL-2025-0002");
        var list = (await small.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        // A recording and its transcript are not torn apart.
        list.Items.Count.ShouldBe(3);
        list.Items.Where(item => item.Kind == RetentionObject.Transcript).ShouldAllBe(item => list.Items.Any(other => other.Object == item.Of));
        var second = await small.ProposeAsync(_house.Fi, new DestructionChoice(DestructionPath.Light, []), default);
        second.Value.Items.Select(item => item.Object).ShouldAllBe(id => list.Items.All(item => item.Object != id)); // never on two lists at once
    }

    private async Task HoldAsync(string number)
    {
        var archive = (await _house.Register.OpenArchiveAsync(_house.Fi, default)).Value;
        (await archive.RecordAsync(new DossierNumber(number), new HoldPlaced { Date = new DateOnly(2026, 10, 1), Kind = HoldKind.Civiel, Citation = "C/09/1", ReviewOn = new DateOnly(2027, 3, 1), Reason = "Dagvaarding." }, default)).Refusals.ShouldBeEmpty();
    }
}
