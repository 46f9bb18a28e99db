using System.Text;

namespace DossierKit.Search;

/// <summary>Binds a query to a view: terms to their numbers, words with a pattern to the words there are.</summary>
internal sealed class Planner(IndexView view, Ranking ranking, WordForms forms, FieldIndex fields)
{
    /// <summary>The most words that a fuzzy word becomes: the likest.</summary>
    private const int MaxFuzzy = 50;

    public Plan Of(Query query) => Of(query, 1);

    private Plan Of(Query query, float boost)
    {
        boost *= query.Boost;
        if (fields.Documents(query) is { } documents) return new SetPlan(view, documents, boost);
        return query switch
        {
            NoneQuery => new NonePlan(view),
            AllQuery => new AllPlan(view, boost),
            TermQuery term => view.Find(term.Term) is >= 0 and var id ? new TermPlan(view, ranking, id, boost * ranking.Idf(id)) : new NonePlan(view),
            WordQuery word => OfWord(word, boost),
            PhraseQuery phrase => OfPhrase(phrase, boost),
            PrefixQuery prefix => new SetPlan(view, TermScan.WithPrefix(view, Encoding.UTF8.GetBytes(prefix.Prefix)), boost),
            WildcardQuery wildcard => new SetPlan(view, new WildcardMatcher(wildcard.Pattern).Terms(view), boost),
            RangeQuery range => new SetPlan(view, TermScan.Between(view, range), boost),
            FuzzyQuery fuzzy => OfFuzzy(fuzzy, boost),
            BooleanQuery boolean => new BooleanPlan(view, [.. boolean.Clauses.Select(clause => (clause.Occur, Of(clause.Query, boost)))]),
            _ => throw new InvalidOperationException($"A query of kind {query.GetType().Name} has no plan."),
        };
    }

    private Plan OfWord(WordQuery word, float boost)
    {
        var found = forms.Of(word.Word);
        return found.Count == 0 ? new NonePlan(view) : new GroupPlan(view, ranking, found, boost);
    }

    private Plan OfPhrase(PhraseQuery phrase, float boost)
    {
        var terms = phrase.Terms.Select(term => (Id: view.Find(term.Term), term.Position)).ToList();
        if (terms.Any(term => term.Id < 0)) return new NonePlan(view);
        var idf = 0D;
        foreach (var (id, _) in terms) idf += ranking.Idf(id);
        return new PhrasePlan(view, ranking, terms, phrase.Slop, boost * (float)idf);
    }

    private Plan OfFuzzy(FuzzyQuery fuzzy, float boost)
    {
        var alike = FuzzyTerms.Of(view, fuzzy.Term, fuzzy.Edits, MaxFuzzy);
        if (alike.Count == 0) return new NonePlan(view);
        // A rare misspelling should not rank above the word itself: all count as often as the commonest of them.
        var commonest = Bm25.Idf(view.WithText, alike.Max(term => view.DocumentsOf(term.Id)));
        return new BooleanPlan(view, [.. alike.Select(term => (Occur.Should, (Plan)new TermPlan(view, ranking, term.Id, boost * term.Likeness * commonest)))]);
    }
}
