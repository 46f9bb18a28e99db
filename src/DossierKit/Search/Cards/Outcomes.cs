using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>A number that may be told: at least so many cases stand behind it as the rules ask.</summary>
/// <param name="Type">The type of breach.</param>
/// <param name="Outcome">What came of it: a word of <see cref="Outcomes"/>.</param>
/// <param name="Count">How many cards.</param>
public sealed record OutcomeCount(ViolationType Type, string Outcome, int Count);

/// <summary>
/// How cases of a type ended, in numbers. A number is told only when enough cases stand behind it, and when no other number told can be taken from it and leave fewer: a part told
/// beside its whole, or a row beside a row it lies within. What is not told looks the same as none at all, and no totals are told.
/// </summary>
internal static class Outcomes
{
    public const string NoInquiry = "geen-onderzoek";
    public const string Inquiry = "onderzoek";
    public const string Unfounded = "ongegrond";
    public const string Founded = "gegrond-geheel-of-deels";

    /// <summary>The outcomes of a card, from the finest to the widest.</summary>
    public static IEnumerable<string> Of(CaseCard card)
    {
        if (!card.Inquiry)
        {
            yield return NoInquiry;
            yield break;
        }

        if (card.Oordeel is Oordeel.Gegrond or Oordeel.DeelsGegrond)
        {
            if (card.Measure is { } measure) yield return $"maatregel:{CardText.Word(measure)}";
            yield return Founded;
        }
        else if (card.Oordeel == Oordeel.Ongegrond)
        {
            yield return Unfounded;
        }

        yield return Inquiry;
    }

    /// <summary>The one outcome a person sees of a card, the finest he compares.</summary>
    public static string Finest(CaseCard card) => Of(card).First();

    /// <summary>Counts what may be told.</summary>
    /// <param name="cards">The cards as this person sees them: were more counted, a number that is left out would tell of what is kept from him.</param>
    /// <param name="right">Which outcomes this person compares.</param>
    /// <param name="least">How many cases must stand behind a number.</param>
    public static IReadOnlyList<OutcomeCount> Tell(IReadOnlyList<(CaseCard Card, string Case)> cards, ComparisonRight right, int least)
    {
        var cells = new List<Cell>();
        for (var i = 0; i < cards.Count; i++)
        {
            var depth = 0;
            foreach (var outcome in Of(cards[i].Card))
            {
                foreach (var type in cards[i].Card.Types)
                {
                    if (cells.Find(cell => cell.Type == type && cell.Outcome == outcome) is { } known) known.Cards.Add(i);
                    else cells.Add(new Cell(type, outcome, depth, [i]));
                }

                depth++;
            }
        }

        // The finest first: that is what is asked for. Then by name, so that the same cards always give the same numbers.
        var told = new List<Cell>();
        foreach (var cell in cells.OrderBy(cell => Level(cell.Outcome)).ThenBy(cell => cell.Type).ThenBy(cell => cell.Outcome, StringComparer.Ordinal))
        {
            if (IsEnough(cell.Cards) && told.TrueForAll(other => IsApart(cell, other)) && Holds([.. told, cell])) told.Add(cell);
        }

        return
        [
            .. told.Where(cell => IsFor(cell.Outcome, right)).OrderBy(cell => cell.Type).ThenByDescending(cell => cell.Cards.Count).ThenBy(cell => cell.Outcome, StringComparer.Ordinal)
                .Select(cell => new OutcomeCount(cell.Type, cell.Outcome, cell.Cards.Count)),
        ];

        // Several betrokkenen of one case are one case.
        bool IsEnough(IEnumerable<int> some) => some.Select(i => cards[i].Case).Distinct(StringComparer.Ordinal).Skip(least - 1).Any();

        bool IsNoneOrEnough(IReadOnlyCollection<int> rest) => rest.Count == 0 || IsEnough(rest);

        bool IsApart(Cell one, Cell other)
            => (!one.Cards.IsSubsetOf(other.Cards) || IsNoneOrEnough([.. other.Cards.Except(one.Cards)])) && (!other.Cards.IsSubsetOf(one.Cards) || IsNoneOrEnough([.. one.Cards.Except(other.Cards)]));

        bool Holds(List<Cell> all) => all.TrueForAll(whole => IsNoneOrEnough([.. whole.Cards.Except(all.Where(part => part != whole && part.Cards.IsProperSubsetOf(whole.Cards)).SelectMany(part => part.Cards))]));
    }

    private static int Level(string outcome) => outcome switch { Inquiry => 2, Founded => 1, _ => 0 };

    private static bool IsFor(string outcome, ComparisonRight right)
        => outcome is Inquiry or NoInquiry ? right.Inquiry : outcome is Unfounded or Founded ? right.Oordeel : right.Measure;

    private sealed record Cell(ViolationType Type, string Outcome, int Depth, HashSet<int> Cards);
}
