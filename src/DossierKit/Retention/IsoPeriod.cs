using System.Globalization;
using System.Text.RegularExpressions;

namespace DossierKit.Retention;

/// <summary>
/// A period of ISO 8601 in years, months, weeks and days, such as <c>P1Y6M</c> or <c>P42D</c>; no times of day. Added to a date as the ZGW standards do: years and months
/// together first, a day that the month lacks becoming its last, then the days.
/// </summary>
public readonly partial record struct IsoPeriod
{
    private readonly int _months;
    private readonly int _days;

    private IsoPeriod(int months, int days) => (_months, _days) = (months, days);

    /// <summary>Reads a period.</summary>
    /// <param name="text">Such as <c>P10Y</c>.</param>
    /// <param name="period">The period, when the text is one of at most 1,000 years.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string? text, out IsoPeriod period)
    {
        period = default;
        if (text is null || Shape().Match(text) is not { Success: true } match) return false;
        var (years, months, weeks, days) = (Number("y"), Number("m"), Number("w"), Number("d"));
        if (years < 0 || months < 0 || weeks < 0 || days < 0) return false;
        // Longer than any list, and what the calendar can still hold.
        if (years > 1_000 || months > 12_000 || weeks > 52_000 || days > 365_000) return false;
        period = new IsoPeriod((12 * years) + months, (7 * weeks) + days);
        return true;

        // 0 when the part is absent, -1 when it is no number that counts.
        int Number(string name)
            => !match.Groups[name].Success ? 0 : int.TryParse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    /// <summary>The date this long after another.</summary>
    /// <param name="from">The date.</param>
    /// <returns>The later date; what lies after the last day of the calendar is that day, so that one date such as 9999-12-31 never stops the plan of everything else.</returns>
    public DateOnly After(DateOnly from)
    {
        if ((12L * from.Year) + from.Month - 1 + _months >= 12L * (DateOnly.MaxValue.Year + 1)) return DateOnly.MaxValue;
        var month = from.AddMonths(_months);
        return _days > DateOnly.MaxValue.DayNumber - month.DayNumber ? DateOnly.MaxValue : month.AddDays(_days);
    }

    [GeneratedRegex("^P(?=[0-9])((?<y>[0-9]{1,6})Y)?((?<m>[0-9]{1,6})M)?((?<w>[0-9]{1,6})W)?((?<d>[0-9]{1,6})D)?\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
