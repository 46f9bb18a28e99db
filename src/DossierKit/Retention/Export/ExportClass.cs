using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Retention;

/// <summary>What becomes of a dossier by the selectielijst, as its metadata say it; the same class and the same date as the planner's.</summary>
/// <param name="List">The list and its version.</param>
/// <param name="Number">The class, such as <c>12.1.7</c>.</param>
/// <param name="Name">What the class is about.</param>
/// <param name="IsPermanent">Kept for good, or for a time; <see langword="null"/>: a class was named that counts as none.</param>
/// <param name="Term">How long, ISO 8601; <see langword="null"/> when for good, or not known.</param>
/// <param name="From">From what it runs.</param>
/// <param name="StartsOn">From which day; <see langword="null"/> when not known.</param>
/// <param name="EndsOn">Until when; <see langword="null"/> when not known.</param>
internal sealed record ExportClass(string List, string Number, string Name, bool? IsPermanent, string? Term, Afleidingswijze From, DateOnly? StartsOn, DateOnly? EndsOn)
{
    /// <summary>The class of a dossier; <see langword="null"/> when none was ever named.</summary>
    public static ExportClass? Of(DossierState state, Selectielijst list, Protocol? protocol)
    {
        var facts = RetentionFold.Of(state, protocol);
        if (DossierPlanning.ClassOf(facts, list).Class is not { } set)
            return facts.AtClosing is { } named ? new ExportClass(list.Title, named.Result, NameOf(list, named.Result), null, null, Afleidingswijze.Afgehandeld, null, null) : null;
        var action = ActionDate.Of(set, facts.SourceDates, state.ClosedOn, facts.Override, list);
        var isPermanent = action.Nominatie == Nominatie.BlijvendBewaren;
        return new ExportClass(
            set.List == list.Id ? list.Title : set.List, set.Result, NameOf(list, set.Result), isPermanent, isPermanent ? null : set.Term, set.From,
            isPermanent ? null : action.Source, isPermanent ? null : action.Date);
    }

    private static string NameOf(Selectielijst list, string number) => list.Find(number)?.Name is { Length: > 0 } name ? name : $"Klasse {number}";
}
