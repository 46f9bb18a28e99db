namespace DossierKit.Vault;

/// <summary>Objects as files below one folder.</summary>
internal sealed class DiskObjectStore : IObjectStore
{
    private DiskObjectStore()
    {
    }

    /// <summary>Opens the folder, after finding out whether it can do what a vault needs.</summary>
    public static ValueTask<DiskObjectStore> OpenAsync(string root, bool create, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<ObjectWriter> CreateAsync(ObjectName name, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<ObjectReader?> OpenAsync(ObjectName name, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<bool> ExistsAsync(ObjectName name, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ObjectName>> ListAsync(string prefix, ObjectName? startAfter, int limit, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken ct) => throw new NotSupportedException();

    public IDisposable UseReserve() => throw new NotSupportedException();

    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
