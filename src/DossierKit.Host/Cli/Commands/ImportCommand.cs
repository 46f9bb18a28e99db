using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>import</c>: folders with a dossier.json and files become sealed dossiers. Everything is read and checked before anything is written.</summary>
internal sealed class ImportCommand : CliCommand
{
    private readonly Argument<string> _path = new("PATH") { Description = "A folder with dossier.json and its files, or a folder of such folders." };

    public ImportCommand()
        : base("import", "Import dossiers: every folder is checked as a whole before anything is written.",
            "dossierkit import ./sample-dossiers --data ./vault --as fi",
            "dossierkit import ./sample-dossiers/nevenwerk-groenonderhoud --data ./vault --as fi --json")
    {
        Add(_path);
        Add(CommonOptions.As);
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var folders = Folders(context.Get(_path)!);
        await using var session = await Session.OpenAsync(context, ct);
        var by = session.Acting();
        var imports = await ReadAllAsync(folders, session.Register, context.Today, ct);

        var done = new JsonArray();
        foreach (var import in imports)
        {
            var number = await Terminal.WithProgressAsync($"{import.Number}", async bar => (await session.Register.ImportAsync(by, import, new Share(bar), ct)).OrRefuse());
            context.Terminal.Line($"{number}: {DutchText.Count(import.FileCount, "bestand", "bestanden")}, {DutchText.Size(import.TotalBytes)}, versleuteld opgeslagen.");
            done.Add(new JsonObject { ["nummer"] = number.Value, ["bestanden"] = import.FileCount, ["bytes"] = import.TotalBytes });
        }

        context.Terminal.Json(done);
        return ExitCode.Done;
    }

    /// <summary>Reads and checks all folders; every mistake of all of them at once.</summary>
    internal static async ValueTask<List<DossierImport>> ReadAllAsync(IEnumerable<string> folders, DossierRegister register, DateOnly today, CancellationToken ct)
    {
        var imports = new List<DossierImport>();
        var refusals = new List<Refusal>();
        foreach (var folder in folders)
        {
            var outcome = await DossierImport.ReadAsync(folder, register.Protocols.Library, today, ct);
            if (outcome.IsDone) imports.Add(outcome.Value);
            else refusals.AddRange(outcome.Refusals);
        }

        return refusals.Count == 0 ? imports : throw new RefusedException(refusals);
    }

    /// <summary>The folders to import below a path, in ordinal order of their names.</summary>
    /// <exception cref="UsageException">There is nothing to import.</exception>
    internal static IReadOnlyList<string> Folders(string path)
    {
        if (File.Exists(path) && Path.GetFileName(path) == "dossier.json") return [Path.GetDirectoryName(Path.GetFullPath(path))!];
        if (!Directory.Exists(path)) throw new UsageException($"There is no folder '{path}'. Name a folder that holds dossier.json and its files.");
        if (File.Exists(Path.Combine(path, "dossier.json"))) return [Path.GetFullPath(path)];
        var folders = Directory.GetDirectories(Path.GetFullPath(path)).Where(folder => File.Exists(Path.Combine(folder, "dossier.json"))).Order(StringComparer.Ordinal).ToList();
        return folders.Count > 0
            ? folders
            : throw new UsageException($"'{path}' holds no dossier.json, nor does a folder directly below it. Name a folder that does.");
    }

    private sealed class Share(IProgress<double> bar) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => bar.Report(value.TotalBytes == 0 ? 1 : (double)value.Bytes / value.TotalBytes);
    }
}
