using System.Buffers.Binary;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class VaultKeysTests
{
    [Fact]
    public async Task Open_WithTheSecretOfBirth_GivesTheSameKeys()
    {
        var store = new MemoryObjectStore();
        using var recovery = RecoveryKey.Create();
        var secret = Secrets.Credential();
        var stream = OpaqueId.Random();
        byte[] slots, key, derived, state;
        OpaqueId id;
        using (var born = await VaultKeys.CreateAsync(store, new VaultBirth(secret, recovery, Demo: true), default))
        {
            id = born.VaultId;
            slots = born.NewStreamKeySlots(stream, out var streamKey);
            using (streamKey) key = streamKey.Span.ToArray();
            using var label = born.Derive("well-known");
            derived = label.Span.ToArray();
            using var stateKey = born.DeriveStateKey();
            state = stateKey.Span.ToArray();
        }

        using var opened = await VaultKeys.OpenAsync(store, secret, default);
        opened.VaultId.ShouldBe(id);
        opened.IsDemo.ShouldBeTrue();
        opened.RecoveryKeyId.ShouldBe(recovery.Id);
        using var again = opened.OpenStreamKey(stream, slots);
        again.Span.ToArray().ShouldBe(key);
        using var derivedAgain = opened.Derive("well-known");
        derivedAgain.Span.ToArray().ShouldBe(derived);
        using var other = opened.Derive("another");
        other.Span.ToArray().ShouldNotBe(derived);
        using var named = opened.Derive("state");
        named.Span.ToArray().ShouldNotBe(state, "a caller's label must not reach the vault's own keys");
    }

    [Fact]
    public async Task Create_AnyVault_IsNoDemoUnlessAsked()
    {
        using var vault = await BornVault.CreateAsync();
        using var opened = await vault.OpenAsync();
        opened.IsDemo.ShouldBeFalse();
    }

    [Fact]
    public async Task Open_WrongSecretOfAnyKind_SaysTheSameAndWritesNothing()
    {
        using var vault = await BornVault.CreateAsync();
        using var stranger = RecoveryKey.Create();
        using var certificate = Secrets.EcCertificate();
        var before = vault.Store.Snapshot();
        var texts = new List<string>();
        foreach (var secret in (UnlockSecret[])[Secrets.Credential(), new PassphraseSecret(Secrets.Passphrase), new CertificateSecret(certificate), new RecoverySecret(stranger)])
            texts.Add((await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync(secret))).Message);

        texts.Distinct().ShouldHaveSingleItem();
        Same(before, vault.Store.Snapshot());
    }

    [Theory]
    [InlineData("vault")]
    [InlineData("ring/")]
    [InlineData("unlock/")]
    public async Task Open_AnyByteChanged_IsRefused(string prefix)
    {
        using var vault = await BornVault.CreateAsync();
        var name = prefix == "unlock/" ? vault.SlotOf(UnlockKind.CredentialFile) : vault.Names(prefix).Single();
        var good = vault.Bytes(name);
        for (var i = 0; i < good.Length; i += prefix == "ring/" ? 11 : 3)
        {
            var bad = good.ToArray();
            bad[i] ^= (byte)(1 << (i % 8));
            vault.Store.Tamper(name, bad);
            await Should.ThrowAsync<VaultException>(() => vault.OpenAsync(), $"byte {i} of {name}");
        }

        for (var length = 0; length < good.Length; length += 13)
        {
            vault.Store.Tamper(name, good.AsSpan(0, length));
            await Should.ThrowAsync<VaultException>(() => vault.OpenAsync(), $"{name} cut to {length}");
        }

        vault.Store.Tamper(name, [.. good, 0]);
        await Should.ThrowAsync<VaultException>(() => vault.OpenAsync());
        vault.Store.Tamper(name, good);
        using var opened = await vault.OpenAsync();
    }

    [Fact]
    public async Task Open_NewerFormat_SaysSo()
    {
        using var vault = await BornVault.CreateAsync();
        var bytes = vault.Bytes(VaultHeader.Name);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), 2);
        vault.Store.Tamper(VaultHeader.Name, bytes);
        (await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync())).Message.ShouldContain("newer");
    }

    /// <summary>
    /// The recovery point in the header is public, and every new stream key is wrapped for it.
    /// Whoever can write the data folder could put his own there and read all that is written from then on.
    /// The header is authenticated under the root secret, so his is refused.
    /// </summary>
    [Fact]
    public async Task Open_RecoveryPointSwapped_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        using var attacker = RecoveryKey.Create();
        var bytes = vault.Bytes(VaultHeader.Name);
        var at = bytes.AsSpan().IndexOf(vault.Recovery.PublicPoint.Span);
        at.ShouldBeGreaterThan(0);
        attacker.PublicPoint.Span.CopyTo(bytes.AsSpan(at));
        vault.Store.Tamper(VaultHeader.Name, bytes);
        (await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync())).Message.ShouldContain("vault");
    }

    [Fact]
    public async Task Open_HeaderOfAnotherVault_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        using var other = await BornVault.CreateAsync();
        vault.Store.Tamper(VaultHeader.Name, other.Bytes(VaultHeader.Name));
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync());
    }

    [Fact]
    public async Task Open_DemoMarkAdded_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        var bytes = vault.Bytes(VaultHeader.Name);
        bytes[7] |= 1;
        vault.Store.Tamper(VaultHeader.Name, bytes);
        await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync());
    }

    [Fact]
    public async Task Open_NothingThere_SaysInit()
    {
        var error = await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.OpenAsync(new MemoryObjectStore(), Secrets.Credential(), default).AsTask());
        error.Message.ShouldContain("init");
    }

    [Fact]
    public async Task Open_HeaderLostFromAVault_IsDamage()
    {
        using var vault = await BornVault.CreateAsync();
        await vault.Store.PutIfAbsentAsync(new ObjectName("packs/00"), new byte[1], default);
        await vault.Store.DeleteAsync(VaultHeader.Name, default);
        (await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync())).Message.ShouldContain("vault");
        await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.CreateAsync(vault.Store, new VaultBirth(vault.Secret, vault.Recovery), default).AsTask());
    }

    [Fact]
    public async Task Create_OverAVault_IsRefusedAndChangesNothing()
    {
        using var vault = await BornVault.CreateAsync();
        var before = vault.Store.Snapshot();
        await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.CreateAsync(vault.Store, new VaultBirth(vault.Secret, vault.Recovery), default).AsTask());
        Same(before, vault.Store.Snapshot());
    }

    [Fact]
    public async Task Create_ForeignObjects_IsRefusedAndWritesNothing()
    {
        var store = new MemoryObjectStore();
        await store.PutIfAbsentAsync(new ObjectName("holiday/photo"), new byte[1], default);
        using var recovery = RecoveryKey.Create();
        await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.CreateAsync(store, new VaultBirth(Secrets.Credential(), recovery), default).AsTask());
        store.Snapshot().ShouldHaveSingleItem();
    }

    /// <summary>
    /// An init may be killed, or the disk may fail, at any operation.
    /// Afterwards there is either no vault, and init can start again in the same place, or a whole one that opens.
    /// </summary>
    [Theory]
    [InlineData((int)StoreFault.Before)]
    [InlineData((int)StoreFault.After)]
    [InlineData((int)StoreFault.NotDurable)]
    public async Task Create_FailureAtEveryOperation_LeavesNoVaultOrAWholeOne(int fault)
    {
        using var recovery = RecoveryKey.Create();
        var secret = Secrets.Credential();
        for (var k = 0; ; k++)
        {
            var store = new MemoryObjectStore();
            var count = 0;
            store.Fault = (_, _) => count++ == k ? (StoreFault)fault : null;
            var failed = false;
            try
            {
                using var born = await VaultKeys.CreateAsync(store, new VaultBirth(secret, recovery), default);
            }
            catch (VaultException)
            {
                failed = true;
            }

            if (count <= k)
            {
                k.ShouldBeGreaterThan(10, "the faults must have been met");
                break;
            }

            store.Fault = null;
            store.Restore(store.Snapshot());
            if (await store.ExistsAsync(VaultHeader.Name, default))
            {
                using var opened = await VaultKeys.OpenAsync(store, secret, default);
            }
            else
            {
                failed.ShouldBeTrue();
                using var again = await VaultKeys.CreateAsync(store, new VaultBirth(secret, recovery), default);
                using var opened = await VaultKeys.OpenAsync(store, secret, default);
                store.Snapshot().Keys.ShouldAllBe(name => name == VaultHeader.Name || name.Value.Contains(again.VaultId.ToString()), "the leftovers are tidied up");
            }
        }
    }

    [Fact]
    public async Task Create_TwiceAtOnce_OneVaultAndItOpens()
    {
        var store = new MemoryObjectStore();
        using var recovery = RecoveryKey.Create();
        var secrets = Enumerable.Range(0, 4).Select(_ => Secrets.Credential()).ToArray();
        var won = await Task.WhenAll(secrets.Select(secret => Task.Run(async () =>
        {
            try
            {
                using var born = await VaultKeys.CreateAsync(store, new VaultBirth(secret, recovery), default);
                return true;
            }
            catch (VaultEnvironmentException)
            {
                return false;
            }
        })));

        won.Count(w => w).ShouldBe(1);
        using var opened = await VaultKeys.OpenAsync(store, secrets[Array.IndexOf(won, true)], default);
        await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.OpenAsync(store, secrets[Array.IndexOf(won, false)], default).AsTask());
    }

    [Fact]
    public async Task NothingStored_HoldsAKeyInClear()
    {
        using var vault = await BornVault.CreateAsync();
        var slots = vault.Keys.NewStreamKeySlots(OpaqueId.Random(), out var key);
        using (key)
        {
            var stored = vault.Store.Snapshot().Values.Append(slots).ToList();
            foreach (var bytes in stored)
            {
                bytes.Span.IndexOf(key.Span).ShouldBe(-1);
                bytes.Span.IndexOf("masterKey"u8).ShouldBe(-1);
            }
        }
    }

    [Fact]
    public async Task Dispose_Keys_OpenNothingAnyMore()
    {
        using var vault = await BornVault.CreateAsync();
        var keys = await vault.OpenAsync();
        var stream = OpaqueId.Random();
        var slots = keys.NewStreamKeySlots(stream, out var key);
        key.Dispose();
        keys.Dispose();
        Should.Throw<ObjectDisposedException>(() => keys.Derive("x"));
        Should.Throw<ObjectDisposedException>(() => key.Span.Length);
    }

    private static void Same(IReadOnlyDictionary<ObjectName, ReadOnlyMemory<byte>> before, IReadOnlyDictionary<ObjectName, ReadOnlyMemory<byte>> after)
    {
        after.Keys.Order().ShouldBe(before.Keys.Order());
        foreach (var (name, bytes) in before) after[name].Span.SequenceEqual(bytes.Span).ShouldBeTrue(name.Value);
    }
}
