using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The key for the day everything else is lost: a P-256 key pair whose private part lies offline, on a sheet or a stick in a safe.
/// Every stream key is wrapped for it, so it opens a vault without its passphrase and without its key ring.
/// Make it and store it before the vault is made. Dispose to forget it.
/// </summary>
public sealed class RecoveryKey : IDisposable
{
    private readonly ECDiffieHellman _key;

    private RecoveryKey(ECDiffieHellman key)
    {
        _key = key;
        PublicPoint = Ecies.PointOf(key);
        Id = IdOf(PublicPoint);
    }

    /// <summary>Names the key without revealing it (the first 16 bytes of SHA-256 over its public point): print it on the sheet, so that sheet and vault can be matched.</summary>
    public OpaqueId Id { get; }

    internal ReadOnlyMemory<byte> PublicPoint { get; }

    /// <summary>Makes a fresh key pair.</summary>
    /// <returns>The key; the caller stores it and disposes it.</returns>
    public static RecoveryKey Create() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads what <see cref="ToPem"/> wrote.</summary>
    /// <param name="pem">A PKCS#8 private key in PEM (RFC 7468), P-256, not encrypted.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="VaultEnvironmentException">The text is no such key.</exception>
    public static RecoveryKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(pem);
            var curve = key.ExportParameters(includePrivateParameters: true).Curve.Oid;
            if (curve.Value == ECCurve.NamedCurves.nistP256.Oid.Value || curve.FriendlyName is "nistP256" or "ECDH_P256") return new RecoveryKey(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw NotAKey(e);
        }

        key.Dispose();
        throw NotAKey(null);

        static VaultEnvironmentException NotAKey(Exception? inner) => new(
            "The recovery key cannot be read: the text is not a private P-256 key in PEM. Give the file with 'BEGIN PRIVATE KEY' that was stored when the vault was made.", inner);
    }

    /// <summary>The private part, PKCS#8 in PEM, for the sheet or the stick. Never store it beside the vault.</summary>
    /// <returns>The text, ending without a line break.</returns>
    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>Prints the id only.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"RecoveryKey({Id})";

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The private number, 32 bytes, for splitting it. The caller disposes it.</summary>
    internal SecretKey ExportScalar()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: true);
        try
        {
            return SecretKey.CopyOf(parameters.D);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>The key of a private number; <see langword="null"/> when there is none of that number. The caller disposes it.</summary>
    internal static RecoveryKey? FromScalar(ReadOnlySpan<byte> scalar)
    {
        // The public part is computed anew, so that it says whether the number is the right one.
        var d = scalar.ToArray();
        try
        {
            return new RecoveryKey(ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }));
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(d);
        }
    }

    internal static OpaqueId IdOf(ReadOnlyMemory<byte> publicPoint) => new(SHA256.HashData(publicPoint.Span).AsSpan(0, OpaqueId.Size));

    internal SecretKey? TryUnwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> binding) => Ecies.TryUnwrap(_key, wrapped, binding);

    /// <summary>Opens a stream key with this key alone: no ring, no root secret. The caller disposes the result.</summary>
    /// <exception cref="VaultDamagedException">The slots hold nothing for this key, or were changed, or belong to another stream or vault.</exception>
    internal SecretKey Open(OpaqueId vault, OpaqueId stream, ReadOnlySpan<byte> slots)
    {
        foreach (var slot in KeySlots.Parse(stream, slots))
        {
            if (slot.Kind != KeySlotKind.Recovery || slot.Recipient != Id) continue;
            return TryUnwrap(slot.Wrap.Span, KeySlots.RecoveryBinding(vault, stream, Id)) ?? throw new VaultDamagedException(
                $"The recovery slot of stream {stream} cannot be opened: it was changed, or moved from another stream or vault. Restore the stream's key object from a backup.");
        }

        throw new VaultDamagedException($"Stream {stream} has no slot for recovery key {Id}. Use the recovery key that belongs to this vault: its id is printed on the sheet.");
    }
}
