using System.Text;
using System.Xml.Linq;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class KeyRingTests
{
    /// <summary>
    /// The framework's file repository answers before the key is on the disk: in four of four power cuts the key file was left empty, and every wrapped key lost.
    /// Here the ring's key is an object, durable before the vault exists.
    /// So when it cannot be made durable, there is no vault to lose.
    /// </summary>
    [Fact]
    public async Task Create_RingKeyNotDurable_NoVaultComesToBe()
    {
        var store = new MemoryObjectStore();
        var order = new List<string>();
        store.Fault = (operation, name) =>
        {
            if (operation != StoreOperation.Commit) return null;
            order.Add(name!.Value.Value.Split('/')[0]);
            return order[^1] == "ring" ? StoreFault.NotDurable : null;
        };
        using var recovery = RecoveryKey.Create();
        await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.CreateAsync(store, new VaultBirth(Secrets.Credential(), recovery), default).AsTask());
        (await store.ExistsAsync(VaultHeader.Name, default)).ShouldBeFalse();
        order.ShouldBe(["unlock", "unlock", "ring"]);
    }

    [Fact]
    public async Task Create_AnyVault_CommitsTheHeaderLast()
    {
        var store = new MemoryObjectStore();
        var order = new List<string>();
        store.Fault = (operation, name) =>
        {
            if (operation == StoreOperation.Commit) order.Add(name!.Value.Value.Split('/')[0]);
            return null;
        };
        using var recovery = RecoveryKey.Create();
        using var born = await VaultKeys.CreateAsync(store, new VaultBirth(Secrets.Credential(), recovery), default);
        order.ShouldBe(["unlock", "unlock", "ring", "vault"]);
    }

    /// <summary>
    /// The framework's ring is not authenticated: a key file that an attacker plants, in clear, is taken for one of the ring's own and used for all new wraps.
    /// He then opens whatever is written afterwards.
    /// An element that is not sealed under the root secret is refused by name.
    /// </summary>
    [Fact]
    public async Task Open_PlantedPlaintextKey_IsRefusedByName()
    {
        using var vault = await BornVault.CreateAsync();
        var name = RandomName(vault);
        vault.Store.Tamper(name, Encoding.UTF8.GetBytes(PlainKey().ToString()));
        var error = await Refused(vault, name);
        error.Message.ShouldContain("not sealed");
    }

    [Fact]
    public async Task Open_KeySealedElsewhere_IsRefusedByName()
    {
        using var vault = await BornVault.CreateAsync();
        using var other = await BornVault.CreateAsync();
        // As it is, from another vault with the same secrets' kinds.
        var name = RandomName(vault);
        vault.Store.Tamper(name, other.Bytes(other.Names("ring/").Single()));
        await Refused(vault, name);

        // And by an attacker who knows the format, but not the root secret.
        using var key = SecretKey.Random();
        var attackers = new MemoryObjectStore();
        var repository = await KeyRingRepository.LoadAsync(attackers, vault.Id, key, default);
        repository.StoreElement(PlainKey(), "key");
        var (planted, bytes) = attackers.Snapshot().Single();
        await vault.Store.DeleteAsync(name, default);
        vault.Store.Tamper(planted, bytes.Span);
        await Refused(vault, planted);
    }

    [Fact]
    public async Task Open_OwnKeyCopiedUnderAnotherName_IsRefusedByName()
    {
        using var vault = await BornVault.CreateAsync();
        var name = RandomName(vault);
        vault.Store.Tamper(name, vault.Bytes(vault.Names("ring/").Single()));
        await Refused(vault, name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("DKR1")]
    [InlineData("rubbish that is no key at all, but long enough to be one")]
    [InlineData("""<revocation version="1"><revocationDate>2026-01-01T00:00:00Z</revocationDate><key id="*" /></revocation>""")]
    public async Task Open_GarbageOrForgedRevocation_IsRefusedByNameAndNotSkipped(string content)
    {
        using var vault = await BornVault.CreateAsync();
        var name = RandomName(vault);
        vault.Store.Tamper(name, Encoding.UTF8.GetBytes(content));
        await Refused(vault, name);
    }

    /// <summary>
    /// A revocation in the framework's ring locks every wrapped key, and one forged file is enough.
    /// Even one sealed with our own key is refused: we never write any, because destruction deletes stream keys and not ring keys.
    /// </summary>
    [Theory]
    [InlineData("""<revocation version="1"><revocationDate>2026-01-01T00:00:00Z</revocationDate><key id="*" /></revocation>""")]
    [InlineData("""<surprise version="1" />""")]
    [InlineData("""<key id="not-a-guid" version="1" />""")]
    [InlineData("""<key id="0f8fad5b-d9cb-469f-a165-70867728950e" version="2" />""")]
    [InlineData("""<!DOCTYPE key [<!ENTITY a "b">]><key id="0f8fad5b-d9cb-469f-a165-70867728950e" version="1">&a;</key>""")]
    [InlineData("no xml")]
    public async Task Load_SealedElementThatIsNoKey_IsRefused(string content)
    {
        var store = new MemoryObjectStore();
        var vault = OpaqueId.Random();
        using var key = SecretKey.Random();
        var name = new ObjectName($"ring/{vault}/{OpaqueId.Random()}");
        var aad = Binding.Of("ring", vault, default, Encoding.ASCII.GetBytes(name.Value));
        store.Tamper(name, [.. "DKR1"u8, .. KeyWrap.Seal(key.Span, Encoding.UTF8.GetBytes(content), aad)]);
        var error = await Should.ThrowAsync<VaultDamagedException>(() => KeyRingRepository.LoadAsync(store, vault, key, default).AsTask());
        error.Message.ShouldContain(name.Value);
        Should.Throw<InvalidOperationException>(() => Store(store, vault, key));

        static void Store(MemoryObjectStore _, OpaqueId vault, SecretKey key)
        {
            var repository = KeyRingRepository.LoadAsync(new MemoryObjectStore(), vault, key, default).AsTask().GetAwaiter().GetResult();
            repository.StoreElement(new XElement("revocation", new XAttribute("version", "1")), "revocation");
        }
    }

    /// <summary>
    /// With a key-encryption key that does not fit, or with no keys at all, the framework quietly makes a new key and goes on.
    /// Everything written from then on would be under another key than before, and the old dossiers closed.
    /// The canary in the header refuses a ring without the key it was wrapped with, and nothing is written.
    /// </summary>
    [Fact]
    public async Task Open_RingDeletedOrReplaced_IsRefusedAndNoKeyIsMade()
    {
        using var vault = await BornVault.CreateAsync();
        var name = vault.Names("ring/").Single();
        await vault.Store.DeleteAsync(name, default);
        var before = vault.Store.Snapshot().Count;
        (await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync())).Message.ShouldContain("canary");

        // Another key, sealed as the vault itself would: somebody rotated, and then the first key was lost.
        using (var sealing = SealingKey(vault))
        using (var ring = await KeyRing.OpenAsync(vault.Store, vault.Id, sealing, default)) ring.CreateFirstKey();
        (await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync())).Message.ShouldContain("canary");
        vault.Store.Snapshot().Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task EmptyRing_ProtectsNothing()
    {
        using var key = SecretKey.Random();
        var store = new MemoryObjectStore();
        using var ring = await KeyRing.OpenAsync(store, OpaqueId.Random(), key, default);
        Should.Throw<Exception>(() => ring.SealCanary(OpaqueId.Random()));
        store.Snapshot().ShouldBeEmpty();
    }

    /// <summary>
    /// With automatic keys off and only a key that is expired, or not yet active, the framework neither protects nor unprotects.
    /// A clock that runs wrong, or a calendar nobody watched, would lock a municipality out of every dossier.
    /// Dates of keys order them here; they never close the ring.
    /// </summary>
    [Theory]
    [InlineData("2000-01-01T00:00:00Z", "2001-01-01T00:00:00Z")]
    [InlineData("8000-01-01T00:00:00Z", "9000-01-01T00:00:00Z")]
    public async Task Open_OnlyKeyExpiredOrNotYetActive_StillOpensAndSeals(string activation, string expiration)
    {
        using var vault = await BornVault.CreateAsync();
        var stream = OpaqueId.Random();
        var slots = vault.Keys.NewStreamKeySlots(stream, out var key);
        using var sealing = SealingKey(vault);
        var element = (await KeyRingRepository.LoadAsync(vault.Store, vault.Id, sealing, default)).GetAllElements().ShouldHaveSingleItem();
        element.Element("activationDate")!.Value.ShouldStartWith("2000-01-01");
        element.Element("expirationDate")!.Value.ShouldStartWith("9000-01-01");
        element.Element("activationDate")!.Value = activation;
        element.Element("expirationDate")!.Value = expiration;
        await vault.Store.DeleteAsync(vault.Names("ring/").Single(), default);
        (await KeyRingRepository.LoadAsync(vault.Store, vault.Id, sealing, default)).StoreElement(element, "key");

        using var opened = await vault.OpenAsync();
        using (key)
        using (var again = opened.OpenStreamKey(stream, slots)) again.Span.SequenceEqual(key.Span).ShouldBeTrue();
        opened.NewStreamKeySlots(OpaqueId.Random(), out var another);
        another.Dispose();
        vault.Names("ring/").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Rotate_ActiveLater_SealsWithTheOldKeyUntilThen()
    {
        using var vault = await BornVault.CreateAsync();
        var stream = OpaqueId.Random();
        var before = vault.Keys.NewStreamKeySlots(stream, out var first);
        vault.Keys.RotateRing(new DateTimeOffset(8000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var after = vault.Keys.NewStreamKeySlots(stream, out var second);
        first.Dispose();
        second.Dispose();
        RingKeyOf(stream, after).ShouldBe(RingKeyOf(stream, before));
    }

    [Fact]
    public async Task Rotate_NewKey_OldAndNewStreamsOpenAlsoAfterReopening()
    {
        using var vault = await BornVault.CreateAsync();
        var (first, second) = (OpaqueId.Random(), OpaqueId.Random());
        var oldSlots = vault.Keys.NewStreamKeySlots(first, out var oldKey);
        vault.Keys.RotateRing(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var newSlots = vault.Keys.NewStreamKeySlots(second, out var newKey);
        using (oldKey)
        using (newKey)
        {
            RingKeyOf(second, newSlots).ShouldNotBe(RingKeyOf(first, oldSlots));
            using var reopened = await vault.OpenAsync();
            using var oldAgain = reopened.OpenStreamKey(first, oldSlots);
            using var newAgain = reopened.OpenStreamKey(second, newSlots);
            oldAgain.Span.SequenceEqual(oldKey.Span).ShouldBeTrue();
            newAgain.Span.SequenceEqual(newKey.Span).ShouldBeTrue();
        }

        vault.Names("ring/").Count.ShouldBe(2);
    }

    // The framework writes four bytes of its own, then the id of the key.
    private static Guid RingKeyOf(OpaqueId stream, byte[] slots) => new(KeySlots.Parse(stream, slots)[0].Wrap.Span.Slice(4, 16));

    private static XElement PlainKey() => XElement.Parse("""
        <key id="0f8fad5b-d9cb-469f-a165-70867728950e" version="1"><creationDate>2026-01-01T00:00:00Z</creationDate><activationDate>2000-01-01T00:00:00Z</activationDate>
        <expirationDate>9000-01-01T00:00:00Z</expirationDate><descriptor><masterKey><value>AAAA</value></masterKey></descriptor></key>
        """);

    private static ObjectName RandomName(BornVault vault) => new($"ring/{vault.Id}/{OpaqueId.Random()}");

    private static async Task<VaultDamagedException> Refused(BornVault vault, ObjectName name)
    {
        var error = await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync());
        error.Message.ShouldContain(name.Value);
        return error;
    }

    private static SecretKey SealingKey(BornVault vault)
    {
        var name = vault.SlotOf(UnlockKind.CredentialFile);
        using var root = UnlockSlot.Parse(vault.Id, name, vault.Bytes(name)).TryOpen(vault.Secret)!;
        return SecretKey.FromHkdf(root.Span, vault.Id.ToArray(), "DossierKit/1/ring");
    }
}
