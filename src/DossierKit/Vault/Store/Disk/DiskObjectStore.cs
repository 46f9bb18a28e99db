namespace DossierKit.Vault;

/// <summary>
/// Objects as files below one folder, root/&lt;name&gt;. A put writes a file in '.tmp', makes it durable, gives it its name in one exclusive step and makes
/// that durable: two flushes for a small object. Opening tries out what the place can do and removes what killed processes left.
/// Dispose to close the folder.
/// </summary>
internal sealed class DiskObjectStore : IObjectStore
{
    private readonly Volume _volume;
    private readonly AsyncLocal<int> _mayUseReserve = new();
    private string? _takesNoChanges;

    private DiskObjectStore(Volume volume) => _volume = volume;

    /// <summary>The folder, absolute.</summary>
    public string Root => _volume.Root;

    /// <summary>Why the store takes no changes, one sentence for an operator; <see langword="null"/> when it does.</summary>
    public string? TakesNoChanges => Volatile.Read(ref _takesNoChanges);

    /// <summary>Whether space is kept back so that destroying works on a full disk.</summary>
    public bool HasReserve => _volume.ExistsOwn(Volume.ReserveFile);

    /// <summary>
    /// Opens the folder after finding out by trying whether it can do what a vault needs. A folder that may only be read, or is full, opens too:
    /// see <see cref="TakesNoChanges"/>.
    /// </summary>
    /// <param name="root">The folder; a relative path counts from the working folder.</param>
    /// <param name="create">Whether to make it when it is not there.</param>
    /// <param name="ct">Stops before anything was done.</param>
    /// <exception cref="VaultEnvironmentException">There is no such folder, or it cannot do what a vault needs; the text says what it lacks.</exception>
    public static ValueTask<DiskObjectStore> OpenAsync(string root, bool create, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ct.ThrowIfCancellationRequested();
        var path = Path.GetFullPath(root);
        Volume? volume;
        try
        {
            volume = Volume.Open(path, create);
        }
        catch (DiskException e)
        {
            throw DiskFailure.ToException(e, path, null);
        }

        if (volume is null) throw new VaultEnvironmentException($"There is no folder '{path}', so no vault is there. Check the path, or run init to make a vault.");
        return Open(volume);
    }

    /// <summary>Opens a volume, which the store then owns.</summary>
    internal static ValueTask<DiskObjectStore> Open(Volume volume)
    {
        var store = new DiskObjectStore(volume);
        try
        {
            store.Prepare();
            return new(store);
        }
        catch
        {
            volume.Dispose();
            throw;
        }
    }

    public ValueTask<ObjectWriter> CreateAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        RefuseChanges();
        return new(new DiskWriter(this, _volume, name));
    }

    public ValueTask<ObjectReader?> OpenAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return new(Ask(name, (_volume, name), static s => s._volume.OpenRead(s.name)) is { } handle ? new DiskReader(this, _volume, name, handle) : null);
    }

    public ValueTask<bool> ExistsAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var handle = Ask(name, (_volume, name), static s => s._volume.OpenRead(s.name));
        return new(handle is not null);
    }

    public ValueTask<IReadOnlyList<ObjectName>> ListAsync(string prefix, ObjectName? startAfter, int limit, CancellationToken ct)
    {
        ObjectNamePrefix.Check(prefix, limit);
        ct.ThrowIfCancellationRequested();
        return new(Ask(null, (_volume, prefix, startAfter, limit), static s => new FolderListing(s._volume, s.startAfter?.Value, s.limit).Run(s.prefix)));
    }

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return new(Change(name, (_volume, name), mayUseReserve: true, static s =>
        {
            // A process killed between two steps may have left a second name of this file in the temp folder: what is deleted must be gone.
            var removed = s._volume.Delete(s.name);
            s._volume.SweepTemps();
            return removed;
        }));
    }

    public ValueTask DeleteManyAsync(IReadOnlyCollection<ObjectName> names, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (names.Count == 0) return default;
        Change(names.First(), (_volume, names), mayUseReserve: true, static s =>
        {
            s._volume.DeleteMany(s.names);
            s._volume.SweepTemps();
            return true;
        });
        return default;
    }

    public IDisposable UseReserve()
    {
        _mayUseReserve.Value++;
        return new ReserveScope(this);
    }

    public ValueTask DisposeAsync()
    {
        _volume.Dispose();
        return default;
    }

    /// <summary>Asks the volume something and gives its failures the words of this house.</summary>
    internal T Ask<TState, T>(ObjectName? name, TState state, Func<TState, T> question)
    {
        try
        {
            return question(state);
        }
        catch (DiskException e)
        {
            throw DiskFailure.ToException(e, Root, name);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new VaultEnvironmentException($"The vault at '{Root}' could not be read: {e.Message} Check the disk, its mount and the rights of this account.", e);
        }
    }

    /// <summary>Changes something: refused when an earlier change is in doubt, tried again with the reserve where that is allowed.</summary>
    internal T Change<TState, T>(ObjectName name, TState state, bool mayUseReserve, Func<TState, T> change)
    {
        RefuseChanges();
        try
        {
            try
            {
                return change(state);
            }
            catch (DiskException e) when (e is { Fault: DiskFault.Full, NotDurable: false } && (mayUseReserve || _mayUseReserve.Value > 0))
            {
                _volume.DeleteOwn(Volume.ReserveFile);
                return change(state);
            }
        }
        catch (DiskException e)
        {
            if (e.NotDurable) TakeNoChanges($"an earlier change at '{Root}' could not be made durable ({e.Message})");
            throw DiskFailure.ToException(e, Root, name);
        }
    }

    private void TakeNoChanges(string reason) => Interlocked.CompareExchange(ref _takesNoChanges, reason, null);

    private void RefuseChanges()
    {
        if (TakesNoChanges is { } reason)
            throw new VaultEnvironmentException($"Nothing is written: {reason}. Check the disk, its mount and the rights of this account, then start again; until then the vault is read only.");
    }

    private void Prepare()
    {
        try
        {
            _volume.PrepareForWriting();
            _volume.SweepTemps();
            if (_volume.Probe() is { Count: > 0 } lacks)
            {
                throw new VaultEnvironmentException(
                    $"The folder '{Root}' cannot hold a vault: the place lacks {string.Join("; ", lacks)}. Put the vault on a local disk (ext4, xfs, btrfs, NTFS or APFS).");
            }

            if (!HasReserve) MakeReserve();
        }
        catch (DiskException e) when (e.Fault is DiskFault.ReadOnlyPlace or DiskFault.Denied)
        {
            TakeNoChanges($"'{Root}' may only be read ({e.Message})");
        }
        catch (DiskException e) when (e.Fault is DiskFault.Full)
        {
            // Reading works, and so does destroying, with the reserve.
        }
        catch (DiskException e)
        {
            throw DiskFailure.ToException(e, Root, null);
        }
    }

    /// <summary>Sets space aside; quietly not, when there is none: <see cref="HasReserve"/> tells.</summary>
    private void MakeReserve()
    {
        TempFile? file = null;
        try
        {
            file = _volume.CreateTemp();
            _volume.Write(file, ReserveBytes(), 0);
            _volume.Flush(file);
            _volume.PublishOwn(file, Volume.ReserveFile);
        }
        catch (DiskException e) when (e is { Fault: DiskFault.Full, NotDurable: false })
        {
        }
        finally
        {
            if (file is not null) _volume.Discard(file);
        }
    }

    /// <summary>Random, so that a file system that compresses cannot keep it in less.</summary>
    private static byte[] ReserveBytes()
    {
        var bytes = new byte[1 << 20];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        return bytes;
    }

    private sealed class ReserveScope(DiskObjectStore store) : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            if (_disposed) return;
            _disposed = true;
            store._mayUseReserve.Value--;
            if (store.TakesNoChanges is not null || store.HasReserve) return;
            try
            {
                store.MakeReserve();
            }
            catch (DiskException e)
            {
                if (e.NotDurable) store.TakeNoChanges($"the reserve at '{store.Root}' could not be made durable ({e.Message})");
            }
        }
    }
}
