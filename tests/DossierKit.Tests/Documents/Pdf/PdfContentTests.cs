using System.Text;
using DossierKit.Documents;

namespace DossierKit.Tests.Documents.Pdf;

/// <summary>Which strokes on a page are decoration.</summary>
public sealed class PdfContentTests
{
    [Theory]
    [InlineData("q 1 w\n10 20 m\n30 40 l S\nQ", "q 1 w\n/Artifact BMC\n10 20 m\n30 40 l S\nEMC\nQ")]
    [InlineData("1 2 3 4 re f*\n1 2 3 4 re\nf", "/Artifact BMC\n1 2 3 4 re f*\nEMC\n/Artifact BMC\n1 2 3 4 re\nf\nEMC")]
    [InlineData("0 0 5 5 re W* n\n1 1 m 2 2 l S", "0 0 5 5 re W* n\n/Artifact BMC\n1 1 m 2 2 l S\nEMC")]
    public void MarkLines_LooseLines_AreMarked(string content, string marked) => Mark(content).ShouldBe(marked);

    [Theory]
    [InlineData("/Artifact BMC\n1 2 m 3 4 l S\nEMC")] // marked already
    [InlineData("/P<</MCID 3/ActualText(m l S \\) re f)>>BDC\n1 2 m 3 4 l S\nEMC")] // belongs to a paragraph
    [InlineData("0 0 5 5 re W n")] // a clip paints nothing
    [InlineData("BT (1 2 m 3 4 l S) Tj <0102> Tj ET")] // words that look like lines
    [InlineData("BI /W 1 /H 1 ID x EI 1 2 m 3 4 l S")] // an inline picture: not read, so not touched
    [InlineData("/Im5 Do")] // a picture is no decoration of ours to hide
    public void MarkLines_AllElse_StaysAsItIs(string content) => PdfContent.MarkLines(Encoding.Latin1.GetBytes(content)).ShouldBeNull();

    [Fact]
    public void Mend_WhatIsNoPlainPdf_StaysAsItIs()
    {
        foreach (var text in (string[])["", "%PDF-1.7\n", "%PDF-1.7\nxref\n0 99999999\nstartxref\n9\n%%EOF", "%PDF-1.7\nstartxref\n999999\n%%EOF"])
        {
            ReadOnlyMemory<byte> bytes = Encoding.Latin1.GetBytes(text);
            PdfMending.Mend(bytes, null).Span.SequenceEqual(bytes.Span).ShouldBeTrue();
        }
    }

    private static string? Mark(string content) => PdfContent.MarkLines(Encoding.Latin1.GetBytes(content)) is { } marked ? Encoding.Latin1.GetString(marked) : null;
}
