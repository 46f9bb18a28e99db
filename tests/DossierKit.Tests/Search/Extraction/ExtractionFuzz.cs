using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using DossierKit.Programs;
using DossierKit.Search;

namespace DossierKit.Tests.Search.Extraction;

/// <summary>What came of many mutated files.</summary>
internal sealed record FuzzReport
{
    public int Inputs { get; set; }

    /// <summary>Of which something was read.</summary>
    public int Read { get; set; }

    /// <summary>Of which something could not be read, and that was told.</summary>
    public int WithGaps { get; set; }

    public TimeSpan Longest { get; set; }

    public long MostAllocated { get; set; }

    /// <summary>What went wrong, with seed and number: the input can be made again.</summary>
    public List<string> Failures { get; } = [];
}

/// <summary>
/// Changes valid files in ways that reach deep into their readers (bytes, pieces of markup, whole repetitions, parts of a zip with a right check sum) and looks whether one of them
/// makes a reader fail, hang, or take memory or give text without end.
/// </summary>
internal static class ExtractionFuzz
{
    private static readonly string[] Pieces =
    [
        "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE a [", "<?", "?>", "&", "&#", "&#x110000;", "&amp;", "\"", "'", "=", ";", ":", "\0", "\r\n", "\r\n\r\n", "--", "--=_buiten", "--binnen--", "=?utf-8?B?", "?=", "=?", "*0*=", "%", "=", "\\",
        "<w:p>", "</w:p>", "<w:t>", "<w:del>", "<mc:Fallback>", "<mc:AlternateContent>", "<w:lastRenderedPageBreak/>", "<c t=\"s\">", "<v>", "</v>", "<row>", "<si>", "<script>", "<style>", "<pre>", "<td>", "\u00ad", "\ud83d\ude00", "\ufeff", "99999999999999999999", "-1", "1e308",
        "Content-Type: multipart/alternative; boundary=binnen\r\n\r\n", "Content-Type: message/rfc822\r\n\r\n", "Content-Transfer-Encoding: base64\r\n", "charset=utf-16", "boundary=", "From ", "r:id=\"rId1\"", "Target=\"../../..\"", "PK\u0003\u0004", "PK\u0005\u0006",
    ];

    /// <summary>Reads by own readers alone; beyond two seconds an input counts as hanging.</summary>
    public static (TextExtractor Extractor, TimeSpan MostTime, long MostMemory) OwnReaders(ProgramRunner nothing) => (new TextExtractor(nothing, ExtractionLimits.Default), TimeSpan.FromSeconds(2), 128L << 20);

    /// <summary>Runs.</summary>
    /// <param name="times">How many inputs.</param>
    /// <param name="seed">Makes the same inputs again.</param>
    /// <param name="reader">What reads, and what it may cost.</param>
    /// <param name="samples">What is mutated.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<FuzzReport> RunAsync(int times, int seed, (TextExtractor Extractor, TimeSpan MostTime, long MostMemory) reader, IReadOnlyList<(string Name, byte[] Bytes)> samples, CancellationToken ct)
    {
        var report = new FuzzReport();
        var unpacked = samples.Select(sample => Unpack(sample.Bytes)).ToList();
        for (var i = 0; i < times && report.Failures.Count < 20; i++)
        {
            if (ct.IsCancellationRequested) return report;
            var random = new Random(HashCode(seed, i));
            var at = i % samples.Count;
            var bytes = Mutated(samples, unpacked, at, random);
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            try
            {
                var text = await reader.Extractor.ExtractAsync(new MemoryStream(bytes), samples[at].Name, CancellationToken.None);
                Judge(text, $"seed {seed} input {i} ({samples[at].Name})", report);
            }
            catch (Exception e)
            {
                report.Failures.Add($"seed {seed} input {i} ({samples[at].Name}): {e.GetType().Name} {e.StackTrace?.Split('\n')[0].Trim()}");
            }

            report.Inputs++;
            var (time, memory) = (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
            if (time > report.Longest) report.Longest = time;
            report.MostAllocated = Math.Max(report.MostAllocated, memory);
            if (time > reader.MostTime) report.Failures.Add($"seed {seed} input {i} ({samples[at].Name}): {time.TotalSeconds:0.0} s");
            if (memory > reader.MostMemory) report.Failures.Add($"seed {seed} input {i} ({samples[at].Name}): {memory >> 20} MiB");
        }

        return report;
    }

    // The framework's own mixes in something of the process: the same seed must give the same inputs tomorrow.
    private static int HashCode(int seed, int number) => unchecked((seed * 486187739) ^ (number * 16777619));

    private static void Judge(ExtractedText read, string which, FuzzReport report)
    {
        if (read.IsSearchable) report.Read++;
        if (read.Gaps.Count > 0) report.WithGaps++;
        var text = read.Text;
        if (text.Length > ExtractionLimits.Default.Text) report.Failures.Add($"{which}: {text.Length} characters");
        if (!read.IsSearchable && read.Gaps.Count == 0) report.Failures.Add($"{which}: nothing read and no reason given");
        for (var i = 0; i < read.PageStarts.Count; i++)
        {
            if (i == 0 ? read.PageStarts[0] != 0 : read.PageStarts[i] <= read.PageStarts[i - 1] || text[read.PageStarts[i] - 1] != '\f') report.Failures.Add($"{which}: page {i + 1} begins at {read.PageStarts[i]}");
        }

        if (text.AsSpan().Count('\f') != Math.Max(0, read.PageStarts.Count - 1)) report.Failures.Add($"{which}: a page break that begins no page");
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i]) || (char.IsControl(text[i]) && text[i] is not ('\n' or '\t' or '\f')))
            {
                report.Failures.Add($"{which}: character U+{(int)text[i]:X4} at {i}");
                return;
            }
        }
    }

    private static byte[] Mutated(IReadOnlyList<(string Name, byte[] Bytes)> samples, List<List<(string Name, byte[] Content)>?> unpacked, int at, Random random)
    {
        // Three in four changes of a zip are made inside it: changes of its own bytes seldom leave the XML readable.
        if (unpacked[at] is { } parts && random.Next(4) > 0)
        {
            var changed = parts.ToList();
            for (var i = random.Next(1, 3); i > 0; i--)
            {
                var which = random.Next(changed.Count);
                switch (random.Next(12))
                {
                    case 0:
                        changed.RemoveAt(which);
                        break;
                    case 1:
                        changed.Add((changed[random.Next(changed.Count)].Name, changed[which].Content));
                        break;
                    case 2:
                        changed[which] = (Encoding.Latin1.GetString(Change(Encoding.Latin1.GetBytes(changed[which].Name), random, samples)), changed[which].Content);
                        break;
                    default:
                        changed[which] = (changed[which].Name, Changes(changed[which].Content, random, samples));
                        break;
                }

                if (changed.Count == 0) break;
            }

            return Pack(changed, random.Next(8) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        }

        // Of formats full of offsets little is left once a byte is put in between: half of them keep their length.
        if (samples[at].Name is not ("a.doc" or "a.png" or "a.jpg" or "a.tif") || random.Next(2) == 0) return Changes(samples[at].Bytes, random, samples);
        byte[] bytes = [.. samples[at].Bytes];
        for (var i = random.Next(1, 12); i > 0; i--) bytes[random.Next(bytes.Length)] = random.Next(3) switch { 0 => 0, 1 => 0xff, _ => (byte)random.Next(256) };
        return bytes;
    }

    private static byte[] Changes(byte[] bytes, Random random, IReadOnlyList<(string Name, byte[] Bytes)> samples)
    {
        for (var i = random.Next(1, 6); i > 0; i--) bytes = Change(bytes, random, samples);
        return bytes;
    }

    private static byte[] Change(byte[] bytes, Random random, IReadOnlyList<(string Name, byte[] Bytes)> samples)
    {
        var (at, end) = (random.Next(bytes.Length + 1), 0);
        end = Math.Min(bytes.Length, at + random.Next(1, random.Next(2) == 0 ? 8 : 400));
        switch (random.Next(10))
        {
            case 0 when at < bytes.Length:
                return With(at, at + 1, [(byte)(bytes[at] ^ (1 << random.Next(8)))]);
            case 1 when at < bytes.Length:
                return With(at, at + 1, [(byte)random.Next(256)]);
            case 2:
                return bytes[..at];
            case 3:
                return With(at, end, []);
            case 4:
                return With(at, at, bytes[at..end]);
            case 5:
                var other = samples[random.Next(samples.Count)].Bytes;
                var from = random.Next(other.Length);
                return With(at, random.Next(2) == 0 ? at : end, other[from..Math.Min(other.Length, from + random.Next(1, 500))]);
            case 6:
                // A length or a number in a header of a zip.
                return With(at, Math.Min(bytes.Length, at + 4), BitConverter.GetBytes(random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => random.Next(70_000) }));
            case 7:
                // One thing many times.
                byte[] one = random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]) : bytes[at..Math.Min(end, at + 60)];
                return With(at, at, [.. Enumerable.Repeat(one, random.Next(1, 1 << random.Next(1, 11))).SelectMany(piece => piece)]);
            default:
                return With(at, random.Next(2) == 0 ? at : Math.Min(end, at + 8), Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
        }

        byte[] With(int start, int stop, byte[] instead) => [.. bytes.AsSpan(0, start), .. instead, .. bytes.AsSpan(stop)];
    }

    private static List<(string Name, byte[] Content)>? Unpack(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("PK"u8)) return null;
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return [.. zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    private static byte[] Pack(List<(string Name, byte[] Content)> parts, CompressionLevel level)
        => ExtractionSamples.Zip(parts.Select(part => (part.Name.Length is 0 or > 60_000 ? "x" : part.Name, part.Content)), level);
}
