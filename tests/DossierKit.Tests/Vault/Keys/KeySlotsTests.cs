using System.Security.Cryptography;
using DossierKit.Vault;
using Microsoft.AspNetCore.DataProtection;

namespace DossierKit.Tests.Vault.Keys;

public sealed class KeySlotsTests
{
    private readonly OpaqueId _stream = OpaqueId.Random();

    [Fact]
    public async Task Open_SlotsOfAnotherStream_AreRefused()
    {
        using var vault = await BornVault.CreateAsync();
        var slots = vault.Keys.NewStreamKeySlots(_stream, out var key);
        key.Dispose();
        var other = OpaqueId.Random();
        var error = Should.Throw<VaultDamagedException>(() => vault.Keys.OpenStreamKey(other, slots));
        error.Message.ShouldContain(other.ToString());
        Should.Throw<VaultDamagedException>(() => vault.Recovery.Open(vault.Id, other, slots));
        Should.Throw<VaultDamagedException>(() => vault.Recovery.Open(OpaqueId.Random(), _stream, slots));
    }

    [Fact]
    public async Task Open_SlotsOfAnotherVault_AreRefused()
    {
        using var vault = await BornVault.CreateAsync();
        using var other = await BornVault.CreateAsync();
        var slots = other.Keys.NewStreamKeySlots(_stream, out var key);
        key.Dispose();
        Should.Throw<VaultDamagedException>(() => vault.Keys.OpenStreamKey(_stream, slots));
    }

    /// <summary>The day of the disaster: ring, unlock slots and every passphrase are gone; the sheet from the safe is all there is.</summary>
    [Fact]
    public async Task RecoveryKey_FromItsSheet_OpensAStreamWithoutRingAndRoot()
    {
        using var vault = await BornVault.CreateAsync();
        var slots = vault.Keys.NewStreamKeySlots(_stream, out var key);
        using var fromSheet = RecoveryKey.FromPem(vault.Recovery.ToPem());
        fromSheet.Id.ShouldBe(vault.Keys.RecoveryKeyId);
        using (key)
        using (var recovered = fromSheet.Open(vault.Id, _stream, slots)) recovered.Span.SequenceEqual(key.Span).ShouldBeTrue();

        using var stranger = RecoveryKey.Create();
        Should.Throw<VaultDamagedException>(() => stranger.Open(vault.Id, _stream, slots));
    }

    [Fact]
    public async Task Open_EachByteOfEachSlotChanged_IsRefusedByItsOpener()
    {
        using var vault = await BornVault.CreateAsync();
        var slots = vault.Keys.NewStreamKeySlots(_stream, out var key);
        key.Dispose();
        var recoveryAt = slots.AsSpan().IndexOf(vault.Recovery.Id.ToArray()) - 1;
        for (var i = 0; i < slots.Length; i++)
        {
            var bad = slots.ToArray();
            bad[i] ^= 0x40;
            // The bytes of one slot do not touch the other's opener; those before both touch both.
            if (i < recoveryAt) Should.Throw<VaultDamagedException>(() => vault.Keys.OpenStreamKey(_stream, bad), $"byte {i}");
            if (i < 5 || i >= recoveryAt) Should.Throw<VaultDamagedException>(() => vault.Recovery.Open(vault.Id, _stream, bad), $"byte {i}");
        }

        for (var length = 0; length < slots.Length; length++)
            Should.Throw<VaultDamagedException>(() => vault.Keys.OpenStreamKey(_stream, slots.AsMemory(0, length)), $"cut to {length}");
        Should.Throw<VaultDamagedException>(() => vault.Keys.OpenStreamKey(_stream, (byte[])[.. slots, 0]));
    }

    [Fact]
    public async Task Parse_KindOfALaterVersion_IsKeptAndPassedOver()
    {
        using var vault = await BornVault.CreateAsync();
        var slots = vault.Keys.NewStreamKeySlots(_stream, out var key);
        using (key)
        {
            KeySlot[] more = [new((KeySlotKind)77, OpaqueId.Random(), new byte[3]), .. KeySlots.Parse(_stream, slots)];
            var encoded = KeySlots.Encode(more);
            KeySlots.Parse(_stream, encoded)[0].Wrap.Length.ShouldBe(3);
            using var opened = vault.Keys.OpenStreamKey(_stream, encoded);
            opened.Span.SequenceEqual(key.Span).ShouldBeTrue();
        }
    }

    [Fact]
    public void Open_NoSlotForTheRing_SaysSo()
    {
        var provider = new EphemeralDataProtectionProvider();
        using var recovery = RecoveryKey.Create();
        var slots = new KeySlots(OpaqueId.Random(), provider, recovery.PublicPoint);
        var onlyRecovery = KeySlots.Encode([.. KeySlots.Parse(_stream, slots.Seal(_stream, new byte[32])).Where(slot => slot.Kind == KeySlotKind.Recovery)]);
        Should.Throw<VaultDamagedException>(() => slots.Open(_stream, onlyRecovery)).Message.ShouldContain("recovery key");
        Should.Throw<ArgumentException>(() => slots.Seal(_stream, new byte[31]));
    }

    [Fact]
    public async Task RecoveryKey_OpensTheVaultWhenEveryPassphraseIsLost()
    {
        using var vault = await BornVault.CreateAsync();
        using var fromSheet = RecoveryKey.FromPem(vault.Recovery.ToPem());
        var fresh = Secrets.Credential();
        using (var opened = await vault.OpenAsync(new RecoverySecret(fromSheet))) await opened.AddUnlockAsync(fresh, default);
        using var again = await vault.OpenAsync(fresh);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not pem at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void RecoveryKey_FromOtherText_IsRefused(string pem) => Should.Throw<VaultEnvironmentException>(() => RecoveryKey.FromPem(pem));

    [Fact]
    public void RecoveryKey_OfAnotherKind_IsRefused()
    {
        using var publicOnly = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var otherCurve = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        foreach (var pem in (string[])[publicOnly.ExportSubjectPublicKeyInfoPem(), otherCurve.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem()])
            Should.Throw<VaultEnvironmentException>(() => RecoveryKey.FromPem(pem));
    }

    [Fact]
    public void Ecies_PointNotOnTheCurve_DoesNotOpen()
    {
        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var wrapped = Ecies.Wrap(Ecies.PointOf(recipient), new byte[32], "binding"u8);
        using (var opened = Ecies.TryUnwrap(recipient, wrapped, "binding"u8)) opened.ShouldNotBeNull();
        Ecies.TryUnwrap(recipient, wrapped, "other"u8).ShouldBeNull();
        wrapped[40] ^= 1;
        Ecies.TryUnwrap(recipient, wrapped, "binding"u8).ShouldBeNull();
        Ecies.TryUnwrap(recipient, new byte[Ecies.WrappedSize], "binding"u8).ShouldBeNull();
    }

    [Fact]
    public void KeyWrap_AnyChange_IsRefusedByName()
    {
        using var kek = SecretKey.Random();
        using var key = SecretKey.Random();
        var wrapped = KeyWrap.Wrap(kek.Span, key.Span, "place"u8);
        wrapped.Length.ShouldBe(60);
        KeyWrap.Wrap(kek.Span, key.Span, "place"u8).ShouldNotBe(wrapped);
        using (var opened = KeyWrap.Unwrap(kek.Span, wrapped, "place"u8, "keys/1")) opened.Span.SequenceEqual(key.Span).ShouldBeTrue();
        Should.Throw<VaultDamagedException>(() => KeyWrap.Unwrap(kek.Span, wrapped, "elsewhere"u8, "keys/1")).Message.ShouldContain("keys/1");
        Should.Throw<VaultDamagedException>(() => KeyWrap.Unwrap(key.Span, wrapped, "place"u8, "keys/1"));
        Should.Throw<VaultDamagedException>(() => KeyWrap.Unwrap(kek.Span, wrapped.AsSpan(..^1), "place"u8, "keys/1"));
        for (var i = 0; i < wrapped.Length; i++)
        {
            wrapped[i] ^= 1;
            Should.Throw<VaultDamagedException>(() => KeyWrap.Unwrap(kek.Span, wrapped, "place"u8, "keys/1"));
            wrapped[i] ^= 1;
        }

        Should.Throw<ArgumentException>(() => KeyWrap.Wrap(kek.Span, new byte[16], "place"u8));
    }
}
