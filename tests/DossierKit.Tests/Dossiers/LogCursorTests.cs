using DossierKit.Dossiers;

namespace DossierKit.Tests.Dossiers;

public sealed class LogCursorTests
{
    [Fact]
    public void Cursor_GivenOut_LeadsBackAndSaysNothing()
    {
        using var cursor = new LogCursor();
        foreach (var sequence in (long[])[1, 2, 255, 1_000_000, long.MaxValue])
        {
            var text = cursor.Of(sequence);
            text.Length.ShouldBe(22);
            cursor.TryRead(text, out var read).ShouldBeTrue();
            read.ShouldBe(sequence);
        }

        // Of two that follow one another most of the text differs.
        var (one, next) = (cursor.Of(41), cursor.Of(42));
        one.Zip(next).Count(pair => pair.First == pair.Second).ShouldBeLessThan(10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%%%%%%%%%%%%%%%%%%%%%%")]
    public void Cursor_NotGivenOut_IsUnknown(string text)
    {
        using var cursor = new LogCursor();
        cursor.TryRead(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void Cursor_OfAnotherProcess_IsUnknown()
    {
        using var here = new LogCursor();
        using var there = new LogCursor();
        here.TryRead(there.Of(7), out _).ShouldBeFalse();
    }
}
