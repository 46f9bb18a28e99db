using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>One line of the list of documents and files.</summary>
/// <param name="File">The file.</param>
/// <param name="Document">How it was made, when this program made it.</param>
/// <param name="Sent">How it went out; empty when it did not, or that was not recorded.</param>
/// <param name="Original">Where the signed original lies; <see langword="null"/> when nobody wrote that down.</param>
public sealed record Paper(DossierFile File, DossierDocument? Document, IReadOnlyList<Dispatch> Sent, OriginalRegistered? Original);

/// <summary>The documents and files of a dossier together, newest first. What belongs to a line is only looked up for the page that is shown.</summary>
public static class Papers
{
    public const int PageSize = 50;

    public static PageOf<Paper> Of(OpenDossier dossier, PapersQuery query)
    {
        var documents = dossier.State.Documents.ToDictionary(drawn => drawn.File.Id, drawn => drawn.Document);
        var found = dossier.State.Files.Where(file => query.Matches(file, documents.GetValueOrDefault(file.Id)))
            // Stable: of one day the last filed first.
            .Reverse().OrderByDescending(file => file.Date).ToList();
        var page = PageOf<DossierFile>.Of(found, query.Page, PageSize);
        var dispatches = dossier.State.Dispatches;
        var originals = dossier.State.All<OriginalRegistered>().ToList();
        return new([.. page.Items.Select(file => PaperOf(file, documents.GetValueOrDefault(file.Id), dispatches, originals))], page.Number, page.Total, page.Size);
    }

    /// <summary>One file with what belongs to it.</summary>
    public static Paper Of(OpenDossier dossier, DossierFile file)
        => PaperOf(file, dossier.State.Documents.FirstOrDefault(drawn => drawn.File.Id == file.Id)?.Document, dossier.State.Dispatches, [.. dossier.State.All<OriginalRegistered>()]);

    private static Paper PaperOf(DossierFile file, DossierDocument? document, IReadOnlyList<Dispatch> dispatches, IReadOnlyList<OriginalRegistered> originals) => new(
        file,
        document,
        [.. dispatches.Where(dispatch => FileOf(dispatch.Event) is { } sent ? sent == file.Id : IsLikely(dispatch, file, document))],
        originals.FirstOrDefault(original => original.File == file.Id));

    /// <summary>A dispatch that names no file is that of the document of its kind to its addressee.</summary>
    private static bool IsLikely(Dispatch dispatch, DossierFile file, DossierDocument? document)
        => document is { IsConcept: false } && document.Kind == dispatch.DocumentKind && document.Addressee == dispatch.To && file.Date <= dispatch.On;

    private static FileId? FileOf(DossierEvent happening) => happening switch
    {
        DocumentSent sent => sent.File,
        KennisgevingGiven given => given.File,
        WederhoorOffered offered => offered.File,
        _ => null,
    };
}

/// <summary>What somebody looks for among the documents: kinds and compartments, never content.</summary>
public sealed record PapersQuery
{
    /// <summary>A kind of file, by its word.</summary>
    public string Kind { get; init; } = "";

    public Compartment? Place { get; init; }

    /// <summary>The handle of a person, or the reference of an event, it belongs to or goes to.</summary>
    public string BelongsTo { get; init; } = "";

    public int Page { get; init; } = 1;

    public bool IsFiltered => Kind.Length > 0 || Place is not null || BelongsTo.Length > 0;

    public static PapersQuery Of(IQueryCollection query) => new()
    {
        Kind = Words.TryParse<FileKind>(query["soort"].ToString(), out _) ? query["soort"].ToString() : "",
        Place = Compartment.TryParse(query["compartiment"].ToString(), out var place) ? place : null,
        BelongsTo = query["bij"].ToString(),
        Page = PageNumber.Of(query),
    };

    public bool Matches(DossierFile file, DossierDocument? document)
        => (Kind.Length == 0 || Words.Of(file.Kind) == Kind)
            && (Place is not { } place || file.Compartment == place)
            && (BelongsTo.Length == 0 || file.BelongsTo == BelongsTo || document?.Addressee?.Value == BelongsTo);

    public string Url(DossierNumber number, int page)
        => PageNumber.Url($"/dossiers/{number}/documenten", page, ("soort", Kind), ("compartiment", Place?.Name ?? ""), ("bij", BelongsTo));
}

/// <summary>What is said of files on the screen.</summary>
public static class PaperTexts
{
    /// <summary>What it is: the kind of letter for what this program made, else the kind of file.</summary>
    public static string Kind(OpenDossier dossier, Paper paper)
        => paper.Document is { } document ? Labels.Document(document.Kind, dossier.Protocol) + (document.IsConcept ? " (concept)" : "") : Labels.Of(paper.File.Kind);

    /// <summary>To whom it goes, or what it belongs to.</summary>
    public static string Whose(OpenDossier dossier, Paper paper)
        => paper.Document?.Addressee is { } to ? PersonTexts.Of(dossier, to)
            : paper.File.BelongsTo is not { } other ? ""
            : PersonId.TryParse(other, out var person) && dossier.State.FindPerson(person) is { } known ? PersonTexts.Of(known) : other;

    /// <summary>How it went out, on one line.</summary>
    public static string Sent(Dispatch dispatch)
        => $"{DutchText.Date(dispatch.On)}{(dispatch.Delivery is { } how ? $", {Labels.Of(how)}" : "")}{(dispatch.Receipt is { } receipt ? $", {Words.Of(receipt.Outcome).Replace('-', ' ')}" : dispatch.AwaitsReceipt ? ", nog geen bewijs van ontvangst" : "")}";
}
