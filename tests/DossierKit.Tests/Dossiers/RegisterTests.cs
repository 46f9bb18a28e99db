using System.Text;
using DossierKit.Dossiers;
using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Tests.Dossiers;

public sealed class RegisterTests
{
    private static readonly DateOnly Day = new(2026, 3, 20);

    [Fact]
    public async Task Open_ByTheFi_ShowsEverythingAndLogsThePurposeFirst()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        dossier.State.Melders.ShouldHaveSingleItem().Surname.ShouldBe("Kwelderhof");
        dossier.State.Files.Count.ShouldBe(4);
        dossier.State.AnswersFor("kennisgeving").ShouldNotBeEmpty();
        dossier.Terms(Day).ShouldNotBeEmpty();
        var log = await fixture.Register.Log.ReadAsync(default);
        log[^1].Record.Act.ShouldBe(AccessAct.Opened);
        log[^1].Record.Person.ShouldBe(new PersonId("fi"));
        log[^1].Reason!.Purpose.ShouldBe("behandelen van de zaak");
    }

    [Fact]
    public async Task Open_WhenTheLogCannotBeWritten_HandsOutNothing()
    {
        // The log is the promise to everyone in a dossier. If it is only tried after the content was handed out, a full disk lets people read unseen.
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var open = await fixture.OpenAsync("fi", number);
        var log = new StreamLayout(fixture.Vault.WellKnown(StreamKind.AccessLog)).JournalPrefix;
        fixture.Store.Fault = (operation, name) => operation == StoreOperation.Commit && name?.Value.StartsWith(log, StringComparison.Ordinal) == true ? StoreFault.Before : null;

        await Should.ThrowAsync<VaultEnvironmentException>(() => fixture.Register.OpenAsync(number, fixture.As("fi"), "lezen", default).AsTask());
        await Should.ThrowAsync<VaultEnvironmentException>(() => open.OpenFileAsync(open.State.Files[0].Id, default).AsTask());
        await Should.ThrowAsync<VaultEnvironmentException>(() => open.ExportFileAsync(open.State.Files[0].Id, default).AsTask());
    }

    [Fact]
    public async Task Open_WithoutAPurpose_Throws()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await Should.ThrowAsync<ArgumentException>(() => fixture.Register.OpenAsync(new DossierNumber("WL-2026-0001"), fixture.As("fi"), " ", default).AsTask());
    }

    [Theory]
    [InlineData(StaffRole.Beheerder)]
    [InlineData(StaffRole.Archivaris)]
    [InlineData(StaffRole.Directeur)]
    [InlineData(StaffRole.OnderzoekerIntern)]
    [InlineData(StaffRole.Vertrouwenspersoon)]
    public async Task Open_ByWhoeverHasNothingToReadThere_IsTheSameAsNotThere(StaffRole role)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var person = await fixture.HireAsync("ander", "de heer A. Nderland", role);
        (await fixture.Register.OpenAsync(number, person, "nieuwsgierig", default)).ShouldBeNull();
        (await fixture.Register.OpenAsync(new DossierNumber("WL-1999-9999"), person, "nieuwsgierig", default)).ShouldBeNull();
        (await fixture.Register.Log.ReadAsync(default)).TakeLast(2).ShouldAllBe(entry => entry.Record.Act == AccessAct.Refused && entry.Record.Person == person.Id);
    }

    [Fact]
    public async Task Open_ByTheOnderzoekerOfTheCase_HidesTheMelderEverywhere()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        dossier.State.Melders.ShouldBeEmpty();
        dossier.State.Persons.ShouldNotContain(person => person.Role == CaseRole.Vertrouwenspersoon);
        dossier.State.Files.ShouldNotContain(file => file.Compartment == Compartment.Melder);
        dossier.State.All<IntakeHeld>().ShouldBeEmpty();
        dossier.State.Betrokkenen.ShouldNotBeEmpty();
        dossier.Terms(Day).ShouldContain(term => term.State == TermState.Met || term.State == TermState.MetLate);

        using var fi = await fixture.OpenAsync("fi", number);
        var melding = fi.State.Files.First(file => file.Compartment == Compartment.Melder);
        (await dossier.OpenFileAsync(melding.Id, default)).ShouldBeNull();
        (await dossier.ExportFileAsync(melding.Id, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit bestand is er niet.");
    }

    [Fact]
    public async Task Open_ByAnFiWhoIsPartOfTheCase_IsRefusedNeutrallyAndIsForTheDeputyToReview()
    {
        // The FI is a getuige in a case that the deputy handles: no role may let her in, her lists may not show it,
        // and the review of her attempt must not reach herself.
        await using var fixture = await RegisterFixture.CreateAsync();
        var deputy = await fixture.HireAsync("plv", "de heer P. Laatsvervanger", StaffRole.PlaatsvervangendFi);
        var number = (await fixture.Register.CreateAsync(deputy, null, null, new DateOnly(2026, 3, 1), default)).Value;
        using (var dossier = await fixture.OpenAsync("plv", number))
        {
            (await dossier.RecordAsync(new PersonAdded { Date = Day, Person = Entries.Person("getuige-1", CaseRole.Getuige, "Plassenberger", "fi") }, default)).IsDone.ShouldBeTrue();
        }

        (await fixture.Register.OpenAsync(number, fixture.As("fi"), "even kijken", default)).ShouldBeNull();
        (await fixture.Register.ListAsync(fixture.As("fi"), default)).ShouldBeEmpty();
        (await fixture.Register.OpenArchiveAsync(fixture.As("fi"), default)).Value.Entries.ShouldBeEmpty();
        (await fixture.Register.ReviewsAsync(fixture.As("fi"), default)).Value.ShouldBeEmpty();
        var review = (await fixture.Register.ReviewsAsync(deputy, default)).Value.ShouldHaveSingleItem();
        review.Person.ShouldBe(new PersonId("fi"));
        review.Dossier.ShouldBe(number);
    }

    [Fact]
    public async Task Open_BySomeoneWithTheMeldersName_IsRefusedUntilItIsSortedOut()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var namesake = await fixture.HireAsync("plv", "Yfke Kwelderhof", StaffRole.PlaatsvervangendFi);
        (await fixture.Register.OpenAsync(number, namesake, "waarneming", default)).ShouldBeNull();
        (await fixture.Register.ListAsync(namesake, default)).ShouldBeEmpty();
        (await fixture.Register.ReviewsAsync(fixture.As("fi"), default)).Value.ShouldHaveSingleItem().Person.ShouldBe(namesake.Id);

        using var dossier = await fixture.OpenAsync("fi", number);
        await dossier.RecordAsync(new PersonAdded { Date = Day, Person = dossier.State.Melders[0] with { Staff = new PersonId("iemand-anders") } }, default);
        (await fixture.Register.OpenAsync(number, namesake, "waarneming", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task List_ForEachRole_ShowsWhatItMayKnowOf()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var directeur = await fixture.HireAsync("directeur", "mevrouw D. Sluiswachter", StaffRole.Directeur);
        var archivaris = await fixture.HireAsync("archivaris", "mevrouw C. Depotsluis", StaffRole.Archivaris);
        var beheerder = await fixture.HireAsync("beheerder", "de heer B. Machinekamer", StaffRole.Beheerder);
        (await fixture.Register.ListAsync(directeur, default)).ShouldBeEmpty();
        using (var dossier = await fixture.OpenAsync("fi", number)) await dossier.RecordAsync(new OpdrachtSubmitted { Date = Day, To = [directeur.Id] }, default);

        (await fixture.Register.ListAsync(fixture.As("fi"), default)).ShouldHaveSingleItem().ShouldBe(new DossierListing(number, DossierPhase.Onderzoek, new DateOnly(2026, 2, 2), null, "waterlanden") { MayOpen = true });
        (await fixture.Register.ListAsync(archivaris, default)).ShouldHaveSingleItem().Number.ShouldBe(number);
        // A director is told that there is an opdracht, not how far the onderzoek is (BPI 101).
        (await fixture.Register.ListAsync(directeur, default)).ShouldHaveSingleItem().Phase.ShouldBe(DossierPhase.Opdracht);
        (await fixture.Register.ListAsync(beheerder, default)).ShouldBeEmpty();
        (await fixture.Register.ListAsync(fixture.As("verantwoordelijke"), default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Archive_ForTheArchivaris_HasNumbersAndSizesAndForOthersIsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var archivaris = await fixture.HireAsync("archivaris", "mevrouw C. Depotsluis", StaffRole.Archivaris);
        var entry = (await fixture.Register.OpenArchiveAsync(archivaris, default)).Value.Entries.ShouldHaveSingleItem();
        (entry.Number, entry.Files, entry.Recordings, entry.SelectielijstClass).ShouldBe((number, 4, 1, null));
        entry.Bytes.ShouldBeGreaterThan(1000);
        (await fixture.Register.OpenArchiveAsync(await fixture.HireAsync("beheerder", "de heer M. Machinekamer", StaffRole.Beheerder), default)).IsDone.ShouldBeFalse();
        (await fixture.Register.OpenArchiveAsync(fixture.As("verantwoordelijke"), default)).Value.Entries.ShouldHaveSingleItem().Number.ShouldBe(number);
    }

    [Fact]
    public async Task Record_WhatHappened_IsThereForOthersAndAfterReopening()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var recorded = await dossier.RecordAsync(new KennisgevingGiven { Date = Day, Betrokkene = new PersonId("betrokkene-1"), Delivery = Delivery.ByHand }, default);
        recorded.Value.Last<KennisgevingGiven>()!.ShouldBe(new KennisgevingGiven { Date = Day, Betrokkene = new PersonId("betrokkene-1"), Delivery = Delivery.ByHand, RecordedBy = new PersonId("fi") });
        var elsewhere = await fixture.OpenElsewhereAsync();
        using var again = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "nakijken", default))!;
        again.State.Last<KennisgevingGiven>().ShouldNotBeNull();
    }

    [Fact]
    public async Task Record_SeveralOfWhichOneIsWrong_RecordsNothing()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var before = dossier.State.Checkpoint;
        var recorded = await dossier.RecordAsync(
            [new WederhoorDone { Date = Day, Betrokkene = new PersonId("betrokkene-1") }, new WederhoorDone { Date = Day, Betrokkene = new PersonId("betrokkene-9") }, new WederhoorDone { Date = new DateOnly(2027, 1, 1), Betrokkene = new PersonId("getuige-1") }],
            default);
        recorded.Refusals.Select(refusal => refusal.What).ShouldBe(
            ["De persoon 'betrokkene-9' staat niet in dit dossier.", "De datum ligt in de toekomst.", "De persoon 'getuige-1' heeft niet de rol betrokkene."], ignoreOrder: true);
        await dossier.RefreshAsync(default);
        dossier.State.Checkpoint.ShouldBe(before);
    }

    [Fact]
    public async Task Record_WithoutTheRightThere_IsRefused()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        (await dossier.RecordAsync(new MaatregelTaken { Date = Day, Betrokkene = new PersonId("betrokkene-1"), Measure = "m", ImposedBy = new PersonId("verantwoordelijke") }, default))
            .Refusals.ShouldHaveSingleItem().What.ShouldBe("U mag 'maatregel-genomen' hier niet vastleggen.");
        (await dossier.RecordAsync(new IntakeHeld { Date = Day, With = new PersonId("melder-1") }, default)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Record_InTwoProcessesAtOnce_KeepsBothAndJudgesTheSecondAgain()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var elsewhere = await fixture.OpenElsewhereAsync();
        using var here = await fixture.OpenAsync("fi", number);
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "ook", default))!;
        (await here.RecordAsync(new ProgressReported { Date = Day, To = [new PersonId("verantwoordelijke")], Reference = "voortgang-1" }, default)).IsDone.ShouldBeTrue();
        // The same reference: valid against what the second one last read, no longer against what the first one wrote meanwhile.
        (await there.RecordAsync(new ProgressReported { Date = Day, To = [new PersonId("verantwoordelijke")], Reference = "voortgang-1" }, default))
            .Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit kenmerk is al gebruikt.");
        (await there.RecordAsync(new ProgressReported { Date = Day, To = [new PersonId("verantwoordelijke")], Reference = "voortgang-2" }, default)).IsDone.ShouldBeTrue();
        await here.RefreshAsync(default);
        here.State.All<ProgressReported>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Record_AfterTheRoleWasTakenAway_StopsAtTheNextRefresh()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        using (var fi = await fixture.OpenAsync("fi", number)) await fi.RecordAsync(new OnderzoekerWithdrew { Date = Day, Onderzoeker = new PersonId("onderzoeker-1") }, default);
        (await dossier.RecordAsync(new WederhoorDone { Date = Day, Betrokkene = new PersonId("betrokkene-1") }, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit dossier is er niet.");
        (await dossier.RefreshAsync(default)).ShouldBeFalse();
        dossier.State.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Record_AnOnderzoekerWhoIsTheMelder_IsRefusedNeutrallyForWhoMayNotKnow()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using (var fi = await fixture.OpenAsync("fi", number))
        {
            await fi.RecordAsync(new PersonAdded { Date = Day, Person = fi.State.Melders[0] with { Staff = new PersonId("collega") } }, default);
            (await fi.RecordAsync(new PersonAdded { Date = Day, Person = Entries.Person("onderzoeker-3", CaseRole.Onderzoeker, "Iemand", "collega") }, default)).IsDone.ShouldBeTrue();
            (await fi.RecordAsync(new OnderzoekerAppointed { Date = Day, Onderzoeker = new PersonId("onderzoeker-3") }, default))
                .Refusals.ShouldHaveSingleItem().What.ShouldBe("Deze persoon kan in deze zaak geen onderzoeker zijn.");
        }

        using var verantwoordelijke = await fixture.OpenAsync("verantwoordelijke", number);
        (await verantwoordelijke.RecordAsync(new OnderzoekerAppointed { Date = Day, Onderzoeker = new PersonId("onderzoeker-3") }, default))
            .Refusals.ShouldHaveSingleItem().What.ShouldBe("Dit kan nog niet worden vastgelegd.");
    }

    [Fact]
    public async Task AddFile_AndReadItBack_GivesTheSameBytesAndIsLogged()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var bytes = new byte[700_000];
        new Random(1).NextBytes(bytes);
        using var content = new MemoryStream(bytes);
        var file = (await dossier.AddFileAsync(new NewFile("log.bin", "Logbestand", FileKind.Evidence, Compartment.Onderzoek, Day), content, default)).Value;
        (file.Length, file.Sha256).ShouldBe((bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
        (await ReadAsync((await dossier.OpenFileAsync(file.Id, default))!)).ShouldBe(bytes);
        (await fixture.Register.Log.ReadAsync(default))[^1].Record.ShouldBe(new AccessRecord { Act = AccessAct.FileOpened, Person = new PersonId("fi"), Via = AccountKind.Computer, Dossier = Stream(fixture, number), File = file.Id.ToString() });
    }

    [Theory]
    [InlineData("../kluis", "onderzoek", FileKind.Note)]
    [InlineData("a/b.txt", "onderzoek", FileKind.Note)]
    [InlineData("", "onderzoek", FileKind.Note)]
    [InlineData("ok.txt", "kaft", FileKind.Note)]
    [InlineData("ok.wav", "onderzoek", FileKind.Recording)]
    public async Task AddFile_ThatDoesNotBelongThere_IsRefusedBeforeAnythingIsRead(string name, string compartment, FileKind kind)
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        Compartment.TryParse(compartment, out var place).ShouldBeTrue();
        using var content = new MemoryStream([1, 2, 3]);
        (await dossier.AddFileAsync(new NewFile(name, "titel", kind, place, Day), content, default)).IsDone.ShouldBeFalse();
        content.Position.ShouldBe(0);
    }

    [Fact]
    public async Task AddFile_WhileAnotherProcessWrites_StillLandsWithoutReadingTheContentAgain()
    {
        // An upload takes minutes; the journal moves on meanwhile. The content is a stream that can be read once.
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var elsewhere = await fixture.OpenElsewhereAsync();
        using var here = await fixture.OpenAsync("fi", number);
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "ook", default))!;
        using var content = new OnceStream(Encoding.UTF8.GetBytes("inhoud"), () => there.RecordAsync(new WederhoorDone { Date = Day, Betrokkene = new PersonId("betrokkene-1") }, default).AsTask());
        var file = (await here.AddFileAsync(new NewFile("a.txt", "A", FileKind.Note, Compartment.Onderzoek, Day), content, default)).Value;
        Encoding.UTF8.GetString(await ReadAsync((await here.OpenFileAsync(file.Id, default))!)).ShouldBe("inhoud");
        here.State.All<WederhoorDone>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task StoreDocument_AsAssembled_IsInTheDossierWithItsOrigin()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("fi", number);
        var document = new DossierDocument
        {
            Kind = "kennisgeving",
            Addressee = new PersonId("betrokkene-1"),
            TemplateHash = new string('a', 64),
            Protocol = "waterlanden",
            ProtocolVersion = "2025",
            EngineVersion = "1",
            DataHash = dossier.HashOf("gegevens"u8),
            Checkpoint = dossier.State.Checkpoint,
            IsChecked = true,
        };
        var stored = (await dossier.StoreDocumentAsync(document, "WL-2026-0001-kennisgeving.docx", "Kennisgeving", Day, "docx"u8.ToArray(), default)).Value;
        dossier.State.Documents.ShouldHaveSingleItem().ShouldBe(stored);
        stored.File.Compartment.ShouldBe(Compartment.Onderzoek);
        dossier.HashOf("gegevens"u8).ShouldBe(document.DataHash);
        (await fixture.Register.CreateAsync(fixture.As("fi"), new DossierNumber("WL-2026-0077"), null, Day, default)).IsDone.ShouldBeTrue();
        using var other = await fixture.OpenAsync("fi", new DossierNumber("WL-2026-0077"));
        other.HashOf("gegevens"u8).ShouldNotBe(document.DataHash);
    }

    [Fact]
    public async Task CheckNames_ByTheOnderzoeker_FindsTheMelderHeMayNotKnowAndLetsTheFiReview()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.ImportAsync();
        using var dossier = await fixture.OpenAsync("onderzoeker", number);
        var check = await dossier.CheckNamesAsync([new CheckedText("alinea 2", "Volgens mevrouw Kwelderhof")], new PersonId("betrokkene-1"), default);
        check.Findings.ShouldHaveSingleItem().ShouldBe(new NameFinding(null, null));
        (await fixture.Register.ReviewsAsync(fixture.As("fi"), default)).Value.ShouldHaveSingleItem().Person.ShouldBe(new PersonId("onderzoeker"));
        (await dossier.CheckNamesAsync([new CheckedText("alinea 2", "Geachte heer Van Schelpenwaard")], new PersonId("betrokkene-1"), default)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Create_WithoutANumber_TakesTheNextOfTheYear()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        await fixture.ImportAsync();
        (await fixture.Register.CreateAsync(fixture.As("fi"), null, null, Day, default)).Value.ShouldBe(new DossierNumber("WL-2026-0002"));
        (await fixture.Register.CreateAsync(fixture.As("fi"), new DossierNumber("wl-2026-0002"), null, Day, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Het nummer WL-2026-0002 is niet vrij.");
        (await fixture.Register.CreateAsync(fixture.As("fi"), new DossierNumber("XX-2026-0002"), null, Day, default)).IsDone.ShouldBeFalse();
        (await fixture.Register.CreateAsync(fixture.As("verantwoordelijke"), null, null, Day, default)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Create_OneNumberInTwoProcessesAtOnce_SucceedsOnce()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var elsewhere = await fixture.OpenElsewhereAsync();
        var number = new DossierNumber("WL-2026-0500");
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? fixture.Register : elsewhere).CreateAsync(fixture.As("fi", i % 2 == 0 ? null : elsewhere), number, null, Day, default).AsTask()));
        made.Count(outcome => outcome.IsDone).ShouldBe(1);
        using var dossier = await fixture.OpenAsync("fi", number);
        dossier.State.All<DossierCreated>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Import_InterruptedBeforeTheCommit_TakesOverWhereItStoodAndShowsNothingMeanwhile()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var read = (await DossierImport.ReadAsync(Documents.RepositoryFiles.Sample("nevenwerk-groenonderhoud"), fixture.Register.Protocols.Library, new DateOnly(2026, 11, 21), default)).Value;
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => fixture.Register.ImportAsync(fixture.As("fi"), read, new Immediately(progress => stop.Cancel()), stop.Token).AsTask());
        (await fixture.Register.ListAsync(fixture.As("fi"), default)).ShouldBeEmpty();
        (await fixture.Register.OpenAsync(read.Number, fixture.As("fi"), "kijken", default)).ShouldBeNull();

        (await fixture.Register.ImportAsync(fixture.As("fi"), read, null, default)).Refusals.ShouldBeEmpty();
        (await fixture.Register.ListAsync(fixture.As("fi"), default)).ShouldHaveSingleItem();
        (await fixture.Register.ImportAsync(fixture.As("fi"), read, null, default)).Refusals.ShouldHaveSingleItem().What.ShouldBe("Het nummer WL-2026-0001 is niet vrij.");
    }

    [Fact]
    public async Task DestroyObjects_ARecording_IsGoneForEveryKeyAndForWhoHadItOpen()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var elsewhere = await fixture.OpenElsewhereAsync();
        using var there = (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "luisteren", default))!;
        var recording = there.State.Files.Single(file => file.Kind == FileKind.Recording);
        await using var playing = (await there.OpenFileAsync(recording.Id, default))!;
        var content = await File.ReadAllBytesAsync(Documents.RepositoryFiles.Sample("nevenwerk-groenonderhoud", "gesprek-getuige-fragment.wav"));
        var derived = new DerivedData();
        fixture.Register.AddDerived(derived);

        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        using var here = await fixture.OpenAsync("fi", number);
        var entry = here.State.Events.Single(recorded => recorded.Event is FileAdded added && added.File.Id == recording.Id).Entry;
        await task.DestroyObjectsAsync(number, [recording.Id.Value], "verslag vastgesteld", default);

        await Should.ThrowAsync<ObjectDestroyedException>(async () => await playing.ReadExactlyAsync(new byte[100]));
        (await there.OpenFileAsync(recording.Id, default)).ShouldBeNull();
        derived.Dropped.ShouldBe([recording.Id.Value, entry], ignoreOrder: true);
        await here.RefreshAsync(default);
        here.State.Files.ShouldNotContain(file => file.Id == recording.Id);
        here.State.Gaps.ShouldContain(gap => gap.Entry == entry && gap.Reason == GapReason.Destroyed);
        (await fixture.Register.OpenArchiveAsync(fixture.As("fi"), default)).Value.Entries.ShouldHaveSingleItem().Recordings.ShouldBe(0);
        var everything = await fixture.EverythingAsync();
        everything.ShouldContain("Schelpenwaard");
        everything.Contains(Encoding.Latin1.GetString(content, 100, 64), StringComparison.Ordinal).ShouldBeFalse();
        everything.ShouldNotContain("fragment.wav");
    }

    [Fact]
    public async Task DestroyCompartment_TheMelder_LeavesTheRestWhole()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        await task.DestroyCompartmentAsync(number, Compartment.Melder, "termijn verstreken", default);
        using var dossier = await fixture.OpenAsync("fi", number);
        dossier.State.Melders.ShouldBeEmpty();
        dossier.State.Betrokkenen.ShouldNotBeEmpty();
        dossier.State.Gaps.ShouldContain(gap => gap.Name == EventNames.IntakeGehouden && gap.Reason == GapReason.Destroyed);
        (await fixture.EverythingAsync()).ShouldNotContain("Kwelderhof");
        (await dossier.RecordAsync(new RetaliationReported { Date = Day, Of = new PersonId("getuige-1"), Description = "x" }, default)).Refusals.ShouldHaveSingleItem().Why.ShouldBe("Het is vernietigd.");
    }

    [Fact]
    public async Task DestroyDossier_WithWhatTheLogKnew_LeavesNoNameAnywhere()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using (var dossier = await fixture.Register.OpenAsync(number, fixture.As("fi"), "gesprek over Schelpenwaard voorbereiden", default)) dossier.ShouldNotBeNull();
        (await fixture.EverythingAsync()).ShouldContain("gesprek over Schelpenwaard");

        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        await task.DestroyDossierAsync(number, default);

        (await fixture.Register.ListAsync(fixture.As("fi"), default)).ShouldBeEmpty();
        (await fixture.Register.OpenAsync(number, fixture.As("fi"), "kijken", default)).ShouldBeNull();
        var everything = await fixture.EverythingAsync();
        foreach (var name in new[] { "Schelpenwaard", "Kwelderhof", "Lisdoddema", "WL-2026-0001" }) everything.ShouldNotContain(name);
        (await fixture.Register.Log.ReadAsync(default)).ShouldContain(entry => entry.Record.Act == AccessAct.Opened && entry.Reason == null);
        (await fixture.OpenElsewhereAsync()).Staff.IsFounded.ShouldBeTrue();
    }

    [Fact]
    public async Task DestroyDossier_ThatSomeoneStillHasOpen_KeepsNoPurposeGivenAfterwards()
    {
        // The destroyer forgot its own log journal, the next one was opened for appending only and knew of nothing destroyed:
        // a click in a page that was still open wrote the purpose anew, under a new key that nobody would destroy.
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        using var open = (await fixture.Register.OpenAsync(number, fixture.As("fi"), "gesprek over Schelpenwaard", default))!;
        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        await task.DestroyDossierAsync(number, default);

        (await open.OpenFileAsync(open.State.Files[0].Id, default)).ShouldBeNull();
        (await open.ExportFileAsync(open.State.Files[0].Id, default)).IsDone.ShouldBeFalse();
        await open.CheckNamesAsync([new CheckedText("alinea 2", "Volgens mevrouw Kwelderhof")], new PersonId("betrokkene-1"), default);

        (await fixture.EverythingAsync()).ShouldNotContain("Schelpenwaard");
        (await fixture.Register.Log.ReadAsync(default)).ShouldContain(entry => entry.Record.Act == AccessAct.FileOpened && entry.Reason == null);
    }

    [Fact]
    public async Task DestroyDossier_BrokenOffAfterTheLog_ShowsTheDossierToNobodyAndFinishesWhenRepeated()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var catalogue = fixture.Vault.Catalogue.Journal.StreamId.ToString();
        fixture.Store.Fault = (operation, name) => operation == StoreOperation.Commit && name!.Value.Value.StartsWith($"s/{catalogue}/j/", StringComparison.Ordinal) ? StoreFault.Before : null;
        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default);
        await Should.ThrowAsync<VaultException>(() => task.DestroyDossierAsync(number, default).AsTask());
        fixture.Store.Fault = null;

        var elsewhere = await fixture.OpenElsewhereAsync();
        (await elsewhere.OpenAsync(number, fixture.As("fi", elsewhere), "gesprek over de kanarie", default)).ShouldBeNull();
        (await fixture.Register.OpenAsync(number, fixture.As("fi"), "gesprek over de kanarie", default)).ShouldBeNull();
        await task.DestroyDossierAsync(number, default);
        var everything = await fixture.EverythingAsync();
        everything.ShouldNotContain("kanarie");
        everything.ShouldNotContain("Schelpenwaard");
    }

    [Fact]
    public async Task Import_StoppedAfterEveryStep_LeavesAVaultThatVerifiesAndCanBeImportedAgain()
    {
        // Killed between taking the number and making the stream's key, verify called the dossier lost, from then on and for good.
        var done = false;
        for (var step = 1; !done; step++)
        {
            await using var fixture = await RegisterFixture.CreateAsync();
            var read = (await DossierImport.ReadAsync(Documents.RepositoryFiles.Sample("nevenwerk-groenonderhoud"), fixture.Register.Protocols.Library, new DateOnly(2026, 11, 21), default)).Value;
            var (count, stopAt) = (0, step);
            fixture.Store.Fault = (operation, _) => operation == StoreOperation.Commit && ++count >= stopAt ? StoreFault.Before : null;
            try
            {
                done = (await fixture.Register.ImportAsync(fixture.As("fi"), read, null, default)).IsDone;
            }
            catch (VaultException)
            {
                // as if killed here
            }

            fixture.Store.Fault = null;
            (await fixture.Vault.VerifyAsync(null, default)).Findings.ShouldAllBe(finding => finding.Kind == VerifyFindingKind.Leftover, $"step {step}");
            var elsewhere = await fixture.OpenElsewhereAsync();
            var again = await elsewhere.ImportAsync(fixture.As("fi", elsewhere), read, null, default);
            if (!again.IsDone) again.Refusals.ShouldHaveSingleItem().What.ShouldBe("Het nummer WL-2026-0001 is niet vrij.");
            (await elsewhere.ListAsync(fixture.As("fi", elsewhere), default)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task SystemTask_OfAnotherKind_DoesNotDestroy()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Reindex, null, default);
        await Should.ThrowAsync<InvalidOperationException>(() => task.DestroyDossierAsync(number, default).AsTask());
        (await fixture.Register.Log.ReadAsync(default))[^1].Record.ShouldBe(new AccessRecord { Act = AccessAct.TaskBegun, Task = SystemTaskKind.Reindex });
    }

    [Fact]
    public async Task RebuildCatalogue_AfterALostRecord_MendsIt()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        var number = await fixture.ImportAsync();
        var (stream, standing) = (await fixture.Register.Index.FindAsync(number, default))!.Value;
        await fixture.Register.Index.PutAsync(stream, standing with { Phase = DossierPhase.Melding, Offices = [] }, default);
        (await fixture.Register.ListAsync(fixture.As("verantwoordelijke"), default)).ShouldBeEmpty();
        var task = await fixture.Register.BeginTaskAsync(SystemTaskKind.Catalogue, null, default);
        (await task.RebuildCatalogueAsync(default)).ShouldBe(1);
        (await task.RebuildCatalogueAsync(default)).ShouldBe(0);
        (await fixture.Register.ListAsync(fixture.As("verantwoordelijke"), default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Templates_InstalledAndFound_AreTheLastOfTheirKindAlsoElsewhere()
    {
        await using var fixture = await RegisterFixture.CreateAsync();
        (await fixture.Register.Templates.FindAsync("kennisgeving", default)).ShouldBeNull();
        await fixture.Register.Templates.InstallAsync(fixture.As("fi"), "kennisgeving", "/ergens/kennisgeving.docx", "een"u8.ToArray(), default);
        var elsewhere = await fixture.OpenElsewhereAsync();
        var second = (await fixture.Register.Templates.InstallAsync(fixture.As("fi"), "kennisgeving", "kennisgeving-2.docx", "twee"u8.ToArray(), default)).Value;
        (await elsewhere.Templates.FindAsync("kennisgeving", default)).ShouldBe("twee"u8.ToArray());
        elsewhere.Templates.Installed.ShouldHaveSingleItem().ShouldBe(second);
        (await fixture.Register.Templates.InstallAsync(fixture.As("fi"), "kennisgevingen", "x.docx", "x"u8.ToArray(), default)).Refusals.ShouldHaveSingleItem().WhatNow.ShouldBe("Bedoelt u 'kennisgeving'?");
        (await fixture.Register.Templates.InstallAsync(fixture.As("verantwoordelijke"), "kennisgeving", "x.docx", "x"u8.ToArray(), default)).IsDone.ShouldBeFalse();
    }

    private static string Stream(RegisterFixture fixture, DossierNumber number) => fixture.Register.Index.FindAsync(number, default).AsTask().Result!.Value.Stream.ToString();

    private static async Task<byte[]> ReadAsync(Stream content)
    {
        await using (content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    private sealed class Immediately(Action<ImportProgress> act) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => act(value);
    }

    private sealed class DerivedData : IDerivedData
    {
        public HashSet<OpaqueId> Dropped { get; } = [];

        public ValueTask DropAsync(OpaqueId source, CancellationToken ct)
        {
            Dropped.Add(source);
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> ProveGoneAsync(OpaqueId source, CancellationToken ct) => ValueTask.FromResult(Dropped.Contains(source));
    }
}
