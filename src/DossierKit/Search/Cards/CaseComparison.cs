using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>A card beside this case.</summary>
/// <param name="Id">Its opaque id: what somebody asks inzage by.</param>
/// <param name="Card">What this person sees of it.</param>
/// <param name="Likeness">How like it is, factor by factor.</param>
public sealed record ComparedCard(string Id, CaseCard Card, Likeness Likeness)
{
    /// <summary>What came of it: the finest that this person compares.</summary>
    public string Outcome => Outcomes.Finest(Card);
}

/// <summary>This case beside earlier ones, as one person sees it: it depends on the cards he may see and on nothing else.</summary>
/// <param name="Compares">What he compares.</param>
/// <param name="Here">This case, as far as he knows it.</param>
/// <param name="Nearest">The nearest cards, the likest first.</param>
/// <param name="CounterExamples">The nearest of those that ended otherwise than the likest.</param>
/// <param name="Numbers">How cases of a type ended, as far as it may be told.</param>
/// <param name="Motivering">A paragraph to take over, Dutch: facts only, nothing that points at a case.</param>
public sealed record CaseComparison(
    ComparisonRight Compares, CaseProfile Here, IReadOnlyList<ComparedCard> Nearest, IReadOnlyList<ComparedCard> CounterExamples, IReadOnlyList<OutcomeCount> Numbers, string Motivering)
{
    /// <summary>Compares. Pure.</summary>
    /// <param name="right">What this person compares.</param>
    /// <param name="here">This case.</param>
    /// <param name="cards">The cards he may see, whole, each with its case.</param>
    /// <param name="rules">The rules.</param>
    internal static CaseComparison Of(ComparisonRight right, CaseProfile here, IReadOnlyList<(string Id, CaseCard Card, string Case)> cards, CardRules rules)
    {
        // First what he may see, then how like that is: what is kept from him weighs nothing.
        var compared = cards.Select(card => new ComparedCard(card.Id, card.Card.For(right), Likeness.Of(here, card.Card.For(right), rules)))
            .Where(card => card.Likeness.Score >= rules.LeastLikeness)
            .OrderByDescending(card => card.Likeness.Score).ThenByDescending(card => card.Likeness.Weighed).ThenByDescending(card => card.Card.Year).ThenBy(card => card.Id, StringComparer.Ordinal).ToList();
        var nearest = compared.Take(rules.Nearest).ToList();
        var otherwise = nearest.Count == 0 ? [] : compared.Where(card => card.Outcome != nearest[0].Outcome).Take(rules.CounterExamples).ToList();
        // Counted over what he sees: were what is kept from him counted too, a number that is left out would tell of it.
        // Of the types of this case: the rest is for a report, not for this decision.
        var numbers = Outcomes.Tell([.. cards.Select(card => (card.Card.For(right), card.Case))], right, rules.LeastCards).Where(number => here.Types.Contains(number.Type)).ToList();
        return new CaseComparison(right, here, nearest, otherwise, numbers, CardMotivering.Of(right, here, nearest, otherwise, numbers, rules));
    }
}

/// <summary>The paragraph that goes into a document that others read: no case, no number with fewer cases behind it than may be told.</summary>
internal static class CardMotivering
{
    public static string Of(ComparisonRight right, CaseProfile here, IReadOnlyList<ComparedCard> nearest, IReadOnlyList<ComparedCard> otherwise, IReadOnlyList<OutcomeCount> numbers, CardRules rules)
    {
        var sentences = new List<string> { Opening(right) };
        if (nearest.Count == 0)
        {
            sentences.Add("Er is geen eerdere zaak die hier genoeg op lijkt.");
        }
        else
        {
            var known = nearest[0].Likeness.Lines.Where(line => line.Match != FactorMatch.Unknown).Select(line => line.Factor.Title).ToList();
            sentences.Add($"Vergeleken is op: {List(known)}.");
            var same = Shared(nearest, FactorMatch.Same);
            if (same.Count > 0) sentences.Add($"De meest gelijkende zaken komen met deze zaak overeen in: {List(same)}.");
            var differ = nearest[0].Likeness.Lines.Where(line => line.Match is FactorMatch.Different or FactorMatch.Partly).Select(line => line.Factor.Title).ToList();
            if (differ.Count > 0) sentences.Add($"Een verschil met de meest gelijkende zaak is er in: {List(differ)}.");
            if (otherwise.Count > 0)
            {
                var why = otherwise.SelectMany(card => card.Likeness.Lines).Where(line => line.Match is FactorMatch.Different or FactorMatch.Partly).Select(line => line.Factor.Title).Distinct(StringComparer.Ordinal).ToList();
                sentences.Add(why.Count > 0
                    ? $"Waar een gelijkende zaak anders afliep, verschilde die van deze zaak in: {List(why)}."
                    : "Er is ook een gelijkende zaak die anders afliep zonder verschil op deze punten. Het besluit legt uit waarom hier deze uitkomst past.");
            }
        }

        foreach (var number in numbers) sentences.Add($"Bij {CardText.Read(CardText.Word(number.Type))} was de uitkomst bij {number.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)} eerdere betrokkenen: {Outcome(number.Outcome)}.");
        if (numbers.Count == 0) sentences.Add($"Aantallen worden niet genoemd: achter elk aantal moeten ten minste {rules.LeastCards.ToString(System.Globalization.CultureInfo.InvariantCulture)} zaken staan, en daaraan voldoet hier geen aantal.");
        if (here.EarlierFounded is 0) sentences.Add("Van eerdere gegronde zaken is niet gebleken; ongegronde zaken tellen niet mee.");
        return string.Join(' ', sentences);
    }

    public static string Outcome(string word) => word switch
    {
        Outcomes.NoInquiry => "geen onderzoek",
        Outcomes.Inquiry => "een onderzoek",
        Outcomes.Unfounded => "ongegrond",
        Outcomes.Founded => "gegrond, geheel of deels",
        "maatregel:geen" => "gegrond, zonder maatregel",
        _ => CardText.Read(word.Replace("maatregel:", "", StringComparison.Ordinal)),
    };

    private static string Opening(ComparisonRight right) => right switch
    {
        { Measure: true } => "Gelijke gevallen worden gelijk behandeld, en een maatregel is evenredig. Daarom is deze zaak vergeleken met de maatregelen in eerdere zaken.",
        { Oordeel: true } => "Gelijke gevallen worden gelijk behandeld. Daarom is deze zaak vergeleken met eerdere zaken: of zij onderzoekswaardig waren en wat het oordeel was.",
        _ => "Gelijke gevallen worden gelijk behandeld. Daarom is deze zaak vergeleken met eerdere zaken: of daarin een onderzoek is ingesteld.",
    };

    /// <summary>What all of the likest three share.</summary>
    private static List<string> Shared(IReadOnlyList<ComparedCard> nearest, FactorMatch match)
        => [.. nearest[0].Likeness.Lines.Where((_, i) => nearest.Take(3).All(card => card.Likeness.Lines[i].Match == match)).Select(line => line.Factor.Title)];

    private static string List(IReadOnlyList<string> words) => words.Count <= 1 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} en {words[^1]}";
}
