using System.Globalization;

namespace DossierKit.Host.Cli;

/// <summary>How dates and numbers are written for Dutch readers, the same on every machine.</summary>
internal static class DutchText
{
    private static readonly string[] Months =
        ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

    /// <summary>Such as <c>2 maart 2026</c>.</summary>
    public static string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Day} {Months[day.Month - 1]} {day.Year}");

    /// <summary>Such as <c>02-03-2026</c>, for tables.</summary>
    public static string Short(DateOnly day) => day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-03-02</c>, for programs.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number, for tables.</summary>
    public static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: <c>1 dossier</c>, <c>2 dossiers</c>.</summary>
    public static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>A size: <c>812 bytes</c>, <c>3,4 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0.#} kB").Replace('.', ','),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB").Replace('.', ','),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000_000.0:0.#} GB").Replace('.', ','),
    };
}
