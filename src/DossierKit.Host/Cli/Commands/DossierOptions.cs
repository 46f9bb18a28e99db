using System.CommandLine;

using DossierKit.Dossiers;
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

    /// <summary>The id of a file, or its first digits, as typed.</summary>
    /// <exception cref="UsageException">It cannot be one.</exception>
    public static string FileId(string typed)
    {
        var wanted = typed.ToLowerInvariant();
        return wanted.Length is >= 6 and <= 32 && !wanted.AsSpan().ContainsAnyExcept("0123456789abcdef")
            ? wanted
            : throw new UsageException($"'{wanted}' is no file id: 6 to 32 digits 0-9 and a-f, as 'dossierkit show' prints them.");
    }

    /// <summary>The file of which the id begins so.</summary>
    /// <exception cref="UsageException">Several do.</exception>
    /// <exception cref="RefusedException">None does, or it is not for this person: one answer.</exception>
    public static DossierFile FindFile(OpenDossier dossier, string wanted)
    {
        var found = dossier.State.Files.Where(file => file.Id.ToString().StartsWith(wanted, StringComparison.Ordinal)).ToList();
        if (found.Count > 1) throw new UsageException($"{found.Count} files begin with '{wanted}'. Give more digits of the id.");
        return found.Count == 1 ? found[0] : throw RefusedException.NotThere();
    }

    /// <summary>The compartment of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Compartment Place(string name, string option) => Compartment.TryParse(name, out var compartment)
        ? compartment
        : throw new UsageException($"{option} '{name}' is unknown. Choose one of: {string.Join(", ", Compartment.WithFiles.Select(known => known.Name))}.");

    public static Option<string> Dossier() => new("--dossier") { Description = "The number of the dossier.", HelpName = "NR", Required = true };
}
