using System.Globalization;
using DossierKit.Faults;

// Faults that take long or need a machine of their own, so they stay out of dotnet test:
// dotnet run --project tests/DossierKit.Faults -- kill|kill-serve|kill-backup|kill-destroy [--times 200] [--seed 1] [--minutes 240] [--save FILE]
// dotnet run -c Release --project tests/DossierKit.Faults -- fuzz-extract [--programs] [--times 1000000] [--seed 1] [--minutes 240] [--save FILE]
var times = Option("--times", 200);
var seed = Option("--seed", 1);
var save = Array.IndexOf(args, "--save") is >= 0 and var file && file + 1 < args.Length ? Path.GetFullPath(args[file + 1]) : null;
switch (args)
{
    case ["kill", ..]:
        return await KillDuringImport.RunAsync(times, seed, Option("--minutes", 240), save);
    case ["kill-serve", ..]:
        return await KillWhileServing.RunAsync(times, seed, Option("--minutes", 240), save);
    case ["kill-backup", ..]:
        return await KillDuringBackup.RunAsync(times, seed, Option("--minutes", 240), save);
    case ["kill-destroy", ..]:
        return await KillDuringDestruction.RunAsync(times, seed, Option("--minutes", 240), save);
    case ["fuzz-extract", ..]:
        return await FuzzExtract.RunAsync(times, seed, args.Contains("--programs"), Option("--minutes", 240), save);
    default:
        Console.Error.WriteLine("Which fault? One of: kill, kill-serve, kill-backup, kill-destroy, fuzz-extract.");
        return 2;
}

int Option(string name, int otherwise)
    => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
