using System.Text.Json;
using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>A folder with a <c>dossier.json</c> and its files, read and found valid as a whole before anything is written.</summary>
public sealed class DossierImport
{
    /// <summary>The name of the file that describes a folder.</summary>
    public const string FileName = "dossier.json";

    private const int LargestDescription = 16 << 20;

    private DossierImport(DossierNumber number, Protocol? protocol, DateOnly startsOn, IReadOnlyList<DossierEvent> events, IReadOnlyList<IncomingFile> files)
        => (Number, Protocol, StartsOn, Events, Files) = (number, protocol, startsOn, events, files);

    /// <summary>The dossier's number.</summary>
    public DossierNumber Number { get; }

    /// <summary>How many files it brings.</summary>
    public int FileCount => Files.Count;

    /// <summary>Their length together, in bytes.</summary>
    public long TotalBytes => Files.Sum(file => file.Length);

    /// <summary><see langword="null"/>: the municipality's own, in force when it starts.</summary>
    internal Protocol? Protocol { get; }

    internal DateOnly StartsOn { get; }

    /// <summary>Persons, events and answers, in the order in which they are written.</summary>
    internal IReadOnlyList<DossierEvent> Events { get; }

    internal IReadOnlyList<IncomingFile> Files { get; }

    /// <summary>The folders to import at a path: the folder itself when it holds a <c>dossier.json</c>, else those directly below it that do.</summary>
    /// <param name="path">A folder.</param>
    /// <returns>The folders by name; empty when there are none.</returns>
    public static IReadOnlyList<string> FindFolders(string path)
    {
        if (File.Exists(Path.Combine(path, FileName))) return [path];
        return Directory.Exists(path)
            ? [.. Directory.EnumerateDirectories(path).Where(folder => File.Exists(Path.Combine(folder, FileName))).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Reads and checks a folder; reads no content of files yet.</summary>
    /// <param name="folder">The folder that holds <c>dossier.json</c>.</param>
    /// <param name="protocols">The protocols to choose from.</param>
    /// <param name="today">The day nothing may lie after.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The import, or everything that is wrong, each with file, line and JSON path.</returns>
    public static async ValueTask<Outcome<DossierImport>> ReadAsync(string folder, ProtocolLibrary protocols, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return Outcome<DossierImport>.Refused(new Refusal($"In deze map staat geen {FileName}.", "Dat bestand beschrijft het dossier.", "Kies een andere map, of maak het bestand."));
        if (await IncomingFile.ReadSmallAsync(path, LargestDescription, ct) is not { } utf8)
            return Outcome<DossierImport>.Refused(new Refusal($"{FileName} is te groot.", $"Het mag ten hoogste {LargestDescription >> 20} MiB zijn; inhoud hoort in losse bestanden.", "Haal grote teksten eruit."));
        return Check(utf8, folder, protocols, today);
    }

    private static Outcome<DossierImport> Check(byte[] utf8, string folder, ProtocolLibrary protocols, DateOnly today)
    {
        var parsed = LocatedJson.Parse(utf8, FileName);
        if (!parsed.IsDone) return Outcome<DossierImport>.Refused(parsed.Refusals);
        var root = parsed.Value;
        var refusals = new List<Refusal>();
        new JsonShape(FileName, refusals).Check(root, typeof(ImportFolder));
        var isShaped = refusals.Count == 0;
        var found = FindFiles(root, folder, refusals);
        // A description with holes cannot be judged further; its holes and missing files are told together.
        if (!isShaped) return Outcome<DossierImport>.Refused(refusals);

        var text = utf8.AsSpan();
        if (text.StartsWith(System.Text.Encoding.UTF8.Preamble)) text = text[System.Text.Encoding.UTF8.Preamble.Length..];
        var described = (ImportFolder)JsonSerializer.Deserialize(text, EventJson.TypeInfoOf(typeof(ImportFolder)))!;
        var startsOn = described.Events.Select(happening => happening.Date).DefaultIfEmpty(today).Min();
        var protocol = described.Protocol is null ? null : ProtocolShelf.Find(protocols, new ProtocolReference(described.Protocol.Id, described.Protocol.Version), startsOn);
        if (described.Protocol is not null && protocol is null)
        {
            refusals.Add(new Refusal("Dit protocol is er niet, of gold niet op de dag van de melding.", root.Find("protocol")!.Place(FileName), protocols.All.Count == 0 ? "Installeer het protocol eerst." : $"Kies uit: {string.Join(", ", protocols.All.Select(known => $"{known.Id} {known.Version}"))}."));
        }

        var events = new ImportCheck(described, root, today, startsOn, refusals) { Protocol = protocol, Protocols = protocols }.Run(found);
        return refusals.Count > 0
            ? Outcome<DossierImport>.Refused(refusals)
            : Outcome<DossierImport>.Done(new DossierImport(described.Number, protocol, startsOn, events, [.. described.Files.Select((file, index) => Incoming(file, found[index]!))]));
    }

    private static IncomingFile Incoming(ImportFile file, FileInfo found)
        => new(new NewFile(found.Name, file.Title, file.Kind, file.Compartment, file.Date, file.BelongsTo), found.FullName, found.Length);

    /// <summary>Looks up every path the description names, whatever else is wrong with it.</summary>
    private static List<FileInfo?> FindFiles(LocatedJson root, string folder, List<Refusal> refusals)
    {
        var found = new List<FileInfo?>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in root.Find("bestanden")?.Items ?? [])
        {
            if (file.Find("pad") is not { Kind: JsonTokenType.String } path)
            {
                found.Add(null);
                continue;
            }

            var (info, problem) = IncomingFile.Find(folder, path.Text);
            if (problem is { } wrong) refusals.Add(new Refusal(wrong.What, path.Place(FileName), wrong.WhatNow) { Subject = path.Path });
            else if (!seen.Add(path.Text)) refusals.Add(new Refusal("Dit bestand staat er twee keer.", path.Place(FileName), "Laat er één regel van staan.") { Subject = path.Path });
            found.Add(info);
        }

        return found;
    }
}
