namespace DossierKit.Dossiers;

/// <summary>A folder with a <c>dossier.json</c> and its files, read and found valid as a whole before anything is written.</summary>
public sealed class DossierImport
{
    private DossierImport()
    {
    }

    /// <summary>The dossier's number.</summary>
    public DossierNumber Number => throw new NotSupportedException();

    /// <summary>How many files it brings.</summary>
    public int FileCount => throw new NotSupportedException();

    /// <summary>Their length together.</summary>
    public long TotalBytes => throw new NotSupportedException();

    /// <summary>Reads and checks a folder; reads no content of files yet.</summary>
    /// <param name="folder">The folder that holds <c>dossier.json</c>.</param>
    /// <param name="protocols">The protocols to choose from.</param>
    /// <param name="today">The day nothing may lie after.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The import, or everything that is wrong, each with file, line and JSON path.</returns>
    public static ValueTask<Outcome<DossierImport>> ReadAsync(string folder, Protocols.ProtocolLibrary protocols, DateOnly today, CancellationToken ct)
        => throw new NotSupportedException();
}
