using System.Security.Cryptography.X509Certificates;
using DossierKit.Tests.Vault.Store;
using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Keys;

public sealed class SecretFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task CredentialFile_Made_IsPrivateAndOpensTheVault()
    {
        var path = _folder.Below("unlock.key");
        var store = new MemoryObjectStore();
        using var recovery = RecoveryKey.Create();
        using (await VaultKeys.CreateAsync(store, new VaultBirth(UnlockSecret.CreateFile(path), recovery), default))
        {
        }

        using var opened = await VaultKeys.OpenAsync(store, UnlockSecret.FromFile(path), default);
        new FileInfo(path).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void CredentialFile_Exists_IsNeverOverwritten()
    {
        var path = _folder.Below("unlock.key");
        UnlockSecret.CreateFile(path);
        var before = File.ReadAllBytes(path);
        Should.Throw<VaultEnvironmentException>(() => UnlockSecret.CreateFile(path));
        File.ReadAllBytes(path).ShouldBe(before);
        Should.Throw<VaultEnvironmentException>(() => UnlockSecret.CreateFile(_folder.Below("nowhere", "unlock.key")));
    }

    [Fact]
    public void CredentialFile_TooShortTooLongTypedOrMissing_IsRefused()
    {
        foreach (var content in (byte[][])[[], new byte[31], new byte[32], [.. "hallohallohallohallohallohallohallo"u8], new byte[65537]])
        {
            var path = _folder.Below("bad.key");
            File.WriteAllBytes(path, content);
            Should.Throw<VaultEnvironmentException>(() => UnlockSecret.FromFile(path), $"{content.Length} bytes");
        }

        Should.Throw<VaultEnvironmentException>(() => UnlockSecret.FromFile(_folder.Below("missing.key")));
        Should.Throw<VaultEnvironmentException>(() => UnlockSecret.FromFile(_folder.Path));
    }

    [Fact]
    public void ServiceCredential_InTheServicesFolder_IsFound()
    {
        UnlockSecret.FromServiceCredential(null).ShouldBeNull();
        UnlockSecret.FromServiceCredential(_folder.Path).ShouldBeNull();
        var made = UnlockSecret.CreateFile(_folder.Below("dossierkit"));
        UnlockSecret.FromServiceCredential(_folder.Path).ShouldNotBeNull().Content.SequenceEqual(made.Content).ShouldBeTrue();
    }

    [Theory]
    [InlineData("vault.pfx", "geheim")]
    [InlineData("vault.pfx", null)]
    [InlineData("vault.pem", null)]
    [InlineData("vault.pem", "geheim")]
    [InlineData("vault.crt", null)]
    public async Task Certificate_FromAFile_OpensTheVault(string file, string? password)
    {
        var path = _folder.Below(file);
        using (var certificate = Secrets.RsaCertificate()) Export(certificate, path, password);
        var store = new MemoryObjectStore();
        using var recovery = RecoveryKey.Create();
        using (await VaultKeys.CreateAsync(store, new VaultBirth(CertificateSecret.Load(path, password), recovery), default))
        {
        }

        using var opened = await VaultKeys.OpenAsync(store, CertificateSecret.Load(path, password), default);
        if (password is null && !path.EndsWith(".pfx", StringComparison.Ordinal)) return;
        var error = Should.Throw<VaultEnvironmentException>(() => CertificateSecret.Load(path, "onjuist"));
        error.Message.ShouldNotContain("onjuist");
    }

    [Fact]
    public void Certificate_WithoutPrivateKeyOrMissing_IsRefused()
    {
        using var certificate = Secrets.RsaCertificate();
        var path = _folder.Below("public.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        Should.Throw<VaultEnvironmentException>(() => CertificateSecret.Load(path));
        Should.Throw<VaultEnvironmentException>(() => CertificateSecret.Load(_folder.Below("missing.pfx")));
        Should.Throw<VaultEnvironmentException>(() => CertificateSecret.FromStore("00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 11 22 33"));
    }

    [Fact]
    public void BirthPlace_OnlyEmptyOrBrokenOff_IsFree()
    {
        BirthPlace.EnsureFree(_folder.Below("not-yet"));
        BirthPlace.EnsureFree(_folder.Path);
        Directory.CreateDirectory(_folder.Below("unlock"));
        Directory.CreateDirectory(_folder.Below(".tmp"));
        BirthPlace.EnsureFree(_folder.Path);
        File.WriteAllText(_folder.Below("foto.jpg"), "x");
        Should.Throw<VaultEnvironmentException>(() => BirthPlace.EnsureFree(_folder.Path)).Message.ShouldNotContain("foto");
        Should.Throw<VaultEnvironmentException>(() => BirthPlace.EnsureFree(_folder.Below("foto.jpg")));
        File.Delete(_folder.Below("foto.jpg"));
        File.WriteAllText(_folder.Below("vault"), "x");
        Should.Throw<VaultEnvironmentException>(() => BirthPlace.EnsureFree(_folder.Path)).Message.ShouldContain("already");
    }

    /// <summary>
    /// A photo in the folder has no name that an object could have, so a listing of objects does not show it.
    /// A vault made around it would be tidied up with it one day.
    /// </summary>
    [Fact]
    public async Task CreateVault_ForeignFileInTheFolder_IsRefusedAndNothingIsWritten()
    {
        var data = Directory.CreateDirectory(_folder.Below("data")).FullName;
        File.WriteAllText(Path.Combine(data, "Foto.jpg"), "x");
        using var recovery = RecoveryKey.Create();
        await Should.ThrowAsync<VaultEnvironmentException>(
            () => DossierVault.CreateAsync(new VaultPlace(data, _folder.Below("state")), new VaultBirth(Secrets.Credential(), recovery), default).AsTask());
        Directory.GetFileSystemEntries(data).ShouldHaveSingleItem();
        Directory.Exists(_folder.Below("state")).ShouldBeFalse();
    }

    [Fact]
    public void BirthPlace_UnlockFileOfADemo_IsFreeForADemoOnly()
    {
        UnlockSecret.CreateFile(_folder.Below("demo.unlock"));
        BirthPlace.EnsureFree(_folder.Path, demo: true);
        Should.Throw<VaultEnvironmentException>(() => BirthPlace.EnsureFree(_folder.Path));
    }

    [Fact]
    public async Task Vault_OnADisk_OpensAgain()
    {
        var secret = Secrets.Credential();
        using var recovery = RecoveryKey.Create();
        var stream = OpaqueId.Random();
        byte[] slots;
        await using (var store = await DiskObjectStore.OpenAsync(_folder.Below("data"), create: true, default))
        using (var born = await VaultKeys.CreateAsync(store, new VaultBirth(secret, recovery), default))
        {
            slots = born.NewStreamKeySlots(stream, out var key);
            key.Dispose();
        }

        await using var again = await DiskObjectStore.OpenAsync(_folder.Below("data"), create: false, default);
        using var opened = await VaultKeys.OpenAsync(again, secret, default);
        using var streamKey = opened.OpenStreamKey(stream, slots);
        Should.Throw<VaultEnvironmentException>(() => BirthPlace.EnsureFree(_folder.Below("data")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Export(X509Certificate2 certificate, string path, string? password)
    {
        if (path.EndsWith(".pfx", StringComparison.Ordinal)) File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, password));
        else
        {
            using var key = certificate.GetRSAPrivateKey()!;
            var privatePart = password is null
                ? key.ExportPkcs8PrivateKeyPem()
                : key.ExportEncryptedPkcs8PrivateKeyPem(password, new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 10_000));
            File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + privatePart);
        }
    }
}
