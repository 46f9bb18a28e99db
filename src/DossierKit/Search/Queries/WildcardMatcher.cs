using System.Text;

namespace DossierKit.Search;

/// <summary>Words of a shape: <c>*</c> any letters, <c>?</c> one, a backslash before what stands for itself.</summary>
internal sealed class WildcardMatcher
{
    // The shape as code points, -1 for * and -2 for ?.
    private readonly int[] _shape;
    private readonly byte[] _prefix;
    private readonly byte[] _longest;

    public WildcardMatcher(string pattern)
    {
        var shape = new List<int>();
        var runes = pattern.EnumerateRunes().Select(rune => rune.Value).ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var one = runes[i] switch { '*' => -1, '?' => -2, '\\' when i + 1 < runes.Length => runes[++i], var other => other };
            if (one != -1 || shape.Count == 0 || shape[^1] != -1) shape.Add(one);
        }

        _shape = [.. shape];
        var runs = new List<byte[]>();
        var run = new StringBuilder();
        foreach (var one in _shape.Append(-1))
        {
            if (one >= 0)
            {
                run.Append(new Rune(one));
                continue;
            }

            runs.Add(Encoding.UTF8.GetBytes(run.ToString()));
            run.Clear();
        }

        _prefix = runs[0];
        _longest = runs.MaxBy(bytes => bytes.Length)!;
    }

    /// <summary>The terms of a view that fit.</summary>
    public IEnumerable<int> Terms(IndexView view)
    {
        // By the longest piece that must stand in it when it begins with anything, and by its beginning when that says enough.
        if (_prefix.Length > 1 || _longest.Length == 0)
        {
            foreach (var id in TermScan.WithPrefix(view, _prefix))
            {
                if (Fits(view.TermOf(id))) yield return id;
            }

            yield break;
        }

        for (var id = 0; id < view.TermCount && (id = view.FindHolding(_longest, id)) >= 0; id++)
        {
            if (Fits(view.TermOf(id))) yield return id;
        }
    }

    /// <summary>Whether a word fits; UTF-8.</summary>
    public bool Fits(ReadOnlySpan<byte> term)
    {
        // The last * and where it was tried: on a misfit it takes one more. Linear for one *, never exponential.
        var (shape, at, star, starAt) = (0, 0, -1, 0);
        while (at < term.Length)
        {
            Rune.DecodeFromUtf8(term[at..], out var rune, out var size);
            if (shape < _shape.Length && (_shape[shape] == -2 || _shape[shape] == rune.Value))
            {
                shape++;
                at += size;
            }
            else if (shape < _shape.Length && _shape[shape] == -1)
            {
                (star, starAt) = (shape++, at);
            }
            else if (star >= 0)
            {
                Rune.DecodeFromUtf8(term[starAt..], out _, out var skipped);
                (shape, at) = (star + 1, starAt += skipped);
            }
            else
            {
                return false;
            }
        }

        while (shape < _shape.Length && _shape[shape] == -1) shape++;
        return shape == _shape.Length;
    }
}
