using System.Text.RegularExpressions;

using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;

namespace DossierKit.Host.Web.Vastleggen;

/// <summary>
/// What each field of each event is called on a form, and what to fill in: from the descriptions of the records, with better words here where a form needs them.
/// A test looks at every field of every event.
/// </summary>
internal static partial class EventLabels
{
    /// <summary>By event and field, or by field alone; the label, and the help beneath it.</summary>
    private static readonly Dictionary<string, (string Label, string? Help)> Better = new(StringComparer.Ordinal)
    {
        ["datum"] = ("Wanneer was het?", null),
        ["door"] = ("Wie deed het?", "Laat leeg als u het zelf was."),
        ["toelichting"] = ("Toelichting", null),
        ["kenmerk"] = ("Kenmerk", "Een eigen naam binnen het dossier. Andere stukken en gebeurtenissen verwijzen ernaar."),
        ["regel-nageleefd/toelichting"] = ("Hoe is de regel nageleefd?", "Schrijf wat er is gedaan, of waarom de regel hier niet speelt. Noem geen namen."),
        ["omstandigheid-vastgesteld/toelichting"] = ("Waarom is dit zo?", "Noem geen namen."),
        ["omstandigheid-vastgesteld/feit"] = ("Wat stelt u vast?", "Van dit feit hangt af welke regels van het protocol gelden."),
        ["omstandigheid-vastgesteld/waarde"] = ("Is het zo?", null),
        ["regel-nageleefd/regel"] = ("Welke regel?", null),
        ["protocol-afgeweken/regel"] = ("Van welke regel wijkt u af?", null),
        ["protocol-afgeweken/motivering"] = ("Waarom wijkt u af?", null),
        ["aard"] = ("Wat voor melding is het?", null),
        ["vorm"] = ("Hoe meldt de melder?", "Bij vertrouwelijk kent alleen de functionaris integriteit of de vertrouwenspersoon de naam."),
        ["origineel-geregistreerd/vorm"] = ("In welke vorm is het origineel?", null),
        ["gesprek"] = ("Welk gesprek?", null),
        ["selectielijstklasse"] = ("Klasse van de Selectielijst", "Hiervan hangt af hoe lang het dossier bewaard blijft. Bijvoorbeeld 12.1.7 (integriteitsonderzoek) of 4.1.4 (onderzoek na een melding van een misstand, blijft altijd bewaard). Vraag de archivaris als u twijfelt."),
        ["grond"] = ("Waarom deze klasse?", null),
        ["akkoord"] = ("Zijn de directeuren akkoord?", null),
        ["oordeel-gegeven/oordeel"] = ("Wat is het oordeel?", null),
        ["maatregel"] = ("Welke maatregel?", null),
        ["functie"] = ("Functie", null),
        ["or-geinformeerd/functie"] = ("Wie van de ondernemingsraad is geïnformeerd?", null),
        ["kopie-teruggehaald/uitkomst"] = ("Wat is er met de kopie gebeurd?", null),
        ["ontvangst-van-stuk/uitkomst"] = ("Hoe is het aangekomen?", null),
        ["positie"] = ("Positie", "De positie van de betrokkene bepaalt wie bevoegd is."),
        ["persoon.vorm"] = ("Vorm van de melding", "Alleen bij een melder."),
        ["persoon.van"] = ("Bij wie hoort deze persoon?", "Bij een raadsman, gemachtigde, leidinggevende, verwant of vertrouwenspersoon."),
        ["persoon.id"] = ("Aanduiding", "Zoals betrokkene-1. Geen naam: de aanduiding staat ook op plekken waar de naam niet mag staan."),
        ["persoon.medewerker"] = ("Werkt deze persoon met dossiers?", "Kies wie het is. Zo blijft iemand die bij de zaak hoort buiten het dossier."),
        ["hoofdBi"] = ("Wie was er als hoofd BI?", "Het hoofd van het bureau integriteit of de plaatsvervanger. Nodig bij een spoedoverleg."),
        ["tijd"] = ("Hoe laat?", null),
        ["antwoorden"] = ("Antwoorden", null),
        ["sha256"] = ("Vingerafdruk van het bestand", "SHA-256: 64 tekens. Bij een bestand in het dossier vult het programma dit zelf in."),
    };

    /// <summary>The label and help of a field.</summary>
    /// <param name="kind">The event.</param>
    /// <param name="field">The field.</param>
    /// <param name="path">Its name in the form, such as <c>persoon.adres.straat</c>.</param>
    public static (string Label, string? Help) Of(EventKind kind, EventField field, string path)
    {
        if (Better.TryGetValue($"{kind.Name}/{path}", out var own) || Better.TryGetValue(path, out own)) return own;
        if (!path.Contains('.', StringComparison.Ordinal) && Better.TryGetValue(field.Name, out own)) return own;
        var text = Hints().Replace(field.Description, "");
        var (label, help) = text.Split("; ", 2) is [var before, var after] ? (before, Nl.First(after) + ".") : (text, null);
        if (label.Split(", zoals ", 2) is [var what, var example]) (label, help) = (what, $"Bijvoorbeeld: {example}. {help}".Trim());
        return (Nl.First(label.Trim()), help);
    }

    [GeneratedRegex(@"\s*\((aanduiding|id)[^)]*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hints();
}
