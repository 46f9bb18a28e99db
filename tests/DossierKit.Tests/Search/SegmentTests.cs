using System.Buffers;
using System.Text;
using DossierKit.Search;

namespace DossierKit.Tests.Search;

/// <summary>The bytes of a segment: what was written is read, and what was tampered with is refused.</summary>
public sealed class SegmentTests
{
    [Theory]
    [InlineData("straatnaambord")]
    [InlineData("ingeningen")]
    [InlineData("café Ελλάδα 中文 😀")]
    [InlineData("\0\u0001\u007f\u0080")]
    [InlineData("")]
    [InlineData("x")]
    public void TermCode_Written_IsReadAgain(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var coded = new ArrayBufferWriter<byte>();
        TermCode.Write(bytes, coded);
        var read = new byte[bytes.Length + TermCode.Slack];
        read.AsSpan(0, TermCode.Read(coded.WrittenSpan, read)).ToArray().ShouldBe(bytes);
    }

    [Fact]
    public void TermCode_DutchWord_TakesLittleMoreThanHalf()
    {
        var coded = new ArrayBufferWriter<byte>();
        TermCode.Write("waarschuwingen"u8, coded);
        coded.WrittenCount.ShouldBeLessThan(9);
    }

    [Fact]
    public void Terms_OfASegment_AreThoseThatWereWritten()
    {
        var writer = new SegmentWriter(new DutchAnalyzer());
        writer.Add("a"u8.ToArray(), "Een parkeervergunning, één brief; " + new string('y', 600) + " parkeervergunningen 中文 😀");
        writer.Add("b"u8.ToArray(), "");
        var segment = new IndexSegment(writer.Write());
        var terms = new List<string>();
        var walk = segment.Terms();
        while (walk.Next()) terms.Add(Encoding.UTF8.GetString(walk.Term));
        terms.ShouldBe(["brief", "een", "parkeervergunning", "parkeervergunningen", new string('y', 90), new string('y', 255), "中", "文", "😀"]);
        (segment.Count, segment.Lengths[0], segment.Lengths[1]).ShouldBe((2, 11, 0));
    }

    [Fact]
    public void Terms_OfBytesThatWereChanged_AreReadOrRefusedAndNeverBeyond()
    {
        var writer = new SegmentWriter(new DutchAnalyzer());
        for (var i = 0; i < 5; i++) writer.Add(new byte[3], $"De brief {i} van de afdeling over vergunningen, straatnaambord en {new string('z', 40 + i)}");
        var bytes = writer.Write();
        var random = new Random(3);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var changed = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length).ToArray();
            for (var change = random.Next(1, 4); change > 0 && changed.Length > 0; change--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                var walk = new IndexSegment(changed).Terms();
                while (walk.Next()) walk.Term.Length.ShouldBeLessThanOrEqualTo(4 * WordTokenizer.MaxLength);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData(1 << 20, 0L, 1)]
    [InlineData(1, 1L << 28, 1)]
    [InlineData(1, 0L, 1 << 16)]
    public void TermPlace_BeyondWhatItHolds_IsRefused(int segment, long offset, int documents)
    {
        Should.Throw<FormatException>(() => new TermPlace(segment, offset, documents));
        var last = new TermPlace((1 << 20) - 1, (1 << 28) - 1, (1 << 16) - 1);
        (last.Segment, last.Offset, last.Documents).ShouldBe(((1 << 20) - 1, (1 << 28) - 1, (1 << 16) - 1));
    }
}
