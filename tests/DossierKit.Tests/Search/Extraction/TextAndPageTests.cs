using System.Text;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Plain text in every character set, and pages of the web.</summary>
public sealed class TextAndPageTests
{
    private const string Sentence = "De coördinator bekeek één café, de financiële reünie en de patiënt.\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("windows-1252", false)]
    [InlineData("iso-8859-15", false)]
    [InlineData("ibm850", false)]
    public async Task Extract_TextInAnyCharacterSet_IsTheSame(string set, bool withMark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(set) ?? Encoding.GetEncoding(set);
        byte[] bytes = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Sentence)];
        (await Extracting.TextAsync(bytes, "notitie.txt")).ShouldBe(Sentence);
    }

    [Theory]
    [InlineData("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier")]
    [InlineData("on\u00adder\u00adzoek \u200egedaan", "onderzoek gedaan")]
    [InlineData("a\u0001b\u001bc", "abc")]
    [InlineData("een\n\n\n\n\ntwee", "een\n\ntwee")]
    public async Task Extract_Text_IsClean(string text, string expected) => (await Extracting.TextAsync(text, "a.txt")).ShouldBe(expected);

    [Fact]
    public async Task Extract_TextWithFormFeeds_HasPages()
    {
        var read = await Extracting.ReadAsync("een\ftwee\fdrie"u8.ToArray());
        read.Text.ShouldBe("een\ftwee\fdrie");
        read.PageStarts.ShouldBe([0, 4, 9]);
        new[] { 0, 3, 4, 8, 9, 12 }.Select(read.PageOf).ShouldBe([1, 1, 2, 2, 3, 3]);
    }

    [Fact]
    public async Task Extract_HalfCharacters_BecomeWhole()
    {
        var text = await Extracting.TextAsync([0xff, 0xfe, .. "a"u8, 0, 0x3d, 0xd8, .. "b"u8, 0, 0x00, 0xdc, .. "c"u8, 0, 0x3d, 0xd8], "a.txt");
        text.ShouldBe("a\ufffdb\ufffdc\ufffd");
    }

    [Fact]
    public async Task Extract_Page_HasWhatIsShown()
    {
        var text = await Extracting.TextAsync(ExtractionSamples.Html(), "a.html");
        text.ShouldBe("Intranet & meer\nRegels\nHet gebruik van de dienstbus is geregeld.\nZie café €€ &onbekend; a\neen\ttwee\npunt\n  zo  blijft\n  het\neen kraan verder\n");
    }

    [Theory]
    [InlineData("<p>een<p>twee", "een\ntwee\n")]
    [InlineData("<div>a < b en c > d</div>", "a < b en c > d\n")]
    [InlineData("<p title=\"x > y\">na</p>", "na\n")]
    [InlineData("<p>voor<!-- weg", "voor\n")]
    [InlineData("<p>voor<script>weg", "voor\n")]
    [InlineData("<p>&#128;&#0;&#xD800;&lt;p&gt;&ampx</p>", "€\ufffd<p>&ampx\n")]
    [InlineData("<P>groot<BR/>klein</P>", "groot\nklein\n")]
    public async Task Extract_PageWithSlips_IsReadAsFarAsItGoes(string page, string expected)
        => (await Extracting.TextAsync($"<html>{page}", "a.html")).ShouldBe(expected);

    [Fact]
    public async Task Extract_PageThatSaysItsCharacterSet_IsReadInThat()
        => (await Extracting.TextAsync([.. "<html><meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>"u8, 0xc4, 0xe0])).ShouldBe("Да\n");

    [Fact]
    public async Task Extract_KindAndNameDisagree_GoesByContent()
    {
        (await Extracting.TextAsync(ExtractionSamples.Html(), "brief.docx")).ShouldContain("dienstbus");
        (await Extracting.TextAsync(ExtractionSamples.Mail(), "bericht.txt")).ShouldContain("Onderwerp: Gebruik van de dienstbus");
        (await Extracting.TextAsync(ExtractionSamples.WholeDocx(), "plaatje.png")).ShouldContain("dienstbus");
        (await Extracting.TextAsync("Aan: iedereen\nBetreft: sleutels\n\nSubject: dit is gewone tekst", "a.txt")).ShouldStartWith("Aan: iedereen");
    }

    [Theory]
    [InlineData(new byte[0], "Het bestand is leeg.")]
    [InlineData(new byte[] { 32, 10 }, "Er staat geen tekst in dit bestand.")]
    [InlineData(new byte[] { 0x49, 0x44, 0x33, 3, 0, 0, 0 }, "Dit is geluid of film. Wat daarin gezegd wordt, is niet doorzoekbaar.")]
    [InlineData(new byte[] { 1, 2, 3, 0, 0, 9, 9, 0 }, "Dit soort bestand wordt niet gelezen. Voeg de tekst toe als Word, pdf of platte tekst.")]
    public async Task Extract_FileWithoutText_IsNotSearchableAndSaysWhy(byte[] bytes, string why)
    {
        var read = await Extracting.ReadAsync(bytes);
        read.IsSearchable.ShouldBeFalse();
        read.Gaps.ShouldBe([why]);
    }

    [Theory]
    [InlineData("EncryptedPackage", "wachtwoord")]
    [InlineData("__substg1.0_0037001F", ".msg")]
    [InlineData("Workbook", ".xls")]
    public async Task Extract_OldKinds_SayWhatToDo(string stream, string expected)
    {
        byte[] bytes = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. new byte[64], .. Encoding.Unicode.GetBytes(stream)];
        (await Extracting.ReadAsync(bytes)).Gaps.ShouldHaveSingleItem().ShouldContain(expected);
    }
}
