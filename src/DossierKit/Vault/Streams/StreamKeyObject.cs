using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The object that holds a stream's key in its slots: the slots, then HMAC-SHA256 over them under a key that follows from the stream key, so that no slot,
/// also not the recovery slot that nobody opens for years, can be spoiled unnoticed. Objects never change: new slots are a new version, and the highest counts.
/// </summary>
internal static class StreamKeyObject
{
    /// <summary>The stream's key, or <see langword="null"/> when it has none. The caller disposes it.</summary>
    public static async ValueTask<SecretKey?> OpenAsync(VaultServices vault, OpaqueId stream, CancellationToken ct)
    {
        var layout = new StreamLayout(stream);
        while (true)
        {
            var versions = await vault.Store.ListAllAsync(layout.KeyPrefix, ct).ToListAsync(ct);
            if (versions.Count == 0) return null;
            if (await vault.Store.ReadAllAsync(versions[^1], ct) is { } bytes) return await OpenAsync(vault, stream, versions[^1], bytes, ct);
            // Replaced by a newer version, or destroyed, between listing and reading: look again.
        }
    }

    /// <summary>Makes the key of a new stream, or opens the one that another process, or an attempt before this one, made first. The caller disposes it.</summary>
    /// <exception cref="ObjectDestroyedException">It was made and destroyed meanwhile.</exception>
    public static async ValueTask<SecretKey> OpenOrCreateAsync(VaultServices vault, OpaqueId stream, CancellationToken ct)
    {
        if (await OpenAsync(vault, stream, ct) is { } existing) return existing;
        await vault.Keys.RefreshRingAsync(ct);
        var slots = vault.Keys.NewStreamKeySlots(stream, out var key);
        if (await vault.Store.PutIfAbsentAsync(new StreamLayout(stream).Key(1), (byte[])[.. slots, .. Mac(key, slots)], ct)) return key;
        key.Dispose();
        return await OpenAsync(vault, stream, ct) ?? throw new ObjectDestroyedException(stream);
    }

    /// <summary>The slots in the object, without opening anything.</summary>
    /// <exception cref="VaultDamagedException">It is cut.</exception>
    public static ReadOnlyMemory<byte> SlotsIn(ObjectName name, byte[] bytes) => bytes.Length > HMACSHA256.HashSizeInBytes
        ? bytes.AsMemory(0, bytes.Length - HMACSHA256.HashSizeInBytes)
        : throw new VaultDamagedException($"Object {name} was cut to {bytes.Length} bytes. Restore it from a backup.");

    /// <summary>The object's bytes for a key that is wrapped anew.</summary>
    public static byte[] Seal(VaultServices vault, OpaqueId stream, SecretKey key)
    {
        var slots = vault.Keys.SealStreamKey(stream, key);
        return [.. slots, .. Mac(key, slots)];
    }

    /// <summary>Opens the key of one version. The caller disposes it.</summary>
    /// <exception cref="VaultDamagedException">It was changed, or belongs to another stream.</exception>
    public static async ValueTask<SecretKey> OpenAsync(VaultServices vault, OpaqueId stream, ObjectName name, byte[] bytes, CancellationToken ct)
    {
        var slots = SlotsIn(name, bytes);
        var key = await vault.Keys.OpenStreamKeyAsync(stream, slots, ct);
        if (CryptographicOperations.FixedTimeEquals(Mac(key, slots.Span), bytes.AsSpan(slots.Length))) return key;
        key.Dispose();
        throw new VaultDamagedException($"Object {name} was changed: its slots are not those the stream's key was sealed with. Restore it from a backup.");
    }

    private static byte[] Mac(SecretKey key, ReadOnlySpan<byte> slots)
    {
        using var macKey = SecretKey.FromHkdf(key.Span, default, "DossierKit stream: slots");
        return HMACSHA256.HashData(macKey.Span, slots);
    }
}
