using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Terms as a table for people: what must be done, by when, and by which article.</summary>
internal static class TermTable
{
    /// <summary>Writes the terms that still run or are late; nothing when there are none.</summary>
    public static void Write(IReadOnlyList<Term> terms, DateOnly today, Terminal terminal)
    {
        var open = terms.Where(IsOpen).ToList();
        if (open.Count == 0) return;
        terminal.Line();
        terminal.Line($"Termijnen op {DutchText.Date(today)}");
        terminal.Table(["Uiterlijk", "Stand", "Wat", "Wie", "Artikel"], open.Select(term => Row(term)));
    }

    /// <summary>Whether something still has to be done.</summary>
    public static bool IsOpen(Term term) => term.State is TermState.Due or TermState.Late or TermState.Postponed;

    /// <summary>One term as cells: last day, state, what, who, article.</summary>
    public static IReadOnlyList<string> Row(Term term) =>
    [
        (term.State == TermState.Postponed ? term.ReviewOn : term.Due) is { } day ? DutchText.Short(day) : "geen datum",
        State(term),
        term.Subject is null ? term.Rule.Title : $"{term.Rule.Title} ({term.Subject}{(term.Reference is null ? "" : $", {term.Reference}")})",
        term.Rule.Actor,
        term.Rule.Article,
    ];

    private static string State(Term term) => (term.State, term.WorkdaysLeft) switch
    {
        (TermState.Late, { } days) => $"{DutchText.Count(-days, "werkdag", "werkdagen")} te laat",
        (TermState.Late, _) => "te laat",
        (TermState.Postponed, 0) => "uitgesteld, vandaag opnieuw bekijken",
        (TermState.Postponed, { } days) => $"uitgesteld, opnieuw bekijken over {DutchText.Count(days, "werkdag", "werkdagen")}",
        (TermState.Due, 0) => "vandaag",
        (TermState.Due, { } days) => $"nog {DutchText.Count(days, "werkdag", "werkdagen")}",
        (TermState.Due, _) => "loopt",
        _ => term.State.ToString(),
    };
}
