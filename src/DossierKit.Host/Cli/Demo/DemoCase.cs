using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Demo;

/// <summary>One dossier of the demo, with what became of its letters.</summary>
/// <param name="Folder">The name of its folder among the samples.</param>
/// <param name="Dossier">The dossier, opened.</param>
/// <param name="FileCount">How many files it brought.</param>
/// <param name="Letters">Its letters.</param>
internal sealed record DemoCase(string Folder, OpenDossier Dossier, int FileCount, IReadOnlyList<DemoLetter> Letters)
{
    /// <summary>The day of its last event: samples play on days of their own, so that the demo shows the same on any day.</summary>
    public DateOnly Day { get; } = Dossier.State.Events.Select(recorded => recorded.Event).Where(Happened).Max(happened => happened.Date);

    public DossierNumber Number => Dossier.Number;

    /// <summary>What it is about: the folder's name as words.</summary>
    public string Subject => Folder.Replace('-', ' ');

    /// <summary>Over whom, by position: never a name.</summary>
    public string About => string.Join(" en ", Dossier.State.Betrokkenen.Select(person => Word(person.Position ?? Position.Extern)).Distinct(StringComparer.Ordinal));

    /// <summary>Who reported, by form: never a name.</summary>
    public string Melders => string.Join(" en ", Dossier.State.Melders.Select(melder => Word(melder.Form ?? MelderForm.Anoniem)).Distinct(StringComparer.Ordinal));

    /// <summary>How far it is.</summary>
    public string Standing => string.Join(", ", new[] { Stage(Dossier.State) }.Concat(Dossier.State.All<OordeelGiven>().Select(given => Word(given.Oordeel)).Distinct(StringComparer.Ordinal)));

    public int Made => Letters.Count(letter => letter.Outcome.IsDone);

    public IReadOnlyList<Term> OpenTerms => [.. Dossier.Terms(Day).Where(Commands.TermTable.IsOpen)];

    /// <summary>Rules of the protocol that ask something now (of a closed case: that closing asks) and are not settled.</summary>
    public IReadOnlyList<Duty> OpenDuties { get; } =
        [.. Dossier.Duties().Where(duty => duty.IsUnsettled && duty.Rule.Strength != Strength.May && (Dossier.State.IsClosed ? duty.IsAskedAtClosing : duty.IsNow && duty.IsBinding))];

    /// <summary>What is still to be done, in a few words.</summary>
    public string Open
    {
        get
        {
            var late = OpenTerms.Count(term => term.State == TermState.Late);
            var refused = Letters.Count - Made;
            var words = new List<string>();
            if (late > 0) words.Add(DutchText.Count(late, "termijn te laat", "termijnen te laat"));
            if (OpenDuties.Count > 0) words.Add(Dossier.State.IsClosed ? DutchText.Count(OpenDuties.Count, "regel open", "regels open") : $"{DutchText.Number(OpenDuties.Count)} te doen");
            if (refused > 0) words.Add($"{DutchText.Count(refused, "stuk", "stukken")} nog niet");
            return words.Count == 0 ? "-" : string.Join(", ", words);
        }
    }

    // What was filed on the day of the import tells nothing about the day of the story.
    private static bool Happened(DossierEvent recorded) => recorded is not (PersonAdded or AnswersRecorded) && !EventKind.Of(recorded.GetType()).IsWrittenByRegister;

    private static string Stage(DossierState state) => state.Phase switch
    {
        DossierPhase.Melding => "melding",
        DossierPhase.Opdracht => "opdracht",
        DossierPhase.Onderzoek => "onderzoek",
        DossierPhase.Besluit => "besluit",
        _ => "gesloten",
    };

    private static string Word(Enum value) => string.Concat(value.ToString().Select((letter, index) => char.IsUpper(letter) ? $"{(index > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}

/// <summary>One letter of the demo.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Outcome">The document, or why not.</param>
/// <param name="File">Where it was written.</param>
internal sealed record DemoLetter(SampleLetter Plan, Outcome<AssembledDocument> Outcome, string File);
