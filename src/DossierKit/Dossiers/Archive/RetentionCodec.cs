using System.Text;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// The facts of keeping as bytes, for the catalogue: a hundred thousand of them are read at every start, and as JSON they would take longer than the plan itself. One version byte,
/// then the fields in order; numbers as 7-bit groups, days counted from year 1 plus one (0: none), ids as their 16 bytes, texts with their length in front. Read strictly.
/// </summary>
internal static class RetentionCodec
{
    private const byte Format = 3;

    /// <summary>Without the sound that is no recording at the end, and without copies that are kept.</summary>
    private const byte SecondFormat = 2;

    /// <summary>Without the version of the content either. Such a record is read, and written anew at the next commit of its dossier.</summary>
    private const byte FirstFormat = 1;

    /// <summary>Beside the kind of a recording: it is a copy that is kept.</summary>
    private const byte Kept = 0x80;

    public static byte[] Write(RetentionFacts facts)
    {
        var writer = new Writer();
        writer.Byte(Format);
        writer.Number((facts.IsKlokkenluider ? 1u : 0) | (facts.HasPolitician ? 2u : 0) | (facts.WentToPersonnelFile ? 4u : 0) | (facts.HasMeasure ? 8u : 0) | (facts.IsIncomplete ? 16u : 0)
            | (facts.Class is null ? 0 : 32u) | (facts.AtClosing is null ? 0 : 64u) | (facts.Override is null ? 0 : 128u) | (facts.Outcome is null ? 0 : 256u));
        if (facts.Class is { } set)
        {
            writer.Text(set.List);
            writer.Text(set.Result);
            writer.Byte((byte)set.Nominatie);
            writer.TextOrNull(set.Term);
            writer.Byte((byte)set.From);
            writer.TextOrNull(set.Kenmerk);
            writer.TextOrNull(set.ProcessTerm);
            writer.Day(set.SetOn);
        }

        if (facts.AtClosing is { } closing)
        {
            writer.Text(closing.Result);
            writer.Byte(closing.HasGround ? (byte)1 : (byte)0);
            writer.Day(closing.On);
        }

        if (facts.Override is { } change)
        {
            writer.Day(change.KeepUntil);
            writer.Byte(change.Nominatie is { } nominatie ? (byte)(nominatie + 1) : (byte)0);
            writer.Day(change.Computed);
            writer.Day(change.SetOn);
        }

        if (facts.Outcome is { } outcome) writer.Byte((byte)outcome);
        writer.Day(facts.ReopenedOn);
        writer.Day(facts.TransferredOn);
        writer.Number((ulong)facts.CopiesElsewhere);
        writer.Number((ulong)facts.SourceDates.Count);
        foreach (var source in facts.SourceDates)
        {
            writer.Byte((byte)source.From);
            writer.TextOrNull(source.Kenmerk);
            writer.Day(source.Date);
        }

        writer.Number((ulong)facts.Holds.Count);
        foreach (var hold in facts.Holds)
        {
            writer.Id(hold.Id);
            writer.Byte((byte)hold.Kind);
            writer.IdOrNull(hold.Object?.Value);
            writer.Day(hold.PlacedOn);
            writer.Day(hold.ReviewOn);
            writer.Text(hold.PlacedBy.Value);
            writer.TextOrNull(hold.ReleaseProposedBy?.Value);
        }

        writer.Number((ulong)facts.Recordings.Count);
        foreach (var recording in facts.Recordings)
        {
            writer.Id(recording.File.Value);
            writer.Byte((byte)((byte)recording.Kind | (recording.IsKept ? Kept : 0)));
            writer.IdOrNull(recording.Of?.Value);
            writer.Day(recording.MadeOn);
            writer.Day(recording.AgreedOn);
            writer.Number((ulong)recording.Length);
            writer.Number((ulong)recording.CopiesElsewhere);
            writer.Number((ulong)(recording.AlsoOf?.Count ?? 0));
            foreach (var also in recording.AlsoOf ?? []) writer.Id(also.Value);
        }

        writer.Number((ulong)facts.Moments.Count);
        foreach (var moment in facts.Moments)
        {
            writer.Text(moment.Event);
            writer.Day(moment.First);
            writer.Day(moment.Last);
        }

        writer.Number((ulong)facts.ContentVersion);
        writer.Number((ulong)facts.Sounds);
        return writer.Written;
    }

    /// <exception cref="FormatException">These are no facts this version knows.</exception>
    public static RetentionFacts Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        var format = reader.Byte();
        if (format is not (Format or SecondFormat or FirstFormat)) throw new FormatException("An unknown version.");
        var flags = reader.Number();
        if (flags > 511) throw new FormatException("An unknown flag.");
        var facts = new RetentionFacts
        {
            IsKlokkenluider = (flags & 1) != 0,
            HasPolitician = (flags & 2) != 0,
            WentToPersonnelFile = (flags & 4) != 0,
            HasMeasure = (flags & 8) != 0,
            IsIncomplete = (flags & 16) != 0,
            Class = (flags & 32) != 0 ? ReadClass(ref reader) : null,
            AtClosing = (flags & 64) != 0 ? new ClosingClass(reader.Text(), reader.Byte() != 0, reader.Day()!.Value) : null,
            Override = (flags & 128) != 0 ? ReadOverride(ref reader) : null,
            Outcome = (flags & 256) != 0 ? reader.Word<CaseOutcome>() : null,
            ReopenedOn = reader.Day(),
            TransferredOn = reader.Day(),
            CopiesElsewhere = reader.Count(),
            SourceDates = ReadList(ref reader, static (ref r) => new SourceDate(r.Word<Afleidingswijze>(), r.TextOrNull(), r.Day()!.Value)),
            Holds = ReadList(ref reader, ReadHold),
            Recordings = ReadList(ref reader, ReadRecording),
            Moments = ReadList(ref reader, static (ref r) => new EventMoment(r.Text(), r.Day()!.Value, r.Day()!.Value)),
            ContentVersion = format == FirstFormat ? 0 : (long)reader.Number(),
            Sounds = format == Format ? reader.Count() : 0,
        };
        reader.End();
        return facts;
    }

    private static Classification ReadClass(ref Reader reader)
    {
        var (list, result, nominatie, term, from) = (reader.Text(), reader.Text(), reader.Word<Nominatie>(), reader.TextOrNull(), reader.Word<Afleidingswijze>());
        var (kenmerk, process) = (reader.TextOrNull(), reader.TextOrNull());
        return new Classification(list, result, nominatie, term, from, kenmerk, reader.Day()!.Value) { ProcessTerm = process };
    }

    private static ActionDateOverride ReadOverride(ref Reader reader)
    {
        var (until, nominatie) = (reader.Day(), reader.Byte());
        if (nominatie > 2) throw new FormatException("An unknown word.");
        return new ActionDateOverride(until, nominatie == 0 ? null : (Nominatie)(nominatie - 1), reader.Day(), reader.Day()!.Value);
    }

    private static Hold ReadHold(ref Reader reader)
    {
        var (id, kind, held) = (reader.Id(), reader.Word<HoldKind>(), reader.IdOrNull());
        var (placed, review, by) = (reader.Day()!.Value, reader.Day()!.Value, new PersonId(reader.Text()));
        return new Hold(id, kind, held is { } on ? new FileId(on) : null, placed, review, by, reader.TextOrNull() is { } proposer ? new PersonId(proposer) : null);
    }

    private static RecordingFacts ReadRecording(ref Reader reader)
    {
        var (file, word, of) = (reader.Id(), reader.Byte(), reader.IdOrNull());
        var kind = (ArchiveObjectKind)(word & ~Kept);
        if (!Enum.IsDefined(kind)) throw new FormatException("An unknown word.");
        var known = new RecordingFacts(new FileId(file), kind, of is { } recording ? new FileId(recording) : null, reader.Day()!.Value, reader.Day(), (long)reader.Number(), reader.Count()) { IsKept = (word & Kept) != 0 };
        return ReadList(ref reader, static (ref r) => new FileId(r.Id())) is { Count: > 0 } also ? known with { AlsoOf = also } : known;
    }

    private delegate T ReadOne<out T>(ref Reader reader);

    private static IReadOnlyList<T> ReadList<T>(ref Reader reader, ReadOne<T> one)
    {
        var count = reader.Count();
        if (count == 0) return [];
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = one(ref reader);
        return items;
    }

    private sealed class Writer
    {
        private byte[] _bytes = new byte[256];
        private int _length;

        public byte[] Written => _bytes[.._length];

        public void Byte(byte value) => Room(1)[0] = value;

        public void Number(ulong value)
        {
            for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
            Byte((byte)value);
        }

        public void Day(DateOnly? day) => Number(day is { } known ? (ulong)known.DayNumber + 1 : 0);

        public void Id(OpaqueId id) => id.CopyTo(Room(OpaqueId.Size));

        public void IdOrNull(OpaqueId? id)
        {
            Byte(id is null ? (byte)0 : (byte)1);
            if (id is { } known) Id(known);
        }

        public void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number((ulong)bytes.Length);
            bytes.CopyTo(Room(bytes.Length));
        }

        public void TextOrNull(string? text)
        {
            Byte(text is null ? (byte)0 : (byte)1);
            if (text is not null) Text(text);
        }

        private Span<byte> Room(int size)
        {
            if (_length + size > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + size));
            _length += size;
            return _bytes.AsSpan(_length - size, size);
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _left = bytes;

        public byte Byte() => Take(1)[0];

        public ulong Number()
        {
            var value = 0UL;
            for (var shift = 0; shift < 63; shift += 7)
            {
                var next = Byte();
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80) return value;
            }

            throw new FormatException("A number without an end.");
        }

        public int Count() => Number() is var count && count <= int.MaxValue && count <= (ulong)Math.Max(_left.Length, 1_000_000) ? (int)count : throw new FormatException("A number that is too large.");

        public DateOnly? Day() => Number() switch
        {
            0 => null,
            var day when day <= (ulong)DateOnly.MaxValue.DayNumber + 1 => DateOnly.FromDayNumber((int)day - 1),
            _ => throw new FormatException("A day that is none."),
        };

        public OpaqueId Id() => new(Take(OpaqueId.Size));

        public OpaqueId? IdOrNull() => Byte() == 0 ? null : Id();

        public string Text() => Known(Take(Count()));

        public string? TextOrNull() => Byte() == 0 ? null : Text();

        public T Word<T>()
            where T : struct, Enum
        {
            var value = Byte();
            var word = System.Runtime.CompilerServices.Unsafe.BitCast<int, T>(value);
            return Enum.IsDefined(word) ? word : throw new FormatException("An unknown word.");
        }

        public readonly void End()
        {
            if (_left.Length > 0) throw new FormatException("More than is known.");
        }

        private ReadOnlySpan<byte> Take(int size)
        {
            if (size > _left.Length) throw new FormatException("Less than there should be.");
            var taken = _left[..size];
            _left = _left[size..];
            return taken;
        }

        /// <summary>The few texts that nearly every dossier has are kept once.</summary>
        private static string Known(ReadOnlySpan<byte> utf8)
        {
            foreach (var known in Common)
            {
                if (utf8.SequenceEqual(known.Utf8)) return known.Text;
            }

            return Encoding.UTF8.GetString(utf8);
        }

        private static readonly (byte[] Utf8, string Text)[] Common =
            [.. new[] { "selectielijst-2020", "12.1.7", "12.2", "12.3", "P10Y", "P1Y", "P5Y", "maatregel-genomen", "fi", "archivaris" }.Select(text => (Encoding.UTF8.GetBytes(text), text))];
    }
}
