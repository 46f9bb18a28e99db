using System.CommandLine;

using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Options that several commands on one dossier share.</summary>
internal static class DossierOptions
{
    /// <summary>Refuses a kind of document that does not exist, naming the nearest.</summary>
    /// <exception cref="RefusedException">There is no such kind.</exception>
    public static string RequireKind(string kind) => DocumentKinds.All.Contains(kind)
        ? kind
        : throw new RefusedException(new Refusal(
            $"Het stuk '{kind}' bestaat niet.",
            CommandLine.Nearest(DocumentKinds.All, kind) is { } near ? $"Bedoelt u '{near}'?" : "De naam staat niet in de lijst van stukken.",
            $"Kies een van: {string.Join(", ", DocumentKinds.All)}.")
        { Subject = "soort" });

    public static Option<string> Dossier() => new("--dossier") { Description = "The number of the dossier.", HelpName = "NR", Required = true };
}
