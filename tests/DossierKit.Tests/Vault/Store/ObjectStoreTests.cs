using DossierKit.Vault;

namespace DossierKit.Tests.Vault.Store;

public sealed class MemoryObjectStoreContractTests : ObjectStoreContract
{
    private protected override ValueTask<IObjectStore> OpenEmptyAsync() => new(new MemoryObjectStore());
}

public class DiskObjectStoreContractTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();

    private protected override int RaceRounds => 100;

    private protected string Root => _folder.Path;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected override async ValueTask<IObjectStore> OpenEmptyAsync() => await DiskObjectStore.OpenAsync(_folder.Path, create: true, default);
}

/// <summary>The contract on a place without an exclusive rename, where names are given by links (NFS).</summary>
public sealed class LinkingDiskObjectStoreContractTests : DiskObjectStoreContractTests
{
    private protected override async ValueTask<IObjectStore> OpenEmptyAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one way to give a name.");
        var volume = PosixVolume.OpenRoot(Root, create: true).ShouldNotBeNull();
        volume.GivesNamesByLink = true;
        return await DiskObjectStore.Open(volume);
    }
}
