using System.Globalization;

namespace DossierKit.Host.Serving;

/// <summary>The day and time people in the Netherlands see on the wall.</summary>
internal static class LegalClock
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public static DateOnly LegalToday(this TimeProvider clock) => DateOnly.FromDateTime(Local(clock).DateTime);

    /// <summary>Such as <c>14:03</c>.</summary>
    public static string LegalTime(this TimeProvider clock) => Local(clock).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(TimeProvider clock) => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Netherlands);
}
