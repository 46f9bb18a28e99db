using DossierKit.Dossiers;
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
    /// <summary>Late terms first, then what binds and holds now, in the order of the protocol; <see langword="null"/> when nothing waits.</summary>
    public static NextStep? Of(OpenDossier dossier, IReadOnlyList<Term> terms, IReadOnlyList<Duty> duties)
    {
        if (dossier.State.IsClosed) return null;
        if (dossier.State.ProtocolEvents.All(happened => happened.Name != EventNames.MeldingOntvangen) && dossier.Access.MayWrite(Compartment.Melding))
            return new NextStep("Leg de melding vast", "Dit dossier is nog leeg. Begin met wat er is gemeld.", "de functionaris integriteit", $"/dossiers/{dossier.Number}/vastleggen/{EventNames.MeldingOntvangen}", "Melding vastleggen");
        if (terms.FirstOrDefault(term => term.State == TermState.Late) is { } late) return Of(dossier, late);
        var now = duties.Where(duty => duty is { IsUnsettled: true, IsNow: true }).ToList();
        if (now.Find(duty => duty is { IsBinding: true, State: DutyState.Open }) is { } binding) return Of(dossier, binding);
        if (terms.FirstOrDefault(term => term.State == TermState.Due && term.Due is not null) is { } due) return Of(dossier, due);
        return now.Count > 0 ? Of(dossier, now[0]) : null;
    }

    private static NextStep Of(OpenDossier dossier, Term term) => new(
        term.Subject is { } subject ? $"{term.Rule.Title} ({subject})" : term.Rule.Title,
        $"{TermTexts.Left(term)}{(TermTexts.Day(term) is { } day ? $": uiterlijk {Cli.DutchText.Date(day)}" : "")} ({term.Rule.Article}).",
        dossier.Protocol.Word(term.Rule.Actor),
        PathOf(dossier, term.Rule.MetBy, term.Rule.Id),
        "Naar deze stap");

    private static NextStep Of(OpenDossier dossier, Duty duty) => new(
        duty.Subject is { } subject ? $"{duty.Rule.Title} ({subject})" : duty.Rule.Title,
        $"{Labels.Sentence(Labels.Of(duty.Rule.Strength))}, volgens {duty.Rule.Article}.",
        dossier.Protocol.Word(duty.Rule.Actor),
        PathOf(dossier, duty.Rule.FulfilledBy, duty.Rule.Id),
        "Naar deze stap");

    /// <summary>The form that settles it, where this person may send one; a document is made where documents are made.</summary>
    private static string? PathOf(OpenDossier dossier, IReadOnlyList<string> events, string rule)
    {
        var root = $"/dossiers/{dossier.Number}";
        if (DocumentKinds.IsKnown(rule)) return dossier.Access.MayWrite(DossierDocument.CompartmentOf(rule)) ? $"{root}/documenten/nieuw/{rule}" : null;
        var kind = events.Select(EventKind.Find).OfType<EventKind>().FirstOrDefault(kind => !kind.IsWrittenByRegister && dossier.Access.MayWrite(kind.Compartment));
        if (kind is not null) return $"{root}/vastleggen/{kind.Name}";
        return Compartment.All.Any(dossier.Access.MayWrite) ? $"{root}/stappen" : null;
    }
}
