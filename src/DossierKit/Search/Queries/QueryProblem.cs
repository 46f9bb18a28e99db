namespace DossierKit.Search;

/// <summary>A query that cannot be read as it stands.</summary>
/// <param name="Message">What is wrong and what to write instead; Dutch.</param>
/// <param name="At">Where, from 0.</param>
internal sealed record QueryProblem(string Message, int At)
{
    /// <summary>The nearest query that can be read, to offer; <see langword="null"/> when nothing of it is left.</summary>
    public string? Nearest { get; init; }
}

/// <summary>What is wrong with a query, and what would mend it: some characters taken out, others put in.</summary>
internal sealed class QueryException(string message, int at, int remove, string? insert) : Exception(message)
{
    /// <summary>Where, from 0.</summary>
    public int At => at;

    /// <summary>How many characters to take out there.</summary>
    public int Remove => remove;

    /// <summary>What to put there instead; <see langword="null"/> when nothing would help.</summary>
    public string? Insert => insert;
}

/// <summary>Finds the nearest query that can be read: mends one thing after another, and when that leads nowhere takes the words alone.</summary>
internal static class QueryRepair
{
    /// <summary>More mistakes than this in one query, and only its words are taken.</summary>
    private const int MostMended = 24;

    /// <summary>The nearest query, or <see langword="null"/>.</summary>
    /// <param name="text">The query as it stands.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="read">Reads one, and throws <see cref="QueryException"/> when it cannot.</param>
    public static string? Nearest(string text, QueryException problem, Func<string, Query?> read)
    {
        for (var mended = 0; mended < MostMended && problem.Insert is not null; mended++)
        {
            text = string.Concat(text.AsSpan(0, problem.At), problem.Insert, text.AsSpan(Math.Min(text.Length, problem.At + problem.Remove)));
            if (text.AsSpan().Trim().Length == 0) return null;
            if (Problem(text, read) is not { } next) return Problem(Tidy(text), read) is null ? Tidy(text) : text;
            problem = next;
        }

        var words = string.Join(' ', text.Split([.. text.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("AND" or "OR" or "NOT" or "TO")));
        return words.Length > 0 && Problem(words, read) is null ? words : null;
    }

    /// <summary>The name somebody probably meant: the same but for a letter or two; <see langword="null"/> when there is none.</summary>
    public static string? NearestName(string name, IEnumerable<string> names)
        => names.Select(known => (Known: known, Distance: Distance(Folding.Text(name), Folding.Text(known)))).Where(pair => pair.Distance <= Math.Max(1, name.Length / 3)).OrderBy(pair => pair.Distance).Select(pair => pair.Known).FirstOrDefault();

    private static QueryException? Problem(string text, Func<string, Query?> read)
    {
        try
        {
            read(text);
            return null;
        }
        catch (QueryException problem)
        {
            return problem;
        }
    }

    /// <summary>One space where several stand side by side after something was taken out; quotes stay as they are.</summary>
    private static string Tidy(string text) => text.Contains('"', StringComparison.Ordinal) ? text.Trim() : string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 40) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = a[i - 1] == b[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
