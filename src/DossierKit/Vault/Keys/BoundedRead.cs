namespace DossierKit.Vault;

/// <summary>Reads of objects that are known to be small: a planted giant costs nothing.</summary>
internal static class BoundedRead
{
    /// <summary>The whole object, or <see langword="null"/> when there is none.</summary>
    /// <exception cref="VaultDamagedException">It is larger than anything of its kind, or ended early.</exception>
    public static async ValueTask<byte[]?> ReadSmallAsync(this IObjectStore store, ObjectName name, int maximum, CancellationToken ct)
    {
        await using var reader = await store.OpenAsync(name, ct);
        if (reader is null) return null;
        if (reader.Length > maximum)
            throw new VaultDamagedException($"Object {name} is {reader.Length} bytes; nothing of its kind has more than {maximum}. It was damaged or planted. Restore it from a backup.");
        var bytes = new byte[reader.Length];
        var read = await reader.ReadAsync(0, bytes, ct);
        return read == bytes.Length
            ? bytes
            : throw new VaultDamagedException($"Object {name} ended after {read} of {bytes.Length} bytes. Restore it from a backup.");
    }
}
