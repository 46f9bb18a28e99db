using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DossierKit.Documents;

/// <summary>A part deflated once, from one buffer, so that the same content always gives the same bytes.</summary>
internal sealed record PackedPart(string Name, uint Crc, int Length, byte[] Deflated)
{
    public static PackedPart From(string name, ReadOnlySpan<byte> content)
    {
        // One Write call: the compressor's output depends on how its input is cut up.
        using var target = new MemoryStream(content.Length / 4 + 64);
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
        return new PackedPart(name, Crc32.Of(content), content.Length, target.ToArray());
    }
}

/// <summary>
/// Writes a zip (APPNOTE 6.3.9) with the order and times it is given: no clock, no file system, no data descriptors, no zip64.
/// System.IO.Compression's own writer would add flags and times that differ between machines.
/// </summary>
internal static class ZipWriter
{
    private const uint LocalHeader = 0x04034b50;
    private const uint CentralHeader = 0x02014b50;
    private const uint EndOfCentral = 0x06054b50;

    /// <summary>1 January 1980, midnight: the first moment a zip can name.</summary>
    private const uint Epoch = 0x0021_0000;

    public static byte[] Write(IReadOnlyList<PackedPart> parts)
    {
        var names = parts.Select(p => Encoding.UTF8.GetBytes(p.Name[0] == '[' ? p.Name : OutputPlan.Address(p.Name))).ToArray();
        var size = 22L;
        for (var i = 0; i < parts.Count; i++) size += 30 + 46 + 2 * names[i].Length + parts[i].Deflated.Length;
        var bytes = new byte[checked((int)size)];
        var offsets = new int[parts.Count];
        var at = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            offsets[i] = at;
            var header = bytes.AsSpan(at);
            BinaryPrimitives.WriteUInt32LittleEndian(header, LocalHeader);
            Common(header[4..], parts[i], names[i]);
            names[i].CopyTo(header[30..]);
            parts[i].Deflated.CopyTo(header[(30 + names[i].Length)..]);
            at += 30 + names[i].Length + parts[i].Deflated.Length;
        }

        var directory = at;
        for (var i = 0; i < parts.Count; i++)
        {
            var header = bytes.AsSpan(at);
            BinaryPrimitives.WriteUInt32LittleEndian(header, CentralHeader);
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 20);
            Common(header[6..], parts[i], names[i]);
            BinaryPrimitives.WriteInt32LittleEndian(header[42..], offsets[i]);
            names[i].CopyTo(header[46..]);
            at += 46 + names[i].Length;
        }

        var end = bytes.AsSpan(at);
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndOfCentral);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], checked((ushort)parts.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], checked((ushort)parts.Count));
        BinaryPrimitives.WriteInt32LittleEndian(end[12..], at - directory);
        BinaryPrimitives.WriteInt32LittleEndian(end[16..], directory);
        return bytes;
    }

    /// <summary>The fields both headers share: version, flags, method, time, sizes, length of the name.</summary>
    private static void Common(Span<byte> header, PackedPart part, byte[] name)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)(name.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF) ? 0x0800 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 8);
        BinaryPrimitives.WriteUInt32LittleEndian(header[6..], Epoch);
        BinaryPrimitives.WriteUInt32LittleEndian(header[10..], part.Crc);
        BinaryPrimitives.WriteInt32LittleEndian(header[14..], part.Deflated.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[18..], part.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], checked((ushort)name.Length));
    }
}

/// <summary>CRC-32 of zip (ISO 3309), eight bytes at a time; the shared framework offers none.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = Build();

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var table = Table;
        var crc = 0xFFFFFFFFu;
        while (data.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = table[0x700 + (low & 0xFF)] ^ table[0x600 + ((low >> 8) & 0xFF)] ^ table[0x500 + ((low >> 16) & 0xFF)] ^ table[0x400 + (low >> 24)]
                ^ table[0x300 + (high & 0xFF)] ^ table[0x200 + ((high >> 8) & 0xFF)] ^ table[0x100 + ((high >> 16) & 0xFF)] ^ table[high >> 24];
            data = data[8..];
        }

        foreach (var value in data) crc = table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] Build()
    {
        var table = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            table[i] = crc;
        }

        for (var i = 256; i < table.Length; i++) table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xFF];
        return table;
    }
}
