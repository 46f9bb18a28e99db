using System.CommandLine;

using DossierKit.Documents;
using DossierKit.Programs;

namespace DossierKit.Host.Cli;

/// <summary>The PDF that was asked for beside a document; where it could not be made the document is the result, and the reader is told why and what to do.</summary>
internal sealed class PdfOutput
{
    private readonly IReadOnlyList<Refusal> _refusals;

    private PdfOutput(string? path, ReadOnlyMemory<byte>? bytes, IReadOnlyList<Refusal> refusals) => (Path, Bytes, _refusals) = (path, bytes, refusals);

    /// <summary>Where it was written; <see langword="null"/> when it was not made.</summary>
    public string? Path { get; }

    /// <summary>The PDF; <see langword="null"/> when it was not made.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; }

    public static Option<bool> Option(string description) => new("--pdf") { Description = description };

    /// <summary>Makes a PDF and writes it beside the document, under its name.</summary>
    public static async ValueTask<PdfOutput> BesideAsync(ReadOnlyMemory<byte> docx, string document, CancellationToken ct)
    {
        var made = await PdfConversion.ConvertAsync(docx, ct);
        if (!made.IsDone) return new PdfOutput(null, null, made.Refusals);
        var path = System.IO.Path.ChangeExtension(document, ".pdf");
        await OutputFile.WriteAsync(path, made.Value, ct);
        return new PdfOutput(path, made.Value, []);
    }

    /// <summary>Writes a document as PDF, which is all that was asked for.</summary>
    /// <exception cref="EnvironmentFailureException">This machine cannot make a PDF.</exception>
    /// <exception cref="RefusedException">This document cannot be made into one.</exception>
    public static async ValueTask WriteAsync(Stream docx, string path, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await docx.CopyToAsync(bytes, ct);
        var made = await PdfConversion.ConvertAsync(bytes.ToArray(), ct);
        if (!made.IsDone && made.Refusals.All(ProgramRefusals.IsAboutMachine)) throw new EnvironmentFailureException($"{made.Refusals[0]} Zonder --pdf krijgt u het Word-document.");
        await OutputFile.WriteAsync(path, made.OrRefuse(), ct);
    }

    /// <summary>Says what was made, or why not and how to get it.</summary>
    public void Tell(Terminal terminal, string later)
    {
        if (Path is { } path) terminal.Line($"Gemaakt: {path} (PDF/A-2b en PDF/UA).");
        foreach (var refusal in _refusals) terminal.Note($"Geen pdf: {refusal} {later}".TrimEnd());
    }
}
