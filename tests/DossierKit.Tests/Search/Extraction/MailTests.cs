using System.Text;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Mail: nested parts, encodings, names of files, mails sent along.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task Extract_Mail_HasHeaderBodyOnceAttachmentsAndMailsInside()
        => (await Extracting.TextAsync(ExtractionSamples.Mail(), "a.eml")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "Van: Tiës Plassenberger <ties@voorbeeld.invalid>", "Aan: integriteit@voorbeeld.invalid, fi@voorbeeld.invalid", "Datum: Mon, 2 Mar 2026 10:11:12 +0100", "Onderwerp: Gebruik van de dienstbus",
            "Geachte coördinator, de bus stond er in het weekeinde.", "Van: m.griendhorster@voorbeeld.invalid", "Onderwerp: doorgestuurd", "Het oude bericht.", "ritten van de wéek.csv", "datum;km", "1-1-2026;rittenstaat",
        ]);

    [Theory]
    [InlineData("=?utf-8?Q?caf=C3=A9?=", "café")]
    [InlineData("=?UTF-8?B?Y2Fmww==?= =?utf-8?b?qQ==?=", "café")]
    [InlineData("=?iso-8859-1*nl?q?=E9=E9n?= =?iso-8859-1?q?_twee?=", "één twee")]
    [InlineData("=?windows-1252?Q?=80_5?= los", "€ 5 los")]
    [InlineData("=?onbekend?Q?gewoon?=", "gewoon")]
    [InlineData("=?utf-8?X?kapot?= =?utf-8?Q?open", "=?utf-8?X?kapot?= =?utf-8?Q?open")]
    public async Task Extract_EncodedWords_AreRead(string subject, string expected)
        => (await Extracting.TextAsync($"From: a@b\r\nSubject: {subject}\r\n\r\ntekst")).ShouldContain($"Onderwerp: {expected}\n");

    [Theory]
    [InlineData("text/plain; charset=utf-8", "8bit", "caf\u00c3\u00a9")]
    [InlineData("text/plain; charset=\"ISO-8859-15\"", "8bit", "caf\u00e9")]
    [InlineData("text/plain; charset=us-ascii", "7bit", "caf\u00e9")]
    [InlineData("text/plain", "quoted-printable", "caf=C3=\r\n=A9")]
    [InlineData("TEXT/HTML; CharSet=Windows-1252", "Quoted-Printable", "<b>caf</b>=E9")]
    [InlineData("text/plain; charset=utf-16le", "base64", "YwBhAGYA6QA=")]
    [InlineData("text/plain; charset=geen-bestaande", "BASE64", "Y2Fm\r\nw6k=")]
    [InlineData("text/plain; charset=koi8-r", "8bit", "caf\u00c0")]
    public async Task Extract_Bodies_AreDecoded(string type, string encoding, string body)
    {
        var mail = Encoding.Latin1.GetBytes($"From: a@b\r\nDate: nu\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}");
        (await Extracting.TextAsync(mail)).ShouldEndWith(type.Contains("koi8", StringComparison.Ordinal) ? "cafю\n" : "café\n");
    }

    [Fact]
    public async Task Extract_AlternativesThatDiffer_AreBothRead()
    {
        // Whoever reads only the one form would miss what stands in the other.
        var mail = "From: a@b\nTo: c@d\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\nin de tekst: Zeekleidijk\n--x\nContent-Type: text/html\n\n<p>in de opmaak: Griendhorster</p>\n--x--\n";
        var text = await Extracting.TextAsync(mail);
        text.ShouldContain("Zeekleidijk");
        text.ShouldContain("Griendhorster");
    }

    [Fact]
    public async Task Extract_MailInMailInMail_IsReadWithItsAttachments()
    {
        var inner = ExtractionSamples.Mail();
        for (var i = 0; i < 5; i++)
            inner = [.. Encoding.ASCII.GetBytes($"From: laag{i}@b\r\nSubject: laag {i}\r\nContent-Type: multipart/mixed; boundary=grens{i}\r\n\r\n--grens{i}\r\nContent-Type: application/octet-stream; name=door.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(inner, Base64FormattingOptions.InsertLineBreaks)}\r\n--grens{i}--\r\n")];
        var text = await Extracting.TextAsync(inner);
        text.ShouldContain("laag 0");
        text.ShouldContain("rittenstaat");
    }

    [Fact]
    public async Task Extract_UnreadableAttachment_SaysWhichAndNotItsName()
    {
        var mail = "From: a@b\nTo: c@d\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhierbij\n--x\nContent-Disposition: attachment; filename=\"verklaring Plassenberger.mp3\"\n\nID3\u0003\n--x--";
        var read = await Extracting.ReadAsync(Encoding.Latin1.GetBytes(mail));
        read.IsSearchable.ShouldBeTrue();
        read.Text.ShouldContain("verklaring Plassenberger.mp3");
        read.Gaps.ShouldBe(["Bijlage 1: dit is geluid of film. Wat daarin gezegd wordt, is niet doorzoekbaar."]);
    }

    [Fact]
    public async Task Extract_EncryptedMail_SaysSo()
        => (await Extracting.ReadAsync("From: a@b\nTo: c\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAG"u8.ToArray())).Gaps.ShouldHaveSingleItem().ShouldContain("versleuteld");

    [Fact]
    public async Task Extract_Mailbox_HasEveryMail()
    {
        var text = await Extracting.TextAsync("From x Mon\nFrom: a@b\nSubject: een\n\neerste\n\nFrom y Tue\nFrom: c@d\nSubject: twee\n\ntweede\n", "a.mbox");
        text.ShouldContain("Onderwerp: een\neerste");
        text.ShouldContain("Onderwerp: twee\ntweede");
    }
}
