using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Texts;

/// <summary>How days, times, numbers and sizes are written for Dutch readers, and what the stages of a case mean; the names of things stand in <see cref="Labels"/>.</summary>
internal static class Nl
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>What the stage of a case means, in a sentence.</summary>
    public static string Meaning(DossierPhase phase) => phase switch
    {
        DossierPhase.Melding => "De melding is binnen en wordt gewogen.",
        DossierPhase.Opdracht => "De opdracht voor het onderzoek wordt voorbereid of gegeven.",
        DossierPhase.Onderzoek => "De feiten worden verzameld: gesprekken, bewijs, wederhoor.",
        DossierPhase.Besluit => "De feiten liggen er. Er wordt geoordeeld en besloten.",
        _ => "De zaak is klaar.",
    };

    /// <summary>A part of a protocol.</summary>
    public static string Of(RulePhase phase) => phase switch
    {
        RulePhase.Melding => "Melding",
        RulePhase.Assessment => "Beoordeling",
        RulePhase.Commission => "Opdracht",
        RulePhase.Investigation => "Onderzoek",
        RulePhase.Judgement => "Oordeel",
        RulePhase.Measure => "Maatregel",
        RulePhase.Closing => "Afsluiting",
        _ => "In elke fase",
    };

    /// <summary>A text that begins with a capital; "ij" is one letter at the beginning of a word.</summary>
    public static string First(string text)
        => text.StartsWith("ij", StringComparison.Ordinal) ? $"IJ{text[2..]}" : text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>Such as "2 maart 2026".</summary>
    public static string Date(DateOnly day) => DutchText.Date(day);

    /// <summary>Such as "2 maart 2026, 14.05 uur", by the clock of the Netherlands.</summary>
    public static string Time(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Netherlands);
        return string.Create(CultureInfo.InvariantCulture, $"{DutchText.Date(DateOnly.FromDateTime(local.DateTime))}, {local.Hour}.{local.Minute:00} uur");
    }

    /// <summary>Such as "02-03-2026 14.05", for a column of a table.</summary>
    public static string ShortTime(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Netherlands).ToString("dd-MM-yyyy HH.mm", CultureInfo.InvariantCulture);

    /// <summary>The time on the wall, such as "14:03".</summary>
    public static string Hour(TimeProvider clock) => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Netherlands).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-03-02</c>, for the value of a field and the <c>datetime</c> of a time.</summary>
    public static string Iso(DateOnly day) => DutchText.Iso(day);

    /// <summary>Today by the law: the date in the Netherlands.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Netherlands).DateTime);

    /// <summary>A number with its noun: "1 dossier", "2 dossiers".</summary>
    public static string Count(int count, string one, string many) => DutchText.Count(count, one, many);

    /// <summary>A size: "3,4 MB".</summary>
    public static string Size(long bytes) => DutchText.Size(bytes);

    /// <summary>A number as text.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
