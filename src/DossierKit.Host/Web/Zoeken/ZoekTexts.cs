using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Zoeken;

/// <summary>The names of fields and values on the search page.</summary>
internal static class ZoekTexts
{
    public static string Of(string field) => field switch
    {
        "type" => "Type schending",
        "functie" => "Functiegroep",
        _ => Labels.Sentence(field),
    };

    public static string Of(string field, string value) => field switch
    {
        "soort" when Words.TryParse<FileKind>(value, out var kind) => Labels.Of(kind),
        "functie" when Words.TryParse<Position>(value, out var position) => Labels.Of(position),
        "compartiment" when Compartment.TryParse(value, out var compartment) => compartment.Title,
        _ => Labels.Sentence(value.Replace('-', ' ')),
    };

    /// <summary>What asks for a value in a query.</summary>
    public static string Clause(string field, string value) => $"{field}:\"{value}\"";
}
