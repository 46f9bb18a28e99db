namespace DossierKit.Protocols;

/// <summary>
/// The werkdagen of a municipality: no Saturdays, no Sundays, no day of the Algemene termijnenwet (art. 3, first and second member: Nieuwjaarsdag,
/// Goede Vrijdag, Tweede Paasdag, Koningsdag, 5 mei every year, Hemelvaartsdag, Tweede Pinksterdag and both Kerstdagen) and no day the municipality adds.
/// Days that a royal decree puts on a par with these (third member) differ from year to year: a protocol lists them among its own.
/// Computed for every year that <see cref="DateOnly"/> knows; the law itself dates from 1964.
/// </summary>
public sealed class Workdays
{
    private readonly HashSet<DateOnly> _closed;

    /// <summary>The werkdagen with the days a municipality adds.</summary>
    /// <param name="closedDays">Days on which it is closed beside those of the law; may be empty.</param>
    public Workdays(IEnumerable<DateOnly> closedDays) => _closed = [.. closedDays];

    /// <summary>The werkdagen by the law alone.</summary>
    public static Workdays Legal { get; } = new([]);

    /// <summary>Whether a day is a werkdag.</summary>
    /// <param name="day">The day.</param>
    /// <returns><see langword="false"/> on Saturdays, Sundays, the days of the law and the municipality's own.</returns>
    public bool IsWorkday(DateOnly day)
        => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_closed.Contains(day) && PublicHoliday(day) is null;

    /// <summary>The day some werkdagen later, or earlier when negative. The day itself does not count.</summary>
    /// <param name="day">The day to count from; it need not be a werkdag.</param>
    /// <param name="workdays">How many; 0 gives the day itself, werkdag or not.</param>
    /// <returns>A werkdag, unless <paramref name="workdays"/> is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside the calendar.</exception>
    public DateOnly Add(DateOnly day, int workdays)
    {
        var step = Math.Sign(workdays);
        for (var left = Math.Abs((long)workdays); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkday(day)) left--;
        }

        return day;
    }

    /// <summary>The first werkdag on or after a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The day itself when it is a werkdag.</returns>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsWorkday(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>How many werkdagen lie after <paramref name="from"/> up to and including <paramref name="to"/>.</summary>
    /// <param name="from">The day that does not count.</param>
    /// <param name="to">The last day that counts.</param>
    /// <returns>The number; when <paramref name="to"/> lies before <paramref name="from"/>, minus the werkdagen the other way round.</returns>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from) return -Between(to, from);
        var count = 0;
        for (var day = from; day < to;)
        {
            day = day.AddDays(1);
            if (IsWorkday(day)) count++;
        }

        return count;
    }

    /// <summary>The name of the free day of the Algemene termijnenwet that falls on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Its Dutch name, or <see langword="null"/> when the day is none.</returns>
    public static string? PublicHoliday(DateOnly day)
    {
        switch (day.Month, day.Day)
        {
            case (1, 1): return "Nieuwjaarsdag";
            case (5, 5): return "Bevrijdingsdag";
            case (12, 25): return "Eerste Kerstdag";
            case (12, 26): return "Tweede Kerstdag";
        }

        if (day == RoyalBirthday(day.Year)) return day.Year >= 2014 ? "Koningsdag" : "Koninginnedag";
        return (day.DayNumber - EasterSunday(day.Year).DayNumber) switch
        {
            -2 => "Goede Vrijdag",
            1 => "Tweede Paasdag",
            39 => "Hemelvaartsdag",
            50 => "Tweede Pinksterdag",
            _ => null,
        };
    }

    /// <summary>Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).</summary>
    /// <param name="year">The year, 1 to 9999; before 1583 the calendar is extended backwards.</param>
    /// <returns>The Sunday.</returns>
    public static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, rest) = Math.DivRem(year, 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(epact + weekday - (7 * correction) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }

    /// <summary>
    /// The day on which the king's or queen's birthday is kept: 27 April, or the Saturday before when that is a Sunday (since 2014);
    /// 30 April, or the Saturday before (1980 to 2013), or the Monday after (1949 to 1979); 31 August before that.
    /// </summary>
    private static DateOnly RoyalBirthday(int year)
    {
        var day = year switch
        {
            >= 2014 => new DateOnly(year, 4, 27),
            >= 1949 => new DateOnly(year, 4, 30),
            _ => new DateOnly(year, 8, 31),
        };
        if (day.DayOfWeek != DayOfWeek.Sunday) return day;
        return day.AddDays(year >= 1980 ? -1 : 1);
    }
}
