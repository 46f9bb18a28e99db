using DossierKit.Dossiers;
using DossierKit.Protocols;

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

    /// <summary>The class that somebody asks for, by a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="request">What is asked.</param>
    /// <returns>The class, not set on any day yet; or every reason why it cannot be.</returns>
    public static Outcome<Classification> Of(Selectielijst list, ClassRequest request)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(request);
        if (list.Find(request.Result) is not { } result)
        {
            return Outcome<Classification>.Refused(new Refusal(
                $"Resultaat {request.Result} staat niet in {list.Title}.", "Een klasse is een nummer uit de lijst die nu geldt.", $"{Nearest.Advice(request.Result, list.Results.Select(known => known.Number))} Staat het resultaat wel in de officiële lijst, lees die dan eerst in.")
            { Subject = "resultaat" });
        }

        if (WhyUnusable(result) is { } unusable) return Outcome<Classification>.Refused(new Refusal($"Resultaat {result.Number} kan geen klasse zijn.", unusable, "Kies een ander resultaat.") { Subject = "resultaat" });
        var refusals = new List<Refusal>();
        var allowed = AllowedFor(result);
        var from = request.From ?? allowed[0];
        var words = string.Join(", ", allowed.Select(JsonWords.Of));
        if (!Afleiding.IsUsed(from)) Refuse("vanaf", $"De afleidingswijze {JsonWords.Of(from)} wordt hier niet gebruikt.", $"Dat geeft geen datum: {Afleiding.WhyNot(from)}", $"Kies: {words}.");
        else if (!allowed.Contains(from)) Refuse("vanaf", $"De afleidingswijze {JsonWords.Of(from)} past niet bij resultaat {result.Number}.", $"De procestermijn is daar '{(result.ProcessTerm.Length == 0 ? "niet genoemd" : result.ProcessTerm)}' (regel van de ZGW-standaard).", $"Kies: {words}.");
        if (from == Afleidingswijze.AnderDatumkenmerk && string.IsNullOrWhiteSpace(request.Kenmerk)) Refuse("datumkenmerk", "De datum waarvan de termijn loopt heeft geen naam.", $"Bij resultaat {result.Number} loopt de termijn vanaf een datum die u vastlegt.", "Geef een naam, zoals einde-dienstverband.");
        if (from != Afleidingswijze.AnderDatumkenmerk && request.Kenmerk is not null) Refuse("datumkenmerk", "Een naam van een datum hoort hier niet.", $"De termijn loopt bij {JsonWords.Of(from)} niet vanaf een datum met een naam.", "Laat de naam weg.");
        if (from == Afleidingswijze.Termijn && !IsoPeriod.TryParse(request.ProcessTerm, out _)) Refuse("procestermijn", "Er is geen procestermijn die het programma kan lezen.", "De termijn begint zo lang na het sluiten als naar schatting nodig is.", "Geef een termijn zoals P5Y of P6M.");
        if (from != Afleidingswijze.Termijn && request.ProcessTerm is not null) Refuse("procestermijn", "Een procestermijn hoort hier niet.", $"Die hoort alleen bij {JsonWords.Of(Afleidingswijze.Termijn)}.", "Laat de procestermijn weg.");
        if (string.IsNullOrWhiteSpace(request.Ground)) Refuse("grond", "Er is geen grond gegeven.", "Later moet duidelijk zijn waarom deze klasse is gekozen.", "Schrijf in een paar woorden waarom.");
        return refusals.Count > 0
            ? Outcome<Classification>.Refused(refusals)
            : Outcome<Classification>.Done(new Classification(list.Id, result.Number, result.Nominatie!.Value, result.Nominatie == Nominatie.Vernietigen ? result.Term : null, from, request.Kenmerk, default) { ProcessTerm = request.ProcessTerm });

        void Refuse(string subject, string what, string why, string whatNow) => refusals.Add(new Refusal(what, why, whatNow) { Subject = subject });
    }

    /// <summary>Why a result cannot be a class, Dutch; <see langword="null"/> when it can.</summary>
    /// <param name="result">The result.</param>
    /// <returns>One sentence, or <see langword="null"/>.</returns>
    public static string? WhyUnusable(SelectielijstResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Nominatie is null) return "De lijst geeft dit resultaat geen waardering meer: het is vervallen.";
        if (result.Nominatie == Nominatie.BlijvendBewaren) return null;
        if (AllowedFor(result).Count == 0) return $"Het programma kent de procestermijn '{result.ProcessTerm}' niet.";
        return IsoPeriod.TryParse(result.Term, out _) ? null : "De lijst noemt geen bewaartermijn die te lezen is.";
    }

    /// <summary>The class that a result named at the closing stands for: only one that runs from the closing, since nothing else was said.</summary>
    internal static Classification? AtClosing(Selectielijst list, ClosingClass named)
        => list.Find(named.Result) is { Nominatie: { } nominatie } result && AllowedFor(result) is [Afleidingswijze.Afgehandeld, ..] && (nominatie == Nominatie.BlijvendBewaren || IsoPeriod.TryParse(result.Term, out _))
            ? new Classification(list.Id, result.Number, nominatie, nominatie == Nominatie.BlijvendBewaren ? null : result.Term, Afleidingswijze.Afgehandeld, null, named.On)
            : null;
}
