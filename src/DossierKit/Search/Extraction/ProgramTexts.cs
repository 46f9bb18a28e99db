using System.Text;
using DossierKit.Programs;

namespace DossierKit.Search;

/// <summary>The text of files that programs of others read, each run in a sandbox that holds nothing but the file, in memory, without network, for a time.</summary>
internal sealed class ProgramTexts(ProgramRunner runner, Extraction x)
{
    /// <summary>A page of a scan: dots per inch that are enough for letters of a book.</summary>
    private const string Density = "200";

    private static readonly ProgramLimits Small = new() { Time = TimeSpan.FromSeconds(60), ProcessorTime = TimeSpan.FromSeconds(60), Memory = 2L << 30, Output = 80 << 20 };

    /// <summary>Reads a pdf: its text by page, and where a page has none, the letters of its picture.</summary>
    public async ValueTask PdfAsync(ReadOnlyMemory<byte> pdf)
    {
        var read = await runner.RunAsync(new ProgramCall { Program = ExternalProgram.PdfToText, InputFile = "stuk.pdf", Arguments = ["-enc", "UTF-8", "-eol", "unix", "stuk.pdf", "-"], Limits = Small }, pdf, x.Stop);
        if (!read.IsDone)
        {
            if (read.Refusals[0].Subject == ProgramRefusals.Failed && pdf.Span.IndexOf("/Encrypt"u8) >= 0) x.Gap("Er zit een wachtwoord op de pdf. Sla hem op zonder wachtwoord.");
            else Refused(read.Refusals[0]);
            return;
        }

        var pages = Encoding.UTF8.GetString(read.Value.Span).Split('\f');
        // The program ends every page, so also the last.
        var count = pages.Length > 1 ? pages.Length - 1 : pages.Length;
        var (unread, canScan) = (new List<int>(), true);
        if (x.Depth == 0) x.Sink.IsPaged();
        for (var page = 1; page <= count && !x.Sink.IsFull; page++)
        {
            if (page > 1) x.Page();
            if (pages[page - 1].AsSpan().ContainsAnyExcept(" \t\n\u00a0"))
            {
                x.Sink.Append(pages[page - 1]);
                x.Sink.Line();
                continue;
            }

            canScan = canScan && x.TryScan() && await ScanPageAsync(pdf, page);
            if (!canScan) unread.Add(page);
        }

        if (unread.Count == count && count > 1) x.Gap("De pdf is een scan zonder tekst, en de letters in de plaatjes zijn niet gelezen.");
        else if (unread.Count == 1) x.Gap($"Pagina {unread[0]} is een plaatje waarvan de letters niet zijn gelezen.");
        else if (unread.Count > 1) x.Gap($"{unread.Count} pagina's, de eerste is pagina {unread[0]}, zijn plaatjes waarvan de letters niet zijn gelezen.");
    }

    /// <summary>Reads the letters in a picture.</summary>
    /// <returns>Whether it could be looked at.</returns>
    public async ValueTask<bool> PictureAsync(ReadOnlyMemory<byte> picture)
    {
        // It tells the kinds of pictures apart by their content.
        if (await RunAsync(ExternalProgram.Tesseract, picture, "plaatje", "plaatje", "stdout", "-l", "nld") is not { } text) return false;
        Joined(Encoding.UTF8.GetString(text.Span).Replace('\f', '\n'));
        return true;
    }

    /// <summary>Reads a document of Word 97 to 2003.</summary>
    public async ValueTask WordAsync(ReadOnlyMemory<byte> document)
    {
        var read = await runner.RunAsync(new ProgramCall { Program = ExternalProgram.Antiword, InputFile = "stuk.doc", Arguments = ["-m", "UTF-8.txt", "-w", "0", "stuk.doc"], Limits = Small }, document, x.Stop);
        if (read.IsDone)
        {
            x.Sink.Append(Encoding.UTF8.GetString(read.Value.Span));
            x.Sink.Line();
        }
        else if (!await OfficeAsync(document, "doc", "MS Word 97", isQuiet: true))
        {
            // It cannot read what other programs than Word made small; LibreOffice can, where it is there.
            Refused(read.Refusals[0]);
        }
    }

    /// <summary>Lets LibreOffice make a pdf of a document, and reads that: so its pages are known.</summary>
    /// <param name="document">The file.</param>
    /// <param name="extension">Its kind.</param>
    /// <param name="filter">Under what name LibreOffice reads it; it must not guess.</param>
    /// <param name="isQuiet">Says nothing when it cannot.</param>
    /// <returns>Whether there is a pdf.</returns>
    public async ValueTask<bool> OfficeAsync(ReadOnlyMemory<byte> document, string extension, string filter, bool isQuiet)
    {
        var call = new ProgramCall
        {
            Program = ExternalProgram.LibreOffice,
            InputFile = $"stuk.{extension}",
            OutputFile = "stuk.pdf",
            Arguments =
            [
                "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", $"-env:UserInstallation=file://{ProgramCall.Folder}/profiel",
                $"--infilter={filter}", "--convert-to", "pdf", "--outdir", ProgramCall.Folder, $"{ProgramCall.Folder}/stuk.{extension}",
            ],
        };
        var made = await runner.RunAsync(call, document, x.Stop);
        if (made.IsDone)
        {
            await PdfAsync(made.Value);
            return true;
        }

        if (!isQuiet) Refused(made.Refusals[0]);
        return false;
    }

    private async ValueTask<bool> ScanPageAsync(ReadOnlyMemory<byte> pdf, int page)
    {
        var number = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return await RunAsync(ExternalProgram.PdfToPicture, pdf, "stuk.pdf", "-f", number, "-l", number, "-r", Density, "-gray", "-png", "stuk.pdf") is { } picture
            && await PictureAsync(picture);
    }

    /// <summary>A word that was broken at the end of a line is one word.</summary>
    private void Joined(ReadOnlySpan<char> text)
    {
        while (text.IndexOf("-\n") is >= 0 and var at)
        {
            var isBroken = at > 0 && char.IsLower(text[at - 1]) && at + 2 < text.Length && char.IsLower(text[at + 2]);
            x.Sink.Append(text[..(isBroken ? at : at + 2)]);
            text = text[(at + 2)..];
        }

        x.Sink.Append(text);
        x.Sink.Line();
    }

    private async ValueTask<ReadOnlyMemory<byte>?> RunAsync(ExternalProgram program, ReadOnlyMemory<byte> input, string inputFile, params string[] arguments)
    {
        var outcome = await runner.RunAsync(new ProgramCall { Program = program, InputFile = inputFile, Arguments = arguments, Limits = Small }, input, x.Stop);
        if (outcome.IsDone) return outcome.Value;
        Refused(outcome.Refusals[0]);
        return null;
    }

    private void Refused(Refusal refusal)
        => x.Gap(ProgramRefusals.IsAboutMachine(refusal) ? $"{refusal.What} {refusal.WhatNow}" : refusal.What);
}
