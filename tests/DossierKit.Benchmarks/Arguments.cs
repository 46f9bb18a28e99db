using System.Globalization;

namespace DossierKit.Benchmarks;

/// <summary>Numbers on the command line, for a shorter or smaller run.</summary>
internal static class Arguments
{
    public static int Number(string name, int otherwise)
    {
        var args = Environment.GetCommandLineArgs();
        return Array.IndexOf(args, name) is > 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
