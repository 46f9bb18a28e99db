namespace DossierKit.Programs;

/// <summary>Where programs are looked for. Only looks whether they are there; reads nothing.</summary>
/// <param name="folders">Absolute folders, first one first.</param>
internal sealed class ProgramFolders(IReadOnlyList<string> folders)
{
    /// <summary>The folders of <c>PATH</c>, as the program was started with them.</summary>
    public static ProgramFolders OfMachine { get; } = new(
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified)]);

    /// <summary>The full path of a program; <see langword="null"/> when it is in none of the folders.</summary>
    public string? Find(string executable) => folders.Select(folder => Path.Combine(folder, executable)).FirstOrDefault(path => new FileInfo(path).Exists);
}
