using System.Buffers.Binary;

namespace DossierKit.Retention;

/// <summary>A zip is two bags in one: what it holds depends on the program that unpacks it.</summary>
internal sealed class ZipNamesException() : FormatException("The zip does not say the same in front of its files as in its directory.");

/// <summary>
/// A zip describes each file twice: in its directory at the end and in front of the file. Some programs unpack by the one, some by the other: a zip in which they differ, or that has something
/// between its files which its directory does not name, is two bags.
/// </summary>
internal static class ZipNames
{
    private const uint Directory = 0x02014b50, Local = 0x04034b50, Descriptor = 0x08074b50, End = 0x06054b50, End64 = 0x06064b50, Locator64 = 0x07064b50;

    /// <summary>What follows a file when its sizes were not known before.</summary>
    private const int HasDescriptor = 8;

    /// <summary>How hard was tried to pack it: changes nothing for whoever unpacks.</summary>
    private const int Effort = 0b110;

    /// <summary>A character takes at most four bytes.</summary>
    private const int LongestName = 4 * BagLimits.LongestPath;

    /// <summary>Reads both and compares them, and the room between the files.</summary>
    /// <param name="zip">The zip; seekable, left at its beginning.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="ZipNamesException">They differ.</exception>
    /// <exception cref="BagTooLargeException">It names more, or longer, than is looked at.</exception>
    /// <exception cref="InvalidDataException">This is no zip.</exception>
    public static void Check(Stream zip, CancellationToken ct)
    {
        var (directory, count) = FindDirectory(zip);
        if (count > BagLimits.MostEntries || zip.Length - directory > BagLimits.LargestDirectory) throw BagTooLargeException.Entries;
        var (at, files) = (directory, new List<Room>());
        for (ulong i = 0; i < count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var head = At(zip, at, 46);
            if (U32(head, 0) != Directory) throw NoZip();
            var (nameLength, extraLength, commentLength) = (U16(head, 28), U16(head, 30), U16(head, 32));
            if (nameLength > LongestName) throw BagTooLargeException.Entries;
            var rest = At(zip, at + 46, nameLength + extraLength);
            var (sizes, offset) = Long(head, rest.AsSpan(nameLength));
            var local = At(zip, offset, 30);
            if (U32(local, 0) != Local || U16(local, 26) != nameLength || U16(local, 8) != U16(head, 10) || (U16(local, 6) & ~Effort) != (U16(head, 8) & ~Effort)) throw new ZipNamesException();
            var inFront = At(zip, offset + 30, nameLength + U16(local, 28));
            var hasDescriptor = (U16(local, 6) & HasDescriptor) != 0;
            if (!inFront.AsSpan(0, nameLength).SequenceEqual(rest.AsSpan(0, nameLength)) || !IsSame(Short(local, inFront.AsSpan(nameLength), hasDescriptor), sizes, hasDescriptor)) throw new ZipNamesException();
            files.Add(new Room(offset, offset + 30 + inFront.Length + sizes.Packed, hasDescriptor ? sizes : null));
            at += 46 + nameLength + extraLength + commentLength;
        }

        CheckRoom(zip, files, directory);
        zip.Position = 0;
    }

    /// <summary>What is told in front of a file that was not known before it was written is nothing; else it is what the directory tells.</summary>
    private static bool IsSame(Sizes inFront, Sizes sizes, bool hasDescriptor)
        => hasDescriptor
            ? (inFront.Crc == 0 || inFront.Crc == sizes.Crc) && (inFront.Packed == 0 || inFront.Packed == sizes.Packed) && (inFront.Unpacked == 0 || inFront.Unpacked == sizes.Unpacked)
            : inFront == sizes;

    /// <summary>One file begins where the one before it ends: a file that no directory names would be found by whoever reads from the start.</summary>
    private static void CheckRoom(Stream zip, List<Room> files, long directory)
    {
        var (end, told) = (0L, (Sizes?)null);
        foreach (var file in files.OrderBy(file => file.From).Append(new Room(directory, directory, null)))
        {
            // A descriptor behind a file: its checksum and sizes, with or without a mark, in 32 or 64 bits.
            if (file.From != end && !(told is { } sizes && (file.From - end) is 12 or 16 or 20 or 24 && IsDescriptor(At(zip, end, (int)(file.From - end)), sizes))) throw new ZipNamesException();
            (end, told) = (file.To, file.Described);
        }
    }

    private static bool IsDescriptor(byte[] bytes, Sizes sizes)
    {
        var at = bytes.Length is 16 or 24 ? 4 : 0;
        if (at > 0 && U32(bytes, 0) != Descriptor) return false;
        return U32(bytes, at) == sizes.Crc && (bytes.Length >= 20
            ? U64(bytes, at + 4) == sizes.Packed && U64(bytes, at + 12) == sizes.Unpacked
            : U32(bytes, at + 4) == sizes.Packed && U32(bytes, at + 8) == sizes.Unpacked);
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

    /// <summary>Checksum, sizes and place of a file; what does not fit in 32 bits stands behind the name, in this order: size, packed size, place.</summary>
    private static (Sizes Sizes, long Offset) Long(byte[] head, ReadOnlySpan<byte> extra)
    {
        var (unpacked, packed, offset, skip) = ((long)U32(head, 24), (long)U32(head, 20), (long)U32(head, 42), 0);
        if (unpacked == uint.MaxValue) (unpacked, skip) = (Field(extra, skip), skip + 8);
        if (packed == uint.MaxValue) (packed, skip) = (Field(extra, skip), skip + 8);
        if (offset == uint.MaxValue) offset = Field(extra, skip);
        return unpacked < 0 || packed < 0 || offset < 0 ? throw NoZip() : (new Sizes(U32(head, 16), packed, unpacked), offset);
    }

    /// <summary>The same in front of a file. What grew past 32 bits while it was written is marked, and only told behind it.</summary>
    private static Sizes Short(byte[] local, ReadOnlySpan<byte> extra, bool hasDescriptor)
    {
        var (unpacked, packed, skip) = ((long)U32(local, 22), (long)U32(local, 18), 0);
        var isToldLater = hasDescriptor && !HasField(extra);
        if (unpacked == uint.MaxValue) (unpacked, skip) = (isToldLater ? 0 : Field(extra, skip), skip + 8);
        if (packed == uint.MaxValue) packed = isToldLater ? 0 : Field(extra, skip);
        return new Sizes(U32(local, 14), packed, unpacked);
    }

    private static bool HasField(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1) return true;
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (size > extra.Length - 4) return false;
            extra = extra[(4 + size)..];
        }

        return false;
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

    private static long U64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private static uint U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static InvalidDataException NoZip() => new("This is no zip, or it was cut off.");

    /// <summary>What a zip tells of a file.</summary>
    private readonly record struct Sizes(uint Crc, long Packed, long Unpacked);

    /// <summary>Where a file lies, and what is told behind it.</summary>
    private readonly record struct Room(long From, long To, Sizes? Described);
}
