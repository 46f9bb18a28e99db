using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>Why something of a dossier is not in its export.</summary>
public enum OmissionReason
{
    /// <summary>It says who the melder is, and nobody asked for it.</summary>
    Melder,

    /// <summary>A recording: it is destroyed and never handed over.</summary>
    Recording,

    /// <summary>A text written out from a recording that nobody signed: it goes with the recording.</summary>
    Transcript,

    /// <summary>Sound that was not filed as a recording, and nobody asked for it: whether it is one, somebody must say first.</summary>
    Sound,

    /// <summary>It lies where whoever exports may not read, or may read and not take out.</summary>
    NoRight,

    /// <summary>It was destroyed.</summary>
    Destroyed,
}

/// <summary>What is not in an export, counted: never what it is.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Compartment">Where it lies.</param>
/// <param name="Files">How many files.</param>
/// <param name="Events">How many events.</param>
public sealed record Omission(OmissionReason Reason, Compartment Compartment, int Files, int Events)
{
    /// <summary>What is left out and why, Dutch.</summary>
    public string Text => Reason switch
    {
        OmissionReason.Melder => "wie de melder is en wat daarbij hoort: dat gaat alleen mee als erom is gevraagd (HRL 12.1)",
        OmissionReason.Recording => "opnamen: die worden vernietigd en niet overgedragen (HRL 8.2)",
        OmissionReason.Transcript => "uitgeschreven opnamen zonder vastgesteld verslag: die delen het lot van de opname",
        OmissionReason.Sound => "geluid dat niet als opname is gearchiveerd: leg het eerst als opname vast, of zet het om naar tekst",
        OmissionReason.NoRight => "wat in dit compartiment ligt en niet mee mag",
        _ => "wat is vernietigd",
    };
}

/// <summary>One thing a dossier is made of, as it goes out: a file, or a document with its PDF.</summary>
/// <param name="Files">The files; the original first.</param>
internal sealed record ExportItem(IReadOnlyList<DossierFile> Files)
{
    public DossierFile Original => Files[0];

    /// <summary>Whether it was drawn up by this program and has no PDF yet.</summary>
    public bool WantsPdf => Files.Count == 1 && Original.Kind == FileKind.Document && Original.Name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What goes out of a dossier and what stays: pure.</summary>
internal sealed record ExportPlan
{
    public required DossierState State { get; init; }

    public required IReadOnlyList<Compartment> Compartments { get; init; }

    public required IReadOnlyList<ExportItem> Items { get; init; }

    /// <summary>The events that go along, oldest first.</summary>
    public required IReadOnlyList<DossierEvent> Events { get; init; }

    /// <summary>The persons that go along.</summary>
    public required IReadOnlyList<CasePerson> Persons { get; init; }

    public required IReadOnlyList<Omission> Omissions { get; init; }

    /// <summary>Sound that stays because it was not filed as a recording.</summary>
    public required IReadOnlyList<FileId> Sounds { get; init; }

    /// <summary>The files that would go if none of them were sound: of these the content must be looked at.</summary>
    public static IReadOnlyList<DossierFile> Going(DossierState state, DossierAccess access, IReadOnlyList<Compartment> compartments)
        => [.. Of(state, access, compartments, null).Items.SelectMany(item => item.Files)];

    /// <summary>Plans it.</summary>
    /// <param name="state">The dossier.</param>
    /// <param name="access">What whoever exports may take out.</param>
    /// <param name="compartments">What goes along.</param>
    /// <param name="sounds">The files that are sound by their content; <see langword="null"/>: sound goes along as well, when it is no recording.</param>
    public static ExportPlan Of(DossierState state, DossierAccess access, IReadOnlyList<Compartment> compartments, IReadOnlySet<FileId>? sounds)
    {
        var held = state.Recordings.Select(item => item.File?.Id).OfType<FileId>().ToHashSet();
        var transcripts = state.Recordings.SelectMany(item => item.Transcripts).Select(file => file.Id).ToHashSet();
        var left = new Dictionary<(OmissionReason, Compartment), (int Files, int Events)>();
        var (files, silent) = (new List<DossierFile>(), new List<FileId>());
        foreach (var file in state.Files)
        {
            // What was filed among the recordings as something else has no plan that destroys it: it stays, and nobody is told that it will go.
            OmissionReason? reason = file.Kind == FileKind.Recording || held.Contains(file.Id) ? OmissionReason.Recording
                : file.Compartment == Compartment.Opnamen ? transcripts.Contains(file.Id) ? OmissionReason.Recording : OmissionReason.NoRight
                : !compartments.Contains(file.Compartment) ? file.Compartment == Compartment.Melder ? OmissionReason.Melder : OmissionReason.NoRight
                : transcripts.Contains(file.Id) ? OmissionReason.Transcript
                : sounds is not null && (sounds.Contains(file.Id) || Sound.IsCalled(file.Name)) ? OmissionReason.Sound
                : !access.MayExport(file) ? OmissionReason.NoRight
                : null;
            if (reason == OmissionReason.Sound) silent.Add(file.Id);
            if (reason is { } why) Leave(why, file.Compartment, 1, 0);
            else files.Add(file);
        }

        var events = new List<DossierEvent>();
        var gone = state.Files.Select(file => file.Id).Except(files.Select(file => file.Id)).ToHashSet();
        foreach (var happening in state.Events.Select(recorded => recorded.Event))
        {
            // What is in the metadata of the dossier itself, and what only says that a file came that stays here.
            if (happening is DossierCreated || FileOf(happening) is { } file && gone.Contains(file.Id)) continue;
            if (compartments.Contains(happening.Compartment)) events.Add(happening);
            else if (happening.Compartment == Compartment.Opnamen) Leave(OmissionReason.Recording, happening.Compartment, 0, 1);
            else if (happening.Compartment == Compartment.Melder) Leave(OmissionReason.Melder, happening.Compartment, 0, 1);
        }

        foreach (var gap in state.Gaps) Leave(gap.Reason == GapReason.Destroyed ? OmissionReason.Destroyed : OmissionReason.NoRight, gap.Compartment, 0, 1);
        return new ExportPlan
        {
            State = state,
            Compartments = compartments,
            Items = Grouped(files),
            Events = events,
            Sounds = silent,
            Persons = [.. state.Persons.Where(person => compartments.Contains(person.Compartment))],
            Omissions = [.. left.OrderBy(pair => pair.Key.Item1).Select(pair => new Omission(pair.Key.Item1, pair.Key.Item2, pair.Value.Files, pair.Value.Events))],
        };

        void Leave(OmissionReason reason, Compartment compartment, int leftFiles, int leftEvents)
        {
            var (f, e) = left.GetValueOrDefault((reason, compartment));
            left[(reason, compartment)] = (f + leftFiles, e + leftEvents);
        }
    }

    /// <summary>A document and the PDF that was sealed beside it are one thing with two files.</summary>
    private static IReadOnlyList<ExportItem> Grouped(List<DossierFile> files)
    {
        var items = new List<ExportItem>();
        var taken = new HashSet<FileId>();
        foreach (var file in files)
        {
            if (taken.Contains(file.Id)) continue;
            var pdf = IsDocument(file, ".docx") ? files.Find(other => !taken.Contains(other.Id) && IsPdfOf(other, file)) : null;
            if (pdf is null && IsDocument(file, ".pdf") && files.Exists(other => !taken.Contains(other.Id) && IsDocument(other, ".docx") && IsPdfOf(file, other))) continue; // comes with its document
            items.Add(new ExportItem(pdf is null ? [file] : [file, pdf]));
            taken.Add(file.Id);
            if (pdf is not null) taken.Add(pdf.Id);
        }

        return items;
    }

    private static bool IsDocument(DossierFile file, string extension) => file.Kind == FileKind.Document && file.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static bool IsPdfOf(DossierFile pdf, DossierFile document) => IsDocument(pdf, ".pdf") && pdf.Compartment == document.Compartment && pdf.Date == document.Date && pdf.BelongsTo == document.BelongsTo
        && pdf.Title == $"{document.Title} (pdf)" && Path.GetFileNameWithoutExtension(pdf.Name).Equals(Path.GetFileNameWithoutExtension(document.Name), StringComparison.OrdinalIgnoreCase);

    public static DossierFile? FileOf(DossierEvent happening) => happening switch
    {
        FileAdded added => added.File,
        DocumentDrawnUp drawn => drawn.File,
        _ => null,
    };
}
