using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>
/// The selectielijsten a municipality imported, sealed and journalled, oldest first. What is in one is not read here: that is for whoever plans. The last one is the one in use;
/// older ones stay, because a class keeps the list it was set by.
/// </summary>
public sealed class SelectielijstShelf : IDisposable
{
    private readonly Shelf _shelf;

    private SelectielijstShelf(Shelf shelf) => _shelf = shelf;

    /// <summary>What is imported now, oldest first; the kind is the id of the version.</summary>
    public IReadOnlyList<InstalledItem> Installed => _shelf.Items;

    internal StaffRegister Staff { get; set; } = null!;

    internal static async ValueTask<SelectielijstShelf> LoadAsync(DossierVault vault, TimeProvider clock, CancellationToken ct)
        => new(await Shelf.LoadAsync(vault, StreamKind.Selectielijsten, clock, ct));

    /// <summary>Whether somebody may import a list: FI, deputy or archivaris.</summary>
    internal bool MayInstall(ActingPerson by) => Shelf.IsAllowed(Staff, by, _shelf.Today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Archivaris);

    /// <summary>Keeps a list that was checked.</summary>
    internal ValueTask<InstalledItem> AddAsync(ActingPerson by, string id, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct) => _shelf.AddAsync(by, id, fileName, content, ct);

    /// <summary>Reads what other processes imported.</summary>
    internal ValueTask RefreshAsync(CancellationToken ct) => _shelf.RefreshAsync(ct);

    /// <summary>All lists with their bytes, oldest first.</summary>
    internal ValueTask<IReadOnlyList<(InstalledItem Item, byte[] Bytes)>> ReadAllAsync(CancellationToken ct) => _shelf.ReadAllAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();
}
