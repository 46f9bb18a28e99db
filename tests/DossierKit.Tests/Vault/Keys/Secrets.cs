using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

/// <summary>Unlock secrets made for one test.</summary>
internal static class Secrets
{
    private static readonly DateTimeOffset Start = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2002, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const string Passphrase = "vier gele eenden zwemmen";

    public static CredentialFileSecret Credential()
    {
        var bytes = new byte[32];
        do RandomNumberGenerator.Fill(bytes);
        while (bytes.Distinct().Count() < 16);
        return new CredentialFileSecret(bytes);
    }

    public static X509Certificate2 RsaCertificate(int bits = 2048)
    {
        using var key = RSA.Create(bits);
        return Sign(new CertificateRequest("CN=vault", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static X509Certificate2 EcCertificate(ECCurve? curve = null, X509KeyUsageFlags? usage = null)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=vault", key, HashAlgorithmName.SHA256);
        if (usage is { } flags) request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, critical: true));
        if (usage != X509KeyUsageFlags.KeyAgreement) return Sign(request);

        // A certificate for key agreement alone cannot sign itself the easy way.
        using var publicPart = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Start, End, [1]);
        using var agreement = ECDiffieHellman.Create(key.ExportParameters(includePrivateParameters: true));
        return publicPart.CopyWithPrivateKey(agreement);
    }

    // Long expired: a certificate's dates must not lock anyone out.
    private static X509Certificate2 Sign(CertificateRequest request)
        => request.CreateSelfSigned(Start, End);
}

/// <summary>A vault in memory and what opens it.</summary>
internal sealed class BornVault : IDisposable
{
    private BornVault(MemoryObjectStore store, RecoveryKey recovery, CredentialFileSecret secret, VaultKeys keys)
    {
        Store = store;
        Recovery = recovery;
        Secret = secret;
        Keys = keys;
    }

    public MemoryObjectStore Store { get; }

    public RecoveryKey Recovery { get; }

    public CredentialFileSecret Secret { get; }

    public VaultKeys Keys { get; }

    public OpaqueId Id => Keys.VaultId;

    public static async Task<BornVault> CreateAsync()
    {
        var (store, recovery, secret) = (new MemoryObjectStore(), RecoveryKey.Create(), Secrets.Credential());
        return new BornVault(store, recovery, secret, await VaultKeys.CreateAsync(store, new VaultBirth(secret, recovery), default));
    }

    public Task<VaultKeys> OpenAsync(UnlockSecret? secret = null) => VaultKeys.OpenAsync(Store, secret ?? Secret, default).AsTask();

    public IReadOnlyList<ObjectName> Names(string prefix) => [.. Store.Snapshot().Keys.Where(name => name.Value.StartsWith(prefix, StringComparison.Ordinal)).Order()];

    public byte[] Bytes(ObjectName name) => Store.Snapshot()[name].ToArray();

    /// <summary>The object that wraps the root secret for a kind of secret.</summary>
    public ObjectName SlotOf(UnlockKind kind) => Names("unlock/").Single(name => Bytes(name)[4] == (byte)kind);

    public void Dispose()
    {
        Keys.Dispose();
        Recovery.Dispose();
    }
}
