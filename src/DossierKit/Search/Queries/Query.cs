namespace DossierKit.Search;

/// <summary>What is asked, as it was parsed.</summary>
internal abstract record Query
{
    /// <summary>What a hit on it is multiplied by.</summary>
    public float Boost { get; init; } = 1;
}

/// <summary>A word.</summary>
/// <param name="Field">The field.</param>
/// <param name="Term">The term, as the analyzer made it.</param>
internal sealed record TermQuery(string Field, string Term) : Query;

/// <summary>A word in any of its forms (<see cref="WordForms"/>).</summary>
/// <param name="Field">The field.</param>
/// <param name="Word">The word, folded.</param>
internal sealed record WordQuery(string Field, string Word) : Query;

/// <summary>Words in this order, at these distances.</summary>
/// <param name="Field">The field.</param>
/// <param name="Terms">The terms with their places, counted from anywhere.</param>
/// <param name="Slop">By how many places they may be moved together.</param>
internal sealed record PhraseQuery(string Field, IReadOnlyList<(string Term, int Position)> Terms, int Slop) : Query;

/// <summary>Words that begin so.</summary>
/// <param name="Field">The field.</param>
/// <param name="Prefix">The beginning.</param>
internal sealed record PrefixQuery(string Field, string Prefix) : Query;

/// <summary>Words of this shape: <c>*</c> for any letters, <c>?</c> for one, <c>\</c> before what stands for itself.</summary>
/// <param name="Field">The field.</param>
/// <param name="Pattern">The shape.</param>
internal sealed record WildcardQuery(string Field, string Pattern) : Query;

/// <summary>Words that differ little: by letters put in, left out, changed or swapped.</summary>
/// <param name="Field">The field.</param>
/// <param name="Term">The word.</param>
/// <param name="Edits">The most differences: 0, 1 or 2.</param>
internal sealed record FuzzyQuery(string Field, string Term, int Edits) : Query;

/// <summary>Words between two others, in the order of their bytes.</summary>
/// <param name="Field">The field.</param>
/// <param name="From">From; <see langword="null"/>: the first of all.</param>
/// <param name="To">To; <see langword="null"/>: the last of all.</param>
/// <param name="IncludesFrom">Whether the first itself counts.</param>
/// <param name="IncludesTo">Whether the last itself counts.</param>
internal sealed record RangeQuery(string Field, string? From, string? To, bool IncludesFrom, bool IncludesTo) : Query;

/// <summary>Nothing: what a field holds that no document has.</summary>
internal sealed record NoneQuery : Query;

/// <summary>Everything.</summary>
internal sealed record AllQuery : Query;

/// <summary>How a clause takes part.</summary>
internal enum Occur
{
    /// <summary>A hit on it counts; one of these is needed when nothing is required.</summary>
    Should,

    /// <summary>It must hit.</summary>
    Must,

    /// <summary>It may not hit.</summary>
    MustNot,
}

/// <summary>Clauses together.</summary>
/// <param name="Clauses">The clauses.</param>
internal sealed record BooleanQuery(IReadOnlyList<(Occur Occur, Query Query)> Clauses) : Query;
