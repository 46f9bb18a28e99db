namespace DossierKit.Vault;

/// <summary>What a caller asks of a store, as a fault can be ordered for it.</summary>
internal enum StoreOperation
{
    Create,
    Write,
    Commit,
    Open,
    Read,
    Exists,
    List,
    Delete,
}

/// <summary>A failure to order from a <see cref="MemoryObjectStore"/>.</summary>
internal enum StoreFault
{
    /// <summary>Throws and does nothing.</summary>
    Before,

    /// <summary>Does it, then throws: the caller cannot know.</summary>
    After,

    /// <summary>Does it, cannot make it durable, throws, and is read-only from then on.</summary>
    NotDurable,

    /// <summary>The disk is full: throws and does nothing, unless the reserve may be used.</summary>
    Full,
}

/// <summary>The contract of <see cref="IObjectStore"/> in memory, with failures to order, for tests of what stands on a store.</summary>
internal sealed class MemoryObjectStore : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _folders = new(StringComparer.Ordinal);
    private readonly AsyncLocal<int> _mayUseReserve = new();
    private int _durableOperations;
    private string? _failure;

    /// <summary>Asked before each operation (with the prefix's absence, a list has no name); <see langword="null"/> lets it pass.</summary>
    public Func<StoreOperation, ObjectName?, StoreFault?>? Fault { get; set; }

    /// <summary>How many puts and deletes had their effect.</summary>
    public int DurableOperations => Volatile.Read(ref _durableOperations);

    /// <summary>All objects as they are now. The bytes are shared, and never change.</summary>
    public IReadOnlyDictionary<ObjectName, ReadOnlyMemory<byte>> Snapshot()
    {
        lock (_lock) return _objects.ToDictionary(o => new ObjectName(o.Key), o => (ReadOnlyMemory<byte>)o.Value);
    }

    /// <summary>Puts the store back to a snapshot, as a restored backup or a rollback does, and makes it writable again.</summary>
    public void Restore(IReadOnlyDictionary<ObjectName, ReadOnlyMemory<byte>> snapshot)
    {
        lock (_lock)
        {
            _objects.Clear();
            _folders.Clear();
            foreach (var (name, bytes) in snapshot) Add(name.Value, bytes.ToArray());
            _failure = null;
        }
    }

    /// <summary>Replaces or adds the bytes of an object, as an attacker or a failing disk would.</summary>
    public void Tamper(ObjectName name, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            Remove(name.Value);
            Add(name.Value, bytes.ToArray());
        }
    }

    public ValueTask<ObjectWriter> CreateAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Demand(StoreOperation.Create, name, changes: true);
        return new(new Writer(this, name));
    }

    public ValueTask<ObjectReader?> OpenAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Demand(StoreOperation.Open, name, changes: false);
        lock (_lock) return new(_objects.TryGetValue(name.Value, out var bytes) ? new Reader(this, name, bytes) : null);
    }

    public ValueTask<bool> ExistsAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Demand(StoreOperation.Exists, name, changes: false);
        lock (_lock) return new(_objects.ContainsKey(name.Value));
    }

    public ValueTask<IReadOnlyList<ObjectName>> ListAsync(string prefix, ObjectName? startAfter, int limit, CancellationToken ct)
    {
        ObjectNamePrefix.Check(prefix, limit);
        ct.ThrowIfCancellationRequested();
        Demand(StoreOperation.List, null, changes: false);
        lock (_lock)
        {
            var page = _objects.Keys
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && (startAfter is null || string.CompareOrdinal(name, startAfter.Value.Value) > 0))
                .Take(limit)
                .Select(name => new ObjectName(name))
                .ToArray();
            return new(page);
        }
    }

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return new(Change(StoreOperation.Delete, name, () => Remove(name.Value)));
    }

    public async ValueTask DeleteManyAsync(IReadOnlyCollection<ObjectName> names, CancellationToken ct)
    {
        foreach (var name in names) await DeleteAsync(name, ct);
    }

    public IDisposable UseReserve()
    {
        _mayUseReserve.Value++;
        return new ReserveScope(_mayUseReserve);
    }

    public ValueTask DisposeAsync() => default;

    private bool Change(StoreOperation operation, ObjectName name, Func<bool> change)
    {
        var fault = Demand(operation, name, changes: true);
        bool done;
        lock (_lock)
        {
            done = change();
            if (done) _durableOperations++;
            if (fault is StoreFault.NotDurable) _failure = $"making {name} durable failed, as ordered";
        }

        return fault is null ? done : throw Failed(operation, name, fault.Value);
    }

    /// <summary>Throws what must be thrown before the effect; returns the fault to throw after it.</summary>
    private StoreFault? Demand(StoreOperation operation, ObjectName? name, bool changes)
    {
        if (changes && Volatile.Read(ref _failure) is { } failure)
            throw new VaultEnvironmentException($"The store takes no changes: {failure}. What is durable is unknown until it is opened anew.");
        var fault = Fault?.Invoke(operation, name);
        if (fault is StoreFault.Full && _mayUseReserve.Value > 0) fault = null;
        return fault is StoreFault.Before or StoreFault.Full ? throw Failed(operation, name, fault.Value) : fault;
    }

    private static VaultEnvironmentException Failed(StoreOperation operation, ObjectName? name, StoreFault fault)
        => new($"{operation} of {name?.ToString() ?? "the store"} failed: {fault}, as ordered. Nothing to do.");

    private sealed class ReserveScope(AsyncLocal<int> depth) : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            depth.Value--;
        }
    }

    private sealed class Writer(MemoryObjectStore store, ObjectName name) : ObjectWriter
    {
        private readonly MemoryStream _bytes = new();
        private bool _ended;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_ended, this);
            var fault = store.Demand(StoreOperation.Write, name, changes: true);
            _bytes.Write(bytes.Span);
            return fault is null ? default : throw Failed(StoreOperation.Write, name, fault.Value);
        }

        public override ValueTask<bool> CommitAsync(CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_ended, this);
            _ended = true;
            return new(store.Change(StoreOperation.Commit, name, () =>
            {
                store.RefuseFolderAsName(name);
                return store.Add(name.Value, _bytes.ToArray());
            }));
        }

        public override ValueTask DisposeAsync()
        {
            _ended = true;
            return default;
        }
    }

    /// <summary>A set of names could hold both; a folder of files cannot, so neither may this store.</summary>
    private void RefuseFolderAsName(ObjectName name)
    {
        if (_objects.ContainsKey(name.Value)) return;
        var bug = _folders.GetValueOrDefault(name.Value) > 0 || FoldersOf(name).Any(folder => _objects.ContainsKey(folder));
        if (bug) throw new InvalidOperationException($"Object {name} cannot exist: it is the folder of another, or another is its folder.");
    }

    private bool Add(string name, byte[] bytes)
    {
        if (!_objects.TryAdd(name, bytes)) return false;
        foreach (var folder in FoldersOf(new ObjectName(name))) _folders[folder] = _folders.GetValueOrDefault(folder) + 1;
        return true;
    }

    private bool Remove(string name)
    {
        if (!_objects.Remove(name)) return false;
        foreach (var folder in FoldersOf(new ObjectName(name))) _folders[folder]--;
        return true;
    }

    private static IEnumerable<string> FoldersOf(ObjectName name)
    {
        for (var slash = name.Value.LastIndexOf('/'); slash > 0; slash = name.Value.LastIndexOf('/', slash - 1)) yield return name.Value[..slash];
    }

    private sealed class Reader(MemoryObjectStore store, ObjectName name, byte[] bytes) : ObjectReader
    {
        public override long Length => bytes.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            store.Demand(StoreOperation.Read, name, changes: false);
            var count = (int)Math.Clamp(bytes.Length - offset, 0, destination.Length);
            bytes.AsMemory((int)Math.Min(offset, bytes.Length), count).CopyTo(destination);
            return new(count);
        }

        public override ValueTask DisposeAsync() => default;
    }
}
