using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DossierKit.Vault;

/// <summary>
/// An X.509 certificate: RSA of 2048 bits or more (OAEP with SHA-256) or EC on P-256 (ephemeral ECDH). To make a slot the public part is enough;
/// to open one the private key must be at hand. Dates and issuer are not looked at: an expired certificate must not lock anyone out.
/// </summary>
public sealed record CertificateSecret : UnlockSecret
{
    private const byte Rsa = 1;
    private const byte Ec = 2;
    private const int MinimumRsaBits = 2048;
    private const int MaximumRsaBits = 16384;

    private readonly X509Certificate2 _certificate;

    /// <summary>Takes a certificate; it stays the caller's to dispose, after the vault was opened.</summary>
    /// <param name="certificate">With its private key, to open a vault.</param>
    public CertificateSecret(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _certificate = certificate;
    }

    /// <inheritdoc/>
    public override UnlockKind Kind => UnlockKind.Certificate;

    /// <summary>Reads a certificate with its private key from a PKCS#12 file (.pfx, .p12) or a PEM file that holds both.</summary>
    /// <param name="path">The file, at most 1 MiB; its content tells which of the two it is.</param>
    /// <param name="password">The file's password; <see langword="null"/> when it has none.</param>
    /// <returns>The secret. The certificate lives as long as the program.</returns>
    /// <exception cref="VaultEnvironmentException">The file cannot be read, the password is wrong, or it holds no private key.</exception>
    public static CertificateSecret Load(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (new FileInfo(path).Length > 1 << 20) throw new IOException("It is far too large for a certificate.");
            var content = File.ReadAllBytes(path);
            var certificate = Read(content, password);
            CryptographicOperations.ZeroMemory(content);
            if (certificate.HasPrivateKey) return new CertificateSecret(certificate);
            certificate.Dispose();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new VaultEnvironmentException($"The certificate file {path} cannot be read: {e.Message} Check the path, the password and that this account may read it.", e);
        }

        throw new VaultEnvironmentException($"The certificate file {path} holds no private key, so it cannot open a vault. Give the .pfx or .pem file that holds both.");
    }

    /// <summary>Finds a certificate with its private key in the personal store of this account, then of this machine. Meant for Windows.</summary>
    /// <param name="thumbprint">The SHA-1 thumbprint as the certificate manager shows it; spaces and case do not matter.</param>
    /// <returns>The secret. The certificate lives as long as the program.</returns>
    /// <exception cref="VaultEnvironmentException">There is none, or its private key is not at hand.</exception>
    public static CertificateSecret FromStore(string thumbprint)
    {
        ArgumentException.ThrowIfNullOrEmpty(thumbprint);
        var digits = string.Concat(thumbprint.Where(char.IsAsciiHexDigit));
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using var store = new X509Store(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                continue; // This account has no such store.
            }

            X509Certificate2? found = null;
            foreach (var certificate in store.Certificates.Find(X509FindType.FindByThumbprint, digits, validOnly: false))
            {
                if (found is null && certificate.HasPrivateKey) found = certificate;
                else certificate.Dispose();
            }

            if (found is not null) return new CertificateSecret(found);
        }

        throw new VaultEnvironmentException(
            $"No certificate with thumbprint {digits} and a private key is in the personal store of this account or this machine. Check the thumbprint, and that this account may use the key.");
    }

    internal override bool CanOpen => _certificate.HasPrivateKey;

    internal override void EnsureStrong()
    {
        if (_certificate.GetRSAPublicKey() is { } rsa)
        {
            using (rsa)
            {
                if (rsa.KeySize is >= MinimumRsaBits and <= MaximumRsaBits) return;
                throw new VaultEnvironmentException($"The certificate's RSA key has {rsa.KeySize} bits; at least {MinimumRsaBits} are needed. Use another certificate.");
            }
        }

        if (_certificate.GetECDiffieHellmanPublicKey() is { } ec)
        {
            using (ec)
            {
                if (IsP256(ec)) return;
            }
        }

        throw new VaultEnvironmentException(
            "The certificate cannot be used: its key is neither RSA nor EC on P-256, or its key usage forbids key agreement. Use a certificate with an RSA key of 2048 bits or more, or P-256 with key agreement.");
    }

    internal override SecretKey NewKey(OpaqueId vault, OpaqueId slot, out byte[] parameters)
    {
        using var transported = SecretKey.Random();
        if (_certificate.GetRSAPublicKey() is { } rsa)
        {
            using (rsa) parameters = [Rsa, .. rsa.Encrypt(transported.Span.ToArray(), RSAEncryptionPadding.OaepSHA256)];
        }
        else
        {
            using var ec = _certificate.GetECDiffieHellmanPublicKey() ?? throw new InvalidOperationException("A certificate was used without being checked.");
            parameters = [Ec, .. Ecies.Wrap(Ecies.PointOf(ec), transported.Span, Context(vault, slot))];
        }

        return Derive(transported, vault, slot);
    }

    internal override SecretKey? TryKey(UnlockSlot slot)
    {
        if (!_certificate.HasPrivateKey)
            throw new VaultEnvironmentException("The certificate comes without its private key, so it cannot open a vault. Give the .pfx or .pem file that holds both.");
        var parameters = slot.Parameters.Span;
        if (parameters.Length == 0 || parameters[0] is not (Rsa or Ec)) throw slot.Damaged("it names an unknown kind of certificate key");
        using var transported = parameters[0] == Rsa ? TryRsa(parameters[1..]) : TryEc(parameters[1..], Context(slot.Vault, slot.Id));
        return transported is null ? null : Derive(transported, slot.Vault, slot.Id);
    }

    private static X509Certificate2 Read(byte[] content, string? password)
    {
        if (content.AsSpan().IndexOf("-----BEGIN "u8) < 0) return X509CertificateLoader.LoadPkcs12(content, password);
        var pem = Encoding.Latin1.GetString(content);
        return password is null ? X509Certificate2.CreateFromPem(pem, pem) : X509Certificate2.CreateFromEncryptedPem(pem, pem, password);
    }

    private static bool IsP256(ECDiffieHellman key)
    {
        var oid = key.ExportParameters(includePrivateParameters: false).Curve.Oid;
        return oid?.Value == ECCurve.NamedCurves.nistP256.Oid.Value || oid?.FriendlyName is "nistP256" or "ECDH_P256" or "ECDSA_P256";
    }

    private static byte[] Context(OpaqueId vault, OpaqueId slot) => Binding.Of("unlock-certificate", vault, slot);

    private static SecretKey Derive(SecretKey transported, OpaqueId vault, OpaqueId slot) => SecretKey.FromHkdf(transported.Span, [], Context(vault, slot));

    private SecretKey? TryRsa(ReadOnlySpan<byte> encrypted)
    {
        using var rsa = _certificate.GetRSAPrivateKey();
        if (rsa is null || encrypted.Length != (rsa.KeySize + 7) / 8) return null;
        byte[] plain;
        try
        {
            plain = rsa.Decrypt(encrypted.ToArray(), RSAEncryptionPadding.OaepSHA256);
        }
        catch (CryptographicException)
        {
            return null; // Made for another key of the same size.
        }

        try
        {
            return plain.Length == SecretKey.Size ? SecretKey.CopyOf(plain) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private SecretKey? TryEc(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context)
    {
        using var ec = _certificate.GetECDiffieHellmanPrivateKey();
        return ec is not null && IsP256(ec) ? Ecies.TryUnwrap(ec, wrapped, context) : null;
    }
}
