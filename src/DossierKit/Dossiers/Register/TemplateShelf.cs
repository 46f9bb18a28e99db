using DossierKit.Protocols;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>A template or protocol a municipality installed.</summary>
/// <param name="Kind">The kind of document (of a template), or the id of the protocol.</param>
/// <param name="FileName">The file's own name.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="InstalledAt">When, UTC.</param>
/// <param name="By">Who installed it.</param>
public sealed record InstalledItem(string Kind, string FileName, string Sha256, DateTimeOffset InstalledAt, PersonId By);

/// <summary>The templates a municipality installed, sealed and journalled; the last one of a kind counts.</summary>
public sealed class TemplateShelf : IDisposable
{
    private readonly Shelf _shelf;

    private TemplateShelf(Shelf shelf) => _shelf = shelf;

    /// <summary>What is installed now, one per kind.</summary>
    public IReadOnlyList<InstalledItem> Installed => [.. _shelf.Items.GroupBy(item => item.Kind, StringComparer.Ordinal).Select(kind => kind.Last())];

    internal StaffRegister Staff { get; set; } = null!;

    internal static async ValueTask<TemplateShelf> LoadAsync(DossierVault vault, TimeProvider clock, CancellationToken ct)
        => new(await Shelf.LoadAsync(vault, StreamKind.Templates, clock, ct));

    /// <summary>Installs a template. The caller has compiled it first; by the FI, the deputy or the beheerder.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="kind">The kind of document, one of <see cref="Protocols.DocumentKinds"/>.</param>
    /// <param name="fileName">The file's own name.</param>
    /// <param name="content">The bytes, at most 64 MiB.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What was installed, or every reason why not.</returns>
    public async ValueTask<Outcome<InstalledItem>> InstallAsync(ActingPerson by, string kind, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        var refusals = new List<Refusal>();
        if (!Shelf.IsAllowed(Staff, by, _shelf.Today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Beheerder))
            refusals.Add(new("U mag geen sjablonen installeren.", "Dat doen de functionaris integriteit, de plaatsvervanger en de beheerder.", "Vraag een van hen."));
        if (!DocumentKinds.IsKnown(kind)) refusals.Add(new("Deze soort stuk bestaat niet.", "Een sjabloon hoort bij een soort stuk.", Nearest.Advice(kind, DocumentKinds.All)));
        if (content.Length > 64 << 20) refusals.Add(new("Dit sjabloon is te groot.", "Een sjabloon heeft ten hoogste 64 MiB.", "Verklein de afbeeldingen erin."));
        return refusals.Count > 0 ? Outcome<InstalledItem>.Refused(refusals) : Outcome<InstalledItem>.Done(await _shelf.AddAsync(by, kind, fileName, content, ct));
    }

    /// <summary>The template of a kind.</summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The bytes, or <see langword="null"/> when none was installed: then the one shipped with the program counts.</returns>
    public ValueTask<byte[]?> FindAsync(string kind, CancellationToken ct) => _shelf.FindAsync(kind, ct);

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();
}

/// <summary>The protocols a municipality installed, sealed and journalled.</summary>
public sealed class ProtocolShelf : IDisposable
{
    private readonly Shelf _shelf;

    private ProtocolShelf(Shelf shelf, ProtocolLibrary library) => (_shelf, Library) = (shelf, library);

    /// <summary>What is installed now, oldest first.</summary>
    public IReadOnlyList<InstalledItem> Installed => _shelf.Items;

    /// <summary>The shipped and the installed protocols together.</summary>
    public ProtocolLibrary Library { get; private set; }

    internal StaffRegister Staff { get; set; } = null!;

    internal static async ValueTask<ProtocolShelf> LoadAsync(DossierVault vault, TimeProvider clock, CancellationToken ct)
    {
        var shelf = await Shelf.LoadAsync(vault, StreamKind.Protocols, clock, ct);
        return new ProtocolShelf(shelf, await ReadAsync(shelf, ct));
    }

    /// <summary>Reads what other processes installed.</summary>
    internal async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _shelf.RefreshAsync(ct);
        Library = await ReadAsync(_shelf, ct);
    }

    private static async ValueTask<ProtocolLibrary> ReadAsync(Shelf shelf, CancellationToken ct)
    {
        var library = ProtocolLibrary.Shipped;
        foreach (var (item, json) in await shelf.ReadAllAsync(ct))
        {
            var together = library.With(json, item.FileName);
            if (!together.IsDone) throw new VaultEnvironmentException($"Installed protocol {item.Kind} is not one this version can read. Install it again.");
            library = together.Value;
        }

        return library;
    }

    /// <summary>Checks and installs a protocol; by the FI, the deputy or a verantwoordelijke.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="fileName">The file's own name.</param>
    /// <param name="json">The bytes.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What was installed, or everything that is wrong with it.</returns>
    public async ValueTask<Outcome<InstalledItem>> InstallAsync(ActingPerson by, string fileName, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (!Shelf.IsAllowed(Staff, by, _shelf.Today, StaffRole.Fi, StaffRole.PlaatsvervangendFi, StaffRole.Verantwoordelijke))
        {
            return Outcome<InstalledItem>.Refused(new Refusal(
                "U mag geen protocol installeren.", "Dat doen de functionaris integriteit, de plaatsvervanger en de verantwoordelijke.", "Vraag een van hen."));
        }

        var loaded = ProtocolLoader.Load(json.Span, fileName);
        if (!loaded.IsDone) return Outcome<InstalledItem>.Refused(loaded.Refusals);
        var together = Library.With(json.Span, fileName);
        if (!together.IsDone) return Outcome<InstalledItem>.Refused(together.Refusals);
        var item = await _shelf.AddAsync(by, loaded.Value.Id, fileName, json, ct);
        Library = together.Value;
        return Outcome<InstalledItem>.Done(item);
    }

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();

    /// <summary>The protocol a reference names: its version, or the one in force on a day.</summary>
    internal Protocol? Find(ProtocolReference reference, DateOnly date) => Find(Library, reference, date);

    internal static Protocol? Find(ProtocolLibrary library, ProtocolReference reference, DateOnly date)
        => reference.Version is null ? library.InForce(date, reference.Id) : library.Find(reference.Id, reference.Version);
}
