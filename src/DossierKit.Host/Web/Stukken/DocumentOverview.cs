using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Stukken;

/// <summary>A kind of document in one case.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Rule">What the protocol says of it; <see langword="null"/> when it is silent.</param>
/// <param name="Duty">The duty to make it, where it is one and open.</param>
/// <param name="IsDrafted">Whether answers were recorded since it was last made.</param>
/// <param name="MadeOn">The day it was last made.</param>
public sealed record DocumentLine(string Kind, DocumentRule? Rule, Duty? Duty, bool IsDrafted, DateOnly? MadeOn)
{
    public RulePhase Phase => PhaseOf(Kind);

    // Where a kind stands in a case; those without an event of their own at the end of the onderzoek.
    private static RulePhase PhaseOf(string kind) => kind switch
    {
        "ontvangstbevestiging" or "intakeverslag" => RulePhase.Melding,
        "niet-onderzoekswaardig" => RulePhase.Assessment,
        "onderzoeksopdracht" or "besluit-directeurenteam" => RulePhase.Commission,
        "tenlastelegging" or "zienswijze" or "beslisdocument" or "verantwoordingsverslag" => RulePhase.Judgement,
        "strafbesluit" => RulePhase.Measure,
        "afsluitbericht" or "registratieformulier" or "bijlagenlijst" => RulePhase.Closing,
        _ => RulePhase.Investigation,
    };
}

/// <summary>Which documents there are to make: those due now, those begun, and the others by phase. Only what the visitor may work on.</summary>
public sealed record DocumentOverview(IReadOnlyList<DocumentLine> Due, IReadOnlyList<DocumentLine> Begun, IReadOnlyList<IGrouping<RulePhase, DocumentLine>> Others)
{
    public bool IsEmpty => Due.Count == 0 && Begun.Count == 0 && Others.Count == 0;

    public static DocumentOverview Of(OpenDossier dossier)
    {
        var duties = dossier.Duties();
        var lines = DocumentKinds.All.Where(kind => AssemblyEndpoints.MayWorkOn(dossier, DossierDocument.CompartmentOf(kind)))
            .Select(kind => new DocumentLine(
                kind, dossier.Protocol.FindDocument(kind), duties.FirstOrDefault(duty => duty.Rule.Id == kind && duty.IsUnsettled && duty.IsNow),
                IsDrafted(dossier.State, kind), dossier.State.Documents.LastOrDefault(made => made.Document.Kind == kind)?.File.Date))
            .ToList();
        var due = lines.Where(line => line.Duty is not null).ToList();
        var begun = lines.Where(line => line.Duty is null && line.IsDrafted).ToList();
        return new DocumentOverview(due, begun, [.. lines.Except(due).Except(begun).GroupBy(line => line.Phase).OrderBy(group => group.Key)]);
    }

    /// <summary>Whether answers were recorded after the document was last made.</summary>
    public static bool IsDrafted(DossierState state, string kind)
    {
        var answered = state.Events.LastOrDefault(recorded => recorded.Event is AnswersRecorded answers && answers.DocumentKind == kind);
        var made = state.Events.Where(recorded => recorded.Event is DocumentDrawnUp drawn && drawn.Document.Kind == kind).Select(recorded => recorded.Checkpoint).DefaultIfEmpty(-1).Max();
        return answered is not null && answered.Checkpoint > made;
    }
}
