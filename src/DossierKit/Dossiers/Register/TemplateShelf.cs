namespace DossierKit.Dossiers;

/// <summary>A template or protocol a municipality installed.</summary>
/// <param name="Kind">The kind of document (of a template), or the id of the protocol.</param>
/// <param name="FileName">The file's own name.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="InstalledAt">When, UTC.</param>
/// <param name="By">Who installed it.</param>
public sealed record InstalledItem(string Kind, string FileName, string Sha256, DateTimeOffset InstalledAt, PersonId By);

/// <summary>The templates a municipality installed, sealed and journalled; the last one of a kind counts.</summary>
public sealed class TemplateShelf
{
    internal TemplateShelf()
    {
    }

    /// <summary>What is installed now, one per kind.</summary>
    public IReadOnlyList<InstalledItem> Installed => throw new NotSupportedException();

    /// <summary>Installs a template. The caller has compiled it first; by the FI, the deputy or the beheerder.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="kind">The kind of document, one of <see cref="Protocols.DocumentKinds"/>.</param>
    /// <param name="fileName">The file's own name.</param>
    /// <param name="content">The bytes, at most 64 MiB.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What was installed, or every reason why not.</returns>
    public ValueTask<Outcome<InstalledItem>> InstallAsync(ActingPerson by, string kind, string fileName, ReadOnlyMemory<byte> content, CancellationToken ct)
        => throw new NotSupportedException();

    /// <summary>The template of a kind.</summary>
    /// <param name="kind">The kind of document.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The bytes, or <see langword="null"/> when none was installed: then the one shipped with the program counts.</returns>
    public ValueTask<byte[]?> FindAsync(string kind, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>The protocols a municipality installed, sealed and journalled.</summary>
public sealed class ProtocolShelf
{
    internal ProtocolShelf()
    {
    }

    /// <summary>What is installed now, oldest first.</summary>
    public IReadOnlyList<InstalledItem> Installed => throw new NotSupportedException();

    /// <summary>The shipped and the installed protocols together.</summary>
    public Protocols.ProtocolLibrary Library => throw new NotSupportedException();

    /// <summary>Checks and installs a protocol; by the FI, the deputy or a verantwoordelijke.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="fileName">The file's own name.</param>
    /// <param name="json">The bytes.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>What was installed, or everything that is wrong with it.</returns>
    public ValueTask<Outcome<InstalledItem>> InstallAsync(ActingPerson by, string fileName, ReadOnlyMemory<byte> json, CancellationToken ct) => throw new NotSupportedException();
}
