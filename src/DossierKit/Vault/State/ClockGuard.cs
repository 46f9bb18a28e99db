using System.Buffers.Binary;

namespace DossierKit.Vault;

/// <summary>What is wrong with the clock of the machine.</summary>
public enum ClockDoubt
{
    /// <summary>Nothing that can be seen.</summary>
    None,

    /// <summary>It stands behind an instant that was seen before.</summary>
    RanBack,

    /// <summary>Since the machine was started it went further than the time that passed.</summary>
    RanAhead,

    /// <summary>Since it was last seen, before a restart of the machine, more days went by than a machine stands still.</summary>
    Jumped,
}

/// <summary>The clock compared with what was seen of it before.</summary>
/// <param name="Doubt">What is wrong with it.</param>
/// <param name="Now">What it says, UTC.</param>
/// <param name="Reference">What it was compared with, UTC: where it should stand at least (<see cref="ClockDoubt.RanBack"/>), where it should stand
/// (<see cref="ClockDoubt.RanAhead"/>), or when it was last seen (<see cref="ClockDoubt.Jumped"/>); <see langword="null"/> when it was never seen.</param>
public sealed record ClockReading(ClockDoubt Doubt, DateTimeOffset Now, DateTimeOffset? Reference)
{
    /// <summary>Whether decisions may rest on it.</summary>
    public bool IsTrusted => Doubt == ClockDoubt.None;
}

/// <summary>
/// Compares the clock of the machine with a high-water mark and with the time since the machine was started, both kept outside the data. A doubtful clock moves
/// nothing, so that the doubt stays until the clock is right again or <see cref="Accept"/> is told that it is.
/// A state folder that knows no clock yet (new, or put aside) proves nothing: there the clock is compared with the newest entry that is known, and remembered only when somebody could name one.
/// Whoever may restart the machine and set its clock can still move it by less than <see cref="LargestJump"/> at each restart: the guard notices mistakes and
/// haste, not an administrator with patience.
/// </summary>
internal sealed class ClockGuard(StateDirectory state, Func<BootTime> boot)
{
    /// <summary>What two clocks of one machine may differ (a correction over the network).</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>How long a machine may have stood still without a person saying so: far less than the waiting time of a list, so that one restart cannot skip it.</summary>
    public static readonly TimeSpan LargestJump = TimeSpan.FromDays(3);

    /// <summary>Looks at the clock, and remembers it when it can be trusted. Where nothing was seen before, this alone begins nothing: <see cref="Observe(DateTimeOffset, DateTimeOffset?)"/> does.</summary>
    public ClockReading Observe(DateTimeOffset now) => state.ClockMark is null && state.ReadClockAnchor() is null ? new ClockReading(ClockDoubt.None, now, null) : Observe(now, null);

    /// <summary>Looks at the clock, and remembers it when it can be trusted.</summary>
    /// <param name="now">What it says.</param>
    /// <param name="newest">The newest entry that was recorded by a trusted clock, for when nothing was seen before; <see langword="null"/>: there is none.</param>
    public ClockReading Observe(DateTimeOffset now, DateTimeOffset? newest)
    {
        var since = boot();
        if (state.ClockMark is { } mark && now < mark - Tolerance) return new ClockReading(ClockDoubt.RanBack, now, mark);
        var anchor = state.ReadClockAnchor();
        if (anchor is { } known && known.Boot == since.Boot && since.Up >= known.Up)
        {
            // The anchor of this start of the machine never moves: else a clock could run ahead a little at each look.
            var expected = known.At + (since.Up - known.Up);
            if (now > expected + Tolerance) return new ClockReading(ClockDoubt.RanAhead, now, expected);
            if (now < expected - Tolerance) return new ClockReading(ClockDoubt.RanBack, now, expected);
        }
        else
        {
            if ((state.ClockMark ?? anchor?.At ?? newest) is { } last && now - last > LargestJump) return new ClockReading(ClockDoubt.Jumped, now, last);
            state.WriteClockAnchor(since, now);
        }

        var before = state.ClockMark;
        state.Observe(now);
        return new ClockReading(ClockDoubt.None, now, before);
    }

    /// <summary>Trusts the clock as it stands, for people who compared it with another clock.</summary>
    public void Accept(DateTimeOffset now)
    {
        state.WriteClockAnchor(boot(), now);
        state.ResetClock(now);
    }
}

/// <summary>Where the clock stood when the machine's own clock stood at <paramref name="Up"/>.</summary>
internal readonly record struct ClockAnchor(OpaqueId Boot, TimeSpan Up, DateTimeOffset At)
{
    /// <summary>Start of the machine, milliseconds since, UTC milliseconds.</summary>
    public const int Size = OpaqueId.Size + 8 + 8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Boot.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(OpaqueId.Size), (long)Up.TotalMilliseconds);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(OpaqueId.Size + 8), At.ToUnixTimeMilliseconds());
        return bytes;
    }

    public static ClockAnchor Of(ReadOnlySpan<byte> bytes) => new(
        new OpaqueId(bytes[..OpaqueId.Size]),
        TimeSpan.FromMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[OpaqueId.Size..])),
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[(OpaqueId.Size + 8)..])));
}
