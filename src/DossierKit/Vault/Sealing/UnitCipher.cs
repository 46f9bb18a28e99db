using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// Seals and opens the units of one stream. The nonce of a unit is its number and a flag that says whether it is the final one (the STREAM construction,
/// Hoang, Reyhanitabar, Rogaway and Vizár, 2015): units cannot be swapped, dropped or added. Dispose to forget the key. Not for use by two threads at once.
/// </summary>
internal sealed class UnitCipher : IDisposable
{
    private readonly SealContext _context;
    private readonly AesGcm _aes;

    public UnitCipher(in SealContext context, ReadOnlySpan<byte> contentKey)
    {
        _context = context;
        _aes = new AesGcm(contentKey, SealedLayout.TagSize);
    }

    /// <summary>The last byte of the nonce.</summary>
    private enum Flag : byte
    {
        NotFinal = 0,
        FinalOfLastPart = 1,
        FinalOfEarlierPart = 2,
    }

    /// <summary>Seals one unit.</summary>
    /// <param name="unit">Its number, from 0; each number is sealed once.</param>
    /// <param name="final">Whether it is the final unit.</param>
    /// <param name="last">Whether, if final, no part follows.</param>
    /// <param name="plain">1 to 65,536 bytes.</param>
    /// <param name="destination">As many bytes and the tag.</param>
    public void Seal(long unit, bool final, bool last, ReadOnlySpan<byte> plain, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(nonce, unit, FlagOf(final, last));
        _aes.Encrypt(nonce, plain, destination[..plain.Length], destination.Slice(plain.Length, SealedLayout.TagSize));
    }

    /// <summary>Opens one unit and leaves nothing of it in <paramref name="plain"/> when it is not genuine.</summary>
    /// <param name="unit">Its number.</param>
    /// <param name="final">Whether it is the last one that is there.</param>
    /// <param name="bytes">The unit and its tag.</param>
    /// <param name="plain">As many bytes as the unit without its tag.</param>
    /// <exception cref="VaultDamagedException">It was changed, moved, or is final where it should not be.</exception>
    public void Open(long unit, bool final, ReadOnlySpan<byte> bytes, Span<byte> plain)
    {
        var expected = FlagOf(final, _context.Last);
        if (TryOpen(unit, expected, bytes, plain)) return;

        // Not what it should be: say what it is instead. Nothing that opens here is ever given to anyone.
        foreach (var other in (ReadOnlySpan<Flag>)[Flag.NotFinal, Flag.FinalOfLastPart, Flag.FinalOfEarlierPart])
        {
            if (other == expected || !TryOpen(unit, other, bytes, plain)) continue;
            CryptographicOperations.ZeroMemory(plain);
            throw (expected, other) switch
            {
                (Flag.NotFinal, _) => SealFailure.BytesAfterFinalUnit(_context, unit),
                (_, Flag.NotFinal) => SealFailure.CutAtUnit(_context, unit),
                (_, Flag.FinalOfEarlierPart) => SealFailure.PartsMissing(_context),
                _ => SealFailure.PartsAdded(_context),
            };
        }

        throw SealFailure.ChangedUnit(_context, unit);
    }

    public void Dispose() => _aes.Dispose();

    private static Flag FlagOf(bool final, bool last) => (final, last) switch
    {
        (false, _) => Flag.NotFinal,
        (true, true) => Flag.FinalOfLastPart,
        (true, false) => Flag.FinalOfEarlierPart,
    };

    private static void WriteNonce(Span<byte> nonce, long unit, Flag flag)
    {
        nonce[..3].Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], unit);
        nonce[11] = (byte)flag;
    }

    private bool TryOpen(long unit, Flag flag, ReadOnlySpan<byte> bytes, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(nonce, unit, flag);
        try
        {
            _aes.Decrypt(nonce, bytes[..^SealedLayout.TagSize], bytes[^SealedLayout.TagSize..], plain);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
