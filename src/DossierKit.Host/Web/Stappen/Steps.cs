using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Host.Web.Vastleggen;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Stappen;

/// <summary>One duty of the protocol on the screen.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="State">How it stands, in a word or two.</param>
/// <param name="Kind">The colour that goes with it.</param>
/// <param name="DoneOn">The day it was done, when an event shows that.</param>
/// <param name="Path">Where this person can do it; <see langword="null"/> when nowhere, or there is nothing to do.</param>
/// <param name="Action">What the link says.</param>
public sealed record Step(Duty Duty, string State, string Kind, DateOnly? DoneOn, string? Path, string Action);

/// <summary>The steps of a case from melding to closing, as the protocol and what happened make them.</summary>
internal static class Steps
{
    /// <summary>All steps by part of the case; what does not apply and what the program sees to is left out.</summary>
    public static IReadOnlyList<IGrouping<RulePhase, Step>> Of(OpenDossier dossier)
        => [.. dossier.Duties().Where(duty => duty.Rule.GuardedBy.Count == 0 && duty.State != DutyState.NotApplicable).Select(duty => Of(dossier, duty)).GroupBy(step => step.Duty.Rule.Phase).OrderBy(group => group.Key == RulePhase.Always ? 99 : (int)group.Key)];

    /// <summary>Duties somebody can declare kept: those that hold now and are unsettled.</summary>
    public static IReadOnlyList<Duty> ToDeclare(OpenDossier dossier)
        => dossier.Access.MayWrite(Compartment.Onderzoek) && !DocumentsOnly(dossier)
            ? [.. dossier.Duties().Where(duty => duty is { State: DutyState.Open, IsNow: true } && !DocumentKinds.IsKnown(duty.Rule.Id))]
            : [];

    private static bool DocumentsOnly(OpenDossier dossier) => dossier.State.IsClosed && dossier.Duties().All(duty => !duty.IsUnsettled);

    /// <summary>One duty, and where this person can settle it.</summary>
    public static Step Of(OpenDossier dossier, Duty duty)
    {
        var (state, kind) = duty.State switch
        {
            DutyState.Kept => ("gedaan", "safe"),
            DutyState.Deviated => ("van afgeweken", "neutral"),
            DutyState.Offered => ("kan", "neutral"),
            DutyState.Unknown => ("nog vaststellen", duty.IsNow ? "warning" : "neutral"),
            _ => duty.IsNow ? ("te doen", duty.IsBinding ? "danger" : "warning") : ("komt later", "neutral"),
        };
        var done = duty.State == DutyState.Kept ? DoneOn(dossier, duty) : null;
        var (path, action) = duty.IsUnsettled || duty.State == DutyState.Offered ? ActionOf(dossier, duty) : (null, "");
        return new Step(duty, state, kind, done, path, action);
    }

    private static DateOnly? DoneOn(OpenDossier dossier, Duty duty)
        => dossier.State.ProtocolEvents.Where(happened => (duty.Rule.FulfilledBy.Contains(happened.Name, StringComparer.Ordinal) || (happened.Name == EventNames.RegelNageleefd && happened.Concerns == duty.Rule.Id))
            && (duty.Subject is null || happened.Subject is null || happened.Subject == duty.Subject)).Select(happened => (DateOnly?)happened.Date).Max();

    /// <summary>The first of the events that settle something, of those this person may record.</summary>
    public static EventKind? EventFor(OpenDossier dossier, IReadOnlyList<string> events) => events.Select(EventKind.Find).OfType<EventKind>().FirstOrDefault(kind => EventChoice.May(dossier, kind));

    private static (string? Path, string Action) ActionOf(OpenDossier dossier, Duty duty)
    {
        var root = $"/dossiers/{dossier.Number.Value}";
        if (duty.State == DutyState.Unknown)
        {
            var fact = duty.OpenFacts.FirstOrDefault(fact => FactTexts.SourceOf(fact) is null);
            return fact is not null && EventChoice.May(dossier, EventKind.Find(EventNames.OmstandigheidVastgesteld)!) ? ($"{root}/vastleggen/{EventNames.OmstandigheidVastgesteld}?feit={fact}", $"Vaststellen: {FactTexts.Meaning(fact)}") : (null, "");
        }

        if (DocumentKinds.IsKnown(duty.Rule.Id))
            return Stukken.AssemblyEndpoints.MayWorkOn(dossier, DossierDocument.CompartmentOf(duty.Rule.Id)) ? ($"{root}/documenten/nieuw/{duty.Rule.Id}", "Stuk maken") : (null, "");
        return EventFor(dossier, duty.Rule.FulfilledBy) is { } kind ? ($"{root}/vastleggen/{kind.Name}", $"Vastleggen: {Labels.Event(kind.Name).ToLowerInvariant()}") : (null, "");
    }
}
