using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class VaultKeysTests : IAsyncDisposable
{
    private readonly MemoryObjectStore _store = new();
    private readonly RecoveryKey _recovery = RecoveryKey.Create();
    private readonly CredentialFileSecret _secret = Secrets.Credential();

    [Fact]
    public async Task Open_WithTheSecretOfBirth_GivesTheSameKeys()
    {
        var stream = OpaqueId.Random();
        byte[] slots, key, derived;
        OpaqueId id;
        using (var born = await VaultKeys.CreateAsync(_store, new VaultBirth(_secret, _recovery, Demo: true), default))
        {
            id = born.VaultId;
            slots = born.NewStreamKeySlots(stream, out var streamKey);
            using (streamKey) key = streamKey.Span.ToArray();
            using var label = born.Derive("well-known");
            derived = label.Span.ToArray();
        }

        using var opened = await VaultKeys.OpenAsync(_store, _secret, default);
        opened.VaultId.ShouldBe(id);
        opened.IsDemo.ShouldBeTrue();
        opened.RecoveryKeyId.ShouldBe(_recovery.Id);
        using var again = opened.OpenStreamKey(stream, slots);
        again.Span.ToArray().ShouldBe(key);
        using var derivedAgain = opened.Derive("well-known");
        derivedAgain.Span.ToArray().ShouldBe(derived);
        using var other = opened.Derive("another");
        other.Span.ToArray().ShouldNotBe(derived);
    }

    public ValueTask DisposeAsync()
    {
        _recovery.Dispose();
        return _store.DisposeAsync();
    }
}

internal static class Secrets
{
    public static CredentialFileSecret Credential()
    {
        var bytes = new byte[32];
        do System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        while (bytes.Distinct().Count() < 16);
        return new CredentialFileSecret(bytes);
    }
}
