namespace DossierKit.Retention;

/// <summary>
/// A bag in a folder that is empty or not there yet. Until it is whole a file says so; what was begun and failed is removed. Nothing is written outside the folder, and on Unix
/// only its owner may read it.
/// </summary>
public sealed class FolderBag : IBagTarget
{
    /// <summary>The file that lies in a bag that is not whole.</summary>
    public const string Unfinished = "ONVOLLEDIG.txt";

    private readonly string _folder;
    private readonly List<string> _files = [];
    private readonly List<string> _folders = [];

    private FolderBag(string folder) => _folder = folder;

    /// <summary>Begins a bag.</summary>
    /// <param name="folder">The folder: not there yet, or empty.</param>
    /// <returns>The bag; or why there cannot be one.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static Outcome<FolderBag> Begin(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (Check(folder) is { } refusal) return Outcome<FolderBag>.Refused(refusal);
        var bag = new FolderBag(Path.GetFullPath(folder));
        bag.Make(bag._folder);
        using var mark = bag.Create(Path.Combine(bag._folder, Unfinished));
        mark.Write("Deze map wordt nog gevuld, of het vullen is afgebroken. Zolang dit bestand er ligt, is dit geen geldige export: verwijder dan de hele map.\n"u8);
        mark.Flush(flushToDisk: true);
        return Outcome<FolderBag>.Done(bag);
    }

    /// <summary>Looks whether a bag could be begun there.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Why not; <see langword="null"/> when it can.</returns>
    public static Refusal? Check(string folder)
    {
        if (File.Exists(folder)) return new("Op die plaats ligt een bestand.", "Een export komt in een map.", "Kies een andere map.") { Subject = "map" };
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return null;
        return File.Exists(Path.Combine(folder, Unfinished))
            ? new("In deze map ligt een export die niet is afgemaakt.", "Wat er ligt, is niet versleuteld en niet volledig.", "Verwijder de map en begin opnieuw, of kies een andere map.") { Subject = "map" }
            : new("Deze map is niet leeg.", "In een export ligt alleen wat erbij hoort; een bestand te veel maakt hem ongeldig.", "Kies een map die nog niet bestaat of die leeg is.") { Subject = "map" };
    }

    /// <summary>Looks whether an export would lie in the vault, or the vault in the export: there it would be taken for a part of it, and a backup would copy what is in clear.</summary>
    /// <param name="path">The folder or zip.</param>
    /// <param name="vault">Where the vault lies.</param>
    /// <returns>Why not; <see langword="null"/> when they are apart.</returns>
    public static Refusal? CheckApart(string path, Vault.VaultPlace vault)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(vault);
        return new[] { vault.Data, vault.State ?? Vault.StatePath.Default() }.All(folder => Vault.StatePath.IsApart(path, folder))
            ? null
            : new("Deze plaats ligt in de kluis, of de kluis ligt erin.", "Een export is niet versleuteld; in de kluis zou hij voor een deel ervan doorgaan en meegaan in elke reservekopie.", "Kies een map buiten de kluis.") { Subject = "map" };
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (BagPath.Problem(path) is { } problem) throw new ArgumentException($"A bag cannot hold this path: {problem}.", nameof(path));
        var full = _folder;
        var parts = path.Split('/');
        foreach (var part in parts.SkipLast(1))
        {
            full = Path.Combine(full, part);
            Make(full);
        }

        await using var file = Create(Path.Combine(full, parts[^1]));
        await write(file, ct);
        await file.FlushAsync(ct);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        File.Delete(Path.Combine(_folder, Unfinished));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask AbandonAsync()
    {
        // The mark goes last: until everything is gone it says what this is.
        foreach (var file in Enumerable.Reverse(_files)) File.Delete(file);
        foreach (var folder in Enumerable.Reverse(_folders)) Directory.Delete(folder);
        return default;
    }

    private FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        _files.Add(path);
        return file;
    }

    private void Make(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folders.Add(folder);
    }
}
