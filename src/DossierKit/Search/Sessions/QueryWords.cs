using System.Text;

namespace DossierKit.Search;

/// <summary>The words of a view that a query asks for, to show where they stand. What may not stand there is left out.</summary>
internal static class QueryWords
{
    private const int MostWords = 10_000;

    /// <summary>The terms, as they stand in the index.</summary>
    /// <param name="searcher">The view, with its fields.</param>
    /// <param name="query">The query.</param>
    /// <param name="text">The field of the text: what is asked of another is not shown in it.</param>
    public static HashSet<string> Of(Searcher searcher, Query query, string text)
    {
        var view = searcher.View;
        var words = new HashSet<string>(StringComparer.Ordinal);
        Add(query);
        return words;

        void Add(Query of)
        {
            switch (of)
            {
                case TermQuery term when term.Field == text: words.Add(term.Term); break;
                case WordQuery word when word.Field == text: AddAll(searcher.Forms.Of(word.Word).Select(form => form.Term)); break;
                case PhraseQuery phrase when phrase.Field == text: words.UnionWith(phrase.Terms.Select(term => term.Term)); break;
                case PrefixQuery prefix when prefix.Field == text: AddAll(TermScan.WithPrefix(view, Encoding.UTF8.GetBytes(prefix.Prefix))); break;
                case WildcardQuery wildcard when wildcard.Field == text: AddAll(new WildcardMatcher(wildcard.Pattern).Terms(view)); break;
                case RangeQuery range when range.Field == text: AddAll(TermScan.Between(view, range)); break;
                case FuzzyQuery fuzzy when fuzzy.Field == text: AddAll(FuzzyTerms.Of(view, fuzzy.Term, fuzzy.Edits, 50).Select(alike => alike.Id)); break;
                case BooleanQuery boolean:
                    foreach (var (occur, clause) in boolean.Clauses)
                    {
                        if (occur != Occur.MustNot) Add(clause);
                    }

                    break;
                default: break;
            }
        }

        void AddAll(IEnumerable<int> terms)
        {
            foreach (var term in terms)
            {
                // A pattern can stand for every word there is; what is shown is only some of them.
                if (words.Count >= MostWords) return;
                words.Add(Encoding.UTF8.GetString(view.TermOf(term)));
            }
        }
    }
}
