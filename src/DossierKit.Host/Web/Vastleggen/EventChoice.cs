using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Vastleggen;

/// <summary>Which events somebody can record here, and in what order to show them.</summary>
internal static class EventChoice
{
    /// <summary>Whether somebody may record an event of a kind here. Answers are recorded where documents are made.</summary>
    public static bool May(OpenDossier dossier, EventKind kind)
    {
        if (kind.IsWrittenByRegister || kind.Name == EventNames.AntwoordenVastgelegd) return false;
        if (kind.Name == EventNames.PersoonToegevoegd) return new[] { Compartment.Melder, Compartment.Opdracht, Compartment.Onderzoek }.Any(dossier.Access.MayWrite);
        return dossier.Access.MayWrite(kind.Compartment);
    }

    /// <summary>All that somebody may record, by part of a case.</summary>
    public static IReadOnlyList<IGrouping<RulePhase, EventKind>> Of(OpenDossier dossier)
        => [.. EventKind.All.Where(kind => May(dossier, kind)).GroupBy(PhaseOf).OrderBy(group => group.Key == RulePhase.Always ? 99 : (int)group.Key)];

    /// <summary>What the protocol asks now, and an event settles.</summary>
    public static IReadOnlyList<EventKind> Likely(OpenDossier dossier)
        =>
        [
            .. dossier.Duties().Where(duty => duty is { IsUnsettled: true, IsNow: true }).SelectMany(duty => duty.Rule.FulfilledBy)
                .Select(EventKind.Find).OfType<EventKind>().Where(kind => May(dossier, kind)).Distinct().OrderBy(kind => Array.IndexOf([.. EventKind.All], kind)).Take(8),
        ];

    public static RulePhase PhaseOf(EventKind kind) => kind.Name switch
    {
        EventNames.PersoonToegevoegd or EventNames.ProtocolAfgeweken or EventNames.ProtocolGewisseld or EventNames.RegelNageleefd or EventNames.OmstandigheidVastgesteld or EventNames.StukVerzonden
            or EventNames.OntvangstVanStuk or EventNames.JournaalAantekening or EventNames.OrigineelGeregistreerd or EventNames.KopieElders or EventNames.KopieTeruggehaald or EventNames.AangifteGedaan
            or EventNames.DatalekGemeld or EventNames.InzageVerleend or EventNames.KlachtOntvangen or EventNames.BenadelingGemeld or EventNames.RegistratieBijgewerkt => RulePhase.Always,
        EventNames.CriteriaGewogen or EventNames.VooronderzoekGedaan or EventNames.NietOnderzoekswaardig or EventNames.AnderTrajectGekozen => RulePhase.Assessment,
        EventNames.TenlasteleggingGedaan or EventNames.ZienswijzeGevraagd or EventNames.VerantwoordingAfgelegd or EventNames.BeslisdocumentOpgesteld or EventNames.OordeelGegeven => RulePhase.Judgement,
        EventNames.MaatregelGenomen => RulePhase.Measure,
        EventNames.StukNaarPersoneelsdossier or EventNames.PartijenGeinformeerd or EventNames.NazorgAangeboden or EventNames.EerherstelGegeven or EventNames.DossierGesloten or EventNames.DossierHeropend => RulePhase.Closing,
        _ when kind.Compartment == Compartment.Melding || kind.Compartment == Compartment.Melder => RulePhase.Melding,
        _ when kind.Compartment == Compartment.Opdracht => RulePhase.Commission,
        _ => RulePhase.Investigation,
    };

    /// <summary>Rules of the protocol this event shows to be kept.</summary>
    public static IReadOnlyList<(string Title, string Article, string Text)> RulesFor(OpenDossier dossier, EventKind kind) =>
    [
        .. dossier.Protocol.Rules.Where(rule => rule.FulfilledBy.Contains(kind.Name, StringComparer.Ordinal)).Select(rule => (rule.Title, rule.Article, rule.Text)),
        .. dossier.Protocol.Terms.Where(term => term.MetBy.Contains(kind.Name, StringComparer.Ordinal)).Select(term => ($"Termijn: {term.Title}", term.Article, term.Text)),
    ];

    /// <summary>What the protocol wants first, said before somebody fills in a form in vain.</summary>
    public static IReadOnlyList<Duty> First(OpenDossier dossier, EventKind kind) => Duties.Before(dossier.Duties(), kind.Name, [], []);
}
