using DossierKit.Host.Cli;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Texts;

/// <summary>How terms and days are said.</summary>
internal static class TermTexts
{
    /// <summary>Whether something still has to be done.</summary>
    public static bool IsOpen(Term term) => term.State is TermState.Due or TermState.Late or TermState.Postponed;

    /// <summary>The day that counts; <see langword="null"/> when the protocol sets none.</summary>
    public static DateOnly? Day(Term term) => term.State == TermState.Postponed ? term.ReviewOn : term.Due;

    /// <summary>How long is left, such as <c>nog 3 werkdagen</c>.</summary>
    public static string Left(Term term) => (term.State, term.WorkdaysLeft) switch
    {
        (TermState.Late, { } days and < 0) => $"{DutchText.Count(-days, "werkdag", "werkdagen")} te laat",
        (TermState.Late, _) => "te laat",
        (TermState.Postponed, 0) => "uitgesteld, vandaag opnieuw bekijken",
        (TermState.Postponed, { } days) => $"uitgesteld, opnieuw bekijken over {DutchText.Count(days, "werkdag", "werkdagen")}",
        (TermState.Due, 0) => "vandaag",
        (TermState.Due, { } days) => $"nog {DutchText.Count(days, "werkdag", "werkdagen")}",
        (TermState.Due, _) => "loopt, zonder vaste dag",
        (TermState.Met, _) => "op tijd gedaan",
        (TermState.MetLate, _) => "te laat gedaan",
        _ => "niet meer nodig",
    };

    /// <summary>A day with its name, such as <c>maandag 2 maart 2026</c>.</summary>
    public static string WithWeekday(DateOnly day) => $"{Weekdays[(int)day.DayOfWeek]} {DutchText.Date(day)}";

    private static readonly string[] Weekdays = ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];
}
