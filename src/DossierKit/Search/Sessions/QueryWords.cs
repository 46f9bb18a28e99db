using System.Text;

namespace DossierKit.Search;

/// <summary>The words of a view that a query asks for, to show where they stand. What may not stand there is left out.</summary>
internal static class QueryWords
{
    /// <summary>The terms, as they stand in the index.</summary>
    public static HashSet<string> Of(IndexView view, Query query)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Add(query);
        return words;

        void Add(Query of)
        {
            switch (of)
            {
                case TermQuery term: words.Add(term.Term); break;
                case PhraseQuery phrase: words.UnionWith(phrase.Terms.Select(term => term.Term)); break;
                case PrefixQuery prefix: AddAll(TermScan.WithPrefix(view, Encoding.UTF8.GetBytes(prefix.Prefix))); break;
                case WildcardQuery wildcard: AddAll(new WildcardMatcher(wildcard.Pattern).Terms(view)); break;
                case RangeQuery range: AddAll(TermScan.Between(view, range)); break;
                case FuzzyQuery fuzzy: AddAll(FuzzyTerms.Of(view, fuzzy.Term, fuzzy.Edits, 50).Select(alike => alike.Id)); break;
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
            foreach (var term in terms) words.Add(Encoding.UTF8.GetString(view.TermOf(term)));
        }
    }
}
