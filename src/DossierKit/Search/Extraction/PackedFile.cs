using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DossierKit.Search;

/// <summary>One file in a zip, by what the directory at the end says of it.</summary>
/// <param name="Name">Its name, with <c>/</c> between folders.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="IsEncrypted">Whether a password is needed.</param>
/// <param name="Packed">Its packed size.</param>
/// <param name="Offset">Where its own header stands.</param>
internal sealed record PackedPart(string Name, int Method, bool IsEncrypted, long Packed, long Offset);

/// <summary>
/// A zip in memory. The framework's own reader believes the directory and makes an object of every line in it before anything can be counted; this one counts first,
/// and what it unpacks is counted while it comes, whatever size is claimed.
/// </summary>
internal sealed class PackedFile
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<string, PackedPart> _byName = new(StringComparer.OrdinalIgnoreCase);

    private PackedFile(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>In the order of the directory.</summary>
    public List<PackedPart> Parts { get; } = [];

    /// <summary>Reads the directory.</summary>
    /// <exception cref="UnreadableException">There is none, it is damaged, or it is too long.</exception>
    public static PackedFile Open(ReadOnlyMemory<byte> bytes, Extraction x)
    {
        var file = new PackedFile(bytes);
        var all = bytes.Span;
        var end = all[^Math.Min(all.Length, 22 + 0xffff)..].LastIndexOf("PK\x05\x06"u8);
        if (end < 0) throw Damaged();
        end += all.Length - Math.Min(all.Length, 22 + 0xffff);
        if (all.Length - end < 22) throw Damaged();
        long at = BinaryPrimitives.ReadUInt32LittleEndian(all[(end + 16)..]);
        if (at == uint.MaxValue)
        {
            // Zip64: a locator of twenty bytes before it points at a longer record.
            if (end < 20 || !all[(end - 20)..].StartsWith("PK\x06\x07"u8)) throw Damaged();
            var record = BinaryPrimitives.ReadInt64LittleEndian(all[(end - 12)..]);
            if (record < 0 || record > all.Length - 56 || !all[(int)record..].StartsWith("PK\x06\x06"u8)) throw Damaged();
            at = BinaryPrimitives.ReadInt64LittleEndian(all[((int)record + 48)..]);
        }

        // A directory that is not where it should be: the file was cut or put together. What the lines point at would be wrong as well.
        if (at < 0 || at > end) throw Damaged();
        while (at <= all.Length - 46 && all[(int)at..].StartsWith("PK\x01\x02"u8))
        {
            x.CountEntry();
            x.Step();
            at = file.ReadLine((int)at);
        }

        return file.Parts.Count > 0 ? file : throw Damaged();
    }

    public PackedPart? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Opens a part for reading, counted.</summary>
    /// <exception cref="UnreadableException">It is damaged, needs a password or is packed in an unknown way.</exception>
    public Stream OpenPart(PackedPart part, Extraction x)
    {
        if (part.IsEncrypted) throw new UnreadableException("Er zit een wachtwoord op. Sla het op zonder wachtwoord.");
        var all = _bytes.Span;
        if (part.Offset < 0 || part.Offset > all.Length - 30 || !all[(int)part.Offset..].StartsWith("PK\x03\x04"u8)) throw Damaged();
        var header = all[(int)part.Offset..];
        var start = part.Offset + 30 + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (part.Packed < 0 || start > all.Length || part.Packed > all.Length - start) throw Damaged();
        var packed = new MemoryView(_bytes.Slice((int)start, (int)part.Packed));
        Stream content = part.Method switch
        {
            0 => packed,
            8 => new DeflateStream(packed, CompressionMode.Decompress),
            _ => throw new UnreadableException("Het is op een ongebruikelijke manier ingepakt."),
        };
        return new CountedStream(content, part.Packed, x);
    }

    /// <summary>Unpacks a part.</summary>
    public ReadOnlyMemory<byte> ReadPart(PackedPart part, Extraction x)
    {
        using var stream = OpenPart(part, x);
        using var whole = new MemoryStream();
        stream.CopyTo(whole, 16 << 10);
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    public static UnreadableException Damaged() => new("Het bestand is beschadigd of niet heel.");

    private int ReadLine(int at)
    {
        var line = _bytes.Span[at..];
        int name = BinaryPrimitives.ReadUInt16LittleEndian(line[28..]), extra = BinaryPrimitives.ReadUInt16LittleEndian(line[30..]), comment = BinaryPrimitives.ReadUInt16LittleEndian(line[32..]);
        if (line.Length < 46 + name + extra) throw Damaged();
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(line[8..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(line[20..]), whole = BinaryPrimitives.ReadUInt32LittleEndian(line[24..]), offset = BinaryPrimitives.ReadUInt32LittleEndian(line[42..]);
        if (packed == uint.MaxValue || offset == uint.MaxValue) (packed, offset) = Long(line.Slice(46 + name, extra), packed, whole, offset);
        // In an Office file names stand as in an address; some programs write backslashes.
        var text = Encoding.UTF8.GetString(line.Slice(46, name)).Replace('\\', '/').TrimStart('/');
        if (text.Contains('%', StringComparison.Ordinal)) text = Uri.UnescapeDataString(text);
        var part = new PackedPart(text, BinaryPrimitives.ReadUInt16LittleEndian(line[10..]), (flags & 1) != 0, packed, offset);
        Parts.Add(part);
        _byName.TryAdd(text, part);
        return at + 46 + name + extra + comment;
    }

    /// <summary>The 64-bit values that do not fit the line: in the order whole, packed, offset, each only where the line says so.</summary>
    private static (long Packed, long Offset) Long(ReadOnlySpan<byte> extra, long packed, long whole, long offset)
    {
        while (extra.Length >= 4)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (extra.Length < 4 + size) break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                var values = extra.Slice(4, size);
                if (whole == uint.MaxValue && values.Length >= 8) values = values[8..];
                if (packed == uint.MaxValue && values.Length >= 8)
                {
                    packed = BinaryPrimitives.ReadInt64LittleEndian(values);
                    values = values[8..];
                }


                if (offset == uint.MaxValue && values.Length >= 8) offset = BinaryPrimitives.ReadInt64LittleEndian(values);
                break;
            }

            extra = extra[(4 + size)..];
        }

        return (packed, offset);
    }
}
