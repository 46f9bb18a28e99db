namespace DossierKit.Vault;

/// <summary>Where the state of a vault lies, and the rule that it lies outside the data.</summary>
internal static class StatePath
{
    /// <summary>
    /// The folder of one vault below <paramref name="state"/>, or below the account's own: <c>$XDG_STATE_HOME/dossierkit</c>,
    /// else <c>~/.local/state/dossierkit</c>; on Windows <c>%LOCALAPPDATA%\DossierKit</c>.
    /// </summary>
    /// <exception cref="VaultEnvironmentException">The account has no such folder.</exception>
    public static string Of(string? state, OpaqueId vault) => Path.Combine(state is null ? Default() : Path.GetFullPath(state), vault.ToString());

    /// <summary>Refuses state and data inside one another: what is rolled back together cannot show that it was.</summary>
    /// <exception cref="VaultEnvironmentException">One lies inside the other, also when a symbolic link leads there.</exception>
    public static void EnsureApart(string state, string data)
    {
        if (IsApart(state, data)) return;
        throw new VaultEnvironmentException(
            $"The state folder {state} and the data folder {data} lie inside one another. Then a copy of the data put back would put back the state too, and nobody would notice. Choose another state folder with --state, best on another disk.");
    }

    /// <summary>Whether neither folder lies inside the other, links followed.</summary>
    public static bool IsApart(string one, string other)
    {
        var (realOne, realOther) = (Real(one), Real(other));
        return !IsWithin(realOne, realOther) && !IsWithin(realOther, realOne);
    }

    /// <summary>Where the states of this account's vaults lie when nobody says otherwise.</summary>
    /// <exception cref="VaultEnvironmentException">The account has no such folder.</exception>
    public static string Default()
    {
        if (OperatingSystem.IsWindows()) return Below(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DossierKit");
        // The specification says to ignore a value that is not absolute.
        var xdg = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (!string.IsNullOrEmpty(xdg) && Path.IsPathFullyQualified(xdg)) return Path.Combine(xdg, "dossierkit");
        return Below(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Path.Combine(".local", "state", "dossierkit"));

        static string Below(string home, string rest) => home.Length > 0
            ? Path.Combine(home, rest)
            : throw new VaultEnvironmentException("This account has no home folder for the vault's state. Give a folder with --state.");
    }

    private static bool IsWithin(string inner, string outer)
    {
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return (inner + Path.DirectorySeparatorChar).StartsWith(outer + Path.DirectorySeparatorChar, comparison);
    }

    /// <summary>The path with every symbolic link in it followed, as far as it exists.</summary>
    private static string Real(string path, int depth = 0)
    {
        if (depth > 40) throw new VaultEnvironmentException($"{path} cannot be followed: its symbolic links lead in a circle. Choose another state folder with --state.");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var root = Path.GetPathRoot(full)!;
        var real = root;
        foreach (var part in full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new DirectoryInfo(real).LinkTarget is { } target) real = Real(Path.Combine(Path.GetDirectoryName(real)!, target), depth + 1);
        }

        return Path.TrimEndingDirectorySeparator(real);
    }
}
