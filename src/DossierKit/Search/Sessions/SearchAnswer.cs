using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>In which order hits come.</summary>
public enum SearchOrder
{
    /// <summary>The likeliest first.</summary>
    Score,

    /// <summary>The newest file first, by its own date.</summary>
    Newest,

    /// <summary>The oldest file first.</summary>
    Oldest,
}

/// <summary>What is asked.</summary>
public sealed record SearchRequest
{
    /// <summary>The most hits that one answer gives.</summary>
    public const int MostHits = 50;

    /// <summary>The query, in the syntax of the search page; at most 1,000 characters, and not empty unless <see cref="Like"/> is given.</summary>
    public string Query { get; init; } = "";

    /// <summary>Instead of a query: a file that others should be like. What is searched for then stands in <see cref="SearchAnswer.ReadAs"/>.</summary>
    public (DossierNumber Dossier, FileId File)? Like { get; init; }

    /// <summary>Why, in the person's own words; not empty. Logged before anything is shown.</summary>
    public required string Purpose { get; init; }

    /// <summary>How many hits are passed over: 0 for the first page.</summary>
    public int Skip { get; init; }

    /// <summary>How many hits are given; 1 to <see cref="MostHits"/>.</summary>
    public int Take { get; init; } = 10;

    /// <summary>In which order.</summary>
    public SearchOrder Order { get; init; }
}

/// <summary>A piece of a text; some of it is what was searched for.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsHit">Whether it is a word that was searched for.</param>
public readonly record struct TextPiece(string Text, bool IsHit);

/// <summary>A piece of a document around what was searched for.</summary>
/// <param name="Page">The page it stands on, from 1; 0 when the file has no pages.</param>
/// <param name="Pieces">The text, in order.</param>
public sealed record Fragment(int Page, IReadOnlyList<TextPiece> Pieces);

/// <summary>A file that was found.</summary>
/// <param name="Dossier">The dossier.</param>
/// <param name="File">The file.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Compartment">Where it lies.</param>
/// <param name="Date">The date of the file itself.</param>
/// <param name="Score">How well it fits, by BM25 over what this person may read; comparable within one answer only.</param>
/// <param name="Fragments">Pieces around what was searched for, best first; empty when the text is being made anew.</param>
public sealed record SearchHit(DossierNumber Dossier, FileId File, string Title, FileKind Kind, Compartment Compartment, DateOnly Date, float Score, IReadOnlyList<Fragment> Fragments)
{
    /// <summary>The page of the best fragment, from 1; 0 when the file has no pages.</summary>
    public int Page => Fragments.Count > 0 ? Fragments[0].Page : 0;

    /// <summary>The dossier and kind: a title is never written by accident.</summary>
    public override string ToString() => $"{Kind} {File} in {Dossier}";
}

/// <summary>What the index found out about a file.</summary>
/// <param name="File">The file.</param>
/// <param name="IsSearchable">Whether anything of it can be searched.</param>
/// <param name="Gaps">What could not be read and why, Dutch sentences without content.</param>
/// <param name="HasProtectedName">Whether its text holds a name that belongs in <c>melder</c> alone; always <see langword="false"/> for whoever may not know that name.</param>
public sealed record FileFinding(FileId File, bool IsSearchable, IReadOnlyList<string> Gaps, bool HasProtectedName);

/// <summary>A value that hits have, and how many of them.</summary>
/// <param name="Value">The value, as it is searched for.</param>
/// <param name="Count">How many hits, exactly.</param>
public readonly record struct FacetValue(string Value, int Count);

/// <summary>What was found. All of it depends on what this person may read and on nothing else.</summary>
public sealed record SearchAnswer
{
    /// <summary>How many documents there are, exactly.</summary>
    public required int Total { get; init; }

    /// <summary>The hits asked for.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>By field, the values of all hits with their numbers: the commonest first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Facets { get; init; } = new Dictionary<string, IReadOnlyList<FacetValue>>();

    /// <summary>The query with words put right that stand in no document; <see langword="null"/> when there is nothing to suggest.</summary>
    public string? DidYouMean { get; init; }

    /// <summary>What is wrong with the query as it was written; <see langword="null"/> when nothing is. Then <see cref="ReadAs"/> says what was searched for instead, or nothing was.</summary>
    public Refusal? Problem { get; init; }

    /// <summary>The query that was searched for instead of one that could not be read, or made of a document that others should be like.</summary>
    public string? ReadAs { get; init; }

    /// <summary>In how many documents was searched.</summary>
    public required int Documents { get; init; }

    /// <summary>In how many dossiers.</summary>
    public required int Dossiers { get; init; }

    /// <summary>How many files this person may read that cannot be searched, because they hold no text or could not be read.</summary>
    public required int NotSearchable { get; init; }

    /// <summary>How many dossiers could not be searched because the vault is damaged there, or because they went meanwhile: verify says which.</summary>
    public int Damaged { get; init; }

    /// <summary>How many files this person may read are not in the index yet.</summary>
    public required int Waiting { get; init; }
}
