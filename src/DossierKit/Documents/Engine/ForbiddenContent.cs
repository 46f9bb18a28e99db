using System.Text;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>
/// What no template may bring along, because opening the document would then fetch, run or reveal something:
/// macros, active controls, links to elsewhere, fields that read other files, pasted foreign documents.
/// </summary>
internal static class ForbiddenContent
{
    private static readonly HashSet<string> ForbiddenFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD", "MACROBUTTON", "MERGEFIELD", "ASK", "FILLIN",
    };

    private static readonly HashSet<string> ForbiddenKinds = new(StringComparer.Ordinal)
    {
        "vbaProject", "wordVbaData", "aFChunk", "oleObject", "package", "control", "activeXControlBinary", "attachedToolbars", "keyMapCustomizations",
        "subDocument", "mailMergeSource", "mailMergeHeaderSource", "externalLink", "ctrlProp",
    };

    /// <summary>Looks at the names, types and relationships of the whole file.</summary>
    public static void CheckPackage(DocxPackage package, string fileName, Problems problems)
    {
        if (package.Parts.Keys.Any(p => p.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || package.ContentType(p).Contains("macroEnabled", StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add("macro", $"Het bestand '{fileName}' bevat macro's.", "Een macro voert opdrachten uit op de computer van de lezer.",
                "Sla het in Word op als 'Word-document (.docx)', zonder macro's.");
        }

        foreach (var part in package.Parts.Keys.Where(p => !p.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)).Prepend("").Order(StringComparer.Ordinal))
        {
            foreach (var link in package.Relationships(part)) CheckRelationship(part, link, problems);
        }
    }

    /// <summary>Looks at the elements and fields of one part.</summary>
    public static void CheckPart(XElement root, PlaceIndex places, Problems problems)
    {
        var fields = new Stack<(StringBuilder Text, bool Done, XElement Begin)>();
        foreach (var element in root.DescendantsAndSelf())
        {
            if (element.Name.Namespace == WordXml.W)
            {
                switch (element.Name.LocalName)
                {
                    case "altChunk" or "subDoc":
                        problems.Add("vreemd-document", "Het sjabloon bevat een ander document dat pas bij het openen wordt ingevoegd.", places.Of(element), "Plak de tekst zelf in het sjabloon.");
                        break;
                    case "control":
                        problems.Add("besturingselement", "Het sjabloon bevat een ActiveX-besturingselement.", places.Of(element), "Haal het weg.");
                        break;
                    case "fldSimple":
                        CheckField(element.Attr("instr") ?? "", element);
                        break;
                    // Word also reads plain text before the result as part of the instruction.
                    case "instrText" or "t" when fields.Count > 0 && !fields.Peek().Done:
                        fields.Peek().Text.Append(element.Value);
                        break;
                    case "fldChar":
                        var type = element.Attr("fldCharType");
                        if (type == "begin")
                        {
                            fields.Push((new StringBuilder(), false, element));
                        }
                        else if (fields.Count > 0)
                        {
                            var (text, done, begin) = fields.Pop();
                            if (!done) CheckField(text.ToString(), element);
                            if (type == "separate") fields.Push((text, true, begin));
                        }

                        break;
                    case "cellDel" or "cellMerge":
                        problems.Add("wijziging-cel", "Het sjabloon heeft een bijgehouden wijziging in de vorm van een tabel.", places.Of(element), "Accepteer of verwerp in Word alle wijzigingen.");
                        break;
                }
            }
            else if (element.Name == WordXml.Office + "OLEObject")
            {
                problems.Add("ingesloten-object", "Het sjabloon bevat een ingesloten object (OLE).", places.Of(element), "Haal het weg, of zet er een gewoon plaatje voor in de plaats.");
            }
            else if (element.Name.Namespace == WordXml.Vml && IsAddress((string?)element.Attribute("src")))
            {
                problems.Add("plaatje-elders", "Het sjabloon haalt een plaatje van een ander adres.", places.Of(element), "Voeg het plaatje in het document zelf in.");
            }
        }

        // A field that is never closed is repaired at opening, and then runs.
        foreach (var (text, done, begin) in fields)
        {
            if (!done) CheckField(text.ToString(), begin);
        }

        void CheckField(string instruction, XElement at)
        {
            var words = instruction.Split([' ', '\t', '\r', '\n', '\u00A0', '"'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) return;
            if (ForbiddenFields.Contains(words[0]))
            {
                problems.Add("veld-verboden", $"Het sjabloon bevat een Word-veld van de soort {words[0].ToUpperInvariant()}.", places.Of(at),
                    "Haal het veld weg: het haalt bij het openen iets van buiten het document. Gebruik zo nodig {{…}}.");
            }
            else if (words[0].Equals("HYPERLINK", StringComparison.OrdinalIgnoreCase) && words.Length > 1 && !words[1].StartsWith('\\') && !IsPlainLink(words[1]))
            {
                problems.Add("koppeling", "Het sjabloon bevat een koppeling die geen gewoon webadres of e-mailadres is.", places.Of(at), "Gebruik een adres dat begint met https:, mailto: of tel:.");
            }
        }
    }

    private static void CheckRelationship(string part, Relationship link, Problems problems)
    {
        var why = part.Length == 0 ? "Plaats: het bestand zelf." : $"Plaats: het deel '{part}'.";
        if (link.External)
        {
            if (Uri.UnescapeDataString(link.Target).Contains("{{", StringComparison.Ordinal))
                problems.Add("tag-plaats", "Een tag staat in het adres van een koppeling; daar kan hij niet gevuld worden.", why, "Zet het adres als gewone tekst in het document.");
            if (link.Kind == "hyperlink" && IsPlainLink(link.Target)) return;
            var (rule, what, now) = link.Kind switch
            {
                "attachedTemplate" => ("sjabloon-gekoppeld", "Het document is gekoppeld aan een ander sjabloon.", "Kies in Word: Ontwikkelaars, Documentsjabloon, en zet daar 'Normal' neer."),
                "image" => ("plaatje-elders", "Het document haalt een plaatje van een ander adres.", "Voeg het plaatje in het document zelf in."),
                "hyperlink" => ("koppeling", "Het document bevat een koppeling die geen gewoon webadres of e-mailadres is.", "Gebruik een adres dat begint met https:, mailto: of tel:."),
                _ => ("verwijzing-buiten", $"Het document haalt iets van buiten ('{link.Kind}').", "Haal de koppeling weg."),
            };
            problems.Add(rule, what, why, now);
        }
        else if (ForbiddenKinds.Contains(link.Kind))
        {
            var (rule, what, now) = link.Kind switch
            {
                "aFChunk" => ("vreemd-document", "Het sjabloon bevat een ander document dat pas bij het openen wordt ingevoegd.", "Plak de tekst zelf in het sjabloon."),
                "oleObject" or "package" => ("ingesloten-object", "Het sjabloon bevat een ingesloten bestand of object.", "Haal het weg, of zet er een gewoon plaatje voor in de plaats."),
                "vbaProject" or "wordVbaData" => ("macro", "Het sjabloon bevat macro's.", "Sla het in Word op als 'Word-document (.docx)', zonder macro's."),
                _ => ("inhoud-verboden", $"Het sjabloon bevat iets dat niet is toegestaan ('{link.Kind}').", "Haal het weg."),
            };
            problems.Add(rule, what, why, now);
        }
    }

    private static bool IsPlainLink(string address)
        => address.StartsWith('#')
            || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel");

    private static bool IsAddress(string? source) => source is not null && (source.Contains("://", StringComparison.Ordinal) || source.StartsWith(@"\\", StringComparison.Ordinal));
}
