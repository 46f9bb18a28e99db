using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// What a result of the selectielijst can be as a class: which afleidingswijzen its procestermijn allows (as the ZGW standards do), and why it cannot be one.
/// </summary>
public static class SelectielijstClass
{
    /// <summary>The afleidingswijzen of a result, the usual one first; empty for a result that cannot be a class.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The afleidingswijzen.</returns>
    public static IReadOnlyList<Afleidingswijze> AllowedFor(SelectielijstResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Nominatie is null) return [];
        if (result.Nominatie == Nominatie.BlijvendBewaren) return [Afleidingswijze.Afgehandeld];
        return result.ProcessTerm switch
        {
            "nihil" => [Afleidingswijze.Afgehandeld],
            "ingeschatte_bestaansduur_procesobject" => [Afleidingswijze.Termijn],
            "bestaansduur_procesobject" or "vast_te_leggen_datum" => [Afleidingswijze.AnderDatumkenmerk, Afleidingswijze.IngangsdatumBesluit, Afleidingswijze.VervaldatumBesluit],
            "samengevoegd_met_bewaartermijn" => [Afleidingswijze.AnderDatumkenmerk],
            "" => [Afleidingswijze.Afgehandeld, Afleidingswijze.AnderDatumkenmerk, Afleidingswijze.IngangsdatumBesluit, Afleidingswijze.VervaldatumBesluit],
            _ => [],
        };
    }

    /// <summary>The class that a result named at the closing stands for: only one that runs from the closing, since nothing else was said.</summary>
    internal static Classification? AtClosing(Selectielijst list, ClosingClass named)
        => list.Find(named.Result) is { Nominatie: { } nominatie } result && AllowedFor(result) is [Afleidingswijze.Afgehandeld, ..] && (nominatie == Nominatie.BlijvendBewaren || IsoPeriod.TryParse(result.Term, out _))
            ? new Classification(list.Id, result.Number, nominatie, nominatie == Nominatie.BlijvendBewaren ? null : result.Term, Afleidingswijze.Afgehandeld, null, named.On)
            : null;
}
