using System.Text;
using System.Xml.Linq;
using DossierKit.Dossiers;
using DossierKit.Retention;

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
        DossierExport.Preview(owner, new ExportRequest()).IsDone.ShouldBeFalse();
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
