using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class UnlockSlotTests
{
    [Fact]
    public async Task Open_EveryKindOfSecret_Opens()
    {
        using var vault = await BornVault.CreateAsync();
        using var rsa = Secrets.RsaCertificate();
        using var ec = Secrets.EcCertificate();
        using var agreement = Secrets.EcCertificate(usage: X509KeyUsageFlags.KeyAgreement);
        UnlockSecret[] secrets = [new PassphraseSecret(Secrets.Passphrase), new CertificateSecret(rsa), new CertificateSecret(ec), new CertificateSecret(agreement), Secrets.Credential()];
        foreach (var secret in secrets) await vault.Keys.AddUnlockAsync(secret, default);

        foreach (var secret in (UnlockSecret[])[.. secrets, vault.Secret, new RecoverySecret(vault.Recovery)])
        {
            using var opened = await vault.OpenAsync(secret);
            opened.VaultId.ShouldBe(vault.Id);
        }

        var listed = await vault.Keys.ListUnlockAsync(default);
        listed.Select(slot => slot.Kind).Order().ShouldBe([
            UnlockKind.Passphrase, UnlockKind.Certificate, UnlockKind.Certificate, UnlockKind.Certificate, UnlockKind.CredentialFile, UnlockKind.CredentialFile, UnlockKind.RecoveryKey]);
        listed.Single(slot => slot.Kind == UnlockKind.Passphrase).Iterations.ShouldBe(600_000);
    }

    [Fact]
    public async Task ChangePassphrase_AddThenRemove_OldOneOpensNoMore()
    {
        using var vault = await BornVault.CreateAsync();
        var (old, changed) = (new PassphraseSecret(Secrets.Passphrase), new PassphraseSecret("een heel andere wachtwoordzin"));
        var oldSlot = await vault.Keys.AddUnlockAsync(old, default);
        await vault.Keys.AddUnlockAsync(changed, default);
        await vault.Keys.RemoveUnlockAsync(oldSlot, default);

        using var opened = await vault.OpenAsync(changed);
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync(old));
    }

    [Fact]
    public async Task Remove_LastSlot_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        var slots = await vault.Keys.ListUnlockAsync(default);
        var before = vault.Store.DurableOperations;
        foreach (var slot in slots) await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.RemoveUnlockAsync(slot.Id, default).AsTask());
        vault.Store.DurableOperations.ShouldBe(before, "not even for a moment");
        using var opened = await vault.OpenAsync();
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.RemoveUnlockAsync(OpaqueId.Random(), default).AsTask());
    }

    /// <summary>
    /// Two operators each remove the slot of the other, at the same moment: each saw one slot left.
    /// Nobody could open the vault again, but for the recovery key.
    /// So a removal looks again afterwards and puts its slot back.
    /// </summary>
    [Fact]
    public async Task Remove_TheOtherSlotVanishedMeanwhile_PutsItBack()
    {
        using var vault = await BornVault.CreateAsync();
        var mine = (await vault.Keys.ListUnlockAsync(default)).Single(slot => slot.Kind == UnlockKind.CredentialFile).Id;
        var other = await vault.Keys.AddUnlockAsync(Secrets.Credential(), default);
        var deletes = 0;
        vault.Store.Fault = (operation, _) =>
        {
            if (operation == StoreOperation.Delete && deletes++ == 0) vault.Store.DeleteAsync(UnlockSlot.NameOf(vault.Id, other), default).AsTask().GetAwaiter().GetResult();
            return null;
        };
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.RemoveUnlockAsync(mine, default).AsTask());
        deletes.ShouldBe(2);
        using var opened = await vault.OpenAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(599_999)]
    [InlineData(10_000_001)]
    [InlineData(int.MaxValue)]
    [InlineData(uint.MaxValue)]
    public async Task Open_PlantedSlotWithAbsurdIterations_IsRefusedByNameBeforeAnyWork(uint iterations)
    {
        using var vault = await BornVault.CreateAsync();
        var slot = Plant(vault, iterations);
        var error = await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync(new PassphraseSecret(Secrets.Passphrase)));
        error.Message.ShouldContain(slot.Name.Value);
        await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync());
    }

    [Fact]
    public async Task Open_PlantedSlotsThatTogetherAskTooMuch_AreRefused()
    {
        using var vault = await BornVault.CreateAsync();
        for (var i = 0; i < 3; i++) Plant(vault, 10_000_000);
        await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync(new PassphraseSecret(Secrets.Passphrase)));
    }

    [Fact]
    public async Task Open_MoreSlotsThanWeMake_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        var slot = UnlockSlot.Parse(vault.Id, vault.SlotOf(UnlockKind.CredentialFile), vault.Bytes(vault.SlotOf(UnlockKind.CredentialFile)));
        for (var i = 0; i < 15; i++)
        {
            var copy = slot with { Id = OpaqueId.Random() };
            vault.Store.Tamper(copy.Name, copy.Encode());
        }

        await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync());
    }

    [Fact]
    public async Task Open_SlotRenamedOrFromAnotherVault_IsNotBelieved()
    {
        using var vault = await BornVault.CreateAsync();
        using var other = await BornVault.CreateAsync();
        var name = vault.SlotOf(UnlockKind.CredentialFile);
        var bytes = vault.Bytes(name);
        await vault.Store.DeleteAsync(name, default);
        // Under another name, with the id changed to match: the wrap is bound to the id.
        var moved = UnlockSlot.Parse(vault.Id, name, bytes) with { Id = OpaqueId.Random() };
        vault.Store.Tamper(moved.Name, moved.Encode());
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync());

        // The slot of another vault, under its own id: the wrap is bound to the vault.
        await vault.Store.DeleteAsync(moved.Name, default);
        var foreign = UnlockSlot.Parse(other.Id, other.SlotOf(UnlockKind.CredentialFile), other.Bytes(other.SlotOf(UnlockKind.CredentialFile)));
        vault.Store.Tamper(UnlockSlot.NameOf(vault.Id, foreign.Id), foreign.Encode());
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync(other.Secret));
    }

    /// <summary>
    /// A certificate is public: anyone can wrap a root secret of his own choosing for it, and plant that slot.
    /// If it were believed, everything would from then on be sealed under a key that the attacker knows.
    /// The header, authenticated under the real root, gives it away.
    /// </summary>
    [Fact]
    public async Task Open_PlantedSlotThatWrapsAnotherRootForOurCertificate_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        using var certificate = Secrets.EcCertificate();
        using var planted = SecretKey.Random();
        var slot = UnlockSlot.Seal(vault.Id, OpaqueId.Random(), new CertificateSecret(certificate), planted);
        vault.Store.Tamper(slot.Name, slot.Encode());
        var error = await Should.ThrowAsync<VaultDamagedException>(() => vault.OpenAsync(new CertificateSecret(certificate)));
        error.Message.ShouldContain(slot.Id.ToString());
    }

    [Fact]
    public async Task Open_PassphraseTypedWithOtherAccents_Opens()
    {
        using var vault = await BornVault.CreateAsync();
        await vault.Keys.AddUnlockAsync(new PassphraseSecret("één mooie reünie"), default);
        using var opened = await vault.OpenAsync(new PassphraseSecret("e\u0301e\u0301n mooie reu\u0308nie"));
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync(new PassphraseSecret("een mooie reunie")));
    }

    [Theory]
    [InlineData("eend")]
    [InlineData("elf tekens!")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    public async Task Add_WeakPassphrase_IsRefusedInDutchAndEnglishWithoutRepeatingIt(string passphrase)
    {
        var refusal = PassphraseSecret.Check(passphrase).ShouldNotBeNull();
        refusal.ToString().ShouldNotContain(passphrase);
        using var vault = await BornVault.CreateAsync();
        var before = vault.Store.Snapshot().Count;
        var error = await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.AddUnlockAsync(new PassphraseSecret(passphrase), default).AsTask());
        error.Message.ShouldNotContain(passphrase);
        vault.Store.Snapshot().Count.ShouldBe(before);
        var store = new MemoryObjectStore();
        await Should.ThrowAsync<VaultEnvironmentException>(() => VaultKeys.CreateAsync(store, new VaultBirth(new PassphraseSecret(passphrase), vault.Recovery), default).AsTask());
        store.Snapshot().ShouldBeEmpty();
    }

    [Fact]
    public void Check_LoneSurrogateOrEndless_IsRefused()
    {
        foreach (var passphrase in (string[])["half a character \ud800 here", new string('x', 1025)])
        {
            PassphraseSecret.Check(passphrase).ShouldNotBeNull();
            Should.Throw<VaultEnvironmentException>(new PassphraseSecret(passphrase).EnsureStrong);
        }
    }

    [Fact]
    public void Check_GoodPassphrase_IsNull() => PassphraseSecret.Check(Secrets.Passphrase).ShouldBeNull();

    [Fact]
    public void Iterations_OutsideTheRange_Throw()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new PassphraseSecret(Secrets.Passphrase) { Iterations = 599_999 });
        Should.Throw<ArgumentOutOfRangeException>(() => new PassphraseSecret(Secrets.Passphrase) { Iterations = 10_000_001 });
    }

    [Fact]
    public async Task Add_MoreIterations_AreStoredAndOpen()
    {
        using var vault = await BornVault.CreateAsync();
        await vault.Keys.AddUnlockAsync(new PassphraseSecret(Secrets.Passphrase) { Iterations = 700_000 }, default);
        (await vault.Keys.ListUnlockAsync(default)).Single(slot => slot.Kind == UnlockKind.Passphrase).Iterations.ShouldBe(700_000);
        using var opened = await vault.OpenAsync(new PassphraseSecret(Secrets.Passphrase));
    }

    [Fact]
    public async Task Add_CertificateThatWillNotDo_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        using var small = Secrets.RsaCertificate(1024);
        using var curve = Secrets.EcCertificate(ECCurve.NamedCurves.nistP384);
        using var signing = Secrets.EcCertificate(usage: X509KeyUsageFlags.DigitalSignature);
        foreach (var certificate in (X509Certificate2[])[small, curve, signing])
            await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.AddUnlockAsync(new CertificateSecret(certificate), default).AsTask());
        (await vault.Keys.ListUnlockAsync(default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Certificate_PublicPartOnly_CanBeAddedButNotOpenNorFound()
    {
        using var vault = await BornVault.CreateAsync();
        using var whole = Secrets.RsaCertificate();
        using var publicPart = X509CertificateLoader.LoadCertificate(whole.RawData);
        await vault.Keys.AddUnlockAsync(new CertificateSecret(publicPart), default);
        using var opened = await vault.OpenAsync(new CertificateSecret(whole));
        (await Should.ThrowAsync<VaultEnvironmentException>(() => vault.OpenAsync(new CertificateSecret(publicPart)))).Message.ShouldContain("private key");
        await Should.ThrowAsync<VaultEnvironmentException>(
            () => VaultKeys.CreateAsync(new MemoryObjectStore(), new VaultBirth(new CertificateSecret(publicPart), vault.Recovery), default).AsTask());
    }

    [Fact]
    public async Task Add_SecondRecoveryKeyOrTooMany_IsRefused()
    {
        using var vault = await BornVault.CreateAsync();
        using var second = RecoveryKey.Create();
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.AddUnlockAsync(new RecoverySecret(second), default).AsTask());
        for (var i = 0; i < 14; i++) await vault.Keys.AddUnlockAsync(Secrets.Credential(), default);
        await Should.ThrowAsync<VaultEnvironmentException>(() => vault.Keys.AddUnlockAsync(Secrets.Credential(), default).AsTask());
        using var opened = await vault.OpenAsync();
    }

    [Fact]
    public void Secrets_Printed_ShowTheirKindOnly()
    {
        using var recovery = RecoveryKey.Create();
        using var certificate = Secrets.EcCertificate();
        new PassphraseSecret(Secrets.Passphrase).ToString().ShouldBe("UnlockSecret(Passphrase)");
        Secrets.Credential().ToString().ShouldBe("UnlockSecret(CredentialFile)");
        new CertificateSecret(certificate).ToString().ShouldBe("UnlockSecret(Certificate)");
        var birth = new VaultBirth(new PassphraseSecret(Secrets.Passphrase), recovery).ToString();
        birth.ShouldNotContain(Secrets.Passphrase);
        birth.ShouldNotContain("PRIVATE");
    }

    private static UnlockSlot Plant(BornVault vault, uint iterations)
    {
        var parameters = new byte[36];
        BinaryPrimitives.WriteUInt32BigEndian(parameters, iterations);
        var slot = new UnlockSlot(vault.Id, OpaqueId.Random(), UnlockKind.Passphrase, parameters, RandomNumberGenerator.GetBytes(60));
        vault.Store.Tamper(slot.Name, slot.Encode());
        return slot;
    }
}
