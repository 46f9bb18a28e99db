using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

/// <summary>Where an event is kept: a letter to the melder, a note about the melder, a verslag of what the melder said would each tell who it is.</summary>
public sealed class EventFilingTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Melder = new("melder-1");
    private static readonly PersonId OpenMelder = new("melder-2");
    private static readonly PersonId Vertrouwenspersoon = new("vertrouwenspersoon-1");
    private static readonly PersonId Betrokkene = new("betrokkene-1");
    private static readonly PersonId Getuige = new("getuige-1");

    private static readonly DossierEvent[] Case =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") },
        new PersonAdded { Date = Day, Person = Entries.Person("melder-2", CaseRole.Melder, "Oesterput") with { Form = MelderForm.Open } },
        new PersonAdded { Date = Day, Person = Entries.Person("vertrouwenspersoon-1", CaseRole.Vertrouwenspersoon, "Waterdrieblad") with { Of = Melder } },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") },
        new PersonAdded { Date = Day, Person = Entries.Person("getuige-1", CaseRole.Getuige, "Lisdoddema") },
        new IntakeHeld { Date = Day, With = Melder, Reference = "intake-1" },
        new VerantwoordingGiven { Date = Day, Betrokkene = Betrokkene, Reference = "verantwoording-1" },
        new ConversationHeld { Date = Day, With = Getuige, Onderzoekers = [], Reference = "gesprek-1" },
        Sent(Melder) with { Reference = "verzending-1", KeptIn = Compartment.Melder },
        Sent(Betrokkene) with { Reference = "verzending-2" },
        new CopyKeptElsewhere { Date = Day, DocumentKind = "onderzoeksopdracht", Holder = "directeur", Reason = "r", Reference = "kopie-1" },
    ];

    public static TheoryData<string, string, DossierEvent> Cases => new()
    {
        { "brief aan de melder", "melder", Sent(Melder) },
        { "brief aan de vertrouwenspersoon", "melder", Sent(Vertrouwenspersoon) },
        { "brief aan de betrokkene", "onderzoek", Sent(Betrokkene) },
        { "ontvangst van de brief aan de melder", "melder", new DeliveryConfirmed { Date = Day, Dispatch = "verzending-1", Outcome = ReceiptOutcome.Received } },
        { "ontvangst van de brief aan de betrokkene", "onderzoek", new DeliveryConfirmed { Date = Day, Dispatch = "verzending-2", Outcome = ReceiptOutcome.Received } },
        { "aantekening over de melder", "melder", Note(Melder) },
        { "aantekening over melder en betrokkene", "melder", Note(Betrokkene, Melder) },
        { "aantekening over de betrokkene", "onderzoek", Note(Betrokkene) },
        { "aantekening die bij het besluit hoort", "besluit", Note(Betrokkene) with { Chosen = Compartment.Besluit } },
        { "aantekening over de melder, elders gewild", "melder", Note(Melder) with { Chosen = Compartment.Onderzoek } },
        { "bewijs van de melder", "melder", new EvidenceSecured { Date = Day, What = "e-mails", From = Melder } },
        { "bewijs van niemand", "onderzoek", new EvidenceSecured { Date = Day, What = "e-mails" } },
        { "gesprek met wie vertrouwelijk meldt", "melder", new ConversationHeld { Date = Day, With = Melder, Onderzoekers = [] } },
        { "gesprek met wie open meldt", "onderzoek", new ConversationHeld { Date = Day, With = OpenMelder, Onderzoekers = [] } },
        { "voortgang aan wie open meldt", "melder", new ProgressReported { Date = Day, To = [OpenMelder] } },
        { "verslag van de intake", "melder", new VerslagDrawnUp { Date = Day, Conversation = "intake-1", With = Melder } },
        { "verslag van de verantwoording", "besluit", new VerslagDrawnUp { Date = Day, Conversation = "verantwoording-1", With = Betrokkene } },
        { "verslag van een gesprek", "onderzoek", new VerslagDrawnUp { Date = Day, Conversation = "gesprek-1", With = Getuige } },
        { "nazorg voor de melder", "melder", new AftercareOffered { Date = Day, To = Melder } },
        { "afloop aan allen", "besluit", new PartiesInformed { Date = Day, To = [Melder, Betrokkene] } },
        { "afloop aan de melders", "melder", new PartiesInformed { Date = Day, To = [Melder, OpenMelder] } },
        { "kopie van de opdracht", "opdracht", new CopyKeptElsewhere { Date = Day, DocumentKind = "onderzoeksopdracht", Holder = "directeur", Reason = "r", Reference = "kopie-2" } },
        { "kopie van de opdracht terug", "opdracht", new CopyRetrieved { Date = Day, Copy = "kopie-1", Outcome = CopyOutcome.Returned } },
        { "de melding zelf", "melding", new MeldingReceived { Date = Day, Channel = MeldingChannel.Fi, Nature = MeldingNature.Misstand, Form = MelderForm.Vertrouwelijk, Description = "o", Melders = [Melder] } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Complete_AnEvent_KeepsItWhereItsContentBelongs(string name, string compartment, DossierEvent happening)
    {
        var state = Entries.Fold(Case);
        var kept = EventFiling.Complete(state, happening);
        kept.Compartment.Name.ShouldBe(compartment, name);
        // Judged again, after another process wrote, it stays where it is.
        EventFiling.Complete(state, kept).ShouldBe(kept, name);
        EventJson.Read(EventKind.Find(kept.Name)!, EventJson.Write(kept)).Compartment.ShouldBe(kept.Compartment, name);
    }

    [Fact]
    public void FromJson_WherePeopleSayWhereItLies_IsRefused()
        => EventInput.FromJson("""{"soort":"stuk-verzonden","datum":"2026-03-02","stuk":"kennisgeving","aan":"melder-1","wijze":"post","ligtIn":"onderzoek"}"""u8, "v.json")
            .Refusals.ShouldHaveSingleItem().What.ShouldBe("Het veld 'ligtIn' bestaat hier niet.");

    [Fact]
    public async Task Record_WhatIsAboutTheMelder_IsNotForTheOnderzoekerNorByHim()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using (var fi = await fixture.OpenAsync("fi", number))
        {
            (await fi.RecordAsync([Note(Melder) with { Text = "Belde over de kamer naast het archief.", Date = Day }, Sent(Vertrouwenspersoon) with { DocumentKind = "voortgangsbericht" }], default)).Refusals.ShouldBeEmpty();
            fi.State.Last<JournalNoted>()!.Compartment.ShouldBe(Compartment.Melder);
            fi.State.Dispatches.ShouldContain(dispatch => dispatch.To == Vertrouwenspersoon);
        }

        using var onderzoeker = await fixture.OpenAsync("onderzoeker", number);
        onderzoeker.State.All<JournalNoted>().ShouldBeEmpty();
        onderzoeker.State.Journaal.ShouldContain(line => line.Name == "journaal-aantekening" && line.Event == null && line.By == null);
        onderzoeker.State.Dispatches.ShouldNotContain(dispatch => dispatch.To == Vertrouwenspersoon);
        (await onderzoeker.RecordAsync(Note(Melder) with { Date = Day }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("De persoon 'melder-1' staat niet in dit dossier.");
        (await onderzoeker.RecordAsync(Note(Betrokkene) with { Date = Day }, default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Store_ALetterToTheMelder_LiesInMelderWhateverItsKind()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var document = new DossierDocument
        {
            Kind = "voortgangsbericht",
            Addressee = Melder,
            TemplateHash = new string('0', 64),
            Protocol = "waterlanden",
            ProtocolVersion = "2025",
            EngineVersion = "1",
            DataHash = new string('0', 64),
            Checkpoint = 1,
        };
        (await dossier.StoreDocumentAsync(document, "bericht.docx", "Bericht", Day, new byte[] { 1 }, default)).Value.File.Compartment.ShouldBe(Compartment.Melder);
        (await dossier.StoreDocumentAsync(document with { Addressee = Betrokkene }, "bericht.docx", "Bericht", Day, new byte[] { 1 }, default)).Value.File.Compartment.ShouldBe(Compartment.Onderzoek);
    }

    [Fact]
    public async Task Open_Anyone_SeesNoKeyOfTheDataHashes()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        dossier.State.First<DossierCreated>()!.HashKey.ShouldBeEmpty();
        // The hashes themselves still work, and are of this dossier alone.
        dossier.HashOf("a"u8).ShouldBe(dossier.HashOf("a"u8));
        (await dossier.RefreshAsync(default)).ShouldBeTrue();
        dossier.State.First<DossierCreated>()!.HashKey.ShouldBeEmpty();
    }

    private static DocumentSent Sent(PersonId to) => new() { Date = Day, DocumentKind = "kennisgeving", To = to, Delivery = Delivery.Post };

    private static JournalNoted Note(params PersonId[] about) => new() { Date = Day, Text = "a", Persons = about };
}
