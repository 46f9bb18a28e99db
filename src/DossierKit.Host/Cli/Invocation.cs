namespace DossierKit.Host.Cli;

/// <summary>How this program was started, so that the commands it suggests work when they are pasted.</summary>
internal static class Invocation
{
    /// <summary>The words before the command: <c>dotnet run --project src/DossierKit.Host --</c> from a clone, else the program itself.</summary>
    public static string Words
    {
        get
        {
            var here = Directory.GetCurrentDirectory();
            var program = AppContext.BaseDirectory;
            var project = Path.Combine("src", "DossierKit.Host");
            if (File.Exists(Path.Combine(here, project, "DossierKit.Host.csproj")) && program.StartsWith(Path.Combine(here, project) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return "dotnet run --project src/DossierKit.Host --";
            }

            var process = Environment.ProcessPath ?? "dossierkit";
            return Path.GetFileNameWithoutExtension(process) == "dotnet"
                ? $"dotnet {Quoted(Path.Combine(program, "DossierKit.Host.dll"))}"
                : Quoted(process);
        }
    }

    /// <summary>A path as short as it can be from here, quoted when the shell needs it.</summary>
    public static string PathFromHere(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return Quoted(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : $".{Path.DirectorySeparatorChar}{relative}");
    }

    private static string Quoted(string text)
        => text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:\\") ? $"\"{text}\"" : text;
}
