using System.Buffers.Binary;

namespace DossierKit.Retention;

/// <summary>A zip is two bags in one: what it holds depends on the program that unpacks it.</summary>
internal sealed class ZipNamesException() : FormatException("The zip does not say the same in front of its files as in its directory.");

/// <summary>
/// A zip names each file twice: in its directory at the end and in front of the file. Some programs unpack by the one, some by the other: a zip in which they differ, or that has something
/// between its files which its directory does not name, is two bags.
/// </summary>
internal static class ZipNames
{
    private const uint Directory = 0x02014b50, Local = 0x04034b50, End = 0x06054b50, End64 = 0x06064b50, Locator64 = 0x07064b50;

    private const int HasDescriptor = 8;

    /// <summary>Reads both and compares them, and the room between the files.</summary>
    /// <param name="zip">The zip; seekable, left at its beginning.</param>
    /// <exception cref="ZipNamesException">They differ.</exception>
    /// <exception cref="InvalidDataException">This is no zip.</exception>
    public static void Check(Stream zip)
    {
        var (directory, count) = FindDirectory(zip);
        var (at, files) = (directory, new List<(long From, long To, bool HasDescriptor)>());
        for (ulong i = 0; i < count; i++)
        {
            var head = At(zip, at, 46);
            if (U32(head, 0) != Directory) throw NoZip();
            var (nameLength, extraLength, commentLength) = (U16(head, 28), U16(head, 30), U16(head, 32));
            var rest = At(zip, at + 46, nameLength + extraLength);
            var (size, offset) = Long(head, rest.AsSpan(nameLength));
            var local = At(zip, offset, 30);
            if (U32(local, 0) != Local || U16(local, 26) != nameLength || U16(local, 8) != U16(head, 10)
                || !At(zip, offset + 30, nameLength).AsSpan().SequenceEqual(rest.AsSpan(0, nameLength))) throw new ZipNamesException();
            files.Add((offset, offset + 30 + nameLength + U16(local, 28) + size, (U16(local, 6) & HasDescriptor) != 0));
            at += 46 + nameLength + extraLength + commentLength;
        }

        CheckRoom(files, directory);
        zip.Position = 0;
    }

    /// <summary>One file begins where the one before it ends: a file that no directory names would be found by whoever reads from the start.</summary>
    private static void CheckRoom(List<(long From, long To, bool HasDescriptor)> files, long directory)
    {
        var (end, mayFollow) = (0L, false);
        foreach (var (from, to, hasDescriptor) in files.OrderBy(file => file.From).Append((directory, directory, false)))
        {
            // A descriptor behind a file: its checksum and sizes, with or without a mark, in 32 or 64 bits.
            if (from != end && !(mayFollow && (from - end) is 12 or 16 or 20 or 24)) throw new ZipNamesException();
            (end, mayFollow) = (to, hasDescriptor);
        }
    }

    private static (long At, ulong Count) FindDirectory(Stream zip)
    {
        var length = (int)Math.Min(zip.Length, 22 + ushort.MaxValue);
        var tail = At(zip, zip.Length - length, length);
        for (var at = length - 22; at >= 0; at--)
        {
            if (U32(tail, at) != End) continue;
            var (count, offset) = ((ulong)U16(tail, at + 10), (long)U32(tail, at + 16));
            if (count != ushort.MaxValue && offset != uint.MaxValue) return (offset, count);
            var locator = At(zip, zip.Length - length + at - 20, 20);
            if (U32(locator, 0) != Locator64) return (offset, count);
            var end = At(zip, (long)BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8)), 56);
            if (U32(end, 0) != End64) throw NoZip();
            return ((long)BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(48)), BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(32)));
        }

        throw NoZip();
    }

    /// <summary>The packed size and the place of a file; what does not fit in 32 bits stands behind the name, in this order: size, packed size, place.</summary>
    private static (long Size, long Offset) Long(byte[] head, ReadOnlySpan<byte> extra)
    {
        var (size, offset, skip) = ((long)U32(head, 20), (long)U32(head, 42), U32(head, 24) == uint.MaxValue ? 8 : 0);
        if (size == uint.MaxValue) (size, skip) = (Field(extra, skip), skip + 8);
        if (offset == uint.MaxValue) offset = Field(extra, skip);
        return size < 0 || offset < 0 ? throw NoZip() : (size, offset);
    }

    private static long Field(ReadOnlySpan<byte> extra, int skip)
    {
        while (extra.Length >= 4)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4) break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1 && size >= skip + 8) return (long)BinaryPrimitives.ReadUInt64LittleEndian(extra[(4 + skip)..]);
            extra = extra[(4 + size)..];
        }

        throw NoZip();
    }

    private static byte[] At(Stream zip, long position, int length)
    {
        if (position < 0 || position > zip.Length - length) throw NoZip();
        var bytes = new byte[length];
        zip.Position = position;
        zip.ReadExactly(bytes);
        return bytes;
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static InvalidDataException NoZip() => new("This is no zip, or it was cut off.");
}
