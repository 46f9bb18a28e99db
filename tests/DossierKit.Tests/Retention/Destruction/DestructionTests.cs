namespace DossierKit.Tests.Retention.Destruction;

/// <summary>Tests on a house with cases whose time has come, made anew for each.</summary>
public abstract class DestructionTests : IAsyncLifetime
{
    private protected DestructionFixture House { get; private set; } = null!;

    public async ValueTask InitializeAsync() => House = await DestructionFixture.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
