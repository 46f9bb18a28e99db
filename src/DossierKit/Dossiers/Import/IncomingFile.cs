namespace DossierKit.Dossiers;

/// <summary>A file of a folder on its way in: the one place of this area that opens files, and none of the vault's.</summary>
/// <param name="File">What it is and where it goes.</param>
/// <param name="Path">Where it lies now.</param>
/// <param name="Length">Its length when it was checked.</param>
internal sealed record IncomingFile(NewFile File, string Path, long Length)
{
    public Stream Open() => new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Finds the file of a path inside a folder, or says why it may not be taken.</summary>
    public static (FileInfo? File, (string What, string WhatNow)? Problem) Find(string folder, string path)
    {
        var segments = path.Split('/');
        if (path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || segments.Any(segment => segment is "" or "." or ".."))
            return (null, ("Dit pad kan niet: het wijst buiten de map of heeft een vreemde vorm.", "Schrijf het pad vanaf de map van dossier.json, met '/' ertussen, zonder '..'."));
        var at = folder;
        foreach (var segment in segments)
        {
            at = System.IO.Path.Combine(at, segment);
            // A link could point anywhere on the machine.
            if (new FileInfo(at).LinkTarget is not null || new DirectoryInfo(at).LinkTarget is not null)
                return (null, ("Dit pad gaat over een snelkoppeling.", "Zet het bestand zelf in de map."));
        }

        var file = new FileInfo(at);
        return file.Exists ? (file, null) : (null, ("Dit bestand is er niet.", "Zet het bestand in de map, of haal de regel weg."));
    }

    public static async ValueTask<byte[]?> ReadSmallAsync(string path, int atMost, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        if (file.Length > atMost) return null;
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
