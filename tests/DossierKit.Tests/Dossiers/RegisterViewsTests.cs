using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Dossiers;

/// <summary>The registers of a case as the events make them.</summary>
public sealed class RegisterViewsTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId One = new("betrokkene-1");
    private static readonly PersonId Two = new("betrokkene-2");
    private static readonly PersonId Getuige = new("getuige-1");
    private static readonly string Hash = new('a', 64);

    private static readonly DossierEvent[] Persons =
    [
        new PersonAdded { Date = Day, Person = Entries.Person("melder-1", CaseRole.Melder, "Kwelderhof") },
        new PersonAdded { Date = Day, Person = Entries.Person("melder-2", CaseRole.Melder, "Oesterput") with { Form = MelderForm.Open } },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-1", CaseRole.Betrokkene, "Schelpenwaard") with { Position = Position.Medewerker } },
        new PersonAdded { Date = Day, Person = Entries.Person("betrokkene-2", CaseRole.Betrokkene, "Pijlkruidt") with { Position = Position.Wethouder } },
        new PersonAdded { Date = Day, Person = Entries.Person("getuige-1", CaseRole.Getuige, "Lisdoddema") },
    ];

    [Fact]
    public void Evidence_WithFilesReturnAndHash_TellsWhereItIs()
    {
        var state = Fold(
            new EvidenceSecured { Date = Day, What = "laptop", Reference = "bewijs-1", From = One, KeptAt = "kluis", SecuredBy = [new("onderzoeker")], Sha256 = Hash },
            new EvidenceSecured { Date = Day, What = "ordner", Reference = "bewijs-2" },
            new EvidenceSecured { Date = Day, What = "sleutel" },
            Filed("kopie.zip", "bewijs-1", new string('b', 64)),
            Filed("ordner.pdf", "bewijs-2", Hash),
            new EvidenceReturned { Date = Day.AddDays(9), What = "de laptop", Evidence = "bewijs-1", To = One });
        state.Evidence.Select(item => item.Reference).ShouldBe(["bewijs-1", "bewijs-2", null]);
        state.Evidence[0].HashAgrees.ShouldBe(false); // what lies in the dossier is not what was secured
        state.Evidence[0].Returned!.Date.ShouldBe(Day.AddDays(9));
        state.Evidence[1].Sha256.ShouldBe(Hash);
        state.Evidence[1].HashAgrees.ShouldBeNull();
        state.Evidence[1].Returned.ShouldBeNull();
        state.Evidence[2].Files.ShouldBeEmpty();
    }

    [Fact]
    public void Dispatches_OfAllThatGoesOut_HaveTheirReceipts()
    {
        var state = Fold(
            new KennisgevingGiven { Date = Day, Betrokkene = One, Delivery = Delivery.Registered, Reference = "kennisgeving-1" },
            new KennisgevingGiven { Date = Day, Betrokkene = Two, Delivery = Delivery.Registered },
            new DocumentSent { Date = Day, DocumentKind = "kennisgeving", To = Two, Delivery = Delivery.Registered, Reference = "verzending-1", ReceiptNumber = "3SWATER1" },
            new InvitationSent { Date = Day, To = Getuige, ConversationOn = Day.AddDays(7) },
            new DeliveryConfirmed { Date = Day.AddDays(1), Dispatch = "verzending-1", Outcome = ReceiptOutcome.NotCollected },
            new DeliveryConfirmed { Date = Day.AddDays(3), Dispatch = "verzending-1", Outcome = ReceiptOutcome.Received, Proof = "bewijs van de post" });
        // One letter to the second betrokkene, though two events tell of it.
        state.Dispatches.Select(dispatch => (dispatch.DocumentKind, dispatch.To.Value, dispatch.Number)).ShouldBe(
            [("kennisgeving", "betrokkene-1", null), ("kennisgeving", "betrokkene-2", "3SWATER1"), ("uitnodiging-gesprek", "getuige-1", null)]);
        state.Dispatches[0].AwaitsReceipt.ShouldBeTrue();
        state.Dispatches[1].Receipt!.Proof.ShouldBe("bewijs van de post");
        state.Dispatches[1].DidNotArrive.ShouldBeFalse();
        state.Dispatches[2].AwaitsReceipt.ShouldBeFalse();
    }

    [Fact]
    public void Journaal_OfADay_IsInTheOrderOfTheClockAndSaysWho()
    {
        var state = Fold(
            new JournalNoted { Date = Day, Time = new TimeOnly(15, 0), Text = "gebeld", By = new("fi") },
            new JournalNoted { Date = Day, Time = new TimeOnly(9, 30), Text = "gelezen", RecordedBy = new("onderzoeker") },
            new JournalNoted { Date = Day.AddDays(-1), Text = "eerder" });
        state.Journaal.Where(line => line.Name == "journaal-aantekening").Select(line => (((JournalNoted)line.Event!).Text, line.By?.Value))
            .ShouldBe([("eerder", null), ("gelezen", "onderzoeker"), ("gebeld", "fi")]);
        state.Journaal.Count.ShouldBe(Persons.Length + 3);
    }

    [Fact]
    public void Originals_OfAVerslagThatAllSigned_AreMissedUntilTheirPlaceIsKnown()
    {
        DossierEvent[] signed =
        [
            new ConversationHeld { Date = Day, With = Getuige, Onderzoekers = [], Reference = "gesprek-1" },
            new VerslagAdopted { Date = Day, Conversation = "gesprek-1", With = Getuige, IsSigned = true },
            new VerslagAdopted { Date = Day, Conversation = "gesprek-2", With = Getuige, IsSigned = false },
        ];
        Fold(signed).Originals.ShouldHaveSingleItem().IsMissing.ShouldBeTrue();
        var state = Fold([.. signed, new OriginalRegistered { Date = Day, DocumentKind = "gespreksverslag", Form = OriginalForm.Paper, Where = "kluis", Conversation = "gesprek-1", SignedBy = [Getuige] }]);
        var line = state.Originals.ShouldHaveSingleItem();
        line.IsMissing.ShouldBeFalse();
        line.Verslag.ShouldNotBeNull();
    }

    [Fact]
    public void CopiesElsewhere_UntilTheyAreBack_AreOutAndCanBeLate()
    {
        var copy = new CopyKeptElsewhere { Date = Day, DocumentKind = "onderzoeksopdracht", Holder = "verantwoordelijk directeur", Reason = "r", Reference = "kopie-1", DueBackOn = Day.AddDays(5) };
        var open = Fold(copy).CopiesElsewhere.ShouldHaveSingleItem();
        open.IsOut.ShouldBeTrue();
        open.IsOverdue(Day.AddDays(5)).ShouldBeFalse();
        open.IsOverdue(Day.AddDays(6)).ShouldBeTrue();
        var back = Fold(copy, new CopyRetrieved { Date = Day.AddDays(8), Copy = "kopie-1", Outcome = CopyOutcome.Destroyed }).CopiesElsewhere.ShouldHaveSingleItem();
        back.IsOut.ShouldBeFalse();
        back.IsOverdue(Day.AddDays(9)).ShouldBeFalse();
    }

    [Fact]
    public void Registrations_OfTwoBetrokkenenInOneSignal_EachHaveTheirOwnForm()
    {
        var state = Fold(
            Melding(MeldingChannel.Vertrouwenspersoon, [One], ViolationType.PrivateLife, ViolationType.Financial),
            Melding(MeldingChannel.Meldpunt, [One, Two], ViolationType.Conduct) with { Date = Day.AddDays(2) },
            new OpdrachtGiven { Date = Day.AddDays(3), Opdrachtgever = new("verantwoordelijke"), Betrokkenen = [One] },
            new OordeelGiven { Date = Day.AddDays(9), Betrokkene = One, Oordeel = Oordeel.Gegrond, Reasons = "r" },
            new MaatregelTaken { Date = Day.AddDays(10), Betrokkene = One, Measure = "berisping", ImposedBy = new("verantwoordelijke") },
            new RegistrationUpdated { Date = Day.AddDays(11), Betrokkene = One, RepeatOf = new DossierNumber("WL-2024-0003"), EarlierOordeel = Oordeel.DeelsGegrond },
            new RegistrationUpdated { Date = Day.AddDays(11), Betrokkene = Two, Assessment = AssessmentOutcome.TooLittle, RepeatOf = new DossierNumber("WL-2024-0004"), EarlierOordeel = Oordeel.Ongegrond },
            new RegistrationUpdated { Date = Day.AddDays(12), Betrokkene = Two, Disposition = Disposition.None });
        var (first, second) = (state.Registrations[0], state.Registrations[1]);
        first.Channel.ShouldBe(MeldingChannel.Vertrouwenspersoon); // of several signals the first counts
        first.Signals.ShouldBe(2);
        first.Types.ShouldBe([ViolationType.Financial, ViolationType.Conduct, ViolationType.PrivateLife]);
        first.Assessment.ShouldBe(AssessmentOutcome.Inquiry);
        first.Disposition.ShouldBe(Disposition.Measure);
        first.Measures.ShouldBe(["berisping"]);
        first.CountsAsRepeat.ShouldBeTrue();
        second.Channel.ShouldBe(MeldingChannel.Meldpunt);
        second.Assessment.ShouldBe(AssessmentOutcome.TooLittle);
        second.Disposition.ShouldBe(Disposition.None);
        second.CountsAsRepeat.ShouldBeFalse(); // an ongegrond case never counts as recidive
        second.Open.ShouldBeEmpty();
    }

    [Fact]
    public void Registrations_OfAClosedCaseWithoutDisposition_SayWhatIsOpen()
        => Fold(Melding(MeldingChannel.Fi, [One, Two]), new DossierClosed { Date = Day.AddDays(1), Outcome = CaseOutcome.NoInquiry }).Registrations[0].Open.ShouldBe(["typen", "beoordeling", "afdoening"]);

    [Fact]
    public void Facts_OfTwoMeldersInOneCase_KeepTheirOwnForm()
    {
        var facts = Fold(Melding(MeldingChannel.Fi, [One]) with { Melders = [new("melder-1"), new("melder-2")] }).Facts;
        facts.For("melder-1").Find(FactNames.Vorm).ShouldBe("vertrouwelijk");
        facts.For("melder-2").Find(FactNames.Vorm).ShouldBe("open");
    }

    [Fact]
    public void Ordemaatregelen_ImposedExtendedHeardAndEnded_SayWhatWaits()
    {
        DossierEvent[] two =
        [
            Imposed(One, "orde-1", Day.AddDays(20)) with { WasHeard = false, IsUrgent = true },
            Imposed(One, "orde-2", null) with { ReviewOn = Day.AddDays(10) },
        ];
        var state = Fold(two);
        state.Ordemaatregelen[0].Hearing.ShouldBe(OrdemaatregelHearing.NotYet);
        state.Ordemaatregelen[0].WorkOn(Day.AddDays(5)).ShouldBe("de betrokkene nog horen");
        state.Ordemaatregelen[0].WorkOn(Day.AddDays(21))!.ShouldStartWith("de laatste dag is voorbij");
        state.Ordemaatregelen[1].WorkOn(Day.AddDays(10)).ShouldBeNull();
        state.Ordemaatregelen[1].WorkOn(Day.AddDays(11))!.ShouldStartWith("heroverwegen had gemoeten");

        state = Fold(
            [.. two,
             new OrdemaatregelHeard { Date = Day.AddDays(2), Betrokkene = One, Measure = "orde-1" },
             new OrdemaatregelExtended { Date = Day.AddDays(19), Betrokkene = One, Measure = "orde-1", Until = Day.AddDays(40), Reason = "r" },
             new OrdemaatregelEnded { Date = Day.AddDays(8), Betrokkene = One, Measure = "orde-2" }]);
        state.Ordemaatregelen[0].Until.ShouldBe(Day.AddDays(40));
        state.Ordemaatregelen[0].Hearing.ShouldBe(OrdemaatregelHearing.After);
        state.Ordemaatregelen[0].WorkOn(Day.AddDays(30)).ShouldBeNull();
        state.Ordemaatregelen[0].RunsOn(Day.AddDays(40)).ShouldBeTrue();
        state.Ordemaatregelen[0].RunsOn(Day.AddDays(41)).ShouldBeFalse();
        state.Ordemaatregelen[1].RunsOn(Day.AddDays(8)).ShouldBeFalse();
        // The one that ended does not end the other: there still is one.
        state.Facts.For("betrokkene-1").Find(FactNames.Ordemaatregel).ShouldBe("ja");
    }

    [Fact]
    public void Responses_OfferedAndAnswered_AreStepsWithALastDay()
    {
        var state = Fold(
            new WederhoorOffered { Date = Day, Betrokkene = One, ReplyUntil = Day.AddDays(14) },
            new WederhoorOffered { Date = Day, Betrokkene = Two, ReplyUntil = Day.AddDays(14) },
            new WederhoorDone { Date = Day.AddDays(3), Betrokkene = Two, Response = "Het klopt niet." },
            new ZienswijzeRequested { Date = Day.AddDays(20), Betrokkene = Two, Facts = "f", ReplyUntil = Day.AddDays(34) },
            new VerantwoordingGiven { Date = Day.AddDays(30), Betrokkene = Two, Content = "c" });
        state.Responses.Select(step => (step.Kind, step.Betrokkene.Value, step.DoneOn)).ShouldBe(
        [
            (ResponseKind.Wederhoor, "betrokkene-1", null),
            (ResponseKind.Wederhoor, "betrokkene-2", Day.AddDays(3)),
            (ResponseKind.Zienswijze, "betrokkene-2", Day.AddDays(30)),
        ]);
        state.Responses[0].IsOpenOn(Day.AddDays(14)).ShouldBeTrue();
        state.Responses[0].HasLapsedOn(Day.AddDays(14)).ShouldBeFalse();
        state.Responses[0].HasLapsedOn(Day.AddDays(15)).ShouldBeTrue();
        state.Responses[1].HasLapsedOn(Day.AddDays(15)).ShouldBeFalse();
    }

    [Fact]
    public void ProgressDue_UntilTheNextReport_NamesTheDay()
    {
        DossierEvent[] promised = [new ProgressReported { Date = Day, To = [One, Two], NextOn = Day.AddDays(14) }];
        Fold(promised).ProgressDue[One].ShouldBe(Day.AddDays(14));
        var later = Fold([.. promised, new ProgressReported { Date = Day.AddDays(14), To = [One] }]).ProgressDue;
        later.ContainsKey(One).ShouldBeFalse();
        later[Two].ShouldBe(Day.AddDays(14));
    }

    private static DossierState Fold(params DossierEvent[] events) => Entries.Fold([.. Persons, .. events]);

    private static MeldingReceived Melding(MeldingChannel channel, PersonId[] about, params ViolationType[] types)
        => new() { Date = Day, Channel = channel, Nature = MeldingNature.Integriteitsschending, Form = MelderForm.Vertrouwelijk, Description = "o", Betrokkenen = about, Types = types };

    private static OrdemaatregelImposed Imposed(PersonId who, string reference, DateOnly? until)
        => new() { Date = Day, Betrokkene = who, Kind = OrdemaatregelKind.Suspension, Reason = "r", ImposedBy = new("verantwoordelijke"), WasHeard = true, Until = until, Reference = reference };

    private static FileAdded Filed(string name, string belongsTo, string sha256) => new()
    {
        Date = Day,
        File = new DossierFile { Id = new FileId(DossierKit.Vault.OpaqueId.Random()), Name = name, Title = name, Kind = FileKind.Evidence, Compartment = Compartment.Onderzoek, Date = Day, BelongsTo = belongsTo, Length = 1, Sha256 = sha256 },
    };
}
