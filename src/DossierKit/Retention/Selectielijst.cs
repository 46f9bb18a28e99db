using System.Collections.Frozen;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>A result of the selectielijst: what becomes of a dossier with this outcome, and after how long.</summary>
public sealed record SelectielijstResult
{
    /// <summary>The number, such as <c>12.1.7</c>.</summary>
    public required string Number { get; init; }

    /// <summary>What it is about.</summary>
    public required string Name { get; init; }

    /// <summary>What becomes of it; <see langword="null"/> when the list says nothing any more (a result that lapsed).</summary>
    public Nominatie? Nominatie { get; init; }

    /// <summary>How long it is kept, ISO 8601; <see langword="null"/> for what is kept for good, or when the list says nothing.</summary>
    public string? Term { get; init; }

    /// <summary>The procestermijn of the list, such as <c>nihil</c>; empty when the list gives none.</summary>
    public string ProcessTerm { get; init; } = "";

    /// <summary>What the list adds about the procestermijn; empty when nothing.</summary>
    public string ProcessTermNote { get; init; } = "";
}

/// <summary>One version of the selectielijst.</summary>
public sealed class Selectielijst
{
    private readonly FrozenDictionary<string, SelectielijstResult> _results;

    /// <summary>A version with its results.</summary>
    /// <param name="id">The id of the version, such as <c>selectielijst-2020</c>: it is recorded with every class.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="results">The results; each number once.</param>
    public Selectielijst(string id, string title, IReadOnlyList<SelectielijstResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        (Id, Title, Results) = (id, title, results);
        _results = results.ToFrozenDictionary(result => result.Number, StringComparer.Ordinal);
    }

    /// <summary>The id of the version.</summary>
    public string Id { get; }

    /// <summary>What it is called.</summary>
    public string Title { get; }

    /// <summary>The results, in the order of the list.</summary>
    public IReadOnlyList<SelectielijstResult> Results { get; }

    /// <summary>How long after the closing what is kept for good goes to the archive, ISO 8601.</summary>
    public string TransferAfter { get; init; } = "P20Y";

    /// <summary>The article of that.</summary>
    public string TransferArticle { get; init; } = "Archiefwet 1995 art. 12";

    /// <summary>Finds a result.</summary>
    /// <param name="number">Such as <c>12.1.7</c>.</param>
    /// <returns>The result; <see langword="null"/> when this version has none of that number.</returns>
    public SelectielijstResult? Find(string number) => _results.GetValueOrDefault(number);
}
