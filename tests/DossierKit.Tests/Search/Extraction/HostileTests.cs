using System.IO.Compression;
using System.Text;
using DossierKit.Search;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Files made to do harm: what they cost is bounded, what can be read of them is read, and the rest is told.</summary>
public sealed class HostileTests
{
    [Fact]
    public async Task Extract_ZipBomb_StopsWhileItUnpacks()
    {
        var zeros = new string(' ', 40 << 20);
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip([("word/document.xml", Encoding.UTF8.GetBytes($"<w:document><w:body>{ExtractionSamples.P("begin")}{zeros}"))], CompressionLevel.SmallestSize));
        read.Gaps.ShouldHaveSingleItem().ShouldBe("Een deel is verdacht sterk samengeperst.");
        read.Text.ShouldStartWith("begin");
    }

    [Fact]
    public async Task Extract_ManyPartsThatAreEachNotTooLarge_StopsAtTheirSum()
    {
        var random = new Random(1);
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(_ => $"{random.Next():x} ")));
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip(Enumerable.Range(0, 50).Select(i => ($"{i}.txt", text))), limits: new ExtractionLimits { Unpacked = 1 << 20 });
        read.Gaps.ShouldContain(gap => gap.Contains("uitgepakt is het te groot", StringComparison.Ordinal));
        read.Text.Length.ShouldBeLessThan(2 << 20);
    }

    [Fact]
    public async Task Extract_ZipThatClaimsMorePartsThanAllowed_IsRefusedAtTheCount()
    {
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip(Enumerable.Range(0, 300).Select(i => ($"{i}.txt", "x"u8.ToArray()))), limits: new ExtractionLimits { Entries = 200 });
        read.IsSearchable.ShouldBeFalse();
        read.Gaps.ShouldHaveSingleItem().ShouldStartWith("Er zitten meer dan 200 delen in.");
    }

    [Fact]
    public async Task Extract_ZipInZipInZip_StopsAtTheDepth()
    {
        var bytes = "binnenste"u8.ToArray();
        var name = "a.txt";
        for (var i = 0; i < 30; i++) (bytes, name) = (ExtractionSamples.Zip([(name, bytes)]), "a.zip");
        var read = await Extracting.ReadAsync(bytes);
        read.Text.ShouldNotContain("binnenste");
        read.Gaps.ShouldHaveSingleItem().ShouldContain("te diep in elkaar verpakt");
    }

    [Fact]
    public async Task Extract_BillionLaughs_UnfoldsNothing()
    {
        var lol = "<!DOCTYPE w:document [<!ENTITY a \"lach\">" + string.Concat("bcdefghij".Select((c, i) => $"<!ENTITY {c} \"{string.Concat(Enumerable.Repeat($"&{"abcdefghi"[i]};", 10))}\">")) + "<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip(("word/document.xml", $"{lol}<w:document><w:body>{ExtractionSamples.P("voor &j; &x; na")}</w:body></w:document>")));
        read.Text.ShouldBe("voor &j; &x; na\n");
    }

    [Theory]
    [InlineData("word/document.xml", "<w:p>")]
    [InlineData("word/document.xml", "<a>")]
    [InlineData("xl/workbook.xml", "<c>")]
    [InlineData("ppt/presentation.xml", "<p:sldId>")]
    public async Task Extract_DeepXml_StopsAndSaysSo(string part, string tag)
    {
        var root = part.StartsWith("word", StringComparison.Ordinal) ? "document" : part.StartsWith("xl", StringComparison.Ordinal) ? "workbook" : "presentation";
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip([(part, Encoding.UTF8.GetBytes($"<{root}>{string.Concat(Enumerable.Repeat(tag, 200_000))}"))], CompressionLevel.NoCompression));
        read.Gaps.ShouldHaveSingleItem().ShouldContain("dieper genest");
    }

    /// <summary>Each is a megabyte of one thing; a reader that looks back or ahead without end would take minutes for it.</summary>
    public static TheoryData<string, string> Traps() => new()
    {
        { "a.html", "<div>" }, { "a.html", "<" }, { "a.html", "<a " }, { "a.html", "<a b='" }, { "a.html", "<!--" }, { "a.html", "<!" }, { "a.html", "&" }, { "a.html", "&#" }, { "a.html", "</" }, { "a.html", "<script>" }, { "a.html", "<script></scrip" },
        { "a.html", "<img alt=\"" }, { "a.html", "<img alt=x " }, { "a.html", "<pre>" }, { "a.html", "<td>" }, { "a.html", "<?" }, { "a.html", "[" },
        { "a.eml", "=?" }, { "a.eml", "=?a?Q?" }, { "a.eml", "=?a?B?a?= " }, { "a.eml", "X:y\n" }, { "a.eml", " \n " }, { "a.eml", "Content-Type: multipart/mixed; boundary=a\n\n--a\n" }, { "a.eml", "--a" }, { "a.eml", "--a\n" }, { "a.eml", "--a--\n" },
        { "a.eml", "Content-Type: multipart/alternative; boundary=a\n\n--a\n" }, { "a.eml", "Content-Type: message/rfc822\n\n" }, { "a.eml", "a;" }, { "a.eml", "a*1*=%" }, { "a.eml", "\"\\" }, { "a.mbox", "\n\nFrom " }, { "a.mbox", "\r\n\r\nFrom " },
        { "a.txt", "\f" }, { "a.txt", "\r" }, { "a.txt", "\u00ad" }, { "a.txt", "%PDF" }, { "a.txt", "x" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task Extract_OneThingWithoutEnd_IsReadInTimeAndBounds(string name, string piece)
    {
        var many = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        foreach (var start in name switch
        {
            "a.html" => (string[])["<html>"],
            "a.eml" => ["From: a@b\nTo: c\nSubject: ", "From: a@b\nTo: c\nContent-Type: multipart/mixed; boundary=a\n\n--a\n", "From: a@b\nTo: c\nContent-Type: x/y; ", "From: a@b\nTo: c\nContent-Type: multipart/alternative; boundary=a\n\n"],
            "a.mbox" => ["From x\nFrom: a\nTo: b\n", "From x\r\nFrom: a\r\nTo: b\r\n"],
            _ => [""],
        })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var read = await Extracting.ReadAsync(Encoding.UTF8.GetBytes(start + many), name, new ExtractionLimits { Time = TimeSpan.FromSeconds(60) });
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(400L << 20);
            read.Gaps.ShouldNotContain(gap => gap.Contains("duurde te lang", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Extract_TagWithAMillionAttributes_CostsTheMemoryOfOneTag()
    {
        var tag = Encoding.ASCII.GetBytes("<w:document><w:body><w:p " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i}='' ")) + "><w:r><w:t>erna</w:t></w:r></w:p></w:body></w:document>");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = await Extracting.ReadAsync(ExtractionSamples.Zip([("word/document.xml", tag)]));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(40L << 20);
        read.Text.ShouldBe("erna\n");
    }

    [Fact]
    public async Task Extract_MoreTextThanItTakes_GivesTheBeginningAndSaysSo()
    {
        var read = await Extracting.ReadAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("woord ", 1000))), "a.txt", new ExtractionLimits { Text = 100 });
        read.Text.Length.ShouldBe(100);
        read.Gaps.ShouldBe(["Er is meer tekst dan 100 tekens. De rest is niet gelezen."]);
    }

    [Fact]
    public async Task Extract_SharedTextThatEveryCellRepeats_StopsAtTheLimit()
    {
        var shared = $"<sst><si><t>{new string('x', 30_000)}</t></si></sst>";
        var cells = string.Concat(Enumerable.Repeat("<c t=\"s\"><v>0</v></c>", 20_000));
        var bytes = ExtractionSamples.Zip(("_rels/.rels", ExtractionSamples.Links(("a", "officeDocument", "xl/workbook.xml"))), ("xl/workbook.xml", "<workbook><sheets><sheet name=\"b\" r:id=\"r1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", ExtractionSamples.Links(("r1", "worksheet", "s.xml"), ("r2", "sharedStrings", "t.xml"))), ("xl/s.xml", $"<worksheet><row>{cells}"), ("xl/t.xml", shared));
        var read = await Extracting.ReadAsync(bytes, limits: new ExtractionLimits { Text = 1_000_000 });
        read.Text.Length.ShouldBe(1_000_000);
        read.Gaps.ShouldContain(gap => gap.StartsWith("Er is meer tekst", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Extract_LargerThanItMayBe_IsReadAsFarAsThatHelps()
    {
        var limits = new ExtractionLimits { Input = 1 << 20 };
        var text = await Extracting.ReadAsync(Encoding.UTF8.GetBytes("begin é\n" + new string('x', 2 << 20)), "a.txt", limits);
        text.Text.ShouldStartWith("begin é\n");
        text.Gaps.ShouldContain("Het bestand is groter dan 1 MiB. Alleen het begin is gelezen.");
        var docx = new byte[2 << 20];
        new Random(1).NextBytes(docx);
        "PK\x03\x04"u8.CopyTo(docx);
        (await Extracting.ReadAsync(docx, "a.docx", limits)).Gaps.ShouldBe(["Het bestand is groter dan 1 MiB. Het is niet gelezen."]);
    }

    [Fact]
    public async Task Extract_Recording_IsNotReadToItsEnd()
    {
        using var stream = new Endless([.. "ID3\x03"u8]);
        var read = await Extracting.ReadAsync(stream, "gesprek.mp3");
        read.IsSearchable.ShouldBeFalse();
        stream.Given.ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public async Task Extract_OutOfTime_StopsAndKeepsWhatItHas()
    {
        var read = await Extracting.ReadAsync(Encoding.UTF8.GetBytes("<html>" + string.Concat(Enumerable.Repeat("<b>woord</b> ", 200_000))), "a.html", new ExtractionLimits { Time = TimeSpan.Zero });
        read.Gaps.ShouldBe(["Het lezen van dit bestand duurde te lang en is gestopt."]);
    }

    [Fact]
    public async Task Extract_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var extractor = new TextExtractor(Extracting.Nothing, ExtractionLimits.Default);
        await Should.ThrowAsync<OperationCanceledException>(async () => await extractor.ExtractAsync(new MemoryStream(ExtractionSamples.Html()), "a.html", stop.Token));
    }

    [Fact]
    public async Task Extract_StreamThatBreaks_Throws()
    {
        using var stream = new Endless([.. "tekst"u8]) { Breaks = true };
        await Should.ThrowAsync<IOException>(Extracting.ReadAsync(stream, "a.txt"));
    }

    [Fact]
    public async Task Extract_ManyMutations_NothingBreaks()
    {
        var report = await ExtractionFuzz.RunAsync(4_000, 20260302, ExtractionFuzz.OwnReaders(Extracting.Nothing), ExtractionSamples.All(), TestContext.Current.CancellationToken);
        report.Failures.ShouldBeEmpty();
        report.Read.ShouldBeGreaterThan(1_000, "most mutations leave something to read, or they test nothing");
    }

    private sealed class Endless(byte[] start) : Stream
    {
        public long Given { get; private set; }

        public bool Breaks { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Breaks && Given > 100_000) throw new IOException("The disk is gone.");
            for (var i = 0; i < count; i++, Given++) buffer[offset + i] = Given < start.Length ? start[Given] : (byte)'x';
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
