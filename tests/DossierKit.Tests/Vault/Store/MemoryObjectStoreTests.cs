using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

/// <summary>The failures one can order: other tests rely on each being what it says.</summary>
public sealed class MemoryObjectStoreTests : IAsyncDisposable
{
    private static readonly ObjectName Name = new("a/b");

    private readonly MemoryObjectStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Fault_Before_DoesNothingAndPasses()
    {
        FailOnce(StoreOperation.Commit, StoreFault.Before);

        await Should.ThrowAsync<VaultEnvironmentException>(PutAsync);
        (await _store.ExistsAsync(Name, default)).ShouldBeFalse();
        (await PutAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Fault_After_HasItsEffectAndThrows()
    {
        FailOnce(StoreOperation.Commit, StoreFault.After);

        await Should.ThrowAsync<VaultEnvironmentException>(PutAsync);
        (await _store.ExistsAsync(Name, default)).ShouldBeTrue();
        (await PutAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Fault_NotDurable_IsReadOnlyUntilRestored()
    {
        await PutAsync();
        var before = _store.Snapshot();
        FailOnce(StoreOperation.Delete, StoreFault.NotDurable);

        await Should.ThrowAsync<VaultEnvironmentException>(async () => await _store.DeleteAsync(Name, default));
        await Should.ThrowAsync<VaultEnvironmentException>(PutAsync);
        (await _store.ExistsAsync(Name, default)).ShouldBeFalse();

        _store.Restore(before);
        (await _store.ReadAllAsync(Name, default)).ShouldBe([1, 2, 3]);
        (await _store.DeleteAsync(Name, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Fault_Full_LetsOnlyTheFlowWithTheReserveThrough()
    {
        _store.Fault = (operation, _) => operation is StoreOperation.Write ? StoreFault.Full : null;

        await Should.ThrowAsync<VaultEnvironmentException>(PutAsync);
        using (_store.UseReserve()) (await PutAsync()).ShouldBeTrue();
        await Should.ThrowAsync<VaultEnvironmentException>(PutAsync);
    }

    [Fact]
    public async Task DurableOperations_CountsWhatHadAnEffect()
    {
        await PutAsync();
        await PutAsync();
        await _store.DeleteAsync(Name, default);
        await _store.DeleteAsync(Name, default);

        _store.DurableOperations.ShouldBe(2);
    }

    [Fact]
    public async Task Tamper_Object_ShowsInNewReadersAndNotInTheSnapshotBefore()
    {
        await PutAsync();
        var before = _store.Snapshot();

        _store.Tamper(Name, [9]);

        (await _store.ReadAllAsync(Name, default)).ShouldBe([9]);
        before[Name].ToArray().ShouldBe([1, 2, 3]);
    }

    private Task<bool> PutAsync() => _store.PutIfAbsentAsync(Name, new byte[] { 1, 2, 3 }, default).AsTask();

    private void FailOnce(StoreOperation on, StoreFault fault) => _store.Fault = (operation, _) =>
    {
        if (operation != on) return null;
        _store.Fault = null;
        return fault;
    };
}
