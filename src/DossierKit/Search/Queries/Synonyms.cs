namespace DossierKit.Search;

/// <summary>Words that mean the same in the protocols of different municipalities: whoever asks for one finds the others, somewhat lower. Not within quotes.</summary>
internal static class Synonyms
{
    private const float Weight = 0.5f;

    /// <summary>Groups of words with one meaning; each in all its forms, each form as its words.</summary>
    private static readonly string[][][][] Groups =
        [.. SearchData.Lines("dutch-synonyms.txt").Where(line => line.Length > 0)
            .Select(line => line.Split('|').Select(word => word.Split(',').Select(form => Folding.Text(form).Split(' ')).ToArray()).ToArray())];

    /// <summary>A query with the other words added.</summary>
    public static Query AddTo(Query query) => query switch
    {
        BooleanQuery boolean => Within(boolean),
        WordQuery word when Others([word]) is { } others => new BooleanQuery([(Occur.Should, word), .. others]),
        _ => query,
    };

    private static BooleanQuery Within(BooleanQuery query)
    {
        var clauses = new List<(Occur Occur, Query Query)>();
        for (var i = 0; i < query.Clauses.Count; i++)
        {
            var (occur, clause) = query.Clauses[i];
            if (clause is WordQuery && TakeSeveral(query.Clauses, i) is { } several)
            {
                var group = query.Clauses.Skip(i).Take(several.Length).Select(part => (part.Occur, part.Query)).ToList();
                if (occur == Occur.Must)
                {
                    clauses.Add((occur, new BooleanQuery([(Occur.Should, new BooleanQuery(group)), .. several.Others])));
                }
                else
                {
                    clauses.AddRange(group);
                    clauses.AddRange(several.Others);
                }

                i += several.Length - 1;
                continue;
            }

            clauses.Add((occur, AddTo(clause)));
        }

        return query with { Clauses = clauses };
    }

    /// <summary>The words from here on that are together one of several words, and the others of its group.</summary>
    private static (int Length, List<(Occur Occur, Query Query)> Others)? TakeSeveral(IReadOnlyList<(Occur Occur, Query Query)> clauses, int from)
    {
        var occur = clauses[from].Occur;
        if (occur == Occur.MustNot) return null;
        for (var length = 4; length > 1; length--)
        {
            var words = clauses.Skip(from).Take(length).TakeWhile(clause => clause.Occur == occur).Select(clause => clause.Query).OfType<WordQuery>().ToList();
            if (words.Count == length && Others(words) is { } others) return (length, others);
        }

        return null;
    }

    private static List<(Occur Occur, Query Query)>? Others(List<WordQuery> words)
    {
        foreach (var group in Groups)
        {
            var own = group.FirstOrDefault(word => word.Any(form => form.SequenceEqual(words.Select(one => one.Word), StringComparer.Ordinal)));
            if (own is null) continue;
            // The first form stands for all of a single word; several words are looked for as they stand.
            return [.. group.Where(word => word != own).Select(word => (Occur.Should, Of(word[0], words[0].Field) with { Boost = Weight * words[0].Boost }))];
        }

        return null;
    }

    private static Query Of(string[] words, string field)
        => words.Length == 1 ? new WordQuery(field, words[0]) : new PhraseQuery(field, [.. words.Select((word, i) => (word, i))], 0);
}
