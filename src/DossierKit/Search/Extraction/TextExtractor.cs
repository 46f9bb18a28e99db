using DossierKit.Programs;

namespace DossierKit.Search;

/// <summary>
/// Reads the text of files of strangers, so that it can be searched. A file that hangs, explodes or is malformed costs no more than the limits and harms nothing else:
/// own readers are linear and hold no more than one tag or line, programs of others run in a sandbox. Safe for use by several threads.
/// </summary>
/// <param name="runner">Runs programs of others.</param>
/// <param name="limits">What one file may cost.</param>
internal sealed class TextExtractor(ProgramRunner runner, ExtractionLimits limits)
{
    private const int Head = 64 << 10;

    /// <summary>Reads the text of a file.</summary>
    /// <param name="content">The file, from where the stream stands; read to the end only when there may be text in it.</param>
    /// <param name="fileName">Its name, of which only the extension is used, where the content can be two things.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What could be read, and what not and why. Nothing in the file makes this fail.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public async ValueTask<ExtractedText> ExtractAsync(Stream content, string fileName, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(fileName);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(limits.Time);
        var x = new Extraction(limits, stop.Token);
        try
        {
            var (bytes, isWhole) = await LoadAsync(content, fileName, stop.Token);
            if (isWhole) await ReadAsync(bytes, fileName, x);
            else await ReadBeginningAsync(bytes, fileName, x);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            while (x.Depth > 0) x.Leave();
            x.Gap("Het lezen van dit bestand duurde te lang en is gestopt.");
        }

        return Result(x);
    }

    private static ExtractedText Result(Extraction x)
    {
        x.Sink.Flush();
        if (x.Sink.IsFull) x.Gap($"Er is meer tekst dan {x.Limits.Text:#,##0} tekens. De rest is niet gelezen.".Replace(',', '.'));
        if (!x.Sink.HasWords && x.Gaps.Count == 0) x.Gap("Er staat geen tekst in dit bestand.");
        return new ExtractedText { Text = x.Sink.Text.ToString(), PageStarts = [.. x.Sink.Pages], Gaps = [.. x.Gaps], IsSearchable = x.Sink.HasWords };
    }

    /// <summary>Loads a file into memory; of one in which there can be no text the beginning.</summary>
    private async ValueTask<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> LoadAsync(Stream content, string name, CancellationToken ct)
    {
        var buffer = new byte[Head];
        var length = await content.ReadAtLeastAsync(buffer, Head, throwOnEndOfStream: false, ct);
        if (length < Head) return (buffer.AsMemory(0, length), true);
        if (FileRecognition.Of(buffer, name) is FileFormat.Recording or FileFormat.OtherPacked or FileFormat.Program or FileFormat.Unknown) return (buffer, true);
        while (length < limits.Input)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(limits.Input, buffer.Length * 2L));
            var count = await content.ReadAsync(buffer.AsMemory(length), ct);
            if (count == 0) return (buffer.AsMemory(0, length), true);
            length += count;
        }

        return (buffer.AsMemory(0, length), await content.ReadAsync(new byte[1], ct) == 0);
    }

    /// <summary>Of text the beginning is worth reading; of anything else half a file is nothing.</summary>
    private async ValueTask ReadBeginningAsync(ReadOnlyMemory<byte> bytes, string name, Extraction x)
    {
        var limit = $"Het bestand is groter dan {limits.Input >> 20} MiB.";
        if (FileRecognition.Of(bytes.Span[..Math.Min(bytes.Length, Head)], name) is FileFormat.Text or FileFormat.Html or FileFormat.Mail)
        {
            // Not inside a character: the whole would seem to be written in something else.
            var line = bytes.Span[^Math.Min(bytes.Length, 1 << 20)..].LastIndexOf((byte)'\n');
            await ReadAsync(line < 0 ? bytes : bytes[..(bytes.Length - Math.Min(bytes.Length, 1 << 20) + line + 1)], name, x);
            x.Gap($"{limit} Alleen het begin is gelezen.");
        }
        else
        {
            x.Gap($"{limit} Het is niet gelezen.");
        }
    }

    private async ValueTask ReadAsync(ReadOnlyMemory<byte> bytes, string name, Extraction x)
    {
        IReadOnlyList<EmbeddedFile> files = [];
        try
        {
            files = await ReadOneAsync(bytes, name, x);
        }
        catch (UnreadableException e)
        {
            x.Gap(e.Message);
        }

        foreach (var file in files)
        {
            if (x.Sink.IsFull) return;
            x.Sink.Line();
            if (x.Depth >= limits.Depth)
            {
                x.Gap("Bestanden zijn te diep in elkaar verpakt. Het binnenste is niet gelezen.");
                return;
            }

            // Its name is written by people and can be looked for.
            x.Sink.Append(file.Name);
            x.Sink.Line();
            x.Enter(file.Place);
            try
            {
                x.CountEntry();
                await ReadAsync(file.Open(), file.Name, x);
            }
            catch (UnreadableException e)
            {
                x.Gap(e.Message);
            }

            x.Leave();
        }
    }

    private async ValueTask<IReadOnlyList<EmbeddedFile>> ReadOneAsync(ReadOnlyMemory<byte> bytes, string name, Extraction x)
    {
        var sink = x.Sink;
        switch (FileRecognition.Of(bytes.Span[..Math.Min(bytes.Length, Head)], name))
        {
            case FileFormat.Text:
                PlainText.Read(bytes, Charsets.Guess(bytes.Span), sink, x.Page);
                break;
            case FileFormat.Html:
                HtmlText.Read(bytes, null, sink, x);
                break;
            case FileFormat.Mail:
                return MailText.Read(bytes, x);
            case FileFormat.Packed:
                return await ReadPackedAsync(bytes, x);
            case FileFormat.Pdf:
                await new ProgramTexts(runner, x).PdfAsync(bytes);
                break;
            case FileFormat.Picture:
                if (!x.TryScan()) x.Gap($"Er zijn meer dan {limits.Scans} plaatjes. De rest is niet gelezen.");
                else await new ProgramTexts(runner, x).PictureAsync(bytes);
                break;
            case FileFormat.Rtf:
                await new ProgramTexts(runner, x).OfficeAsync(bytes, "rtf", "Rich Text Format", isQuiet: false);
                break;
            case FileFormat.Compound:
                await ReadCompoundAsync(bytes, x);
                break;
            case FileFormat.Empty:
                x.Gap("Het bestand is leeg.");
                break;
            case FileFormat.Recording:
                x.Gap("Dit is geluid of film. Wat daarin gezegd wordt, is niet doorzoekbaar.");
                break;
            case FileFormat.OtherPacked:
                x.Gap("Dit is een ingepakt bestand van een soort die niet wordt gelezen. Pak het uit en voeg de bestanden zelf toe, of gebruik zip.");
                break;
            default:
                x.Gap("Dit soort bestand wordt niet gelezen. Voeg de tekst toe als Word, pdf of platte tekst.");
                break;
        }

        return [];
    }

    private async ValueTask<IReadOnlyList<EmbeddedFile>> ReadPackedAsync(ReadOnlyMemory<byte> bytes, Extraction x)
    {
        var file = PackedFile.Open(bytes, x);
        if (OdfText.KindOf(file, x) is { } kind)
        {
            var hasPages = kind is "text" or "text-template" && await new ProgramTexts(runner, x).OfficeAsync(bytes, "odt", "writer8", isQuiet: true);
            OdfText.Read(file, extrasOnly: hasPages, x);
            return [];
        }

        var office = new OfficePackage(file, x);
        var from = x.Sink.Length;
        switch (office.Root())
        {
            case "document":
                DocxText.Read(office, x);
                break;
            case "workbook":
                XlsxText.Read(office, x);
                break;
            case "presentation":
                PptxText.Read(office, x);
                break;
            case var _ when office.Main is not null:
                x.Gap("Dit soort Office-bestand wordt niet gelezen. Sla het op als .docx, .xlsx of .pptx.");
                return [];
            default:
                return [.. file.Parts.Where(part => !part.Name.EndsWith('/')).Select((part, index) => new EmbeddedFile($"bestand {index + 1} in de zip", part.Name, () => file.ReadPart(part, x)))];
        }

        // What was put into it as a whole; without text of its own (who made it is none), the pictures too: somebody pasted scans.
        var hasText = HasWords(x.Sink.Text[Math.Min(from, x.Sink.Length)..]);
        office.ReadProperties();
        return
        [
            .. file.Parts
                .Where(part => part.Name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) || part.Name.Contains("/afchunk", StringComparison.OrdinalIgnoreCase) || (!hasText && part.Name.Contains("/media/", StringComparison.OrdinalIgnoreCase)))
                .Select((part, index) => new EmbeddedFile($"ingevoegd bestand {index + 1}", "", () => file.ReadPart(part, x))),
        ];
    }

    private static bool HasWords(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) return true;
        }

        return false;
    }

    private async ValueTask ReadCompoundAsync(ReadOnlyMemory<byte> bytes, Extraction x)
    {
        var all = bytes.Span;
        // The names of its streams stand in it in UTF-16.
        if (Has(all, "EncryptedPackage")) x.Gap("Er zit een wachtwoord op. Sla het op zonder wachtwoord.");
        else if (Has(all, "WordDocument")) await new ProgramTexts(runner, x).WordAsync(bytes);
        else if (Has(all, "__substg1.0_")) x.Gap("Dit is een Outlook-bericht (.msg). Sla het in Outlook op als .eml of pdf.");
        else if (Has(all, "Workbook") || Has(all, "Book")) x.Gap("Dit is een werkblad van een oud Excel (.xls). Sla het op als .xlsx.");
        else if (Has(all, "PowerPoint Document")) x.Gap("Dit is een presentatie van een oud PowerPoint (.ppt). Sla hem op als .pptx.");
        else x.Gap("Dit soort bestand wordt niet gelezen. Voeg de tekst toe als Word, pdf of platte tekst.");

        static bool Has(ReadOnlySpan<byte> all, string name) => all.IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(name.AsSpan())) >= 0;
    }
}
