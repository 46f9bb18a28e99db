using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DossierKit.Vault;

namespace DossierKit.Retention;

/// <summary>
/// Signs statements of destruction with a key of the vault that is kept nowhere: it follows from the root secret (<c>FORMAT.md</c>, "Signing key"), so it is the same
/// after every restore and cannot get lost apart from the vault. Dispose to forget it.
/// </summary>
internal sealed class StatementSigner : IDisposable
{
    // The order of P-256 (FIPS 186-5): a private key is a number from 1 up to but not including it.
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private readonly ECDsa _key;

    private StatementSigner(ECDsa key) => _key = key;

    /// <summary>The public half, as others check with it.</summary>
    public StatementKey Public => new(_key.ExportSubjectPublicKeyInfo());

    public static StatementSigner Of(DossierVault vault)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var secret = vault.Keys.Derive(attempt == 0 ? "verklaring" : $"verklaring/{attempt}");
            // Once in four thousand million vaults the number is too large: then the next.
            if (secret.Span.SequenceCompareTo(Order) >= 0 || !secret.Span.ContainsAnyExcept((byte)0)) continue;
            var number = secret.Span.ToArray();
            try
            {
                return new StatementSigner(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number }));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(number);
            }
        }
    }

    /// <summary>The statement with its signature: <c>{"verklaring": …, "handtekening": …}</c>.</summary>
    public JsonObject Sign(JsonObject statement)
    {
        var signature = _key.SignData(CanonicalJson.Write(statement), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new JsonObject
        {
            ["verklaring"] = statement.DeepClone(),
            ["handtekening"] = new JsonObject
            {
                ["algoritme"] = StatementKey.Algorithm,
                ["sleutel"] = Convert.ToBase64String(Public.Spki.Span),
                ["vingerafdruk"] = Public.Fingerprint,
                ["waarde"] = Convert.ToBase64String(signature),
            },
        };
    }

    public void Dispose() => _key.Dispose();
}

/// <summary>The public key statements of a vault are checked with; not secret, meant to be published.</summary>
/// <param name="Spki">SubjectPublicKeyInfo, DER (RFC 5280).</param>
public sealed record StatementKey(ReadOnlyMemory<byte> Spki)
{
    /// <summary>How statements are signed: ECDSA on P-256 over SHA-256, the signature in DER.</summary>
    public const string Algorithm = "ECDSA-P256-SHA256";

    /// <summary>SHA-256 of <see cref="Spki"/>: 64 lower-case hexadecimal digits, to be compared with what the municipality published.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Spki.Span));

    /// <summary>The key as other programs read it (PEM, RFC 7468).</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", Spki.Span) + "\n";

    /// <summary>Reads a key from PEM, or a fingerprint.</summary>
    /// <param name="text">What was given.</param>
    /// <returns>The fingerprint it names; <see langword="null"/> when it is neither.</returns>
    public static string? FingerprintOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.Length == 64 && !trimmed.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF")) return trimmed.ToLowerInvariant();
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(trimmed);
            return new StatementKey(key.ExportSubjectPublicKeyInfo()).Fingerprint;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
