using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DossierKit.Documents;

/// <summary>
/// A PDF as LibreOffice writes it, taken apart into its numbered objects so that some can be changed, and put together again with a new table and identity.
/// Text is one character a byte (Latin 1), so that nothing changes by reading it.
/// </summary>
internal sealed partial class PdfObjects
{
    // A page of a letter is some tens of kilobytes.
    private const long MostContent = 64L << 20;

    private readonly string _head;
    private readonly string _trailer;
    private readonly List<int> _order;
    private readonly Dictionary<int, string> _bodies;

    private PdfObjects(string head, string trailer, List<int> order, Dictionary<int, string> bodies) => (_head, _trailer, _order, _bodies) = (head, trailer, order, bodies);

    /// <summary>The numbers of all objects, as they stand in the file.</summary>
    public IReadOnlyList<int> Numbers => _order;

    /// <summary>Takes a file apart; <see langword="null"/> when it is not built with one plain table of objects, as LibreOffice 7 does for PDF/A.</summary>
    public static PdfObjects? Read(ReadOnlySpan<byte> pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var start = StartPattern().Match(text, Math.Max(0, text.Length - 64));
        if (!start.Success || !int.TryParse(start.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var table) || table >= text.Length) return null;
        var header = TablePattern().Match(text, table);
        if (!header.Success || header.Index != table) return null;
        if (!int.TryParse(header.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        var at = header.Index + header.Length;
        if (at + ((long)count * 20) > text.Length) return null;
        var offsets = new List<(int Offset, int Number)>();
        for (var number = 0; number < count; number++, at += 20)
        {
            if (text[at + 17] != 'n') continue;
            if (!int.TryParse(text.AsSpan(at, 10), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return null;
            offsets.Add((offset, number));
        }

        offsets.Sort();
        var bodies = new Dictionary<int, string>();
        for (var i = 0; i < offsets.Count; i++)
        {
            var (offset, number) = offsets[i];
            var end = i + 1 < offsets.Count ? offsets[i + 1].Offset : table;
            var opening = string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj");
            if (offset >= end || string.CompareOrdinal(text, offset, opening, 0, opening.Length) != 0) return null;
            bodies[number] = text[offset..end];
        }

        return offsets.Count == 0 ? null : new PdfObjects(text[..offsets[0].Offset], text[at..start.Index], [.. offsets.Select(entry => entry.Number)], bodies);
    }

    /// <summary>An object's text, with its stream as it is stored.</summary>
    public string this[int number] => _bodies[number];

    /// <summary>The number behind a name, such as <c>/Info</c>, in an object or (without one) the trailer.</summary>
    public int? Reference(string name, int? within = null)
        => Regex.Match(within is { } number ? Dictionary(number) : _trailer, Regex.Escape(name) + @"\s*\[?\s*(\d+) 0 R", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } found
            && int.TryParse(found.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && _bodies.ContainsKey(to) ? to : null;

    /// <summary>The numbers in a list behind a name, such as <c>/Annots</c>; none when there is no such list.</summary>
    public IReadOnlyList<int> References(string name, int within)
        => Regex.Match(Dictionary(within), Regex.Escape(name) + @"\s*\[((?:\s*\d+ 0 R)*)\s*\]", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } list
            ? [.. list.Groups[1].Value.Split(" 0 R", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Where(_bodies.ContainsKey)]
            : [];

    /// <summary>An object's text up to its stream, if it has one.</summary>
    public string Dictionary(int number)
    {
        var body = _bodies[number];
        var stream = body.IndexOf("stream\n", StringComparison.Ordinal);
        return stream < 0 ? body : body[..stream];
    }

    /// <summary>Replaces an object without a stream.</summary>
    public void Replace(int number, string body) => _bodies[number] = body;

    /// <summary>A stream's content, unpacked; <see langword="null"/> when the object has none, or it is packed in another way than by deflate.</summary>
    public byte[]? Content(int number)
    {
        if (StreamOf(number) is not { } stream) return null;
        var bytes = Encoding.Latin1.GetBytes(_bodies[number].Substring(stream.Start, stream.Length));
        var dictionary = Dictionary(number);
        if (!dictionary.Contains("/Filter", StringComparison.Ordinal)) return bytes;
        if (!dictionary.Contains("/Filter/FlateDecode", StringComparison.Ordinal)) return null;
        using var inflate = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (inflate.Read(buffer) is var count and > 0)
        {
            if (plain.Length + count > MostContent) return null;
            plain.Write(buffer, 0, count);
        }

        return plain.ToArray();
    }

    /// <summary>Replaces a stream's content, packed as it was, with its length.</summary>
    public void SetContent(int number, byte[] content)
    {
        var (start, length) = StreamOf(number)!.Value;
        var dictionary = Dictionary(number);
        if (dictionary.Contains("/Filter", StringComparison.Ordinal))
        {
            using var packed = new MemoryStream();
            using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
            content = packed.ToArray();
        }

        var after = _bodies[number][(start + length)..];
        if (Reference("/Length", number) is { } elsewhere)
        {
            _bodies[elsewhere] = string.Create(CultureInfo.InvariantCulture, $"{elsewhere} 0 obj\n{content.Length}\nendobj\n\n");
        }
        else
        {
            dictionary = LengthPattern().Replace(dictionary, string.Create(CultureInfo.InvariantCulture, $"/Length {content.Length}"));
        }

        _bodies[number] = $"{dictionary}stream\n{Encoding.Latin1.GetString(content)}{after}";
    }

    /// <summary>The file, with an identity that is a digest of what stands in it: the same content is the same file.</summary>
    public byte[] Write()
    {
        var text = new StringBuilder(_head);
        var offsets = new Dictionary<int, int>();
        foreach (var number in _order)
        {
            offsets[number] = text.Length;
            text.Append(_bodies[number]);
        }

        var table = text.Length;
        var count = _order.Max() + 1;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {count}\n0000000000 65535 f \n");
        for (var number = 1; number < count; number++)
        {
            if (offsets.TryGetValue(number, out var offset)) text.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
            else text.Append("0000000000 00000 f \n");
        }

        var digest = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(text.ToString())).AsSpan(0, 16));
        // The checksum is LibreOffice's own and of the file as it was.
        var trailer = ChecksumPattern().Replace(IdentityPattern().Replace(_trailer, $"/ID [ <{digest}>\n<{digest}> ]"), "");
        text.Append(trailer).Append(CultureInfo.InvariantCulture, $"startxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private (int Start, int Length)? StreamOf(int number)
    {
        var body = _bodies[number];
        var start = body.IndexOf("stream\n", StringComparison.Ordinal);
        if (start < 0) return null;
        start += "stream\n".Length;
        var text = Reference("/Length", number) is { } elsewhere ? NumberPattern().Match(_bodies[elsewhere]).Groups["number"].ValueSpan : LengthPattern().Match(Dictionary(number)).Groups["number"].ValueSpan;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && start + length <= body.Length ? (start, length) : null;
    }

    [GeneratedRegex(@"startxref\s+(?<number>\d+)\s+%%EOF", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex StartPattern();

    [GeneratedRegex(@"\Gxref\s+0 (?<number>\d+)\s*\n", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"/Length (?<number>\d+)(?! 0 R)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LengthPattern();

    [GeneratedRegex(@"obj\s+(?<number>\d+)\s+endobj", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdentityPattern();

    [GeneratedRegex(@"/DocChecksum\s*/[0-9A-Fa-f]+\s*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChecksumPattern();
}
