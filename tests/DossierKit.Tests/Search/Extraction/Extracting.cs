using System.Text;
using DossierKit.Programs;
using DossierKit.Search;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>Reads files of tests.</summary>
internal static class Extracting
{
    /// <summary>A machine on which nothing is installed.</summary>
    public static readonly ProgramRunner Nothing = new(new ProgramFolders([]), 1);

    public static Task<ExtractedText> ReadAsync(byte[] bytes, string name = "bestand", ExtractionLimits? limits = null) => ReadAsync(new MemoryStream(bytes), name, limits);

    public static async Task<ExtractedText> ReadAsync(Stream stream, string name = "bestand", ExtractionLimits? limits = null, ProgramRunner? runner = null)
        => await new TextExtractor(runner ?? Nothing, limits ?? ExtractionLimits.Default).ExtractAsync(stream, name, TestContext.Current.CancellationToken);

    /// <summary>All text of a file that is read without a gap.</summary>
    public static async Task<string> TextAsync(byte[] bytes, string name = "bestand")
    {
        var read = await ReadAsync(bytes, name);
        read.Gaps.ShouldBeEmpty();
        read.IsSearchable.ShouldBeTrue();
        return read.Text;
    }

    public static Task<string> TextAsync(string text, string name = "bestand") => TextAsync(Encoding.UTF8.GetBytes(text), name);
}
