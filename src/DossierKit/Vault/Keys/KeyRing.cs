using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Vault;

/// <summary>
/// Microsoft.AspNetCore.DataProtection over the vault's own ring, in a service provider of its own: it shares nothing with the web host's cookies,
/// writes nothing to a log, and never makes a key by itself.
/// </summary>
internal sealed class KeyRing : IDataProtectionProvider, IDisposable
{
    // Keys do not expire: a clock that runs wrong, or nobody who rotates, must never lock a municipality out of its dossiers.
    internal static readonly DateTimeOffset FirstActivation = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Expiration = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly KeyRingRepository _repository;
    private readonly List<ServiceProvider> _retired = [];
    private readonly SemaphoreSlim _reloading = new(1, 1);
    private ServiceProvider _services;
    // Read by other threads while one takes a newer ring.
    private volatile IDataProtectionProvider _provider;

    private KeyRing(KeyRingRepository repository)
    {
        _repository = repository;
        (_services, _provider) = Build(repository);
    }

    private IKeyManager Manager => _services.GetRequiredService<IKeyManager>();

    /// <summary>Opens the ring of a vault. An empty one opens too, but can protect nothing: the canary finds it.</summary>
    /// <exception cref="VaultDamagedException">An element of the ring is not ours.</exception>
    public static async ValueTask<KeyRing> OpenAsync(IObjectStore store, OpaqueId vault, SecretKey sealingKey, CancellationToken ct)
        => new(await KeyRingRepository.LoadAsync(store, vault, sealingKey, ct));

    /// <summary>Makes the first key of a new vault, durably.</summary>
    public void CreateFirstKey()
    {
        if (Manager.GetAllKeys().Count > 0) throw new InvalidOperationException("The ring has a key already.");
        Manager.CreateNewKey(FirstActivation, Expiration);
    }

    /// <summary>
    /// Adds a key that new wraps use from <paramref name="activation"/> on; the old keys keep opening what they wrapped.
    /// Rotation limits what a future key gives away; it does not take back what the old key opened. Other processes read it when they meet something wrapped under it.
    /// </summary>
    public void Rotate(DateTimeOffset activation)
    {
        var keys = Manager.GetAllKeys();
        if (keys.Count == 0) throw new InvalidOperationException("An empty ring cannot be rotated.");
        if (keys.Count >= KeyRingRepository.MaximumElements)
            throw new VaultEnvironmentException($"The key ring holds {keys.Count} keys, the most it may. Do not rotate it further.");
        Manager.CreateNewKey(activation, Expiration);
        // The framework goes on with the ring it has while it reads the new one in the background; a fresh provider knows it at once.
        _retired.Add(_services);
        (_services, _provider) = Build(_repository);
    }

    public IDataProtector CreateProtector(string purpose) => _provider.CreateProtector(purpose);

    /// <summary>Every key, oldest first, by when it was made.</summary>
    public IReadOnlyList<(Guid Id, DateTimeOffset Made)> Keys => [.. Manager.GetAllKeys().OrderBy(key => key.ActivationDate).ThenBy(key => key.CreationDate).Select(key => (key.KeyId, key.CreationDate))];

    /// <summary>The key that wraps now.</summary>
    public Guid Current => KeyOf(CreateProtector("current").Protect([0]));

    /// <summary>The ring key that something was wrapped under: DataProtection writes its id behind a mark of four bytes.</summary>
    public static Guid KeyOf(ReadOnlySpan<byte> wrapped) => wrapped.Length >= 20 ? new Guid(wrapped[4..20]) : default;

    /// <summary>Reads keys that another process added; whether there were any. What is wrapped under those opens from then on.</summary>
    /// <exception cref="VaultDamagedException">An element of the ring is not ours.</exception>
    public async ValueTask<bool> ReloadAsync(CancellationToken ct)
    {
        await _reloading.WaitAsync(ct);
        try
        {
            if (!await _repository.ReloadAsync(ct)) return false;
            _retired.Add(_services);
            (_services, _provider) = Build(_repository);
            return true;
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Wraps the canary of a new vault.</summary>
    public byte[] SealCanary(OpaqueId vault) => CanaryProtector(vault).Protect(CanaryText(vault));

    /// <summary>Whether this is the ring that wrapped the canary.</summary>
    public bool OpensCanary(OpaqueId vault, ReadOnlyMemory<byte> canary)
    {
        try
        {
            return CanaryProtector(vault).Unprotect(canary.ToArray()).AsSpan().SequenceEqual(CanaryText(vault));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        foreach (var services in _retired) services.Dispose();
        _reloading.Dispose();
    }

    private static (ServiceProvider Services, IDataProtectionProvider Provider) Build(KeyRingRepository repository)
    {
        var services = new ServiceCollection();
        services.AddDataProtection()
            .SetApplicationName("DossierKit")
            .DisableAutomaticKeyGeneration()
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration
            {
                EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM,
                ValidationAlgorithm = ValidationAlgorithm.HMACSHA256,
            });
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = repository);
        services.AddSingleton<IDefaultKeyResolver, OrderedKeyResolver>();
        var built = services.BuildServiceProvider();
        return (built, built.GetRequiredService<IDataProtectionProvider>());
    }

    private static byte[] CanaryText(OpaqueId vault) => Binding.Of("canary", vault, default);

    private IDataProtector CanaryProtector(OpaqueId vault) => _provider.CreateProtector(["DossierKit.Vault", "1", vault.ToString(), "canary"]);
}
