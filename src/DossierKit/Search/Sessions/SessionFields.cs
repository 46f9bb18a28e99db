using System.Globalization;
using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>
/// What documents can be found by beside their text. Of the file itself: it lies in a compartment the person may read. Of the case: only what was recorded in a compartment he may read too, so that
/// a search by outcome tells nothing to whoever may not know the outcome.
/// </summary>
internal sealed class SessionFields(IReadOnlyList<SearchPart> parts) : IFieldValues
{
    /// <summary>The fields of which the values are counted with every answer.</summary>
    public static IReadOnlyList<string> Counted { get; } = ["soort", "compartiment", "type", "uitkomst", "functie", "protocol", "jaar"];

    /// <summary>All fields, as they are written in a query.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Counted, "datum", "titel", "dossier", "stuk"];

    public IReadOnlyCollection<string> Names => All;

    public IReadOnlyList<string> Of(string field, int segment, int document)
    {
        var part = parts[segment];
        var file = part.Dossier.Files[part.Compartment.Documents[document]];
        return field switch
        {
            "soort" => [JsonShape.WordsOf(typeof(FileKind))[(int)file.Kind]],
            "compartiment" => [file.Compartment.Name],
            "datum" => [file.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
            "jaar" => [file.Date.Year.ToString("0000", CultureInfo.InvariantCulture)],
            "titel" => [file.Title],
            "stuk" => [file.Id.ToString()],
            "dossier" => [part.Dossier.Number.Value],
            "protocol" => [part.Dossier.Protocol],
            _ => part.ValuesOf(field),
        };
    }
}
