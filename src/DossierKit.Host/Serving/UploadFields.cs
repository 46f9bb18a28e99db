using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;

namespace DossierKit.Host.Serving;

/// <summary>What is said about a file that is sent: the same names in forms, in headers of the API and on disk.</summary>
internal static class UploadFields
{
    public const string Title = "titel", Kind = "soort", Place = "compartiment", Date = "datum", BelongsTo = "bij";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [Title, Kind, Place, Date, BelongsTo];

    /// <summary>The file that was described, or everything that is wrong with the description. Without a title it is called by its name, without a date it is of today.</summary>
    public static Outcome<NewFile> Read(Upload upload, DateOnly today)
    {
        var refusals = new List<Refusal>();
        var title = Text(upload, Title) ?? upload.FileName;
        if (title.Length > 200) refusals.Add(new("De titel is te lang.", "Een titel heeft hoogstens 200 tekens.", "Kort de titel in.") { Subject = Title });
        if (!Words.TryParse<FileKind>(Text(upload, Kind), out var kind))
            refusals.Add(new("Zeg wat voor bestand dit is.", $"'{Kind}' is leeg, of geen soort die er is.", $"Kies een van: {string.Join(", ", Words.All<FileKind>())}.") { Subject = Kind });
        if (!Compartment.TryParse(Text(upload, Place), out var place))
        {
            refusals.Add(new(
                "Zeg waar dit bestand hoort.", $"'{Place}' is leeg, of geen onderdeel dat er is.",
                $"Kies een van: {string.Join(", ", Compartment.WithFiles.Select(known => known.Name))}.")
            { Subject = Place });
        }

        var date = today;
        if (Text(upload, Date) is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            refusals.Add(new("Dit is geen datum.", $"'{Date}' heeft een andere vorm.", "Schrijf de datum als 2026-03-02.") { Subject = Date });
        return refusals.Count > 0
            ? Outcome<NewFile>.Refused(refusals)
            : Outcome<NewFile>.Done(new NewFile(upload.FileName, title, kind, place, date, Text(upload, BelongsTo)));
    }

    private static string? Text(Upload upload, string field) => upload.Fields.GetValueOrDefault(field)?.Trim() is { Length: > 0 } text ? text : null;
}
