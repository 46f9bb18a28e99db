namespace DossierKit.Dossiers;

/// <summary>Instants are UTC; legal dates are those of the Netherlands.</summary>
internal static class LegalTime
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>The legal date of an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Netherlands).DateTime);

    /// <summary>The same instant on Dutch clocks.</summary>
    public static DateTimeOffset In(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Netherlands);

    /// <summary>Today's legal date.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOf(clock.GetUtcNow());

    /// <summary>An instant as the clock on the wall in the Netherlands shows it, with its offset.</summary>
    public static DateTimeOffset LocalOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Netherlands);
}
