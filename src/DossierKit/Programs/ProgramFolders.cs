namespace DossierKit.Programs;

/// <summary>Where programs are looked for. Only looks whether they are there; reads nothing.</summary>
/// <param name="folders">Absolute folders, first one first.</param>
/// <param name="only">The programs that are found, if not all.</param>
internal sealed class ProgramFolders(IReadOnlyList<string> folders, IReadOnlyCollection<string>? only = null)
{
    /// <summary>The folders of <c>PATH</c>, as the program was started with them.</summary>
    public static ProgramFolders OfMachine { get; } = WithOnly(null);

    /// <summary>The same folders on a machine that has only some programs.</summary>
    /// <param name="only">Their executables; <see langword="null"/>: all.</param>
    public static ProgramFolders WithOnly(IReadOnlyCollection<string>? only)
        => new([.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified)], only);

    /// <summary>The full path of a program; <see langword="null"/> when it is in none of the folders.</summary>
    public string? Find(string executable) => only?.Contains(executable) == false ? null : folders.Select(folder => Path.Combine(folder, executable)).FirstOrDefault(path => new FileInfo(path).Exists);
}
