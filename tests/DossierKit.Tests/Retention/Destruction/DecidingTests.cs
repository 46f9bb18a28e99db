using System.Text;
using System.Text.Json.Nodes;
using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Documents;
using DossierKit.Vault;

namespace DossierKit.Tests.Retention.Destruction;

/// <summary>Who may decide, in which order, and what an approval is worth: it is bound to the exact list and to nothing else.</summary>
public sealed class DecidingTests : DestructionTests
{
    /// <summary>Everybody in every order: a list of dossiers is approved when, and only when, three different people did it, of whom one as archivaris and one as medebeslisser.</summary>
    [Fact]
    public async Task Approve_DossiersByEveryoneInEveryOrder_NeedsThreePeopleAndTheirRoles()
    {
        await House.CaseAsync("WL-2025-0001");
        await House.Vault.HireAsync("allebei", "mevrouw U. Moerasandijvie", StaffRole.Archivaris, StaffRole.Medebeslisser);
        await House.Vault.HireAsync("fi-archivaris", "de heer O. Slikgorzen", StaffRole.PlaatsvervangendFi, StaffRole.Archivaris);
        string[] people = ["fi", "archivaris", "medebeslisser", "allebei", "fi-archivaris", "verantwoordelijke", "onderzoeker"];
        var approved = 0;
        foreach (var proposer in people)
        {
            foreach (var first in people)
            {
                foreach (var second in people)
                {
                    var proposed = await House.Lists.ProposeAsync(House.Vault.As(proposer), new DestructionChoice(DestructionPath.List, []), default);
                    proposed.IsDone.ShouldBe(proposer is not ("verantwoordelijke" or "onderzoeker"), proposer);
                    if (!proposed.IsDone) continue;
                    var number = proposed.Value.Number;
                    var one = await House.Lists.ApproveAsync(House.Vault.As(first), number, null, default);
                    one.IsDone.ShouldBe(first != proposer && first is "archivaris" or "medebeslisser" or "allebei" && first != proposer, $"{proposer} {first}");
                    var two = await House.Lists.ApproveAsync(House.Vault.As(second), number, null, default);
                    var list = (await House.Lists.FindAsync(House.Fi, number, default))!;

                    var groups = new[] { first, second }.Where(person => person != proposer).Distinct().Where(person => person is "archivaris" or "medebeslisser" or "allebei").ToList();
                    var isApproved = groups.Count == 2 && (groups.Contains("archivaris") || groups.Contains("allebei")) && (groups.Contains("medebeslisser") || groups.Contains("allebei"));
                    // The one who could be either takes the archivaris' place first; then an archivaris comes too late.
                    if (first == "allebei" && second == "archivaris") isApproved = false;
                    list.Status.ShouldBe(isApproved ? ListStatus.Approved : ListStatus.Proposed, $"{proposer} {first} {second}");
                    list.Approvals.Select(approval => approval.Person).Append(list.ProposedBy).Distinct().Count().ShouldBe(list.Approvals.Count + 1);
                    if (isApproved) approved++;
                    if (!isApproved) (await House.Lists.RunAsync(House.Fi, number, number, null, default)).IsDone.ShouldBeFalse();
                    (await House.Lists.CancelAsync(House.Fi, number, "proef", default)).Refusals.ShouldBeEmpty();
                }
            }
        }

        approved.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Approve_RecordingsByEveryPair_NeedsASecondPerson()
    {
        await House.CaseAsync("WL-2025-0001");
        string[] people = ["fi", "plaatsvervanger", "archivaris", "medebeslisser", "onderzoeker", "verantwoordelijke"];
        foreach (var proposer in people)
        {
            foreach (var second in people)
            {
                var proposed = await House.Lists.ProposeAsync(House.Vault.As(proposer), new DestructionChoice(DestructionPath.Light, []), default);
                proposed.IsDone.ShouldBe(proposer is not ("medebeslisser" or "verantwoordelijke"), proposer);
                if (!proposed.IsDone) continue;
                var approved = await House.Lists.ApproveAsync(House.Vault.As(second), proposed.Value.Number, null, default);
                approved.IsDone.ShouldBe(second != proposer && second is "fi" or "plaatsvervanger" or "archivaris" or "medebeslisser" && second != proposer, $"{proposer} {second}");
                (await House.Lists.CancelAsync(House.Fi, proposed.Value.Number, "proef", default)).Refusals.ShouldBeEmpty();
            }
        }
    }

    /// <summary>
    /// What comes in a dossier after everybody agreed to destroy it was seen by nobody: a report to the police does not change a date, a class or the number of bytes.
    /// </summary>
    [Fact]
    public async Task Approval_AndThenSomethingRecordedInTheCase_IsVoid()
    {
        var number = await House.CaseAsync("WL-2025-0001");
        foreach (var happening in (DossierEvent[])
        [
            new AangifteFiled { Date = new DateOnly(2026, 10, 1), Offence = "Verduistering", Authority = "Politie" },
            new RegistrationUpdated { Date = new DateOnly(2026, 10, 1), Betrokkene = new PersonId("betrokkene-1"), Channel = MeldingChannel.HuisVoorKlokkenluiders },
        ])
        {
            var approved = await House.ApprovedDossiersAsync(number);
            using (var dossier = await House.Vault.OpenAsync("fi", number)) (await dossier.RecordAsync(happening, default)).Refusals.ShouldBeEmpty();
            var run = await House.Lists.RunAsync(House.Fi, approved.Number, approved.Number, null, default);
            run.Refusals.ShouldHaveSingleItem().ToString().ShouldContain("vastgelegd of veranderd");
            (await House.Lists.FindAsync(House.Fi, approved.Number, default))!.ShouldSatisfyAllConditions(list => list.Status.ShouldBe(ListStatus.Proposed), list => list.Approvals.ShouldBeEmpty());
            (await House.Lists.CancelAsync(House.Fi, approved.Number, "proef", default)).Refusals.ShouldBeEmpty();
        }

        // Who may look, and what is decided on keeping without another outcome, is no content.
        var list = await House.ApprovedDossiersAsync(number);
        using (var looked = await House.Vault.OpenAsync("fi", number)) looked.State.Events.Count.ShouldBeGreaterThan(5);
        (await House.RunAsync(list)).Status.ShouldBe(ListStatus.Done);
    }

    /// <summary>
    /// An account that was the proposer's and became another's in between: different people, one account, so possibly one person twice.
    /// </summary>
    [Fact]
    public async Task Approve_WithAnAccountThatWasUsedBefore_IsRefused()
    {
        await House.CaseAsync("WL-2025-0001");
        var staff = House.Register.Staff;
        var owner = House.Vault.As("verantwoordelijke");
        (await staff.ConfirmAsync(owner, (await staff.BindAsync(House.Fi, new PersonId("fi"), "os:balie", default)).Value.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        var atDesk = staff.SignIn(new PersonId("fi"), "os:balie").Value;
        var list = (await House.Lists.ProposeAsync(atDesk, new DestructionChoice(DestructionPath.Light, []), default)).Value;

        (await staff.UnbindAsync(House.Fi, new PersonId("fi"), "os:balie", default)).IsDone.ShouldBeTrue();
        (await staff.ConfirmAsync(owner, (await staff.BindAsync(House.Fi, new PersonId("archivaris"), "os:balie", default)).Value.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        var other = staff.SignIn(new PersonId("archivaris"), "os:balie").Value;
        (await House.Lists.ApproveAsync(other, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit account is voor deze lijst al gebruikt.");
        // With his own account neither: who proposed it can no longer be told from him by that account.
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("kan niet meer worden goedgekeurd");
    }

    [Fact]
    public async Task EveryStep_ByAProgramWithAToken_IsRefused()
    {
        await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        var token = new ActingPerson(new PersonId("archivaris"), "token:abc");
        (await House.Lists.ProposeAsync(token, new DestructionChoice(DestructionPath.Light, []), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await House.Lists.ApproveAsync(token, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await House.Lists.ReviewAsync(token, list.Number, 1, ItemAnswer.Destroy, null, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await House.Lists.CancelAsync(token, list.Number, "proef", default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await House.Lists.RunAsync(token, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        (await House.Lists.ConfirmClockAsync(token, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
    }

    [Fact]
    public async Task EveryStep_ByWhoIsPartOfTheFacts_IsAsIfTheListWereNotThere()
    {
        // His name is that of the betrokkene, and nobody said yet that it is another.
        await House.Vault.HireAsync("naamgenoot", "mevrouw K. Kanariebetrokkene", StaffRole.Archivaris, StaffRole.Fi);
        await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        var part = House.Vault.As("naamgenoot");
        (await House.Lists.ListAsync(part, default)).Value.ShouldBeEmpty();
        (await House.Lists.FindAsync(part, list.Number, default)).ShouldBeNull();
        (await House.Lists.ApproveAsync(part, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
        (await House.Lists.CancelAsync(part, list.Number, "proef", default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
        // The FI hears of it; not he, who is FI too.
        (await House.Register.ReviewsAsync(House.Fi, default)).Value.Count(item => item.Person == part.Id).ShouldBe(2);
        (await House.Lists.DraftAsync(part, new DestructionChoice(DestructionPath.Light, []), default)).Value.Items.ShouldBeEmpty();
        (await House.Lists.DraftAsync(part, new DestructionChoice(DestructionPath.Light, [new DossierNumber("WL-2025-0001")]), default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);
    }

    [Fact]
    public async Task Approve_ByTheOnderzoekerOfTheCase_IsRefusedThoughHeIsArchivaris()
    {
        var change = (await House.Register.Staff.AppointAsync(House.Fi, new PersonId("onderzoeker"), new Appointment(StaffRole.Archivaris, new DateOnly(2026, 1, 1)), default)).Value;
        (await House.Register.Staff.ConfirmAsync(House.Vault.As("verantwoordelijke"), change.Waiting!.Id, default)).IsDone.ShouldBeTrue();
        await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.ApproveAsync(House.Vault.As("onderzoeker"), list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("WL-2025-0001");
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_AfterAHoldWasPlaced_VoidsWhatWasApprovedAndSaysWhichItem()
    {
        await House.CaseAsync("WL-2025-0001");
        await House.CaseAsync("WL-2025-0002");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, list.Hash, default)).Refusals.ShouldBeEmpty();
        await HoldAsync("WL-2025-0002");

        var refused = await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, list.Hash, default);
        refused.Refusals.ShouldHaveSingleItem().What.ShouldBe("Onderdeel 2 (dossier WL-2025-0002) is veranderd: er is een bewaargrond geplaatst of veranderd.");
        refused.Refusals[0].Cause.ShouldBe(RefusalCause.Changed);
        var after = (await House.Lists.FindAsync(House.Fi, list.Number, default))!;
        after.Approvals.ShouldBeEmpty();
        after.Void.ShouldHaveSingleItem().Person.ShouldBe(new PersonId("archivaris"));
        after.Hash.ShouldNotBe(list.Hash);

        // It cannot be approved as it is now either; kept until a day it can, by both anew.
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Onderdeel 2 (dossier WL-2025-0002) mag nu niet worden vernietigd.");
        (await House.Lists.ReviewAsync(House.Fi, list.Number, 2, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Zolang de procedure loopt.", default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Value.Status.ShouldBe(ListStatus.Approved);
    }

    /// <summary>Any change voids: of an answer, of a class, of the case being reopened, of a file.</summary>
    [Theory]
    [InlineData("antwoord")]
    [InlineData("klasse")]
    [InlineData("heropend")]
    [InlineData("datum")]
    public async Task Run_AfterAnyChange_IsRefusedAndTheApprovalsAreVoid(string change)
    {
        var number = await House.CaseAsync("WL-2025-0001");
        var list = await House.ApprovedDossiersAsync();
        switch (change)
        {
            case "antwoord":
                (await House.Lists.ReviewAsync(House.Fi, list.Number, 1, ItemAnswer.Transfer, null, null, default)).Refusals.ShouldBeEmpty();
                break;
            case "klasse":
                var desk = (await RetentionDesk.OpenAsync(House.Register, House.Archivaris, default)).Value;
                (await desk.ClassifyAsync(number, new ClassRequest("12.1.7", "Toch een volledig onderzoek."), dryRun: false, default)).Refusals.ShouldBeEmpty();
                break;
            case "heropend":
                using (var dossier = await House.Vault.OpenAsync("fi", number)) (await dossier.RecordAsync(new DossierReopened { Date = new DateOnly(2026, 10, 15), Reason = "Nieuwe feiten." }, default)).Refusals.ShouldBeEmpty();
                break;
            case "datum":
                var door = (await House.Register.OpenArchiveAsync(House.Archivaris, default)).Value;
                (await door.RecordAsync(number, new ActionDateChanged { Date = new DateOnly(2026, 10, 15), KeepUntil = new DateOnly(2031, 1, 1), Computed = new DateOnly(2026, 5, 6), Reason = "Historisch belang." }, default)).Refusals.ShouldBeEmpty();
                break;
        }

        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).IsDone.ShouldBeFalse();
        var after = (await House.Lists.FindAsync(House.Fi, list.Number, default))!;
        after.Status.ShouldBe(ListStatus.Proposed);
        after.Approvals.ShouldBeEmpty();
        after.Void.Count.ShouldBe(2);
        (await House.Register.ListAsync(House.Fi, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Run_BeforeItsDayOrWithAnotherNumber_IsRefused()
    {
        await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("niet goedgekeurd");
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        House.Pass(14); // fourteen whole days in between: the day of the approval is none of them
        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("wachttijd");
        House.Pass(1);
        (await House.Lists.RunAsync(House.Fi, list.Number, "VL-2026-0002", null, default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("bevestiging");
        (await House.Lists.CheckRunAsync(House.Fi, list.Number, takesOver: false, default)).Refusals.ShouldBeEmpty();
        (await House.Register.ListAsync(House.Fi, default)).ShouldHaveSingleItem();
        (await House.Lists.CancelAsync(House.Vault.As("verantwoordelijke"), list.Number, "Er is beroep ingesteld.", default)).Value.Status.ShouldBe(ListStatus.Cancelled);
        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).IsDone.ShouldBeFalse();
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).IsDone.ShouldBeFalse();
    }

    /// <summary>Fourteen days is time enough for a decider to lose his role or account, or to be drawn into the case: then what he decided counts no longer.</summary>
    [Theory]
    [InlineData("rol")]
    [InlineData("account")]
    [InlineData("getuige")]
    [InlineData("voorsteller")]
    public async Task Run_WhenSomebodyWhoDecidedMayNotAnyMore_IsRefusedAndTheApprovalsAreVoid(string change)
    {
        var number = await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Vault.As("plaatsvervanger"), new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        House.Pass(15);
        (await House.Lists.CheckRunAsync(House.Fi, list.Number, takesOver: false, default)).Refusals.ShouldBeEmpty();
        var staff = House.Register.Staff;
        switch (change)
        {
            case "rol":
                (await staff.EndAsync(House.Fi, new PersonId("archivaris"), StaffRole.Archivaris, new DateOnly(2026, 10, 15), default)).Refusals.ShouldBeEmpty();
                break;
            case "voorsteller":
                (await staff.EndAsync(House.Fi, new PersonId("plaatsvervanger"), StaffRole.PlaatsvervangendFi, new DateOnly(2026, 10, 15), default)).Refusals.ShouldBeEmpty();
                break;
            case "account":
                (await staff.UnbindAsync(House.Fi, new PersonId("medebeslisser"), "os:medebeslisser", default)).Refusals.ShouldBeEmpty();
                break;
            case "getuige":
                using (var dossier = await House.Vault.OpenAsync("fi", number))
                {
                    var person = new CasePerson { Id = new PersonId("getuige-9"), Role = CaseRole.Getuige, Initials = "T.", Surname = "Zeekleidijk", Staff = new PersonId("archivaris") };
                    (await dossier.RecordAsync(new PersonAdded { Date = new DateOnly(2026, 10, 15), Person = person }, default)).Refusals.ShouldBeEmpty();
                }

                break;
        }

        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldNotBeEmpty();
        var after = (await House.Lists.FindAsync(House.Fi, list.Number, default))!;
        after.Status.ShouldBe(ListStatus.Proposed);
        after.Void.Count.ShouldBe(2);
        (await House.Register.ListAsync(House.Fi, default)).ShouldHaveSingleItem();
        if (change == "voorsteller") (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldContain("kan niet meer worden goedgekeurd");
    }

    /// <summary>A hold that was placed after the backup is gone with a restore: what was approved before it is decided on again.</summary>
    [Fact]
    public async Task Run_AfterTheVaultWasRestored_AsksForNewApprovals()
    {
        await House.CaseAsync("WL-2025-0001");
        var list = await House.ApprovedDossiersAsync();
        using (var journal = await House.Vault.Vault.OpenOwnStreamAsync(StreamKind.Backups, default))
        using (var batch = journal.Begin())
        {
            batch.Add("restored", "backups", new byte[32], House.Vault.Clock.Now); // as a restore records it (FORMAT.md)
            await batch.CommitAsync(default);
        }

        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("teruggezet");
        (await House.Lists.FindAsync(House.Fi, list.Number, default))!.Void.Count.ShouldBe(2);
        House.Pass(1);
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        House.Pass(15);
        (await House.Lists.CheckRunAsync(House.Fi, list.Number, takesOver: false, default)).Refusals.ShouldBeEmpty();
    }

    /// <summary>Another reason for the same day is another answer: it is recorded, and what was approved before counts no longer.</summary>
    [Fact]
    public async Task Review_AnotherReasonForTheSameDay_VoidsAndIsTheOneThatIsKept()
    {
        var number = await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        var first = (await House.Lists.ReviewAsync(House.Fi, list.Number, 1, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Eerste reden", default)).Value;
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ReviewAsync(House.Fi, list.Number, 1, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Tweede reden", default)).Value.Void.ShouldHaveSingleItem();
        // The reason is in the hash: who looked at the first cannot approve the second unseen.
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, first.Hash, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.Changed);
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        House.Pass(15);
        var done = await House.RunAsync(list);
        done.Items[0].Outcome.ShouldBe(ItemOutcome.Kept);
        // A stranger reckons the hash again from the statement, which tells nothing of the reason.
        var statement = (await House.Lists.StatementAsync(House.Fi, list.Number, default)).Value;
        statement.Statement.Items[0].ReasonHash.ShouldBe(done.Items[0].ReasonHash.ShouldNotBeNull());
        statement.Json.ShouldNotContain("Tweede reden");
        var history = (await (await House.Register.OpenArchiveAsync(House.Archivaris, default)).Value.HistoryAsync(number, default)).Value;
        history.Select(recorded => recorded.Event).OfType<ActionDateChanged>().ShouldHaveSingleItem().Reason.ShouldEndWith("Tweede reden");
    }

    /// <summary>The name of a date stands on the list and in the verklaring, which are kept for ever.</summary>
    [Fact]
    public async Task Record_ANameOfADateThatCanNameSomebody_IsRefused()
    {
        var number = await House.CaseAsync("WL-2025-0001");
        var door = (await House.Register.OpenArchiveAsync(House.Archivaris, default)).Value;
        foreach (var (name, isPlain) in ((string, bool)[])[("einde dienstverband Visarendsman", false), ("Visarendsman", false), ("kanariegetuige", false), ("kanariegetuigf", false), ("vertrek-kanariemelder", false), ("Einde-dienstverband", false), ("einde-dienstverband", true), ("einde-ambt", true)])
        {
            var source = new SourceDateSet { Date = new DateOnly(2026, 10, 1), From = Afleidingswijze.AnderDatumkenmerk, Kenmerk = name, SourceDate = new DateOnly(2026, 1, 1), Ground = "Volgens het besluit." };
            (await door.CheckAsync(number, source, default)).IsDone.ShouldBe(isPlain, name);
            var recorded = await door.RecordAsync(number, source, default);
            recorded.IsDone.ShouldBe(isPlain, name);
            // A name in the case and one that only looks like it are refused alike, and in the same words.
            if (!isPlain) recorded.Refusals.ShouldHaveSingleItem().ShouldBe(RetentionEventRules.BadName(source.Name));
        }
    }

    [Fact]
    public async Task Propose_MoreThanAListHolds_TakesTheOldestAndSaysTheRest()
    {
        using var small = House.Open(new DestructionRules { LargestList = 3 });
        await House.CaseAsync("WL-2025-0001", recordings: 2, transcripts: true); // four
        await House.CaseAsync("WL-2025-0002");
        var list = (await small.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, []), default)).Value;
        // A recording and its transcript are not torn apart.
        list.Items.Count.ShouldBe(3);
        list.Items.Where(item => item.Kind == RetentionObject.Transcript).ShouldAllBe(item => list.Items.Any(other => other.Object == item.Of));
        var second = await small.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.Light, []), default);
        second.Value.Items.Select(item => item.Object).ShouldAllBe(id => list.Items.All(item => item.Object != id)); // never on two lists at once
    }

    /// <summary>A verantwoordelijke sees the lists of which every dossier is his; of the others he does not even hear that they are there.</summary>
    [Fact]
    public async Task List_OfDossiersAVerantwoordelijkeDoesNotAnswerFor_IsNotThereForHim()
    {
        var elsewhere = await House.Vault.HireAsync("burgemeester", "mevrouw K. Hogezandsluis", StaffRole.Verantwoordelijke);
        await House.CaseAsync("WL-2025-0001"); // about a medewerker: the gemeentesecretaris answers for it
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;

        (await House.Lists.ListAsync(elsewhere, default)).Value.ShouldBeEmpty();
        (await House.Lists.FindAsync(elsewhere, list.Number, default)).ShouldBeNull();
        var known = (await House.Lists.CancelAsync(elsewhere, list.Number, "Toch niet.", default)).Refusals.ShouldHaveSingleItem();
        known.ShouldBe((await House.Lists.CancelAsync(elsewhere, "VL-2026-0099", "Toch niet.", default)).Refusals.ShouldHaveSingleItem());
        (await House.Lists.StatementAsync(elsewhere, list.Number, default)).Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NotThere);

        var owner = House.Vault.As("verantwoordelijke");
        (await House.Lists.ListAsync(owner, default)).Value.ShouldHaveSingleItem().Number.ShouldBe(list.Number);
        (await House.Lists.FindAsync(owner, list.Number, default)).ShouldNotBeNull();
    }

    /// <summary>A protocol that gives the light path a waiting time: whole days after the approval, and every item says whose number it is.</summary>
    [Fact]
    public async Task Run_OfARecordingUnderAProtocolWithAWaitingTime_WaitsThatLong()
    {
        var text = await File.ReadAllTextAsync(RepositoryFiles.Protocol("waterlanden-2025.json"));
        text = text.Replace("\"id\": \"waterlanden\"", "\"id\": \"wachtmeren\"", StringComparison.Ordinal)
            .Replace("\"venster\": \"2 maanden\",", "\"venster\": \"2 maanden\", \"wachttijd\": \"2 werkdagen\",", StringComparison.Ordinal);
        (await House.Register.Protocols.InstallAsync(House.Fi, "eigen.json", Encoding.UTF8.GetBytes(text), default)).Refusals.ShouldBeEmpty();
        await House.CaseAsync("WL-2025-0001", protocol: "wachtmeren");
        await House.CaseAsync("WL-2025-0002");

        var list = await House.ApprovedRecordingsAsync(); // Thursday 1 October
        list.RunFrom.ShouldBe(new DateOnly(2026, 10, 6)); // Friday and Monday in between
        list.Items.Single(item => item.Dossier.Value == "WL-2025-0001").Reasons.Single(reason => reason.Code == "wachttijd").Text.ShouldContain("2 werkdagen");
        list.Items.Single(item => item.Dossier.Value == "WL-2025-0002").Reasons.ShouldNotContain(reason => reason.Code == "wachttijd");
        House.Pass(4);
        (await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default)).Refusals.ShouldHaveSingleItem().Why.ShouldContain("protocol");
        House.Pass(1);
        (await House.RunAsync(list)).Status.ShouldBe(ListStatus.Done);
    }

    /// <summary>A protocol that lets dossiers wait says nothing of their recordings: those go as soon as they may.</summary>
    [Fact]
    public async Task Run_OfARecordingUnderAProtocolWhereDossiersWait_DoesNotWait()
    {
        var text = await File.ReadAllTextAsync(RepositoryFiles.Protocol("waterlanden-2025.json"));
        text = text.Replace("\"id\": \"waterlanden\"", "\"id\": \"wachtmeren\"", StringComparison.Ordinal)
            .Replace("\"respijt\": \"1 jaar\",", "\"respijt\": \"1 jaar\", \"wachttijd\": \"40 kalenderdagen\",", StringComparison.Ordinal);
        (await House.Register.Protocols.InstallAsync(House.Fi, "eigen.json", Encoding.UTF8.GetBytes(text), default)).Refusals.ShouldBeEmpty();
        await House.CaseAsync("WL-2025-0001", protocol: "wachtmeren");
        var list = await House.ApprovedRecordingsAsync();
        list.RunFrom.ShouldBe(House.Register.Today);
        (await House.RunAsync(list)).Status.ShouldBe(ListStatus.Done);
        var dossiers = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        (await House.Lists.ApproveAsync(House.Archivaris, dossiers.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, dossiers.Number, null, default)).Value.RunFrom.ShouldBe(House.Register.Today.AddDays(41));
    }

    /// <summary>A dossier that is kept to the same day already: the reason of the list is recorded all the same.</summary>
    [Fact]
    public async Task Run_OfAnItemThatWasKeptToThatDayBefore_RecordsTheReasonOfTheList()
    {
        var number = await House.CaseAsync("WL-2025-0001");
        var list = (await House.Lists.ProposeAsync(House.Fi, new DestructionChoice(DestructionPath.List, []), default)).Value;
        await House.Lists.ReviewAsync(House.Fi, list.Number, 1, ItemAnswer.KeepUntil, new DateOnly(2030, 1, 1), "Op verzoek van het archief", default);
        (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
        (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
        House.Pass(15);
        var door = (await House.Register.OpenArchiveAsync(House.Archivaris, default)).Value;
        list = (await House.Lists.FindAsync(House.Fi, list.Number, default))!;
        var other = new ActionDateChanged { Date = House.Register.Today, KeepUntil = new DateOnly(2030, 1, 1), Reason = "Om een andere reden" };
        (await door.RecordAsync(number, other, default)).Refusals.ShouldBeEmpty();
        await House.Lists.RunAsync(House.Fi, list.Number, list.Number, null, default);
        if ((await House.Lists.FindAsync(House.Fi, list.Number, default))!.Status is ListStatus.Proposed)
        {
            // The new decision voided the approvals: decided on again.
            (await House.Lists.ApproveAsync(House.Archivaris, list.Number, null, default)).Refusals.ShouldBeEmpty();
            (await House.Lists.ApproveAsync(House.Medebeslisser, list.Number, null, default)).Refusals.ShouldBeEmpty();
            House.Pass(15);
            (await House.RunAsync(list)).Items[0].Outcome.ShouldBe(ItemOutcome.Kept);
        }

        (await door.HistoryAsync(number, default)).Value.Select(recorded => recorded.Event).OfType<ActionDateChanged>().Count(changed => changed.Reason!.EndsWith("Op verzoek van het archief", StringComparison.Ordinal)).ShouldBe(1);
    }

    /// <summary>More recordings than the catalogue holds: the dossier itself is read, so that they do not stay for ever.</summary>
    [Fact]
    public async Task Propose_OfADossierWithMoreThanTheCatalogueHolds_ReadsTheDossierItself()
    {
        var number = await House.CaseAsync("WL-2025-0001", recordings: 60);
        // As it is written of a dossier with thousands of recordings.
        var (stream, record) = House.Vault.Vault.Catalogue.Records.Single();
        var standing = JsonNode.Parse(record.Span)!;
        standing["bewaring"] = Convert.ToBase64String(RetentionCodec.Write(RetentionCodec.Read(Convert.FromBase64String(standing["bewaring"]!.GetValue<string>())) with { Recordings = [], IsIncomplete = true }));
        await House.Vault.Vault.Catalogue.PutAsync([(stream, Encoding.UTF8.GetBytes(standing.ToJsonString()))], House.Vault.Clock.Now, default);
        var entry = (await (await House.Register.OpenArchiveAsync(House.Fi, default)).Value.RefreshAsync(default)).ShouldHaveSingleItem();
        entry.Retention.IsIncomplete.ShouldBeTrue(); // else this proves nothing
        (await RetentionDesk.OpenAsync(House.Register, House.Fi, default)).Value.Plan(House.Register.Today).Items.ShouldHaveSingleItem().Reasons.Single(reason => reason.Code == "onvolledig").Text.ShouldContain("Stel een lijst voor");

        var list = await House.ApprovedRecordingsAsync(number);
        list.Items.Count.ShouldBe(50);
        (await House.RunAsync(list)).Items.ShouldAllBe(item => item.Outcome == ItemOutcome.Destroyed);
        (await House.Lists.DraftAsync(House.Fi, new DestructionChoice(DestructionPath.Light, [number]), default)).Value.Items.Count.ShouldBe(10); // what is left
    }

    private async Task HoldAsync(string number)
    {
        var archive = (await House.Register.OpenArchiveAsync(House.Fi, default)).Value;
        (await archive.RecordAsync(new DossierNumber(number), new HoldPlaced { Date = new DateOnly(2026, 10, 1), Kind = HoldKind.Civiel, Citation = "C/09/1", ReviewOn = new DateOnly(2027, 3, 1), Reason = "Dagvaarding." }, default)).Refusals.ShouldBeEmpty();
    }
}
