namespace DossierKit.Documents;

/// <summary>Everything found wrong with a template, in the order found; a template is refused for all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<Refusal> _found = [];
    private readonly HashSet<string> _seen = [];

    public IReadOnlyList<Refusal> Found => _found;

    public bool Any => _found.Count > 0;

    /// <summary>Adds a problem at a place a Word user can find.</summary>
    public void Add(string rule, string what, TemplatePlace place, string whatNow) => Add(rule, what, $"Plaats: {place}.", whatNow);

    /// <summary>Adds a problem; one that reads the same is added once.</summary>
    public void Add(string rule, string what, string why, string whatNow)
    {
        if (_seen.Add(what + why)) _found.Add(new Refusal(what, why, whatNow) { Subject = rule });
    }
}

/// <summary>Finds the known name a person probably meant.</summary>
internal static class Nearest
{
    /// <summary>The known name with the fewest edits, when that is at most a third of its length (and at least two); else <see langword="null"/>.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        string? best = null;
        var fewest = int.MaxValue;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) >= Math.Min(fewest, 6)) continue;
            var edits = Edits(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < fewest && edits <= Math.Max(2, candidate.Length / 3)) (best, fewest) = (candidate, edits);
        }

        return best;
    }

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
