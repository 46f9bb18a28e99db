using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

public sealed class EventRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Betrokkene = new("betrokkene-1");
    private static readonly PersonId Fi = new("fi");

    private static readonly DossierEvent[] Persons =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { IsOrMember = true, IsOrChair = true } },
        new PersonAdded { Date = Day, Person = Entries.Person("getuige-1", CaseRole.Getuige, "Lisdoddema") with { IsOrMember = true } },
        new ConversationHeld { Date = Day, With = new PersonId("getuige-1"), Onderzoekers = [], Reference = "gesprek-1" },
    ];

    public static TheoryData<string, string?, DossierEvent> Cases => new()
    {
        { "goede opdracht", null, new OpdrachtGiven { Date = Day, Opdrachtgever = Fi, Betrokkenen = [Betrokkene] } },
        { "opdracht zonder betrokkene", "De opdracht noemt geen betrokkene.", new OpdrachtGiven { Date = Day, Opdrachtgever = Fi, Betrokkenen = [] } },
        { "morgen", "De datum ligt in de toekomst.", new WederhoorDone { Date = Day.AddDays(11), Betrokkene = Betrokkene } },
        { "vorige eeuw", "De datum ligt ver in het verleden.", new WederhoorDone { Date = new DateOnly(1926, 3, 2), Betrokkene = Betrokkene } },
        { "getuige als betrokkene", "De persoon 'getuige-1' heeft niet de rol betrokkene.", new WederhoorDone { Date = Day, Betrokkene = new PersonId("getuige-1") } },
        { "kenmerk dubbel", "Dit kenmerk is al gebruikt.", new WederhoorDone { Date = Day, Betrokkene = Betrokkene, Reference = "gesprek-1" } },
        { "verslag van een gesprek", null, new VerslagDrawnUp { Date = Day, Conversation = "gesprek-1", With = new PersonId("getuige-1") } },
        { "verslag zonder gesprek", "Het gesprek waar dit bij hoort staat niet in het dossier.", new VerslagDrawnUp { Date = Day, Conversation = "gesprek-2", With = new PersonId("getuige-1") } },
        { "staf wordt niet in de zaak gezocht", null, new FeitenrapportSubmitted { Date = Day, To = Fi } },
        { "uitstel tot gisteren", "De dag van heroverweging ligt voor het uitstel.", new KennisgevingPostponed { Date = Day, Betrokkene = Betrokkene, Reason = "r", ReviewOn = Day.AddDays(-1) } },
        { "niet gehoord", "De betrokkene is niet vooraf gehoord en er is geen spoed genoteerd.", Measure(false, false) },
        { "niet gehoord, spoed", null, Measure(false, true) },
        { "gehoord", null, Measure(true, false) },
        { "spoedoverleg van twee", "Dit spoedoverleg was niet voltallig genoeg.", Decision(2, Fi) },
        { "spoedoverleg van drie zonder hoofd BI", "Dit spoedoverleg was niet voltallig genoeg.", Decision(3, null) },
        { "spoedoverleg van drie met hoofd BI", null, Decision(3, Fi) },
        { "voorzitter over zichzelf", "De verkeerde persoon van de ondernemingsraad is geïnformeerd.", new OrInformed { Date = Day, Office = OrOffice.Chair, Member = Betrokkene } },
        { "vicevoorzitter over de voorzitter", null, new OrInformed { Date = Day, Office = OrOffice.ViceChair, Member = Betrokkene } },
        { "vicevoorzitter over een lid", "De verkeerde persoon van de ondernemingsraad is geïnformeerd.", new OrInformed { Date = Day, Office = OrOffice.ViceChair, Member = new PersonId("getuige-1") } },
        { "vijfde stap", "Deze stap bestaat niet.", Method(InquiryMethod.EmailAndInternet, 5) },
        { "stap bij werkplek", "Stappen horen alleen bij onderzoek van e-mail en internet.", Method(InquiryMethod.Workplace, 1) },
        { "heropenen van wat open is", "Het dossier is niet gesloten.", new DossierReopened { Date = Day, Reason = "r" } },
        { "melder zonder vorm", "Bij een melder hoort een vorm.", Person(Entries.Person("melder-2", CaseRole.Melder, "Oesterput") with { Form = null }) },
        { "getuige met vorm", "Alleen een melder heeft een vorm.", Person(Entries.Person("getuige-2", CaseRole.Getuige, "Oesterput") with { Form = MelderForm.Open }) },
        { "anoniem met naam", "Een anonieme melder heeft geen naam of e-mailadres.", Person(Entries.Person("melder-2", CaseRole.Melder, "Oesterput") with { Form = MelderForm.Anoniem }) },
        { "anoniem", null, Person(Entries.Person("melder-2", CaseRole.Melder, "x") with { Form = MelderForm.Anoniem, Surname = null }) },
        { "zonder naam", "Deze persoon heeft geen achternaam.", Person(Entries.Person("getuige-2", CaseRole.Getuige, " ")) },
        { "naam als aanduiding", "Deze aanduiding lijkt op een naam.", Person(Entries.Person("p-oesterput", CaseRole.Getuige, "Oesterput")) },
        { "rolwoord is geen naam", null, Person(Entries.Person("onderzoeker-2", CaseRole.Onderzoeker, "Zoek")) },
        { "melder wordt getuige", "Deze aanduiding hoort al bij iemand met een andere plaats in het dossier.", Person(Entries.Person("melder-1", CaseRole.Getuige, "Kwelderhof")) },
        { "raadsman van niemand", "'van' noemt iemand die niet in het dossier staat.", Person(Entries.Person("raadsman-1", CaseRole.Raadsman, "Pleitman") with { Of = new PersonId("betrokkene-9") }) },
        { "antwoorden voor niets", "Deze soort stuk bestaat niet.", new AnswersRecorded { Date = Day, DocumentKind = "brief", Answers = new Dictionary<string, string>() } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_OneEvent_IsAllowedOrRefusedWithItsReason(string name, string? refusal, DossierEvent happening)
        => EventRules.Check(Entries.Fold(Persons), happening, Day.AddDays(10)).Select(found => found.What).ShouldBe(refusal is null ? [] : [refusal], name);

    [Fact]
    public void Check_InAClosedDossier_AllowsWhatBelongsAfterClosing()
    {
        var closed = Entries.Fold([.. Persons, new DossierClosed { Date = Day.AddDays(1), Outcome = CaseOutcome.Completed }]);
        EventRules.Check(closed, new AftercareOffered { Date = Day.AddDays(2), To = Betrokkene }, Day.AddDays(10)).ShouldBeEmpty();
        EventRules.Check(closed, new DossierReopened { Date = Day.AddDays(2), Reason = "r" }, Day.AddDays(10)).ShouldBeEmpty();
        // Before the closing it would leave the case closed, and say that it was reopened.
        EventRules.Check(closed, new DossierReopened { Date = Day, Reason = "r" }, Day.AddDays(10)).ShouldHaveSingleItem().What.ShouldBe("Het dossier was toen nog niet gesloten.");
        EventRules.Check(closed, new WederhoorDone { Date = Day.AddDays(2), Betrokkene = Betrokkene }, Day.AddDays(10)).ShouldHaveSingleItem().What.ShouldBe("Het dossier is gesloten.");
        EventRules.Check(closed, new DossierClosed { Date = Day.AddDays(2), Outcome = CaseOutcome.Completed }, Day.AddDays(10)).ShouldHaveSingleItem().What.ShouldBe("Het dossier is gesloten.");
    }

    private static OrdemaatregelImposed Measure(bool heard, bool urgent)
        => new() { Date = Day, Betrokkene = Betrokkene, Kind = OrdemaatregelKind.Suspension, Reason = "r", ImposedBy = new PersonId("verantwoordelijke"), WasHeard = heard, IsUrgent = urgent };

    private static DirectorsDecided Decision(int directors, PersonId? head)
        => new() { Date = Day, IsAgreed = true, Considerations = "o", IsUrgent = true, HeadOfBureau = head, Directors = [.. Enumerable.Range(1, directors).Select(i => new PersonId($"directeur-{i}"))] };

    private static MethodPermitted Method(InquiryMethod method, int step) => new() { Date = Day, Method = method, PermittedBy = Fi, Weighing = "a", Step = step };

    private static PersonAdded Person(CasePerson person) => new() { Date = Day, Person = person };
}
