using System.Text;
using System.Xml.Linq;
using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Tests.Dossiers;

namespace DossierKit.Tests.Retention.Export;

/// <summary>What goes out of a dossier, who may take it, and that nothing stays behind of what failed.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly XNamespace Mdto = "https://www.nationaalarchief.nl/mdto";

    private BagFixture _bags = null!;

    public static TheoryData<string> Samples
        => ["bouwkavel-noorderplas", "declaraties-gemeentesecretaris", "dienstauto-op-zondag", "dienstbus-weekend", "drie-dakkapellen", "gelekte-nota", "grappen-in-de-pauze", "inhuur-adviesbureau",
            "kas-van-het-zwembad", "nevenwerk-groenonderhoud", "pas-in-het-cafe", "spullen-uit-de-loods", "tip-over-een-controle"];

    public async ValueTask InitializeAsync() => _bags = await BagFixture.CreateAsync();

    public ValueTask DisposeAsync() => _bags.DisposeAsync();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Export_OfASample_IsABagThatEveryReaderAccepts(string sample)
    {
        _bags.Vault.Clock.Now = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync(sample));
        var without = await _bags.ExportAsync(dossier, "zonder");
        var with = await _bags.ExportAsync(dossier, "met", Compartment.Melder);
        foreach (var (name, report) in ((string, ExportReport)[])[("zonder", without), ("met", with)])
        {
            var verified = await BagVerifier.VerifyAsync(_bags.At(name), default);
            verified.Problems.ShouldBeEmpty();
            (verified.Sha256, verified.Bytes, verified.Dossier).ShouldBe((report.Sha256, report.Bytes, dossier.Number.Value));
        }

        (await BagFixture.PythonAsync(_bags.At("zonder"), _bags.At("met"))).ShouldBe([null, null]);
        NeverHeld(dossier);
        ProtectsMelder(dossier, with);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Export_OfASample_IsValidUnderAllFourSchemas(string sample)
    {
        var schemas = MdtoSchemas.LoadOrSkip();
        _bags.Vault.Clock.Now = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync(sample));
        await _bags.ExportAsync(dossier, "bag", Compartment.Melder);
        var sidecars = BagFixture.Files(_bags.At("bag")).Where(path => path.EndsWith(".MDTO.xml", StringComparison.Ordinal)).ToList();
        sidecars.Count.ShouldBeGreaterThan(2);
        sidecars.SelectMany(path => schemas.SelectMany(schema => MdtoSchemas.Check(schema.Schemas, Path.Combine(_bags.At("bag"), path)).Select(wrong => $"{schema.Name}: {wrong}"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_ByAnyoneButFiAndDeputy_IsRefusedAndLeavesNothing()
    {
        var number = await _bags.Vault.ImportAsync();
        await _bags.Vault.HireAsync("plaatsvervanger", "mevrouw W. Zeekleidijk", StaffRole.PlaatsvervangendFi);
        await _bags.Vault.HireAsync("archivaris", "de heer T. Griendhorster", StaffRole.Archivaris);
        using (var deputy = await _bags.Vault.OpenAsync("plaatsvervanger", number)) (await _bags.ExportAsync(deputy, "plaatsvervanger")).Items.ShouldBeGreaterThan(1);
        using var owner = await _bags.Vault.OpenAsync("verantwoordelijke", number);
        var refused = await DossierExport.WriteAsync(owner, new ExportRequest(), FolderBag.Begin(_bags.At("bag")).Value, _bags.Vault.Clock, default);
        refused.Refusals.ShouldHaveSingleItem().Cause.ShouldBe(RefusalCause.NoRight);
        Directory.Exists(_bags.At("bag")).ShouldBeFalse();
        (await DossierExport.PreviewAsync(owner, new ExportRequest(), default)).IsDone.ShouldBeFalse();
        (await _bags.Vault.Register.OpenAsync(number, _bags.Vault.As("archivaris"), "overdracht", default)).ShouldBeNull();
        (await LogAsync(number)).ShouldNotContain(entry => entry.Act == AccessAct.DossierExported && entry.Person == new PersonId("verantwoordelijke"));
    }

    [Fact]
    public async Task Export_OfARecordingOrTheArchivesOwn_IsRefused()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        dossier.CheckExport([Compartment.Melder]).ShouldBeEmpty();
        dossier.CheckExport([Compartment.Opnamen]).ShouldHaveSingleItem().Why.ShouldContain("HRL 8.2");
        dossier.CheckExport([Compartment.Bewaring, Compartment.Kaft]).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Export_IsLoggedBeforeItsFirstByteAndPerFile()
    {
        var number = await _bags.Vault.ImportAsync();
        using var dossier = await _bags.Vault.OpenAsync("fi", number);
        var target = new WatchedTarget(async () => (await LogAsync(number)).ShouldContain(entry => entry.Act == AccessAct.DossierExported));
        (await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = BagFixture.NoPdf }, target, _bags.Vault.Clock, default)).Refusals.ShouldBeEmpty();
        target.Files.ShouldBeGreaterThan(5);
        var log = await LogAsync(number);
        log.Count(entry => entry.Act == AccessAct.DossierExported).ShouldBe(1);
        var exported = log.Where(entry => entry.Act == AccessAct.FileExported).Select(entry => entry.File!.Value).ToHashSet();
        exported.ShouldBe(dossier.State.Files.Where(file => file.Compartment != Compartment.Melder && file.Kind != FileKind.Recording).Select(file => file.Id), ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Export_DiskFails_RemovesWhatWasWritten(int at)
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var target = new FailingTarget(FolderBag.Begin(_bags.At("bag")).Value, at);
        await Should.ThrowAsync<IOException>(async () => await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = BagFixture.NoPdf }, target, _bags.Vault.Clock, default));
        Directory.Exists(_bags.At("bag")).ShouldBeFalse();
    }

    [Fact]
    public async Task Export_IntoAFolderThatWasThere_LeavesTheFolderWhenItFails()
    {
        Directory.CreateDirectory(_bags.At("map"));
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var target = new FailingTarget(FolderBag.Begin(_bags.At("map")).Value, 5);
        await Should.ThrowAsync<IOException>(async () => await DossierExport.WriteAsync(dossier, new ExportRequest(), target, _bags.Vault.Clock, default));
        Directory.EnumerateFileSystemEntries(_bags.At("map")).ShouldBeEmpty();
    }

    [Fact]
    public void Begin_WhereSomethingLies_IsRefused()
    {
        Directory.CreateDirectory(_bags.At("vol"));
        File.WriteAllText(Path.Combine(_bags.At("vol"), "brief.txt"), "van iemand");
        FolderBag.Begin(_bags.At("vol")).Refusals.ShouldHaveSingleItem().What.ShouldContain("niet leeg");
        FolderBag.Begin(Path.Combine(_bags.At("vol"), "brief.txt")).Refusals.ShouldHaveSingleItem().What.ShouldContain("bestand");
        FolderBag.Begin(_bags.At("half")).IsDone.ShouldBeTrue();
        // What was killed halfway says so, to the next export and to who checks it.
        FolderBag.Begin(_bags.At("half")).Refusals.ShouldHaveSingleItem().What.ShouldContain("niet is afgemaakt");
        File.ReadAllText(Path.Combine(_bags.At("vol"), "brief.txt")).ShouldBe("van iemand");
    }

    [Fact]
    public async Task Export_KilledHalfway_IsNoBag()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await _bags.ExportAsync(dossier, "bag");
        File.WriteAllText(Path.Combine(_bags.At("bag"), FolderBag.Unfinished), "");
        (await BagVerifier.VerifyAsync(_bags.At("bag"), default)).Problems.ShouldContain(problem => problem.Text.Contains("niet afgemaakt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_TranscriptAndRecording_StayAndAreCounted()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        using var text = new MemoryStream(Encoding.UTF8.GetBytes("UITGESCHREVEN-KANARIE"));
        (await dossier.AddFileAsync(new NewFile("uitgeschreven.txt", "Uitgeschreven", FileKind.Gespreksverslag, Compartment.Onderzoek, new DateOnly(2026, 2, 27), "gesprek-1"), text, default)).Refusals.ShouldBeEmpty();
        var report = await _bags.ExportAsync(dossier, "bag", Compartment.Melder);
        report.Omissions.Select(left => (left.Reason, left.Files)).ShouldBe([(OmissionReason.Recording, 1), (OmissionReason.Transcript, 1)]);
        Everything("bag").ShouldNotContain("UITGESCHREVEN-KANARIE");
        Everything("bag").ShouldNotContain("WAVEfmt");
        Everything("bag").ShouldNotContain("uitgeschreven.txt"); // not by its name either
    }

    [Fact]
    public async Task Export_RecordingFiledAsEvidence_StaysWithTheRecordings()
    {
        await _bags.Vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var folder = Directory.CreateTempSubdirectory("dossierkit-case-").FullName;
        try
        {
            await ClosedCase.WriteAsync(folder, "WL-2025-0001", copyAs: "bewijs");
            var read = await DossierImport.ReadAsync(folder, _bags.Vault.Register.Protocols.Library, new DateOnly(2026, 3, 31), default);
            (await _bags.Vault.Register.ImportAsync(_bags.Vault.As("fi"), read.Value, null, default)).Refusals.ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        using var dossier = await _bags.Vault.OpenAsync("fi", new DossierNumber("WL-2025-0001"));
        var (recording, copy) = (dossier.State.Files.Single(file => file.Kind == FileKind.Recording), dossier.State.Files.Single(file => file.Name == "kanariekopie.bin"));
        var kept = (await _bags.Vault.Register.AllEntriesAsync(default)).Single(entry => entry.Number == dossier.Number).Retention.Recordings;
        kept.Single(one => one.File == copy.Id).ShouldSatisfyAllConditions(one => one.Kind.ShouldBe(ArchiveObjectKind.Kopie), one => one.Of.ShouldBe(recording.Id));
        var report = await _bags.ExportAsync(dossier, "bag");
        report.Omissions.Where(left => left.Reason == OmissionReason.Recording).Sum(left => left.Files).ShouldBe(2);
        Everything("bag").ShouldNotContain("WAVEfmt");
    }

    [Fact]
    public async Task Export_SoundThatIsNoRecording_StaysAndIsNamedUnlessAsked()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await AddAsync(dossier, "geluid.mp3", "Geluid", "wat dit is, kan niemand lezen", FileKind.Evidence);
        await AddAsync(dossier, "verhuld.dat", "Verhuld", "RIFF\u0000\u0000\u0000\u0000WAVEfmt en zo verder", FileKind.Evidence);
        await AddAsync(dossier, "beelden.mp4", "Beelden", Encoding.Latin1.GetString(Movies.Of("isom", "vide", "soun")), FileKind.Evidence);
        var preview = (await DossierExport.PreviewAsync(dossier, new ExportRequest(), default)).Value;
        preview.Omissions.Single(left => left.Reason == OmissionReason.Sound).Files.ShouldBe(2);
        var report = await _bags.ExportAsync(dossier, "bag");
        report.Omissions.Single(left => left.Reason == OmissionReason.Sound).Files.ShouldBe(2);
        foreach (var name in (string[])["geluid.mp3", "verhuld.dat"]) report.Remarks.ShouldContain(remark => remark.Contains(dossier.State.Files.Single(file => file.Name == name).Id.ToString(), StringComparison.Ordinal));
        Everything("bag").ShouldNotContain("WAVEfmt");
        Everything("bag").ShouldNotContain("verhuld");
        BagFixture.Files(_bags.At("bag")).ShouldContain(path => path.EndsWith("beelden.mp4", StringComparison.Ordinal)); // a film is no sound

        (await DossierExport.WriteAsync(dossier, new ExportRequest { WithSound = true }, FolderBag.Begin(_bags.At("met")).Value, _bags.Vault.Clock, default)).Refusals.ShouldBeEmpty();
        BagFixture.Files(_bags.At("met")).ShouldContain(path => path.EndsWith("verhuld.dat", StringComparison.Ordinal));
        BagFixture.Files(_bags.At("met")).ShouldNotContain(path => path.EndsWith(".wav", StringComparison.Ordinal)); // the recording itself never goes
    }

    [Fact]
    public async Task Export_MelderNamedInATitle_IsRefusedUnlessMelderGoesAlong()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var melder = dossier.State.Persons.First(person => person.Compartment == Compartment.Melder && person.Surname is { Length: > 4 });
        await AddAsync(dossier, $"Klacht van {melder.Surname}.txt", "Een klacht", "tekst", FileKind.Other);
        var id = dossier.State.Files.Single(file => file.Title == "Een klacht").Id;
        var refused = await DossierExport.WriteAsync(dossier, new ExportRequest(), FolderBag.Begin(_bags.At("bag")).Value, _bags.Vault.Clock, default);
        var refusal = refused.Refusals.ShouldHaveSingleItem();
        refusal.What.ShouldContain(id.ToString());
        refusal.What.ShouldNotContain(melder.Surname!);
        (await DossierExport.PreviewAsync(dossier, new ExportRequest(), default)).IsDone.ShouldBeFalse();
        Directory.Exists(_bags.At("bag")).ShouldBeFalse();
        (await LogAsync(dossier.Number)).ShouldNotContain(entry => entry.Act == AccessAct.ExportCompleted);
        await _bags.ExportAsync(dossier, "met", Compartment.Melder);
    }

    [Fact]
    public async Task Export_MelderNamedInWhatWasRecorded_IsRefusedUnlessMelderGoesAlong()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var melder = dossier.State.Persons.First(person => person.Compartment == Compartment.Melder && person.Surname is { Length: > 4 });
        (await _bags.ExportAsync(dossier, "ervoor")).Items.ShouldBeGreaterThan(1);
        (await dossier.RecordAsync(new JournalNoted { Date = new DateOnly(2026, 3, 3), Text = $"Gebeld met {melder.Surname} over de foto's." }, default)).Refusals.ShouldBeEmpty();
        var refused = await DossierExport.WriteAsync(dossier, new ExportRequest(), FolderBag.Begin(_bags.At("bag")).Value, _bags.Vault.Clock, default);
        refused.Refusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(refusal => refusal.Subject.ShouldBe("registratie"), refusal => refusal.What.ShouldContain("journaal-aantekening van 03-03-2026"), refusal => refusal.What.ShouldNotContain(melder.Surname!));
        await _bags.ExportAsync(dossier, "met", Compartment.Melder);
    }

    /// <summary>Meer, Berg, Bakker: a surname that is a word must not keep every dossier with that word in it from the archive, or the melder would be taken along for it.</summary>
    [Theory]
    [InlineData("Er is meer gezien.", true)]
    [InlineData("Er is gesproken met Meer.", false)]
    [InlineData("Er is gesproken met j. van der meer.", false)]
    public async Task Export_SurnameThatIsAWord_IsANameOnlyWhereItIsWrittenAsOne(string text, bool goes)
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var melder = Entries.Person("melder-9", CaseRole.Melder, "Meer") with { Initials = "J.", Prefix = "van der", Position = Position.Medewerker, Form = MelderForm.Vertrouwelijk };
        (await dossier.RecordAsync(new PersonAdded { Date = new DateOnly(2026, 3, 3), Person = melder }, default)).Refusals.ShouldBeEmpty();
        (await dossier.RecordAsync(new JournalNoted { Date = new DateOnly(2026, 3, 3), Text = text }, default)).Refusals.ShouldBeEmpty();
        (await DossierExport.PreviewAsync(dossier, new ExportRequest(), default)).IsDone.ShouldBe(goes);
    }

    /// <summary>On disk an accent, an apostrophe and the end of a line are written another way: a name is looked for as a reader reads it.</summary>
    [Theory]
    [InlineData("Çelik", "Gesproken met Çelik.")]
    [InlineData("Öztürk", "Öztürk belde terug.")]
    [InlineData("d'Ancona", "Gesproken met d'Ancona over de foto's.")]
    [InlineData("d'Ancona", "Gesproken met D’Ancona.")]
    [InlineData("Rietlander", "Gebeld.\nRietlander zag het.")]
    [InlineData("Rietlander", "Gebeld.\tRietlander zag het.")]
    public async Task Export_NameThatIsWrittenOtherwiseOnDisk_IsFound(string surname, string text)
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var melder = Entries.Person("melder-9", CaseRole.Melder, surname) with { Position = Position.Medewerker, Form = MelderForm.Vertrouwelijk };
        (await dossier.RecordAsync(new PersonAdded { Date = new DateOnly(2026, 3, 3), Person = melder }, default)).Refusals.ShouldBeEmpty();
        (await DossierExport.PreviewAsync(dossier, new ExportRequest(), default)).Refusals.ShouldBeEmpty();
        (await dossier.RecordAsync(new JournalNoted { Date = new DateOnly(2026, 3, 3), Text = text }, default)).Refusals.ShouldBeEmpty();
        (await DossierExport.PreviewAsync(dossier, new ExportRequest(), default)).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("registratie");
    }

    [Fact]
    public async Task Export_MelderNamedBehindADotInAFileName_IsRefused()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        var melder = dossier.State.Persons.First(person => person.Compartment == Compartment.Melder && person.Surname is { Length: > 4 });
        await AddAsync(dossier, $"klacht mw. {melder.Surname!.ToLowerInvariant()}", "Een klacht", "tekst", FileKind.Other);
        (await DossierExport.PreviewAsync(dossier, new ExportRequest(), default)).Refusals.ShouldContain(refusal => refusal.Subject == "bestanden");
    }

    /// <summary>The end of a zip may still wait in a buffer: an export that did not arrive must not count as one.</summary>
    [Fact]
    public async Task Export_EndThatDoesNotArrive_IsNotLoggedAsFinished()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await using var zip = await ZipBag.BeginAsync(new NoEnd(), dossier.Number.Value, _bags.Vault.Clock.Now, default);
        await Should.ThrowAsync<IOException>(async () => await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = BagFixture.NoPdf }, zip, _bags.Vault.Clock, default));
        var log = await LogAsync(dossier.Number);
        log.ShouldContain(entry => entry.Act == AccessAct.DossierExported);
        log.ShouldNotContain(entry => entry.Act == AccessAct.ExportCompleted);
    }

    [Fact]
    public void CheckApart_InTheVaultOrAroundIt_IsRefused()
    {
        var vault = new DossierKit.Vault.VaultPlace(_bags.At("kluis"), _bags.At("staat"));
        foreach (var name in (string[])["kluis", "kluis/export", "kluis/x.zip", "staat/export", "."]) FolderBag.CheckApart(_bags.At(name), vault).ShouldNotBeNull();
        FolderBag.CheckApart(_bags.At("export"), vault).ShouldBeNull();
    }

    [Fact]
    public async Task Verify_ZipWithOtherNamesInFrontOfItsFiles_IsWrong()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await using (var file = File.Create(_bags.At("bag.zip")))
        {
            await using var zip = await ZipBag.BeginAsync(file, dossier.Number.Value, _bags.Vault.Clock.Now, default);
            (await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = BagFixture.NoPdf }, zip, _bags.Vault.Clock, default)).Refusals.ShouldBeEmpty();
        }

        var bytes = File.ReadAllBytes(_bags.At("bag.zip"));
        (await BagVerifier.VerifyAsync(_bags.At("bag.zip"), default)).Problems.ShouldBeEmpty();
        var name = Encoding.ASCII.GetBytes($"{dossier.Number.Value}/bagit.txt");
        var at = bytes.AsSpan().IndexOf(name); // the first is in front of the file, the last in the directory
        at.ShouldNotBe(bytes.AsSpan().LastIndexOf(name));
        "../"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(_bags.At("twee.zip"), bytes);
        (await BagVerifier.VerifyAsync(_bags.At("twee.zip"), default)).Problems.ShouldHaveSingleItem().Text.ShouldContain("twee plaatsen");
    }

    /// <summary>A file between the others that no directory names: whoever unpacks from the start finds it.</summary>
    [Fact]
    public async Task Verify_ZipWithAFileItsDirectoryDoesNotName_IsWrong()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        using var zip = new MemoryStream();
        await using (var bag = await ZipBag.BeginAsync(zip, dossier.Number.Value, _bags.Vault.Clock.Now, default))
            (await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = BagFixture.NoPdf }, bag, _bags.Vault.Clock, default)).Refusals.ShouldBeEmpty();
        using var hidden = new MemoryStream();
        await using (var other = await System.IO.Compression.ZipArchive.CreateAsync(hidden, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, default))
        {
            await using var entry = await other.CreateEntry($"{dossier.Number}/kwaad.sh", System.IO.Compression.CompressionLevel.NoCompression).OpenAsync(default);
            await entry.WriteAsync("echo kwaad"u8.ToArray(), default);
        }

        var (bytes, extra) = (zip.ToArray(), hidden.ToArray());
        var file = extra.AsSpan(0, extra.AsSpan().IndexOf("PK\u0001\u0002"u8)); // its head and content, without its directory
        var directory = BitConverter.ToInt32(bytes.AsSpan(bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8) + 16));
        byte[] both = [.. bytes.AsSpan(0, directory), .. file, .. bytes.AsSpan(directory)];
        BitConverter.TryWriteBytes(both.AsSpan(both.AsSpan().LastIndexOf("PK\u0005\u0006"u8) + 16), directory + file.Length);
        File.WriteAllBytes(_bags.At("erbij.zip"), both);
        using (var read = System.IO.Compression.ZipFile.OpenRead(_bags.At("erbij.zip"))) read.Entries.ShouldNotContain(entry => entry.Name == "kwaad.sh"); // by its directory it is the same bag
        (await BagVerifier.VerifyAsync(_bags.At("erbij.zip"), default)).Problems.ShouldHaveSingleItem().Text.ShouldContain("niet in zijn lijst");
    }

    [Fact]
    public async Task Export_LetterWithItsPdf_IsOneThingWithTwoFiles()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await AddAsync(dossier, "brief-1.docx", "Kennisgeving, 03-03-2026", "PK\u0003\u0004 een");
        await AddAsync(dossier, "brief-1.pdf", "Kennisgeving, 03-03-2026 (pdf)", "%PDF-1.7 een");
        await AddAsync(dossier, "brief-2.docx", "Uitnodiging, 04-03-2026", "PK\u0003\u0004 twee");
        await AddAsync(dossier, "los.pdf", "Een los stuk", "%PDF-1.7 drie");
        var report = await _bags.ExportAsync(dossier, "bag");
        report.PdfsMade.ShouldBe(1); // of the one that had none
        var documents = Sidecars("bag").Where(it => it.Name == Mdto + "informatieobject" && (string?)it.Element(Mdto + "classificatie")?.Element(Mdto + "begripLabel") == "stuk").ToList();
        documents.Select(it => ((string)it.Element(Mdto + "naam")!, it.Elements(Mdto + "heeftRepresentatie").Count())).ShouldBe(
            [("Kennisgeving, 03-03-2026", 2), ("Uitnodiging, 04-03-2026", 2), ("Een los stuk", 1)]);
        (await BagVerifier.VerifyAsync(_bags.At("bag"), default)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_PdfMadeOnTheWay_IsPdfA()
    {
        DossierKit.Tests.Documents.Pdf.VeraPdf.SkipWithout();
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await using (var docx = File.OpenRead(DossierKit.Tests.Documents.RepositoryFiles.Template("kennisgeving.docx")))
            (await dossier.AddFileAsync(new NewFile("kennisgeving.docx", "Kennisgeving", FileKind.Document, Compartment.Onderzoek, new DateOnly(2026, 3, 3)), docx, default)).Refusals.ShouldBeEmpty();
        var report = (await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = DossierKit.Documents.PdfConversion.ConvertAsync }, FolderBag.Begin(_bags.At("bag")).Value, _bags.Vault.Clock, default)).Value;
        Assert.SkipUnless(report.PdfsMade == 1, string.Join(' ', report.Remarks)); // no LibreOffice on this machine
        var pdf = BagFixture.Files(_bags.At("bag")).Single(path => path.EndsWith("-kennisgeving.pdf", StringComparison.Ordinal));
        (await DossierKit.Tests.Documents.Pdf.VeraPdf.CheckAsync("2b", Path.Combine(_bags.At("bag"), pdf))).ShouldHaveSingleItem().ShouldStartWith("PASS");
    }

    [Fact]
    public async Task Export_NoPdfToBeMade_GoesOnWithTheDocumentAndSaysSo()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await AddAsync(dossier, "brief-2.docx", "Uitnodiging, 04-03-2026", "PK\u0003\u0004 twee");
        PdfMaker none = (_, _) => new(Outcome<ReadOnlyMemory<byte>>.Refused(new Refusal("LibreOffice is er niet.", "w", "n")));
        var report = (await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = none }, FolderBag.Begin(_bags.At("bag")).Value, _bags.Vault.Clock, default)).Value;
        report.PdfsMade.ShouldBe(0);
        report.Remarks.ShouldContain(remark => remark.Contains("LibreOffice is er niet.", StringComparison.Ordinal));
        (await BagVerifier.VerifyAsync(_bags.At("bag"), default)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_StrangeNamesAndTitles_AreMadeSafe()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        string[] names = ["CON.txt", "Café  & één?*.TXT", "café-een.txt", "CAFÉ-EEN.TXT", new string('x', 190) + ".txt", ".verborgen", "geen extensie", "日本.txt", "a.MDTO.xml", "a.bestand.MDTO.xml", "naam.veeltelangeextensie"];
        foreach (var name in names) await AddAsync(dossier, name, $"Titel\u0001 met <vreemde> & \"tekens\" {name}", name, FileKind.Other);
        await _bags.ExportAsync(dossier, "bag");
        (await BagVerifier.VerifyAsync(_bags.At("bag"), default)).Problems.ShouldBeEmpty();
        (await BagFixture.PythonAsync(_bags.At("bag"))).ShouldBe([null]);
        BagFixture.Files(_bags.At("bag")).ShouldAllBe(path => path.Split('/').All(part => part.Length < 120 && part.All(char.IsAscii)));
    }

    [Fact]
    public async Task Export_AsZip_IsTheSameBag()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await using (var file = File.Create(_bags.At("bag.zip")))
        {
            await using var zip = await ZipBag.BeginAsync(file, dossier.Number.Value, _bags.Vault.Clock.Now, default);
            (await DossierExport.WriteAsync(dossier, new ExportRequest { Pdf = BagFixture.NoPdf }, zip, _bags.Vault.Clock, default)).Refusals.ShouldBeEmpty();
        }

        var folder = await _bags.ExportAsync(dossier, "bag");
        var verified = await BagVerifier.VerifyAsync(_bags.At("bag.zip"), default);
        verified.Problems.ShouldBeEmpty();
        verified.Sha256.ShouldBe(folder.Sha256); // byte for byte: the clock stood still
        System.IO.Compression.ZipFile.ExtractToDirectory(_bags.At("bag.zip"), _bags.At("uitgepakt"));
        (await BagFixture.PythonAsync(Path.Combine(_bags.At("uitgepakt"), dossier.Number.Value))).ShouldBe([null]);
    }

    [Fact]
    public async Task Export_ZipThatFailsHalfway_IsNoZip()
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", await _bags.Vault.ImportAsync());
        await using (var file = File.Create(_bags.At("half.zip")))
        {
            await using var zip = await ZipBag.BeginAsync(file, dossier.Number.Value, _bags.Vault.Clock.Now, default);
            await Should.ThrowAsync<IOException>(async () => await DossierExport.WriteAsync(dossier, new ExportRequest(), new FailingTarget(zip, 6), _bags.Vault.Clock, default));
        }

        Should.Throw<InvalidDataException>(() => System.IO.Compression.ZipFile.OpenRead(_bags.At("half.zip")).Dispose()); // not a small bag: no zip at all
        (await BagVerifier.VerifyAsync(_bags.At("half.zip"), default)).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Export_ClosedAndClassified_SaysHowLongItIsKept()
    {
        var number = await _bags.Vault.ImportAsync("inhuur-adviesbureau");
        _bags.Vault.Clock.Now = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        using var dossier = await _bags.Vault.OpenAsync("fi", number);
        var closed = dossier.State.ClosedOn!.Value;
        await _bags.ExportAsync(dossier, "bag");
        var it = XDocument.Load(Path.Combine(_bags.At("bag"), "data", number.Value, $"{number}.MDTO.xml")).Root!.Elements().Single();
        ((string?)it.Element(Mdto + "waardering")!.Element(Mdto + "begripCode")).ShouldBe("V");
        ((string?)it.Element(Mdto + "informatiecategorie")!.Element(Mdto + "begripCode")).ShouldBe("12.1.7");
        var kept = it.Element(Mdto + "bewaartermijn")!;
        ((string?)kept.Element(Mdto + "termijnLooptijd")).ShouldBe("P10Y");
        ((string?)kept.Element(Mdto + "termijnStartdatumLooptijd")).ShouldBe(closed.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        ((string?)kept.Element(Mdto + "termijnEinddatum")).ShouldBe(closed.AddYears(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Export_WhatHappenedInTheCase_GoesAlong()
    {
        var number = await _bags.Vault.ImportAsync("inhuur-adviesbureau");
        _bags.Vault.Clock.Now = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        using var dossier = await _bags.Vault.OpenAsync("fi", number);
        await _bags.ExportAsync(dossier, "bag");
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Directory.EnumerateFiles(_bags.At("bag"), "*-registratie.json", SearchOption.AllDirectories).Single()));
        var events = json.RootElement.GetProperty("gebeurtenissen").EnumerateArray().Select(one => one.GetProperty("soort").GetString()).ToList();
        events.ShouldContain("oordeel-gegeven");
        events.ShouldContain("melding-ontvangen");
        events.ShouldNotContain("dossier-aangemaakt"); // it holds a key
        foreach (var own in (string[])["\"sleutel\"", "\"verzoek\"", "\"rekening\""]) json.RootElement.GetRawText().ShouldNotContain(own);
        json.RootElement.GetProperty("personen").EnumerateArray().ShouldAllBe(person => person.GetProperty("rol").GetString() != "melder");
    }

    /// <summary>No recording is in any bag, whatever was asked.</summary>
    private void NeverHeld(OpenDossier dossier)
    {
        var recordings = dossier.State.Files.Where(file => file.Kind == FileKind.Recording).Select(file => file.Sha256).ToHashSet();
        foreach (var bag in (string[])["zonder", "met"])
            File.ReadAllLines(Path.Combine(_bags.At(bag), "manifest-sha256.txt")).ShouldAllBe(line => !recordings.Contains(line.Substring(0, 64)));
    }

    /// <summary>Without being asked for, nothing that lies in melder is in the bag: no file, no name, no event; with it, it is.</summary>
    private void ProtectsMelder(OpenDossier dossier, ExportReport with)
    {
        var hidden = dossier.State.Files.Where(file => file.Compartment == Compartment.Melder && file.Kind != FileKind.Recording).ToList();
        File.ReadAllLines(Path.Combine(_bags.At("zonder"), "manifest-sha256.txt")).ShouldAllBe(line => hidden.TrueForAll(file => file.Sha256 != line.Substring(0, 64)));
        var metadata = Metadata("zonder");
        foreach (var person in dossier.State.Persons.Where(person => person.Compartment == Compartment.Melder && person.Surname is { Length: > 3 })) metadata.ShouldNotContain(person.Surname!);
        foreach (var file in hidden) metadata.ShouldNotContain(file.Title);
        with.Omissions.ShouldAllBe(left => left.Reason != OmissionReason.Melder);
        if (hidden.Count > 0) hidden.ShouldAllBe(file => File.ReadAllText(Path.Combine(_bags.At("met"), "manifest-sha256.txt")).Contains(file.Sha256));
    }

    private string Metadata(string bag) => string.Join('\n', BagFixture.Files(_bags.At(bag)).Where(path => path.EndsWith(".xml", StringComparison.Ordinal) || path.EndsWith("registratie.json", StringComparison.Ordinal) || !path.StartsWith("data/", StringComparison.Ordinal))
        .Select(path => path + "\n" + File.ReadAllText(Path.Combine(_bags.At(bag), path))));

    private string Everything(string bag) => string.Join('\n', BagFixture.Files(_bags.At(bag)).Select(path => path + "\n" + Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(_bags.At(bag), path)))));

    private IEnumerable<XElement> Sidecars(string bag) => BagFixture.Files(_bags.At(bag)).Where(path => path.EndsWith(".MDTO.xml", StringComparison.Ordinal)).Select(path => XDocument.Load(Path.Combine(_bags.At(bag), path)).Root!.Elements().Single());

    private async Task<IReadOnlyList<LogEntry>> LogAsync(DossierNumber number)
    {
        using var dossier = await _bags.Vault.OpenAsync("fi", number);
        return (await dossier.LogAsync(null, 500, default)).Entries;
    }

    private static async Task AddAsync(OpenDossier dossier, string name, string title, string text, FileKind kind = FileKind.Document)
    {
        using var content = new MemoryStream(Encoding.Latin1.GetBytes(text));
        (await dossier.AddFileAsync(new NewFile(name, title, kind, Compartment.Onderzoek, new DateOnly(2026, 3, 3)), content, default)).Refusals.ShouldBeEmpty();
    }

    /// <summary>Looks at something before the first file, and keeps nothing.</summary>
    private sealed class WatchedTarget(Func<Task> first) : IBagTarget
    {
        public int Files { get; private set; }

        public async ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct)
        {
            if (Files++ == 0) await first();
            await write(Stream.Null, ct);
        }

        public ValueTask CompleteAsync(CancellationToken ct) => default;

        public ValueTask AbandonAsync() => default;
    }

    /// <summary>A connection that takes everything, and is gone when it is to be sent.</summary>
    private sealed class NoEnd : MemoryStream
    {
        private bool _isAtEnd;

        public override bool CanSeek => false;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _isAtEnd |= buffer.StartsWith("PK\u0005\u0006"u8);
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            _isAtEnd |= buffer.AsSpan(offset, count).StartsWith("PK\u0005\u0006"u8);
            base.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return default;
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => _isAtEnd ? Task.FromException(new IOException("Connection reset by peer.")) : Task.CompletedTask;
    }

    /// <summary>A disk that is full after some files.</summary>
    private sealed class FailingTarget(IBagTarget inner, int at) : IBagTarget
    {
        private int _files;

        public ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct) => inner.WriteAsync(path, async (output, token) =>
        {
            await write(output, token);
            if (++_files == at) throw new IOException("No space left on device.");
        }, ct);

        public ValueTask CompleteAsync(CancellationToken ct) => inner.CompleteAsync(ct);

        public ValueTask AbandonAsync() => inner.AbandonAsync();
    }
}
