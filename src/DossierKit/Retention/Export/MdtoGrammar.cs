using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using static DossierKit.Retention.MdtoNames;

namespace DossierKit.Retention;

/// <summary>
/// What every version of the schema allows at once (1.0, 1.0.1 and both texts of 1.0.2): the strictest of each rule. One archiefvormer, at least one restriction, one place of
/// inspection that names one place, no empty names, no negative size. Without a schema on disk: who receives a bag has only the bag.
/// </summary>
internal static partial class MdtoGrammar
{
    private const int Many = int.MaxValue;

    private static readonly FrozenDictionary<string, Part[]> Groups = new Dictionary<string, Part[]>(StringComparer.Ordinal)
    {
        ["informatieobject"] =
        [
            new("identificatie", "identificatie", 1, Many), new("naam", "naam", 1, 1), new("aggregatieniveau", "begrip", 0, 1), new("classificatie", "begrip", 0, Many), new("trefwoord", "tekst", 0, Many),
            new("omschrijving", "tekst", 0, Many), new("raadpleeglocatie", "raadpleeglocatie", 0, 1), new("dekkingInTijd", "dekkingInTijd", 0, Many), new("dekkingInRuimte", "verwijzing", 0, Many),
            new("taal", "taal", 0, Many), new("event", "event", 0, Many), new("waardering", "begrip", 1, 1), new("bewaartermijn", "termijn", 0, 1), new("informatiecategorie", "begrip", 0, 1),
            new("isOnderdeelVan", "verwijzing", 0, Many), new("bevatOnderdeel", "verwijzing", 0, Many), new("heeftRepresentatie", "verwijzing", 0, Many), new("aanvullendeMetagegevens", "verwijzing", 0, Many),
            new("gerelateerdInformatieobject", "gerelateerd", 0, Many), new("archiefvormer", "verwijzing", 1, 1), new("betrokkene", "betrokkene", 0, Many), new("activiteit", "verwijzing", 0, 1),
            new("beperkingGebruik", "beperking", 1, Many),
        ],
        ["bestand"] =
        [
            new("identificatie", "identificatie", 1, Many), new("naam", "naam", 1, 1), new("omvang", "omvang", 1, 1), new("bestandsformaat", "begrip", 1, 1), new("checksum", "checksum", 1, Many),
            new("URLBestand", "uri", 0, 1), new("isRepresentatieVan", "verwijzing", 1, 1),
        ],
        ["identificatie"] = [new("identificatieKenmerk", "naam", 1, 1), new("identificatieBron", "naam", 1, 1)],
        ["verwijzing"] = [new("verwijzingNaam", "naam", 1, 1), new("verwijzingIdentificatie", "identificatie", 0, 1)],
        ["begrip"] = [new("begripLabel", "naam", 1, 1), new("begripCode", "tekst", 0, 1), new("begripBegrippenlijst", "verwijzing", 1, 1)],
        ["dekkingInTijd"] = [new("dekkingInTijdType", "begrip", 1, 1), new("dekkingInTijdBegindatum", "deeldatum", 1, 1), new("dekkingInTijdEinddatum", "deeldatum", 0, 1)],
        ["event"] = [new("eventType", "begrip", 1, 1), new("eventTijd", "tijd", 0, 1), new("eventVerantwoordelijkeActor", "verwijzing", 0, 1), new("eventResultaat", "tekst", 0, 1)],
        ["gerelateerd"] = [new("gerelateerdInformatieobjectVerwijzing", "verwijzing", 1, 1), new("gerelateerdInformatieobjectTypeRelatie", "begrip", 1, 1)],
        ["betrokkene"] = [new("betrokkeneTypeRelatie", "begrip", 1, 1), new("betrokkeneActor", "verwijzing", 1, 1)],
        ["beperking"] =
        [
            new("beperkingGebruikType", "begrip", 1, 1), new("beperkingGebruikNadereBeschrijving", "tekst", 0, 1), new("beperkingGebruikDocumentatie", "verwijzing", 0, Many),
            new("beperkingGebruikTermijn", "termijn", 0, 1),
        ],
        ["termijn"] =
        [
            new("termijnTriggerStartLooptijd", "begrip", 0, 1), new("termijnStartdatumLooptijd", "datum", 0, 1), new("termijnLooptijd", "duur", 0, 1), new("termijnEinddatum", "deeldatum", 0, 1),
        ],
        ["checksum"] = [new("checksumAlgoritme", "begrip", 1, 1), new("checksumWaarde", "naam", 1, 1), new("checksumDatum", "moment", 1, 1)],
        // One place only, of one kind: the versions differ in how many they take and in which order.
        ["raadpleeglocatie"] = [new("raadpleeglocatieFysiek", "verwijzing", 0, 1), new("raadpleeglocatieOnline", "uri", 0, 1)],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Everything that is wrong with a sidecar, Dutch; more than anybody reads is left out.</summary>
    public static List<string> Check(XElement root)
    {
        var wrong = new List<string>();
        if (root.Name != Mdto + "MDTO") return ["het is geen MDTO: het eerste element is niet MDTO in de naamruimte van het Nationaal Archief"];
        if (root.Attribute(Instance + "schemaLocation")?.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var space, var address] || space != Mdto.NamespaceName || !Version().IsMatch(address))
            wrong.Add("de versie van MDTO staat er niet in (xsi:schemaLocation)");
        if (root.Attributes().Any(attribute => !attribute.IsNamespaceDeclaration && attribute.Name != Instance + "schemaLocation")) wrong.Add("MDTO heeft een attribuut dat er niet hoort");
        if (root.Elements().ToList() is not [var only] || only.Name.Namespace != Mdto || only.Name.LocalName is not ("informatieobject" or "bestand") || HasText(root))
            wrong.Add("onder MDTO staat niet precies één informatieobject of één bestand");
        else CheckGroup(only, only.Name.LocalName, wrong);
        return wrong;
    }

    private static void CheckGroup(XElement element, string group, List<string> wrong)
    {
        if (wrong.Count > BagLimits.MostProblems) return;
        if (element.HasAttributes) wrong.Add($"{element.Name.LocalName} heeft een attribuut");
        if (HasText(element)) wrong.Add($"in {element.Name.LocalName} staat losse tekst");
        var parts = Groups[group];
        var children = element.Elements().ToList();
        var at = 0;
        foreach (var part in parts)
        {
            var count = 0;
            while (at < children.Count && children[at].Name == Mdto + part.Name)
            {
                Check(children[at], part, wrong);
                (at, count) = (at + 1, count + 1);
            }

            if (count < part.Least) wrong.Add($"in {element.Name.LocalName} ontbreekt {part.Name}");
            if (count > part.Most) wrong.Add($"in {element.Name.LocalName} staat {part.Name} te vaak");
        }

        if (at < children.Count) wrong.Add($"in {element.Name.LocalName} staat {children[at].Name.LocalName} waar dat niet hoort");
        if (group == "raadpleeglocatie" && children.Count != 1) wrong.Add("een raadpleeglocatie noemt niet precies één plaats");
    }

    private static void Check(XElement element, Part part, List<string> wrong)
    {
        if (wrong.Count > BagLimits.MostProblems) return;
        if (Groups.ContainsKey(part.Type))
        {
            CheckGroup(element, part.Type, wrong);
            return;
        }

        if (element.HasElements || element.HasAttributes) wrong.Add($"{part.Name} is geen gewone waarde");
        else if (!IsValue(part.Type, element.Value)) wrong.Add($"{part.Name} is geen {part.Type switch { "naam" => "gevulde tekst", "omvang" => "aantal bytes", var type => type }}");
    }

    private static bool IsValue(string type, string text) => type switch
    {
        "tekst" => true,
        "naam" => !string.IsNullOrWhiteSpace(text),
        "taal" => Language().IsMatch(text),
        "omvang" => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "uri" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) && !text.Any(char.IsWhiteSpace),
        "datum" => IsDate(text),
        "deeldatum" => IsDate(text) || Year().IsMatch(text),
        "moment" => IsInstant(text),
        "tijd" => IsDate(text) || Year().IsMatch(text) || IsInstant(text),
        "duur" => Period().IsMatch(text),
        _ => false,
    };

    private static bool IsDate(string text)
        => DateShape().Match(text) is { Success: true } date && DateOnly.TryParseExact(date.Groups["dag"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsInstant(string text)
    {
        try
        {
            return InstantShape().IsMatch(text) && XmlConvert.ToDateTimeOffset(text) != default;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool HasText(XElement element) => element.Nodes().Any(node => node is XText text && !string.IsNullOrWhiteSpace(text.Value) || node is XProcessingInstruction);

    [GeneratedRegex(@"^https://www\.nationaalarchief\.nl/mdto/MDTO-XML1\.0(\.[12])?\.xsd$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();

    [GeneratedRegex("^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Language();

    [GeneratedRegex(@"^(?<dag>[0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DateShape();

    [GeneratedRegex("^[0-9]{4}(-(0[1-9]|1[0-2]))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex InstantShape();

    [GeneratedRegex(@"^-?P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Period();

    private sealed record Part(string Name, string Type, int Least, int Most);
}
