namespace DossierKit.Protocols;

/// <summary>Finds what someone probably meant to write.</summary>
internal static class Nearest
{
    /// <summary>The known word that looks most like a wrong one, or <see langword="null"/> when none comes near.</summary>
    public static string? To(string wrong, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(2, wrong.Length / 2) + 1;
        foreach (var word in known.Order(StringComparer.Ordinal))
        {
            var distance = Distance(Fold(wrong), Fold(word));
            if (distance >= bestDistance) continue;
            best = word;
            bestDistance = distance;
        }

        return best;
    }

    /// <summary>What to write instead, Dutch: the nearest word, or the whole list when nothing is near.</summary>
    public static string Advice(string wrong, IEnumerable<string> known)
    {
        var words = known.Order(StringComparer.Ordinal).ToList();
        return To(wrong, words) is { } near ? $"Bedoelt u '{near}'?" : $"Kies uit: {string.Join(", ", words)}.";
    }

    private static string Fold(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Levenshtein; words longer than 64 characters are never near.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64) return int.MaxValue;
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
