using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace DossierKit.Documents;

/// <summary>How serious a finding is.</summary>
public enum LintSeverity
{
    /// <summary>The template cannot be used.</summary>
    Error,

    /// <summary>The document may look or read wrong.</summary>
    Warning,

    /// <summary>It works, and could be better.</summary>
    Advice,
}

/// <summary>Something the author of a template should look at.</summary>
/// <param name="Severity">How serious it is.</param>
/// <param name="Rule">A short fixed name of the rule, such as <c>tabel-zonder-kop</c>.</param>
/// <param name="Finding">What, where, and what to do, in Dutch.</param>
public sealed record LintFinding(LintSeverity Severity, string Rule, Refusal Finding);

/// <summary>
/// Looks at a template as its author would want a colleague to: everything that refuses, and everything that could be better.
/// The Open XML SDK and its validator are used here only; they are far too slow to render with.
/// </summary>
public static class TemplateLint
{
    /// <summary>At most this many findings of one rule, so that one habit does not hide all others.</summary>
    private const int PerRule = 10;

    /// <summary>Examines a template.</summary>
    /// <param name="docx">The bytes of the .docx (or .dotx) file.</param>
    /// <param name="fileName">Its name, for the texts only.</param>
    /// <returns>Errors first, then warnings, then advice, each in document order; empty when all is well.</returns>
    public static IReadOnlyList<LintFinding> Run(ReadOnlyMemory<byte> docx, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var problems = new Problems();
        var facts = new TemplateFacts();
        var compiled = TemplateCompiler.Compile(docx, fileName, problems, facts);
        if (compiled is null) return [.. problems.Found.Select(p => new LintFinding(LintSeverity.Error, p.Subject ?? "sjabloon", p))];

        var package = DocxPackage.Read(docx, fileName, new Problems())!;
        var findings = new List<LintFinding>();
        if (facts.Revisions) Add(findings, LintSeverity.Warning, "wijzigingen", "Het sjabloon heeft bijgehouden wijzigingen.", "Plaats: het hele document.", "Accepteer of verwerp ze in Word; anders worden ze bij het vullen geaccepteerd.");
        if (facts.Comments) Add(findings, LintSeverity.Warning, "opmerkingen", "Het sjabloon heeft opmerkingen.", "Plaats: het hele document.", "Haal ze weg; bij het vullen vervallen ze.");
        foreach (var block in compiled.Tables.Blocks.Where(b => b.Renumber && b.Numberings.Count == 0))
            Add(findings, LintSeverity.Warning, "nummer-zonder-lijst", $"De lus '{block.Path}' begint de nummering opnieuw, maar er staat geen genummerde alinea in.", $"Plaats: {block.Place}.", "Haal |nummer weg, of nummer de alinea's.");
        TemplateLook.Examine(package, facts, findings);
        Validate(docx, findings);
        return [.. findings.GroupBy(f => f.Rule).SelectMany(Limit).OrderBy(f => f.Severity)];
    }

    internal static void Add(List<LintFinding> findings, LintSeverity severity, string rule, string what, string why, string whatNow)
        => findings.Add(new LintFinding(severity, rule, new Refusal(what, why, whatNow) { Subject = rule }));

    private static IEnumerable<LintFinding> Limit(IGrouping<string, LintFinding> rule)
    {
        foreach (var finding in rule.Take(PerRule)) yield return finding;
        var more = rule.Count() - PerRule;
        if (more <= 0) yield break;
        var first = rule.First();
        yield return first with { Finding = new Refusal(string.Create(CultureInfo.InvariantCulture, $"Dit komt nog {more} keer voor: {first.Finding.What}"), "Plaats: verderop in het document.", first.Finding.WhatNow) { Subject = first.Rule } };
    }

    private static void Validate(ReadOnlyMemory<byte> docx, List<LintFinding> findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var version in (FileFormatVersions[])[FileFormatVersions.Office2019, FileFormatVersions.Microsoft365])
            {
                using var stream = new MemoryStream(docx.ToArray(), writable: false);
                using var document = WordprocessingDocument.Open(stream, isEditable: false);
                foreach (var error in new OpenXmlValidator(version).Validate(document))
                {
                    if (seen.Add($"{error.Part?.Uri}{error.Path?.XPath}{error.Id}"))
                        Add(findings, LintSeverity.Warning, "niet-volgens-standaard", $"Het document houdt zich niet aan de standaard: {error.Description}", $"Plaats: {error.Part?.Uri} {error.Path?.XPath}.", "Open het in Word en sla het opnieuw op.");
                }
            }
        }
        catch (Exception e) when (e is OpenXmlPackageException or XmlException or InvalidDataException or FormatException or ArgumentException or InvalidOperationException)
        {
            Add(findings, LintSeverity.Warning, "niet-volgens-standaard", "Het document is niet te controleren met de standaard van Word.", "Plaats: het bestand zelf.", "Open het in Word en sla het opnieuw op.");
        }
    }
}

/// <summary>What can be seen of a template's look and accessibility.</summary>
internal static class TemplateLook
{
    /// <summary>Fonts that Word has, and LibreOffice has or replaces by one of the same widths.</summary>
    private static readonly HashSet<string> SafeFonts = new(StringComparer.OrdinalIgnoreCase)
    {
        "Arial", "Calibri", "Cambria", "Courier New", "Times New Roman", "Liberation Sans", "Liberation Serif", "Liberation Mono", "Carlito", "Caladea", "Symbol", "Wingdings", "Georgia", "Verdana",
    };

    private static readonly HashSet<string> DirectRun = new(StringComparer.Ordinal) { "b", "i", "u", "sz", "rFonts", "color", "caps", "smallCaps" };

    private static readonly HashSet<string> DirectParagraph = new(StringComparer.Ordinal) { "jc", "spacing", "ind", "pBdr", "shd", "outlineLvl" };

    /// <summary>Fields that show something of the reader's computer or the moment of opening.</summary>
    private static readonly HashSet<string> RestlessFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "EDITTIME", "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME",
    };

    public static void Examine(DocxPackage package, TemplateFacts facts, List<LintFinding> findings)
    {
        foreach (var (_, root, places) in facts.Parts)
        {
            foreach (var element in root.Descendants())
            {
                if (element.Name == WordXml.Table) Table(element, places, findings);
                else if (element.Name == WordXml.Wp + "docPr") Picture(element, places, findings);
                else if (element.Name == WordXml.Paragraph) Paragraph(element, places, findings);
                else if (element.Name == WordXml.SimpleField) Field(element, element.Attr("instr") ?? "", places, findings);
                else if (element.Name == WordXml.FieldCharacter && element.Attr("fldCharType") == "begin") ComplexField(element, places, findings);
            }

            Formatting(root, places, findings);
        }

        Language(package, findings);
        Title(package, findings);
        Fonts(package, findings);
    }

    private static void Table(XElement table, PlaceIndex places, List<LintFinding> findings)
    {
        var rows = table.Elements(WordXml.Row).ToArray();
        if (rows.Length < 2 || rows[0].Elements(WordXml.W + "trPr").Elements(WordXml.W + "tblHeader").FirstOrDefault().IsOn()) return;
        TemplateLint.Add(findings, LintSeverity.Warning, "tabel-zonder-kop", "Een tabel heeft geen kopregel; een voorleesprogramma kan de kolommen niet noemen.", $"Plaats: {places.Of(table)}.",
            "Kies in Word bij Tabeleigenschappen, Rij: 'Op elke pagina als veldnamenrij herhalen'.");
    }

    private static void Picture(XElement properties, PlaceIndex places, List<LintFinding> findings)
    {
        var decorative = properties.Descendants().Any(e => e.Name.LocalName == "decorative" && (string?)e.Attribute("val") is "1" or "true");
        if (decorative || !string.IsNullOrWhiteSpace((string?)properties.Attribute("descr"))) return;
        TemplateLint.Add(findings, LintSeverity.Warning, "plaatje-zonder-tekst", "Een plaatje of vorm heeft geen alternatieve tekst.", $"Plaats: {places.Of(properties)}.", "Geef het in Word een alternatieve tekst, of markeer het als decoratief.");
    }

    private static void Paragraph(XElement paragraph, PlaceIndex places, List<LintFinding> findings)
    {
        if (paragraph.Parent!.Name != WordXml.W + "body" || Visibility.HasContent(paragraph) || paragraph.Descendants(WordXml.Marker).Any()) return;
        if (paragraph.Descendants(WordXml.SectionProperties).Any()) return;
        TemplateLint.Add(findings, LintSeverity.Advice, "lege-alinea", "Een lege alinea maakt hier witruimte.", $"Plaats: {places.Of(paragraph)}.", "Geef de alinea ervoor of erna in het opmaakprofiel afstand.");
    }

    private static void ComplexField(XElement begin, PlaceIndex places, List<LintFinding> findings)
    {
        var rest = begin.Parent!.ElementsAfterSelf().ToArray();
        var instruction = string.Concat(rest.TakeWhile(r => !r.Elements(WordXml.FieldCharacter).Any()).Elements(WordXml.Instruction).Select(i => i.Value));
        Field(begin, instruction, places, findings);
    }

    private static void Field(XElement at, string instruction, PlaceIndex places, List<LintFinding> findings)
    {
        var kind = instruction.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        if (RestlessFields.Contains(kind))
            TemplateLint.Add(findings, LintSeverity.Warning, "veld-onrustig", $"Het veld {kind.ToUpperInvariant()} verandert bij het openen, of toont iets van de computer van de lezer.", $"Plaats: {places.Of(at)}.", "Gebruik {{…}} met een veld uit het dossier.");
    }

    private static void Formatting(XElement root, PlaceIndex places, List<LintFinding> findings)
    {
        var direct = root.Descendants(WordXml.Paragraph)
            .Where(p => p.Elements(WordXml.ParagraphProperties).Elements().Any(e => DirectParagraph.Contains(e.Name.LocalName))
                || p.Elements(WordXml.Run).Elements(WordXml.RunProperties).Elements().Any(e => DirectRun.Contains(e.Name.LocalName))).ToArray();
        if (direct.Length == 0) return;
        TemplateLint.Add(findings, LintSeverity.Advice, "losse-opmaak", string.Create(CultureInfo.InvariantCulture, $"In {direct.Length} alinea('s) is opmaak met de hand gezet in plaats van met een opmaakprofiel."), $"Plaats: {places.Of(direct[0])}.",
            "Maak er een opmaakprofiel van; dan blijft de opmaak overal gelijk.");
    }

    private static void Language(DocxPackage package, List<LintFinding> findings)
    {
        var language = Load(package, "styles")?.Element(WordXml.W + "docDefaults")?.Descendants(WordXml.W + "lang").FirstOrDefault()?.Attr("val");
        if (language?.StartsWith("nl", StringComparison.OrdinalIgnoreCase) == true) return;
        TemplateLint.Add(findings, LintSeverity.Warning, "taal", language is null ? "Het document zegt niet in welke taal het is." : $"De taal van het document is '{language}'.", "Plaats: de standaardopmaak van het document.",
            "Kies in Word: Controleren, Taal, Nederlands, en maak dat de standaard. Een voorleesprogramma spreekt de tekst dan goed uit.");
    }

    private static void Title(DocxPackage package, List<LintFinding> findings)
    {
        var core = package.Relationships("").FirstOrDefault(r => r.Kind == "core-properties" && !r.External)?.Target;
        if (core is not null && package.Parts.TryGetValue(core, out var bytes) && WordXml.Load(bytes).Elements().Any(e => e.Name.LocalName == "title" && !string.IsNullOrWhiteSpace(e.Value))) return;
        TemplateLint.Add(findings, LintSeverity.Advice, "titel", "Het document heeft geen titel.", "Plaats: de eigenschappen van het bestand.", "Kies in Word: Bestand, Info, Titel.");
    }

    private static void Fonts(DocxPackage package, List<LintFinding> findings)
    {
        var embedded = Load(package, "fontTable")?.Elements(WordXml.W + "font").Where(f => f.Elements().Any(e => e.Name.LocalName.StartsWith("embed", StringComparison.Ordinal))).Select(f => f.Attr("name") ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var used = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in OutputPlan.Reachable(package).Where(p => package.ContentType(p).Contains("wordprocessingml", StringComparison.Ordinal) && !package.ContentType(p).Contains("fontTable", StringComparison.Ordinal)))
        {
            foreach (var fonts in WordXml.Load(package.Parts[part]).Descendants(WordXml.W + "rFonts"))
                used.UnionWith(new[] { fonts.Attr("ascii"), fonts.Attr("hAnsi") }.OfType<string>());
        }

        foreach (var font in used.Where(f => !SafeFonts.Contains(f) && !embedded.Contains(f)))
        {
            TemplateLint.Add(findings, LintSeverity.Advice, "lettertype", $"Het lettertype '{font}' is niet op elke computer aanwezig en niet ingesloten.", "Plaats: de opmaakprofielen of de tekst.",
                "Gebruik een gewoon lettertype zoals Arial of Calibri, of sluit het lettertype in (Bestand, Opties, Opslaan).");
        }
    }

    private static XElement? Load(DocxPackage package, string kind)
        => package.Relationships(package.MainPart).FirstOrDefault(r => r.Kind == kind && !r.External) is { } link && package.Parts.TryGetValue(link.Target, out var bytes) ? WordXml.Load(bytes) : null;
}
