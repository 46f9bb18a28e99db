using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>Makes a PDF/A of a document drawn up by this program; the Host gives it.</summary>
/// <param name="docx">The .docx.</param>
/// <param name="ct">Stops.</param>
/// <returns>The PDF, or why there is none.</returns>
public delegate ValueTask<Outcome<ReadOnlyMemory<byte>>> PdfMaker(ReadOnlyMemory<byte> docx, CancellationToken ct);

/// <summary>What is to go out.</summary>
public sealed record ExportRequest
{
    /// <summary>Compartments that go along besides the whole dossier: <c>melder</c>, or none.</summary>
    public IReadOnlyCollection<Compartment> With { get; init; } = [];

    /// <summary>Whether sound goes along that was not filed as a recording, such as a voicemail that is evidence. What is a recording, or has the bytes of one, never goes.</summary>
    public bool WithSound { get; init; }

    /// <summary>The selectielijst in use: for the names of classes, and for a class that was named at the closing.</summary>
    public Selectielijst List { get; init; } = ShippedSelectielijst.List;

    /// <summary>Makes the PDF of documents that have none yet; <see langword="null"/>: they go as they are.</summary>
    public PdfMaker? Pdf { get; init; }
}

/// <summary>One thing that goes out.</summary>
/// <param name="Name">Its folder in the bag.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Compartment">Where it lies; <see langword="null"/> for what was recorded in the case.</param>
/// <param name="Files">How many files it has in the vault.</param>
/// <param name="Bytes">Their length together.</param>
public sealed record ExportLine(string Name, string Title, Compartment? Compartment, int Files, long Bytes);

/// <summary>What would go out.</summary>
/// <param name="Lines">What goes, in order.</param>
/// <param name="Omissions">What stays, and why.</param>
/// <param name="Remarks">What whoever hands it over should know, Dutch.</param>
public sealed record ExportPreview(IReadOnlyList<ExportLine> Lines, IReadOnlyList<Omission> Omissions, IReadOnlyList<string> Remarks);

/// <summary>What went out.</summary>
/// <param name="Number">The dossier.</param>
/// <param name="Items">How many things it is made of, its registration included.</param>
/// <param name="Files">How many files with content.</param>
/// <param name="Bytes">Length of everything under <c>data/</c>, metadata included.</param>
/// <param name="Sha256">SHA-256 of <c>tagmanifest-sha256.txt</c>: it stands for every byte of the bag, and belongs in the receipt.</param>
/// <param name="PdfsMade">How many PDFs were made on the way.</param>
/// <param name="Omissions">What stayed, and why.</param>
/// <param name="Remarks">What whoever hands it over should know, Dutch.</param>
public sealed record ExportReport(DossierNumber Number, int Items, int Files, long Bytes, string Sha256, int PdfsMade, IReadOnlyList<Omission> Omissions, IReadOnlyList<string> Remarks);

/// <summary>
/// A dossier as a bag for the archive (BagIt, RFC 8493) with MDTO beside every folder and file, in the sidecar structure of the Nationaal Archief.
/// What whoever exports may not read or take out is not in it, and the bag says that something is missing.
/// </summary>
public static class DossierExport
{
    /// <summary>Shows what would go out; nothing is written, and nothing is taken out.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="request">What is to go out.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What would; or every reason why this person may not, or why this may not.</returns>
    public static async ValueTask<Outcome<ExportPreview>> PreviewAsync(OpenDossier dossier, ExportRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        if (dossier.CheckExport(request.With) is { Count: > 0 } refusals) return Outcome<ExportPreview>.Refused(refusals);
        var plan = await PlanAsync(dossier, dossier.State, request, ct);
        if (ExportNames.Check(plan) is { Count: > 0 } named) return Outcome<ExportPreview>.Refused(named);
        return Outcome<ExportPreview>.Done(new ExportPreview(
            [
                new ExportLine(FolderOf(plan, 0), DossierRegistration.Title, null, 1, DossierRegistration.Write(plan).Length),
                .. plan.Items.Select((item, i) => new ExportLine(FolderOf(plan, i + 1), item.Original.Title, item.Original.Compartment, item.Files.Count, item.Files.Sum(file => file.Length))),
            ],
            plan.Omissions,
            Remarks(plan, ExportClass.Of(dossier.State, request.List, dossier.Protocol))));
    }

    /// <summary>Writes the bag. Logged before the first byte; whatever stops it, nothing of it stays.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="request">What is to go out.</param>
    /// <param name="target">Where it is written; begun and empty.</param>
    /// <param name="clock">Tells the time of the export.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What went out; or every reason why not.</returns>
    public static async ValueTask<Outcome<ExportReport>> WriteAsync(OpenDossier dossier, ExportRequest request, IBagTarget target, TimeProvider clock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(clock);
        Outcome<ExportReport>? outcome = null;
        try
        {
            var begun = await dossier.BeginExportAsync(request.With, ct);
            if (!begun.IsDone) return outcome = Outcome<ExportReport>.Refused(begun.Refusals);
            var plan = await PlanAsync(dossier, begun.Value, request, ct);
            if (ExportNames.Check(plan) is { Count: > 0 } named) return outcome = Outcome<ExportReport>.Refused(named);
            return outcome = await new Run(dossier, request, plan, ExportClass.Of(plan.State, request.List, dossier.Protocol), target, LegalTime.In(clock.GetUtcNow())).WriteAsync(ct);
        }
        finally
        {
            if (outcome?.IsDone != true) await target.AbandonAsync();
        }
    }

    private static async ValueTask<ExportPlan> PlanAsync(OpenDossier dossier, DossierState state, ExportRequest request, CancellationToken ct)
    {
        var compartments = OpenDossier.ExportedWith(request.With);
        var sounds = request.WithSound ? null : await dossier.SoundAmongAsync(ExportPlan.Going(state, dossier.Access, compartments), ct);
        return ExportPlan.Of(state, dossier.Access, compartments, sounds);
    }

    private static string FolderOf(ExportPlan plan, int index) => string.Create(CultureInfo.InvariantCulture, $"{plan.State.Number}-{index:000}");

    private static List<string> Remarks(ExportPlan plan, ExportClass? chosen)
    {
        var remarks = new List<string>();
        if (!plan.State.IsClosed) remarks.Add("Het dossier is nog niet gesloten: wat hierna gebeurt, staat niet in deze export.");
        else if (chosen?.IsPermanent is null) remarks.Add("Het dossier heeft nog geen klasse van de selectielijst: de waardering is 'nader te bepalen'.");
        // Only to whoever hands it over: the bag says that sound stayed, and not which.
        if (plan.Sounds.Count > 0)
            remarks.Add($"Geluid dat niet als opname is gearchiveerd, is niet meegegaan: {string.Join(", ", plan.Sounds)}. Is het een opname, leg het dan als opname vast. Is het bewijs, neem het dan bewust mee.");
        return remarks;
    }

    /// <summary>One export.</summary>
    private sealed class Run(OpenDossier dossier, ExportRequest request, ExportPlan plan, ExportClass? chosen, IBagTarget target, DateTimeOffset at)
    {
        private readonly BagWriter _bag = new(target);
        private readonly DossierMdto _mdto = new(plan, dossier.Municipality, chosen, at);
        private readonly List<string> _remarks = Remarks(plan, chosen);
        private int _files;
        private int _pdfs;

        private string Root => plan.State.Number.Value;

        public async ValueTask<Outcome<ExportReport>> WriteAsync(CancellationToken ct)
        {
            var parts = new List<MdtoInformatieobject> { await RegistrationAsync(ct) };
            for (var i = 0; i < plan.Items.Count; i++)
            {
                var item = await ItemAsync(plan.Items[i], FolderOf(plan, i + 1), ct);
                if (!item.IsDone) return Outcome<ExportReport>.Refused(item.Refusals);
                parts.Add(item.Value);
            }

            await _bag.AddAsync($"{Root}/{Root}{MdtoNames.Sidecar}", MdtoXml.Write(_mdto.Dossier(parts)), ct);
            var hash = await _bag.CompleteAsync(Info(), ct);
            // It has arrived: what is logged from here is true whatever happens next.
            if (!await dossier.CompleteExportAsync(hash, plan.State.Checkpoint, ct)) return Outcome<ExportReport>.Refused(OpenDossier.NotAnyMore);
            return Outcome<ExportReport>.Done(new ExportReport(plan.State.Number, parts.Count, _files, _bag.Payload.Sum(file => file.Length), hash, _pdfs, plan.Omissions, _remarks));
        }

        private async ValueTask<MdtoInformatieobject> RegistrationAsync(CancellationToken ct)
        {
            var folder = FolderOf(plan, 0);
            using var json = new MemoryStream(DossierRegistration.Write(plan), writable: false);
            var name = BagPath.NameOf(folder, "registratie.json");
            var written = await PayloadAsync(folder, name, json, ct);
            var it = _mdto.Registration([]);
            return await SidecarsAsync(folder, it, [written], ct);
        }

        private async ValueTask<Outcome<MdtoInformatieobject>> ItemAsync(ExportItem item, string folder, CancellationToken ct)
        {
            var written = new List<(string Name, BagFile File)>();
            ReadOnlyMemory<byte>? docx = null;
            foreach (var file in item.Files)
            {
                var opened = await dossier.ExportFileAsync(file.Id, ct);
                if (!opened.IsDone) return Outcome<MdtoInformatieobject>.Refused(opened.Refusals);
                await using var content = opened.Value;
                if (item.WantsPdf && request.Pdf is not null)
                {
                    using var bytes = new MemoryStream();
                    await content.CopyToAsync(bytes, ct);
                    docx = bytes.ToArray();
                    content.Position = 0;
                }

                var one = await PayloadAsync(folder, BagPath.NameOf(folder, file.Name), content, ct);
                if (one.File.Sha256 != file.Sha256 || one.File.Length != file.Length) throw new VaultDamagedException($"File {file.Id} is not what was filed. Restore it from a backup and export again; nothing was exported.");
                written.Add(one);
            }

            if (docx is { } document && await PdfAsync(item, document, ct) is { } pdf)
            {
                using var bytes = new MemoryStream(pdf.ToArray(), writable: false);
                written.Add(await PayloadAsync(folder, Path.ChangeExtension(written[0].Name, ".pdf"), bytes, ct));
            }

            return Outcome<MdtoInformatieobject>.Done(await SidecarsAsync(folder, _mdto.Archiefstuk(item, []), written, ct));
        }

        private async ValueTask<ReadOnlyMemory<byte>?> PdfAsync(ExportItem item, ReadOnlyMemory<byte> docx, CancellationToken ct)
        {
            var made = await request.Pdf!(docx, ct);
            if (made.IsDone)
            {
                _pdfs++;
                return made.Value;
            }

            _remarks.Add($"Van stuk {item.Original.Id} is geen pdf gemaakt; het Word-document gaat mee. {made.Refusals[0].What} {made.Refusals[0].Why}");
            return null;
        }

        private async ValueTask<(string Name, BagFile File)> PayloadAsync(string folder, string name, Stream content, CancellationToken ct)
        {
            _files++;
            return (name, await _bag.AddAsync($"{Root}/{folder}/{name}", content, ct));
        }

        /// <summary>The sidecar of a thing in its folder, and of each file beside it.</summary>
        private async ValueTask<MdtoInformatieobject> SidecarsAsync(string folder, MdtoInformatieobject it, IReadOnlyList<(string Name, BagFile File)> files, CancellationToken ct)
        {
            List<MdtoVerwijzing> references = [.. files.Select(file => new MdtoVerwijzing(file.Name, _mdto.BestandId(it.Identificatie.Kenmerk, file.Name)))];
            it = it with { HeeftRepresentatie = references };
            for (var i = 0; i < files.Count; i++)
                await _bag.AddAsync($"{Root}/{folder}/{files[i].Name}{MdtoNames.FileSidecar}", MdtoXml.Write(_mdto.Bestand(references[i], it, files[i].File)), ct);
            await _bag.AddAsync($"{Root}/{folder}/{folder}{MdtoNames.Sidecar}", MdtoXml.Write(it), ct);
            return it;
        }

        private List<(string, string)> Info()
        {
            var info = new List<(string, string)>
            {
                ("Source-Organization", $"Gemeente {dossier.Municipality.Name}"),
                ("External-Identifier", Root),
                ("External-Description", $"Integriteitsdossier {Root}, vertrouwelijk"),
                ("Bagging-Date", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("Bag-Software-Agent", $"DossierKit {typeof(DossierExport).Assembly.GetName().Version?.ToString(3)}"),
            };
            info.AddRange(plan.Omissions.Select(omission => ("Internal-Sender-Description", $"Niet meegegaan uit {omission.Compartment}: {omission.Text}")));
            return info;
        }
    }
}
