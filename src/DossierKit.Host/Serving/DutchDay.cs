namespace DossierKit.Host.Serving;

/// <summary>The day it is in the Netherlands: legal dates follow Dutch time, wherever the machine stands.</summary>
internal static class DutchDay
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public static DateOnly Of(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Amsterdam).DateTime);
}
