using System.Globalization;
using DossierKit.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace DossierKit.Tests.Protocols;

public class WorkdaysTests
{
    // Easter Sundays from printed calendars, with the earliest and latest that can be.
    [Theory]
    [InlineData("1900-04-15")]
    [InlineData("1943-04-25")]
    [InlineData("2000-04-23")]
    [InlineData("2010-04-04")]
    [InlineData("2011-04-24")]
    [InlineData("2012-04-08")]
    [InlineData("2013-03-31")]
    [InlineData("2014-04-20")]
    [InlineData("2015-04-05")]
    [InlineData("2016-03-27")]
    [InlineData("2017-04-16")]
    [InlineData("2018-04-01")]
    [InlineData("2019-04-21")]
    [InlineData("2020-04-12")]
    [InlineData("2021-04-04")]
    [InlineData("2022-04-17")]
    [InlineData("2023-04-09")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2028-04-16")]
    [InlineData("2029-04-01")]
    [InlineData("2030-04-21")]
    [InlineData("2031-04-13")]
    [InlineData("2032-03-28")]
    [InlineData("2033-04-17")]
    [InlineData("2034-04-09")]
    [InlineData("2035-03-25")]
    [InlineData("2038-04-25")]
    [InlineData("2285-03-22")]
    public void EasterSunday_KnownYear_IsTheDayOfTheCalendar(string expected)
    {
        var day = Day(expected);
        Workdays.EasterSunday(day.Year).ShouldBe(day);
    }

    [Fact]
    public void EasterSunday_EveryYearFrom1900To2299_AgreesWithTheMoonTables()
    {
        for (var year = 1900; year <= 2299; year++) Workdays.EasterSunday(year).ShouldBe(EasterByEpact(year), $"year {year}");
    }

    [Theory]
    [InlineData("2013-04-30", "Koninginnedag")] // the last one, and the day of the inauguration
    [InlineData("2006-04-29", "Koninginnedag")] // 30 April 2006 was a Sunday
    [InlineData("2006-04-30", null)]
    [InlineData("1978-05-01", "Koninginnedag")] // before 1980 a Sunday moved to the Monday after
    [InlineData("2014-04-26", "Koningsdag")] // 27 April 2014 was a Sunday
    [InlineData("2014-04-27", null)]
    [InlineData("2025-04-26", "Koningsdag")] // 27 April 2025 was a Sunday
    [InlineData("2026-04-27", "Koningsdag")]
    [InlineData("2031-04-26", "Koningsdag")]
    [InlineData("2026-01-01", "Nieuwjaarsdag")]
    [InlineData("2026-04-03", "Goede Vrijdag")]
    [InlineData("2026-04-06", "Tweede Paasdag")]
    [InlineData("2026-05-05", "Bevrijdingsdag")] // every year, not only the fifth ones
    [InlineData("2026-05-14", "Hemelvaartsdag")]
    [InlineData("2026-05-25", "Tweede Pinksterdag")]
    [InlineData("2026-12-25", "Eerste Kerstdag")]
    [InlineData("2026-12-26", "Tweede Kerstdag")]
    [InlineData("2025-05-29", "Hemelvaartsdag")]
    [InlineData("2025-06-09", "Tweede Pinksterdag")]
    [InlineData("2016-05-05", "Bevrijdingsdag")] // also Hemelvaartsdag that year
    [InlineData("2026-12-24", null)]
    [InlineData("2026-12-31", null)]
    [InlineData("2026-05-15", null)] // put on a par by royal decree: a protocol lists it
    [InlineData("2026-05-01", null)]
    public void PublicHoliday_Day_HasTheNameOfTheLaw(string day, string? expected) => Workdays.PublicHoliday(Day(day)).ShouldBe(expected);

    [Theory]
    [InlineData("2026-03-02", 5, "2026-03-09")]
    [InlineData("2026-04-02", 1, "2026-04-07")] // over Good Friday and Easter Monday
    [InlineData("2025-12-23", 5, "2026-01-02")] // over Christmas and New Year
    [InlineData("2024-02-28", 1, "2024-02-29")]
    [InlineData("2024-02-29", 1, "2024-03-01")]
    [InlineData("2023-02-28", 1, "2023-03-01")]
    [InlineData("2026-03-07", 1, "2026-03-09")] // from a Saturday
    [InlineData("2026-03-09", -5, "2026-03-02")]
    [InlineData("2026-03-07", 0, "2026-03-07")]
    public void Add_Workdays_SkipsFreeDays(string from, int workdays, string expected) => Workdays.Legal.Add(Day(from), workdays).ShouldBe(Day(expected));

    [Fact]
    public void Add_DayTheMunicipalityAdds_IsSkippedToo()
    {
        var workdays = new Workdays([Day("2026-05-15")]);
        workdays.IsWorkday(Day("2026-05-15")).ShouldBeFalse();
        workdays.Add(Day("2026-05-13"), 1).ShouldBe(Day("2026-05-18"));
        Workdays.Legal.Add(Day("2026-05-13"), 1).ShouldBe(Day("2026-05-15"));
    }

    [Fact]
    public void Add_ThenBetween_GivesTheNumberBack() => Prop.ForAll(Days, Numbers, (day, count) =>
    {
        var to = Workdays.Legal.Add(day, count);
        return Workdays.Legal.Between(day, to) == count && Workdays.Legal.Between(to, day) == -count && Workdays.Legal.IsWorkday(to);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_MoreWorkdays_IsLater() => Prop.ForAll(Days, Numbers, (day, count)
        => Workdays.Legal.Add(day, count + 1) > Workdays.Legal.Add(day, count)).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_LaterStart_IsNeverEarlier() => Prop.ForAll(Days, Numbers, (day, count)
        => Workdays.Legal.Add(day.AddDays(1), count) >= Workdays.Legal.Add(day, count)).QuickCheckThrowOnFailure();

    [Fact]
    public void Between_TwoStretches_AddUp() => Prop.ForAll(Days, Numbers, Numbers, (day, first, second) =>
    {
        var (middle, end) = (day.AddDays(first), day.AddDays(first + second));
        return Workdays.Legal.Between(day, end) == Workdays.Legal.Between(day, middle) + Workdays.Legal.Between(middle, end);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<DateOnly> Days => Gen.Choose(new DateOnly(1900, 1, 1).DayNumber, new DateOnly(2299, 12, 1).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    private static Arbitrary<int> Numbers => Gen.Choose(1, 300).ToArbitrary();

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Another way to Easter: the Sunday after the ecclesiastical full moon, by golden number and the epact's corrections.</summary>
    private static DateOnly EasterByEpact(int year)
    {
        var golden = (year % 19) + 1;
        var century = (year / 100) + 1;
        var solar = (3 * century / 4) - 12;
        var lunar = (((8 * century) + 5) / 25) - 5;
        var sunday = (5 * year / 4) - solar - 10;
        var epact = ((((11 * golden) + 20 + lunar - solar) % 30) + 30) % 30;
        if ((epact == 25 && golden > 11) || epact == 24) epact++;
        var moon = 44 - epact;
        if (moon < 21) moon += 30;
        return new DateOnly(year, 3, 1).AddDays(moon + 7 - ((sunday + moon) % 7) - 1);
    }
}
