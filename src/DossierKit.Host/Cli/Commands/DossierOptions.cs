using System.CommandLine;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Options that several commands on one dossier share.</summary>
internal static class DossierOptions
{
    public static Option<string> Dossier() => new("--dossier") { Description = "The number of the dossier.", HelpName = "NR", Required = true };
}
