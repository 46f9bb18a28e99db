using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>The last commit of a stream that this account saw; <paramref name="Hash"/> is the SHA-256 of the commit object.</summary>
internal readonly record struct StreamHead(long Sequence, ReadOnlyMemory<byte> Hash);

/// <summary>
/// What must not be rolled back together with the data, in a folder outside it: last seen heads, destruction ledger, clock mark, and a pin of the root
/// secret. Everything is authenticated under a key that follows from the root secret, and nothing in it is secret: ids, hashes, times.
/// A folder seen for the first time is adopted (trust on first use, see <see cref="IsNew"/>). Safe for use by several processes.
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    private const int HashSize = SHA256.HashSizeInBytes;
    private const string PinName = "pin";
    private static readonly string[] OwnNames = ["heads", "ledger", "clock", "anchor"];

    private readonly OpaqueId _vault;
    private readonly SecretKey _key;

    private StateDirectory(string path, OpaqueId vault, SecretKey key, bool isNew)
    {
        Path = path;
        _vault = vault;
        _key = key;
        IsNew = isNew;
        Ledger = new DestructionLedger(System.IO.Path.Combine(path, "ledger"), vault, key);
    }

    public string Path { get; }

    /// <summary>Whether there was no state for this vault yet: nothing could be compared, so a rollback before now went unseen.</summary>
    public bool IsNew { get; }

    public DestructionLedger Ledger { get; }

    /// <summary>Opens the state of a vault, or begins it.</summary>
    /// <param name="state">The folder to use; <see langword="null"/> for the account's own, see <see cref="StatePath.Of"/>. The vault's id is added to either.</param>
    /// <param name="data">The data folder, to refuse a state inside it; <see langword="null"/> when the data is in no folder.</param>
    /// <param name="vault">The vault's id.</param>
    /// <param name="key">From <see cref="VaultKeys.DeriveStateKey"/>; from now on it belongs to the state directory.</param>
    /// <exception cref="VaultEnvironmentException">The folder cannot be made, read or written, or lies inside the data.</exception>
    /// <exception cref="VaultDamagedException">The state belongs to another root secret: the vault was replaced.</exception>
    public static StateDirectory Open(string? state, string? data, OpaqueId vault, SecretKey key)
    {
        try
        {
            var path = StatePath.Of(state, vault);
            if (data is not null) StatePath.EnsureApart(path, data);
            return new StateDirectory(path, vault, key, Adopt(path, vault, key));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether the ledger here holds every destruction of the vault up to some moment: it was begun with the vault, or every journal was gone through since. Another account that works on the vault
    /// has a ledger of its own, so a state that was begun later knows only of what it saw.
    /// </summary>
    public bool IsWhole
    {
        get
        {
            try
            {
                return File.Exists(WholePath) && CryptographicOperations.FixedTimeEquals(ReadPin(WholePath, WholeMark.Length), WholeMark);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false; // Then the journals are gone through once more.
            }
        }
    }

    /// <summary>Remembers that the ledger here is whole.</summary>
    public void MarkWhole()
    {
        try
        {
            DurableFile.Replace(WholePath, WholeMark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, e);
        }
    }

    /// <summary>The last commit of a stream that was seen, or <see langword="null"/> when that is unknown: never seen, or torn by a crash.</summary>
    public StreamHead? ReadHead(OpaqueId stream)
        => TwoSlotFile.Read(HeadPath(stream), _key, Head(stream), HashSize) is { } record ? new StreamHead((long)record.Number, record.Payload) : null;

    /// <summary>
    /// Remembers a commit, after it is durable in the data. Costs no fsync: after a power cut an older head may be remembered, which is no alarm.
    /// Never goes back: an older commit, as another process may bring, changes nothing.
    /// </summary>
    /// <exception cref="VaultDamagedException">Another commit with this sequence was seen: the stream was rolled back and written on.</exception>
    public void WriteHead(OpaqueId stream, long sequence, ReadOnlySpan<byte> hash) => WriteHead(stream, sequence, hash, evenBack: false);

    /// <summary>Remembers a commit even if a later one was seen: the operator accepts a restored backup.</summary>
    public void ResetHead(OpaqueId stream, long sequence, ReadOnlySpan<byte> hash) => WriteHead(stream, sequence, hash, evenBack: true);

    /// <summary>Forgets a stream that was destroyed.</summary>
    public void ForgetHead(OpaqueId stream)
    {
        try
        {
            File.Delete(HeadPath(stream));
        }
        catch (DirectoryNotFoundException)
        {
            // It never had one.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, e);
        }
    }

    /// <summary>Every stream that has a head, in no order: one that the data no longer has was deleted behind our back.</summary>
    public IEnumerable<OpaqueId> StreamsWithHead()
    {
        var heads = System.IO.Path.Combine(Path, "heads");
        if (!Directory.Exists(heads)) yield break;
        foreach (var file in Directory.EnumerateFiles(heads, "*", SearchOption.AllDirectories))
        {
            if (OpaqueId.TryParse(System.IO.Path.GetFileName(file), out var stream)) yield return stream;
        }
    }

    /// <summary>The latest instant this account observed, or <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? ClockMark
        => TwoSlotFile.Read(ClockPath, _key, Clock, 0) is { } record ? DateTimeOffset.FromUnixTimeMilliseconds((long)record.Number) : null;

    /// <summary>Observes the clock: moves the mark forward, or says how far the clock stands behind it; <see langword="null"/> when it does not.</summary>
    public TimeSpan? Observe(DateTimeOffset now)
    {
        TimeSpan? ranBack = null;
        var milliseconds = (ulong)Math.Max(0, now.ToUnixTimeMilliseconds());
        TwoSlotFile.Write(ClockPath, _key, Clock, milliseconds, [], mark =>
        {
            if (mark is { } seen && seen.Number > milliseconds) ranBack = TimeSpan.FromMilliseconds(seen.Number - milliseconds);
            return mark is null || mark.Value.Number < milliseconds;
        });
        return ranBack;
    }

    /// <summary>Puts the mark back after the clock had been set too far ahead; for an operator who looked at another clock.</summary>
    public void ResetClock(DateTimeOffset now) => TwoSlotFile.Write(ClockPath, _key, Clock, (ulong)Math.Max(0, now.ToUnixTimeMilliseconds()), [], _ => true);

    /// <summary>Where the clock stood in this or an earlier start of the machine, or <see langword="null"/> when that is unknown; for <see cref="ClockGuard"/>.</summary>
    public ClockAnchor? ReadClockAnchor() => TwoSlotFile.Read(AnchorPath, _key, Anchor, ClockAnchor.Size) is { } record ? ClockAnchor.Of(record.Payload) : null;

    /// <summary>Remembers where the clock stands in this start of the machine.</summary>
    public void WriteClockAnchor(BootTime boot, DateTimeOffset now)
    {
        // The number only tells which of two slots is newer.
        var next = (TwoSlotFile.Read(AnchorPath, _key, Anchor, ClockAnchor.Size)?.Number ?? 0) + 1;
        TwoSlotFile.Write(AnchorPath, _key, Anchor, next, new ClockAnchor(boot.Boot, boot.Up, now).ToBytes(), known => known is null || known.Value.Number < next);
    }

    /// <summary>Holds the vault for shared use, or (restore, removal) for one process alone, until disposed or until the process ends.</summary>
    /// <param name="exclusive">Alone.</param>
    /// <param name="wait">How long to wait for others.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="VaultEnvironmentException">Others use it.</exception>
    public IDisposable Lock(bool exclusive, TimeSpan wait, CancellationToken ct)
        => LockedFile.Open(System.IO.Path.Combine(Path, "lock"), exclusive, create: true, wait, ct)!;

    /// <summary>The right to carry out a list of destruction, for one at a time whichever process asks; <see langword="null"/> when another has it. Ends when disposed, or with the process.</summary>
    public IDisposable? TryLockDestruction()
    {
        try
        {
            return LockedFile.Open(System.IO.Path.Combine(Path, "destroying"), exclusive: true, create: true, TimeSpan.Zero);
        }
        catch (VaultEnvironmentException) when (File.Exists(System.IO.Path.Combine(Path, "destroying")))
        {
            return null;
        }
    }

    public void Dispose() => _key.Dispose();

    private TwoSlotFile.Subject Clock => new("state-clock", _vault, default);

    private string ClockPath => System.IO.Path.Combine(Path, "clock");

    private string WholePath => System.IO.Path.Combine(Path, "whole");

    private byte[] WholeMark => [.. "DKW1"u8, .. HMACSHA256.HashData(_key.Span, Binding.Of("state-whole", _vault, default))];

    private TwoSlotFile.Subject Anchor => new("state-anchor", _vault, default);

    private string AnchorPath => System.IO.Path.Combine(Path, "anchor");

    private TwoSlotFile.Subject Head(OpaqueId stream) => new("state-head", _vault, stream);

    private string HeadPath(OpaqueId stream)
    {
        var name = stream.ToString();
        return System.IO.Path.Combine(Path, "heads", name[..2], name);
    }

    private void WriteHead(OpaqueId stream, long sequence, ReadOnlySpan<byte> hash, bool evenBack)
    {
        if (hash.Length != HashSize) throw new ArgumentException($"A hash has {HashSize} bytes.", nameof(hash));
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        var path = HeadPath(stream);
        MakeFolder(System.IO.Path.GetDirectoryName(path)!);
        var payload = hash.ToArray();
        TwoSlotFile.Write(path, _key, Head(stream), (ulong)sequence, payload, known =>
        {
            if (evenBack || known is not { } head || head.Number < (ulong)sequence) return true;
            if (head.Number == (ulong)sequence && !head.Payload.AsSpan().SequenceEqual(payload))
                throw new VaultDamagedException($"Stream {stream} has another commit {sequence} than was seen before: it was rolled back and written on. Stop, and find out who put which copy back; the state folder {Path} remembers the first.");
            return false;
        });
    }

    /// <summary>Makes the folder and its pin, or checks the pin. Returns whether it was new.</summary>
    private static bool Adopt(string path, OpaqueId vault, SecretKey key)
    {
        try
        {
            MakeFolder(path);
            // Finds a folder that is read-only before anything depends on it.
            LockedFile.EnsureWritable(System.IO.Path.Combine(path, "lock"));
            var pin = System.IO.Path.Combine(path, PinName);
            byte[] expected = [.. "DKT1"u8, .. HMACSHA256.HashData(key.Span, Binding.Of("state-pin", vault, default))];
            if (File.Exists(pin))
            {
                if (CryptographicOperations.FixedTimeEquals(ReadPin(pin, expected.Length), expected)) return false;
                throw new VaultDamagedException(
                    $"Vault {vault} is not the one this account saw before: it has the same id but another root secret (state folder {path}). The data was replaced, or the state damaged. Put the real data back; only if you replaced it yourself, remove the state folder.");
            }

            // The pin is written first, so the rest without it means that it was taken away.
            if (OwnNames.Any(name => System.IO.Path.Exists(System.IO.Path.Combine(path, name))))
                throw new VaultEnvironmentException($"The state folder {path} has lost its file '{PinName}', so nothing in it can be trusted. Restore the state folder from its backup, or remove all of it to begin anew.");
            DurableFile.Replace(pin, expected);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unusable(path, e);
        }
    }

    private static byte[] ReadPin(string pin, int size)
    {
        using var file = new FileStream(pin, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[size + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static void MakeFolder(string path)
    {
        try
        {
            if (Directory.Exists(path)) return;
            // One by one: the runtime gives the mode to the last folder only, and the others would be open to all.
            if (System.IO.Path.GetDirectoryName(path) is { } parent) MakeFolder(parent);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unusable(path, e);
        }
    }

    private static VaultEnvironmentException Unusable(string path, Exception e)
        => new($"The state folder {path} cannot be used: {e.Message} Without it a rollback would go unseen. Check that this account may write there, or choose another with --state.", e);
}
