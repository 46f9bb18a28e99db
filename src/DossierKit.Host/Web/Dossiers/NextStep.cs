using DossierKit.Dossiers;
using DossierKit.Host.Web.Stappen;
using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>The one thing to do next in a case, by its terms and the protocol.</summary>
/// <param name="What">What, as a title.</param>
/// <param name="Why">The article, and by when.</param>
/// <param name="Who">Whose turn it is.</param>
/// <param name="Path">Where this person can do it; <see langword="null"/> when it is for somebody else.</param>
/// <param name="Action">What the button says.</param>
public sealed record NextStep(string What, string Why, string Who, string? Path, string Action)
{
    /// <summary>Something else that this moment asks for and no rule does, in words; <see langword="null"/> when there is none.</summary>
    public string? Also { get; init; }

    /// <summary>Where that is done.</summary>
    public string? AlsoPath { get; init; }

    /// <summary>First what every rule builds on (the melding, who spoke up), then late terms, then what binds and holds now, in the order of the protocol; <see langword="null"/> when nothing waits.</summary>
    public static NextStep? Of(OpenDossier dossier, IReadOnlyList<Term> terms, IReadOnlyList<Duty> duties)
    {
        if (dossier.State.IsClosed) return null;
        if (!HasMelding(dossier))
        {
            return dossier.Access.MayWrite(Compartment.Melding)
                ? new NextStep("Leg de melding vast", "Dit dossier is nog leeg. Begin met wat er is gemeld. Daarna vraagt het programma wie de melder is en over wie het gaat.", "de functionaris integriteit", $"/dossiers/{dossier.Number}/vastleggen/{EventNames.MeldingOntvangen}", "Melding vastleggen")
                : null;
        }

        if (LacksMelder(dossier))
        {
            return new NextStep("Zet de melder in het dossier", "De melder krijgt een ontvangstbevestiging en een gesprek. De naam komt in een eigen deel, dat alleen de functionaris integriteit kan lezen.", "de functionaris integriteit", $"/dossiers/{dossier.Number}/personen/nieuw?rol=melder", "Melder toevoegen")
            {
                Also = "Kent alleen de vertrouwenspersoon de melder? Voeg dan de vertrouwenspersoon toe.",
                AlsoPath = $"/dossiers/{dossier.Number}/personen/nieuw?rol=vertrouwenspersoon",
            };
        }

        return Of(dossier, duties, terms) is { } step && LacksBetrokkene(dossier)
            ? step with { Also = "Weet u over wie de melding gaat? Voeg de betrokkene toe.", AlsoPath = $"/dossiers/{dossier.Number}/personen/nieuw?rol=betrokkene" }
            : Of(dossier, duties, terms);
    }

    /// <summary>Whether the melding was recorded; before that no rule means anything.</summary>
    public static bool HasMelding(OpenDossier dossier) => dossier.State.ProtocolEvents.Any(happened => happened.Name == EventNames.MeldingOntvangen);

    private static NextStep? Of(OpenDossier dossier, IReadOnlyList<Duty> duties, IReadOnlyList<Term> terms)
    {
        if (terms.FirstOrDefault(term => term.State == TermState.Late) is { } late) return Of(dossier, late);
        var now = duties.Where(duty => duty is { IsUnsettled: true, IsNow: true }).ToList();
        if (now.Find(duty => duty is { IsBinding: true, State: DutyState.Open }) is { } binding) return Of(dossier, binding);
        if (terms.FirstOrDefault(term => term.State == TermState.Due && term.Due is not null) is { } due) return Of(dossier, due);
        return now.Count > 0 ? Of(dossier, now[0]) : null;
    }

    private static bool LacksMelder(OpenDossier dossier) => dossier.Access.MayWrite(Compartment.Melder)
        && dossier.State.Melding is { Form: not MelderForm.Anoniem } && !dossier.State.Persons.Any(person => person.Role is CaseRole.Melder or CaseRole.Vertrouwenspersoon);

    private static bool LacksBetrokkene(OpenDossier dossier) => dossier.State.Betrokkenen.Count == 0 && dossier.Access.MayWrite(Compartment.Opdracht);

    private static NextStep Of(OpenDossier dossier, Term term)
    {
        var (path, action) = ActionOf(dossier, term);
        return new(
            Named(dossier, term.Rule.Title, term.Subject),
            $"{Nl.First(TermTexts.Left(term))}{(TermTexts.Day(term) is { } day ? $": uiterlijk {TermTexts.WithWeekday(day)}" : "")} ({term.Rule.Article}). {term.Rule.Text}",
            dossier.Protocol.Word(term.Rule.Actor), path, action);
    }

    private static NextStep Of(OpenDossier dossier, Duty duty)
    {
        var step = Steps.Of(dossier, duty);
        var (path, action) = step.Path is { } own ? (own, step.Action) : duty.OpenFacts.Count == 0 ? AtSteps(dossier) : (null, "");
        return new(
            Named(dossier, duty.Rule.Title, duty.Subject),
            $"{duty.Rule.Text} {Labels.Sentence(Labels.Of(duty.Rule.Strength))}, volgens {duty.Rule.Article}.",
            dossier.Protocol.Word(duty.Rule.Actor), path, action);
    }

    /// <summary>Where a term is met, and what the link there says; no path when it is for somebody else.</summary>
    public static (string? Path, string Action) ActionOf(OpenDossier dossier, Term term)
        => Steps.EventFor(dossier, term.Rule.MetBy) is { } kind ? ($"/dossiers/{dossier.Number}/vastleggen/{kind.Name}", $"Vastleggen: {Labels.Event(kind.Name).ToLowerInvariant()}") : (null, "");

    /// <summary>What a rule is about, and whom: by name to whoever may know it.</summary>
    public static string Named(OpenDossier dossier, string title, string? subject)
        => subject is null ? title : $"{title}: {(PersonId.TryParse(subject, out var id) ? PersonTexts.Of(dossier, id) : subject)}";

    private static (string? Path, string Action) AtSteps(OpenDossier dossier) => Steps.ToDeclare(dossier).Count > 0 ? ($"/dossiers/{dossier.Number}/stappen#nageleefd", "Vastleggen hoe dit is gedaan") : (null, "");
}
