using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>How two cases compare on one factor.</summary>
public enum FactorMatch
{
    /// <summary>One of the two does not tell: it weighs nothing.</summary>
    Unknown,

    /// <summary>The same.</summary>
    Same,

    /// <summary>Alike in part.</summary>
    Partly,

    /// <summary>Different.</summary>
    Different,
}

/// <summary>One line of the explanation.</summary>
/// <param name="Factor">What is compared, with its weight.</param>
/// <param name="Here">What it is in this case, Dutch words; empty when unknown.</param>
/// <param name="There">What it is on the card.</param>
/// <param name="Match">How they compare.</param>
/// <param name="Points">What it adds, 0 to the weight of the factor.</param>
public sealed record FactorLine(ComparisonFactor Factor, IReadOnlyList<string> Here, IReadOnlyList<string> There, FactorMatch Match, double Points);

/// <summary>How like two cases are: points, of the weight of those factors that both tell. Nothing else counts, so that everybody can add it up again.</summary>
/// <param name="Lines">A line a factor, in the order of the rules.</param>
public sealed record Likeness(IReadOnlyList<FactorLine> Lines)
{
    /// <summary>The weight of the factors both tell.</summary>
    public int Weighed => Lines.Where(line => line.Match != FactorMatch.Unknown).Sum(line => line.Factor.Weight);

    /// <summary>0 to 1; 0 when nothing can be compared.</summary>
    public double Score => Weighed == 0 ? 0 : Lines.Sum(line => line.Points) / Weighed;

    /// <summary>Compares two cases. Symmetric; pure.</summary>
    /// <param name="here">This case.</param>
    /// <param name="there">The other.</param>
    /// <param name="rules">What weighs how much.</param>
    /// <returns>The comparison.</returns>
    public static Likeness Of(CaseProfile here, CaseProfile there, CardRules rules)
    {
        ArgumentNullException.ThrowIfNull(here);
        ArgumentNullException.ThrowIfNull(there);
        ArgumentNullException.ThrowIfNull(rules);
        return new Likeness([.. rules.Factors.Select(factor => LineOf(factor, Field.Of(here, factor.Id), Field.Of(there, factor.Id)))]);
    }

    private static FactorLine LineOf(ComparisonFactor factor, Field here, Field there)
    {
        if (!here.IsKnown || !there.IsKnown) return new FactorLine(factor, here.Words, there.Words, FactorMatch.Unknown, 0);
        var part = factor.Measure switch
        {
            FactorMeasure.Same => here.Words.SequenceEqual(there.Words, StringComparer.Ordinal) ? 1.0 : 0,
            FactorMeasure.Overlap => here.Words.Count + there.Words.Count == 0 ? 1.0 : (double)here.Words.Intersect(there.Words, StringComparer.Ordinal).Count() / here.Words.Union(there.Words, StringComparer.Ordinal).Count(),
            _ => 1 - (Math.Abs(here.Step - there.Step) / (double)here.Steps),
        };
        return new FactorLine(factor, here.Words, there.Words, part >= 1 ? FactorMatch.Same : part > 0 ? FactorMatch.Partly : FactorMatch.Different, part * factor.Weight);
    }

    /// <summary>One field of a case, ready to compare.</summary>
    private readonly record struct Field(bool IsKnown, IReadOnlyList<string> Words, int Step, int Steps)
    {
        /// <summary>More than this many earlier cases weigh no heavier.</summary>
        private const int MostEarlier = 3;

        public static Field Of(CaseProfile profile, string id) => id switch
        {
            "typen" => Set(profile.Types, profile.Types.Count > 0),
            "grondslag" => Set(profile.Basis, profile.Basis.Count > 0),
            "functiegroep" => Scale(profile.Group),
            "opzet" => Scale(profile.Intent),
            "duur" => Scale(profile.Duration),
            "schade" => Scale(profile.Damage),
            "eerdereGegrondeZaken" => profile.EarlierFounded is { } count
                ? new Field(true, [count.ToString(System.Globalization.CultureInfo.InvariantCulture)], Math.Min(count, MostEarlier), MostEarlier)
                : new Field(false, [], 0, 1),
            "verzwarend" => Set(profile.Aggravating ?? [], profile.Aggravating is not null),
            "verzachtend" => Set(profile.Mitigating ?? [], profile.Mitigating is not null),
            _ => throw new InvalidOperationException($"kaarten.json names a factor '{id}' that no card has."),
        };

        private static Field Set<T>(IReadOnlyList<T> values, bool isKnown)
            where T : struct, Enum => new(isKnown, [.. values.Select(CardText.Word)], 0, 1);

        private static Field Scale<T>(T? value)
            where T : struct, Enum => value is { } known ? new(true, [CardText.Word(known)], Convert.ToInt32(known, System.Globalization.CultureInfo.InvariantCulture), Enum.GetValues<T>().Length - 1) : new(false, [], 0, 1);
    }
}

/// <summary>The words of the closed lists, as they stand on disk and in answers.</summary>
internal static class CardText
{
    public static string Word<T>(T value)
        where T : struct, Enum => JsonShape.WordsOf(typeof(T))[Array.IndexOf(Enum.GetValues<T>(), value)];

    /// <summary>The same for a reader: without dashes.</summary>
    public static string Read(string word) => word.Replace('-', ' ');
}
