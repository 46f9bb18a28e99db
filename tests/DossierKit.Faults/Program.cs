using System.Globalization;
using DossierKit.Faults;

// Faults that take long or need a machine of their own, so they stay out of dotnet test:
// dotnet run --project tests/DossierKit.Faults -- kill [--times 200] [--seed 1] [--minutes 240] [--save FILE]
var times = Option("--times", 200);
var seed = Option("--seed", 1);
switch (args)
{
    case ["kill", ..]:
        return await KillDuringImport.RunAsync(times, seed, Option("--minutes", 240), Array.IndexOf(args, "--save") is >= 0 and var save && save + 1 < args.Length ? Path.GetFullPath(args[save + 1]) : null);
    default:
        Console.Error.WriteLine("Which fault? One of: kill.");
        return 2;
}

int Option(string name, int otherwise)
    => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
