using System.Globalization;
using DossierKit.Retention;

namespace DossierKit.Tests.Retention.Planning;

public sealed class IsoPeriodTests
{
    [Theory]
    [InlineData("2024-02-29", "P10Y", "2034-02-28")]
    [InlineData("2024-02-29", "P4Y", "2028-02-29")]
    [InlineData("2023-08-31", "P1Y6M", "2025-02-28")]
    [InlineData("2024-01-31", "P1M", "2024-02-29")]
    [InlineData("2024-01-31", "P1M1D", "2024-03-01")]
    [InlineData("2024-12-31", "P42D", "2025-02-11")]
    [InlineData("2024-02-28", "P1D", "2024-02-29")]
    [InlineData("2026-03-29", "P0D", "2026-03-29")]
    [InlineData("2024-05-31", "P9M", "2025-02-28")]
    [InlineData("1999-12-31", "P110Y", "2109-12-31")]
    [InlineData("2024-02-29", "P1Y1D", "2025-03-01")]
    [InlineData("2024-01-01", "P2W", "2024-01-15")]
    public void After_EveryKind_FollowsTheZgwStandard(string from, string period, string expected)
    {
        IsoPeriod.TryParse(period, out var parsed).ShouldBeTrue();
        parsed.After(Day(from)).ShouldBe(Day(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("10Y")]
    [InlineData("P10")]
    [InlineData("P-1Y")]
    [InlineData("P1.5Y")]
    [InlineData("P1M1Y")]
    [InlineData("PT5H")]
    [InlineData("P1DT5H")]
    [InlineData("p10y")]
    [InlineData("P10Y ")]
    [InlineData("P10Y\n")]
    [InlineData("P999999Y")]
    [InlineData("P9999999999D")]
    [InlineData(null)]
    public void TryParse_WhatIsNoPeriod_IsRefused(string? text) => IsoPeriod.TryParse(text, out _).ShouldBeFalse();

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
