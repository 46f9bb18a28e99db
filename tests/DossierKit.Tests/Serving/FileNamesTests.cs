using DossierKit.Host.Serving;

namespace DossierKit.Tests.Serving;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("factuur.pdf", "factuur.pdf")]
    [InlineData("C:\\Users\\iemand\\factuur.pdf", "factuur.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..", "bestand")]
    [InlineData("", "bestand")]
    [InlineData(null, "bestand")]
    [InlineData("map/", "bestand")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("con", "_con")]
    [InlineData("aux.tar.gz", "_aux.tar.gz")]
    [InlineData("factuur\u202Efdp.exe", "factuurfdp.exe")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf")]
    [InlineData("rapport.pdf. . ", "rapport.pdf")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("wat?<b>*|\"nu\".txt", "wat__b____nu_.txt")]
    [InlineData("overzicht\u00A0mei.xlsx", "overzicht mei.xlsx")]
    [InlineData("cafe\u0301.docx", "caf\u00E9.docx")]
    [InlineData("nul\0byte.pdf", "nulbyte.pdf")]
    public void Clean_Name_IsSafeAnywhere(string? given, string kept) => FileNames.Clean(given).ShouldBe(kept);

    [Theory]
    [InlineData('a')]
    [InlineData('\u00E9')]
    public void Clean_LongName_KeepsItsExtension(char letter)
    {
        var name = FileNames.Clean(new string(letter, 4000) + ".docx");
        name.Length.ShouldBe(FileNames.Most);
        name.ShouldEndWith(".docx");
    }

    [Fact]
    public void Clean_CutInsideACharacter_LeavesItOut()
    {
        var name = FileNames.Clean("a" + string.Concat(Enumerable.Repeat("\U0001F600", 200)) + ".txt");
        name.Length.ShouldBeLessThanOrEqualTo(FileNames.Most);
        name.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
    }
}
