namespace DossierKit.Protocols;

/// <summary>
/// Which document belongs to which event: what must come before the event must come before its document as well, and a case in which the event happened has had the document.
/// </summary>
public static class EventDocuments
{
    private static readonly Line[] Lines =
    [
        new("ontvangstbevestiging", RulePhase.Melding, [EventNames.OntvangstBevestigd]),
        new("intakeverslag", RulePhase.Melding, [EventNames.IntakeGehouden]),
        new("niet-onderzoekswaardig", RulePhase.Assessment, [EventNames.NietOnderzoekswaardig]),
        new("onderzoeksopdracht", RulePhase.Commission, [EventNames.OpdrachtVerstrekt]),
        new("aanvullende-opdracht", RulePhase.Investigation, [EventNames.OpdrachtUitgebreid]),
        new("besluit-directeurenteam", RulePhase.Commission, [EventNames.BesluitDirecteurenteam]),
        new("kennisgeving", RulePhase.Investigation, [EventNames.KennisgevingGedaan]),
        new("ordemaatregel", RulePhase.Investigation, [EventNames.OrdemaatregelOpgelegd]),
        new("uitnodiging-gesprek", RulePhase.Investigation, [EventNames.UitnodigingVerzonden]) { After = [EventNames.GesprekGehouden] },
        new("gespreksverslag", RulePhase.Investigation, [EventNames.VerslagOpgemaakt]) { After = [EventNames.GesprekGehouden] },
        new("voortgangsbericht", RulePhase.Investigation, [EventNames.VoortgangGemeld]),
        new("wederhoor", RulePhase.Investigation, [EventNames.WederhoorAangeboden]) { AlsoShownBy = [EventNames.WederhoorGedaan] },
        new("feitenrapportage", RulePhase.Investigation, [EventNames.FeitenrapportAangeboden]),
        new("tenlastelegging", RulePhase.Judgement, [EventNames.TenlasteleggingGedaan]),
        new("zienswijze", RulePhase.Judgement, [EventNames.ZienswijzeGevraagd]),
        new("beslisdocument", RulePhase.Judgement, [EventNames.BeslisdocumentOpgesteld]),
        new("strafbesluit", RulePhase.Measure, [EventNames.MaatregelGenomen]),
        new("afsluitbericht", RulePhase.Closing, [EventNames.PartijenGeinformeerd]),
    ];

    /// <summary>The kinds of documents that have an event of their own.</summary>
    public static IEnumerable<string> Kinds => Lines.Select(line => line.Kind);

    /// <summary>The events that tell that a document of a kind was given, sent or laid down.</summary>
    /// <param name="kind">One of <see cref="DocumentKinds"/>.</param>
    /// <returns>Names of events; empty when the document has none of its own.</returns>
    public static IReadOnlyList<string> EventsOf(string kind) => Find(kind)?.Events ?? [];

    /// <summary>The kinds of documents that belong to an event.</summary>
    /// <param name="name">One of <see cref="EventNames"/>.</param>
    /// <returns>Kinds; empty when the event has no document.</returns>
    public static IReadOnlyList<string> KindsOf(string name) => [.. Lines.Where(line => line.Events.Contains(name, StringComparer.Ordinal)).Select(line => line.Kind)];

    internal static Line? Find(string kind) => Lines.FirstOrDefault(line => line.Kind == kind);

    /// <summary>A document, where it stands in a case, the events that come with it, and those after which it is needed.</summary>
    internal sealed record Line(string Kind, RulePhase Phase, IReadOnlyList<string> Events)
    {
        public IReadOnlyList<string> After { get; init; } = [];

        /// <summary>Events that show the document was given, and do not come with it.</summary>
        public IReadOnlyList<string> AlsoShownBy { get; init; } = [];
    }
}
