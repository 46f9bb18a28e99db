using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>A template ready to be printed.</summary>
internal sealed record CompiledTemplate(
    ProgramTables Tables,
    IReadOnlyList<PartProgram> Programs,
    IReadOnlyList<PartProgram> Notes,
    OutputPlan Final,
    OutputPlan Concept,
    IReadOnlyList<TemplateField> Fields,
    IReadOnlyList<TemplateElement> Elements);

/// <summary>What was found in a template besides problems; for lint.</summary>
internal sealed record TemplateFacts
{
    public bool Revisions { get; set; }

    public bool Comments { get; set; }

    public List<(string Part, XElement Root, PlaceIndex Places)> Parts { get; } = [];

    public StyleSheet Styles { get; set; } = new(null);
}

/// <summary>From the bytes of a .docx to a <see cref="CompiledTemplate"/>: every part is read once, checked, and turned into literals and instructions.</summary>
internal sealed class TemplateCompiler
{
    /// <summary>The most nodes and attributes of a template: shipped ones have some 2,000, one with all the styles of Word tens of thousands. Above it a template would take hundreds of MB to look at.</summary>
    public const int MaxNodes = 200_000;

    private readonly DocxPackage _package;
    private readonly Problems _problems;
    private readonly TemplateFacts _facts;
    private readonly ProgramTables _tables = new();
    private readonly List<(Tag Tag, IReadOnlyList<string> Within)> _uses = [];
    private readonly List<TemplateElement> _elements = [];
    private readonly BookmarkRegister _bookmarks = new();

    private TemplateCompiler(DocxPackage package, Problems problems, TemplateFacts facts)
    {
        _package = package;
        _problems = problems;
        _facts = facts;
    }

    /// <summary>Compiles; <see langword="null"/> with everything that is wrong in <paramref name="problems"/>.</summary>
    public static CompiledTemplate? Compile(ReadOnlyMemory<byte> docx, string fileName, Problems problems, TemplateFacts facts)
    {
        var package = DocxPackage.Read(docx, fileName, problems);
        if (package is null) return null;
        try
        {
            ForbiddenContent.CheckPackage(package, fileName, problems);
            return new TemplateCompiler(package, problems, facts).Compile();
        }
        catch (XmlException)
        {
            problems.Add("docx-kapot", $"Het bestand '{fileName}' is geen bruikbaar Word-document.", "Een lijst van verwijzingen in het bestand is niet te lezen.", "Open het in Word en sla het opnieuw op als .docx.");
            return null;
        }
    }

    private CompiledTemplate? Compile()
    {
        var reachable = OutputPlan.Reachable(_package);
        var roots = LoadAll(reachable);
        if (!roots.TryGetValue(_package.MainPart, out var main)) return null;
        if (roots.Values.Any(IsStrict))
        {
            _problems.Add("docx-strikt", "Het sjabloon is opgeslagen als 'Strict Open XML'.", "Niet alle programma's kunnen dat lezen.", "Sla het in Word op als gewoon 'Word-document (.docx)'.");
            return null;
        }

        if (main.Name != WordXml.W + "document" || main.Element(WordXml.W + "body") is not { } body)
        {
            _problems.Add("docx-kapot", "Het sjabloon heeft geen tekst.", $"Plaats: het deel '{_package.MainPart}'.", "Open het in Word en sla het opnieuw op als .docx.");
            return null;
        }

        if (body.Element(WordXml.SectionProperties) is null) body.Add(DefaultSection());
        _facts.Styles = new StyleSheet(Root("styles"));
        var labels = Labels(main);
        var prepared = new List<(string Name, XElement Root)>();
        foreach (var (name, root) in roots.OrderBy(r => r.Key == _package.MainPart ? 0 : 1).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            if (labels.TryGetValue(name, out var label)) Prepare(name, root, label);
            else CheckOther(name, root);
            if (labels.ContainsKey(name)) prepared.Add((name, root));
        }

        foreach (var twice in _elements.GroupBy(e => e.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            _problems.Add("element-dubbel", $"Het element '{twice.Key}' komt {twice.Count()} keer voor.", twice.Last().Place,
                $"Geef één passage de tag 'element:{twice.Key}'; de eerste staat hier: {twice.First().Place}.");
        }

        return _problems.Any ? null : Emit(prepared, reachable);

        XElement? Root(string kind) => _package.Relationships(_package.MainPart).FirstOrDefault(r => r.Kind == kind && !r.External) is { } link ? roots.GetValueOrDefault(link.Target) : null;
    }

    /// <summary>Whether a part is of the other dialect: nothing in it would be recognised, also not what is forbidden.</summary>
    private static bool IsStrict(XElement root)
        => root.DescendantsAndSelf().Any(e => e.Name.NamespaceName == WordXml.StrictNamespace || e.Attributes().Any(a => a.Name.NamespaceName == WordXml.StrictNamespace));

    /// <summary>Loads every XML part that will be in the document; a broken one is reported once.</summary>
    private Dictionary<string, XElement> LoadAll(IEnumerable<string> parts)
    {
        var roots = new Dictionary<string, XElement>(StringComparer.OrdinalIgnoreCase);
        var left = MaxNodes;
        foreach (var part in parts)
        {
            var type = _package.ContentType(part);
            if (!type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase) && !type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase)) continue;
            try
            {
                // What is left is for all parts together: many small ones cost as much as one large.
                roots[part] = WordXml.LoadPart(_package.Parts[part], left);
                left -= roots[part].DescendantNodesAndSelf().Sum(node => 1 + (node is XElement element ? element.Attributes().Count() : 0));
            }
            catch (XmlException)
            {
                var text = Encoding.UTF8.GetString(_package.Parts[part].AsSpan(0, Math.Min(4096, _package.Parts[part].Length)));
                var doctype = text.Contains("<!DOCTYPE", StringComparison.Ordinal);
                _problems.Add(doctype ? "xml-dtd" : "xml-kapot", doctype ? "Het sjabloon bevat een documenttype-definitie (DTD)." : "Een deel van het sjabloon is niet te lezen.",
                    $"Plaats: het deel '{part}'.", "Open het bestand in Word en sla het opnieuw op als .docx.");
            }
        }

        return roots;
    }

    /// <summary>The parts in which tags are filled, with their names in Dutch.</summary>
    private Dictionary<string, string> Labels(XElement main)
    {
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [_package.MainPart] = "tekst" };
        var types = main.Descendants().Where(e => e.Name.LocalName is "headerReference" or "footerReference")
            .GroupBy(e => (string?)e.Attribute(WordXml.R + "id") ?? "").ToDictionary(g => g.Key, g => g.First().Attr("type"), StringComparer.Ordinal);
        foreach (var link in _package.Relationships(_package.MainPart).Where(r => !r.External))
        {
            var which = types.GetValueOrDefault(link.Id) switch { "first" => " (eerste pagina)", "even" => " (even pagina's)", _ => "" };
            var label = link.Kind switch
            {
                "header" => "koptekst" + which,
                "footer" => "voettekst" + which,
                "footnotes" => "voetnoten",
                "endnotes" => "eindnoten",
                _ => null,
            };
            if (label is not null) labels.TryAdd(link.Target, label);
        }

        return labels;
    }

    private void Prepare(string name, XElement root, string label)
    {
        var (revisions, comments) = PartCleaner.Clean(root);
        _facts.Revisions |= revisions;
        _facts.Comments |= comments;
        BookmarkReferences.Join(root);
        PageFields.Fill(root);
        var places = new PlaceIndex(root, label, _facts.Styles.IsHeading);
        _facts.Parts.Add((name, root, places));
        ForbiddenContent.CheckPart(root, places, _problems);
        CheckReferences(name, root, places);
        var before = _problems.Found.Count;
        var tags = new TagFinder(places, _problems).Find(root);
        new BlockPlacer(_problems).Place(root, tags);

        // What hangs on blocks in place can only be judged when they are.
        if (_problems.Found.Count > before && tags.Exists(t => t.IsBlock && (t.Partner is null || t.Marker.Parent != t.Partner.Marker.Parent))) return;
        if (_problems.Found.Skip(before).Any(p => p.Subject == "blok-gekruist")) return;
        var analysis = new PartAnalysis(places, _problems, _bookmarks);
        analysis.Run(root);
        _uses.AddRange(analysis.Uses);
        foreach (var (control, id, paths) in analysis.Elements)
        {
            if (id.Length == 0) _problems.Add("element-naamloos", "Een inhoudsbesturingselement heeft de tag 'element:' zonder naam.", places.Of(control), "Zet de naam van het element achter 'element:'.");
            var locked = control.Element(WordXml.ContentControlProperties)?.Element(WordXml.W + "lock")?.Attr("val") is "sdtLocked" or "sdtContentLocked";
            _elements.Add(new TemplateElement(id, places.Of(control), locked, paths));
        }
    }

    /// <summary>What the text asks for by relationship must be in the file: no program opens a document whose header is not there.</summary>
    private void CheckReferences(string name, XElement root, PlaceIndex places)
    {
        var links = _package.Relationships(name).Where(link => link.External || _package.Parts.ContainsKey(link.Target)).Select(link => link.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var reference in root.Descendants().Attributes().Where(attribute => attribute.Name.Namespace == WordXml.R && attribute.Value.Length > 0 && !links.Contains(attribute.Value)))
        {
            _problems.Add("docx-kapot", "Het sjabloon verwijst naar een koptekst, plaatje of koppeling die niet in het bestand zit.", places.Of(reference.Parent!),
                "Open het in Word, haal dit onderdeel weg of voeg het opnieuw in, en sla het op als .docx.");
        }
    }

    /// <summary>Settings lose what belongs to the template's own life; in all other parts a tag would stay as it is, so it is refused.</summary>
    private void CheckOther(string name, XElement root)
    {
        if (root.Name == WordXml.W + "settings")
        {
            if (root.Element(WordXml.W + "mailMerge") is not null)
                _problems.Add("afdruk-samenvoegen", "Het sjabloon is ingesteld voor 'Afdruk samenvoegen'.", $"Plaats: het deel '{name}'.", "Kies in Word: Verzendlijsten, Afdruk samenvoegen starten, Normaal Word-document.");
            root.Elements().Where(e => e.Name.LocalName is "docVars" or "attachedTemplate" or "saveThroughXslt" or "attachedSchema" or "linkStyles").Remove();
        }

        var found = root.DescendantNodes().OfType<XText>().Any(t => t.Value.Contains("{{", StringComparison.Ordinal))
            || root.DescendantsAndSelf().Attributes().Any(a => a.Value.Contains("{{", StringComparison.Ordinal));
        if (found) _problems.Add("tag-plaats", "Een tag staat op een plaats die niet gevuld kan worden.", $"Plaats: het deel '{name}' (zoals een grafiek of opmaakprofiel).", "Zet de tag in gewone tekst.");
        ForbiddenContent.CheckPart(root, new PlaceIndex(root, name, _ => false), _problems);
    }

    private CompiledTemplate Emit(List<(string Name, XElement Root)> parts, IReadOnlyList<string> reachable)
    {
        var main = parts.First(p => p.Name == _package.MainPart);
        var numberingLink = _package.Relationships(_package.MainPart).FirstOrDefault(r => r.Kind == "numbering" && !r.External && _package.Parts.ContainsKey(r.Target));
        var numberingRoot = numberingLink is null ? null : WordXml.LoadPart(_package.Parts[numberingLink.Target]);
        var numbering = new NumberingPart(numberingRoot, _tables);
        var noteIndex = new Dictionary<(int, string), int>();
        var context = new EmitterContext(true, _facts.Styles.Numbering, numbering.Copy, noteIndex);
        var notes = new PartProgram[] { null!, null! };
        var programs = new List<PartProgram>();
        foreach (var (name, root) in parts.Where(p => p.Root.Name.LocalName is "footnotes" or "endnotes"))
        {
            var kind = root.Name.LocalName == "footnotes" ? 0 : 1;
            var separators = root.Elements().Where(e => e.Attr("type") is not (null or "normal")).Select(e => int.TryParse(e.Attr("id"), out var id) ? id : 0);
            _tables.FirstNoteIds[kind] = Math.Max(0, separators.DefaultIfEmpty().Max());
            notes[kind] = PartEmitter.EmitNotes(name, root, kind, noteIndex, _tables, context);
        }

        programs.Add(PartEmitter.Emit(main.Name, main.Root, _tables, context));
        foreach (var (name, root) in parts.Where(p => p.Root.Name.LocalName is not ("footnotes" or "endnotes") && p.Name != main.Name))
            programs.Add(PartEmitter.Emit(name, root, _tables, context with { IsMain = false }));

        // Notes and numberings are printed last: they hold what the other parts asked for.
        programs.AddRange(notes.Where(n => n is not null));
        if (numberingLink is not null) programs.Add(PartEmitter.Emit(numberingLink.Target, numberingRoot!, _tables, context with { IsMain = false }));
        var constant = programs.Where(p => p.IsConstant).ToDictionary(p => p.Name, p => p.Literals, StringComparer.OrdinalIgnoreCase);
        var settings = _package.Relationships(_package.MainPart).FirstOrDefault(r => r.Kind == "settings" && !r.External && reachable.Contains(r.Target));
        if (settings is not null) constant[settings.Target] = Settings(settings.Target);
        programs.RemoveAll(p => p.IsConstant);
        var dynamic = programs.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new CompiledTemplate(_tables, programs, notes,
            OutputPlan.Make(_package, reachable, dynamic, constant, concept: false),
            OutputPlan.Make(_package, reachable, dynamic, constant, concept: true),
            Fields(), _elements);
    }

    private byte[] Settings(string part)
    {
        var root = WordXml.LoadPart(_package.Parts[part]);
        root.Elements().Where(e => e.Name.LocalName is "docVars" or "attachedTemplate" or "saveThroughXslt" or "attachedSchema" or "linkStyles").Remove();
        var buffer = new LiteralBuffer();
        buffer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n");
        buffer.Raw(root);
        return buffer.ToArray();
    }

    private List<TemplateField> Fields()
        => [.. _uses.GroupBy(u => (u.Tag.Path, string.Join('\n', u.Within))).Select(g => new TemplateField(
            g.Key.Path, g.Max(u => Kind(u.Tag)), g.First().Within, [.. g.Select(u => u.Tag.Place)]))];

    /// <summary>What a tag asks; the most telling of several is the highest.</summary>
    private static TemplateFieldKind Kind(Tag tag) => tag.Kind switch
    {
        TagKind.Field => ValueFormats.KindOf(tag.Formats),
        TagKind.Loop => TemplateFieldKind.List,
        _ => TemplateFieldKind.Condition,
    };

    /// <summary>A4 with Word's usual margins, for the rare document that says nothing of its page.</summary>
    private static XElement DefaultSection() => new(WordXml.SectionProperties,
        new XElement(WordXml.W + "pgSz", new XAttribute(WordXml.W + "w", 11906), new XAttribute(WordXml.W + "h", 16838)),
        new XElement(WordXml.W + "pgMar", Margins()));

    private static IEnumerable<XAttribute> Margins()
    {
        foreach (var side in (string[])["top", "right", "bottom", "left"]) yield return new XAttribute(WordXml.W + side, 1417);
        foreach (var edge in (string[])["header", "footer"]) yield return new XAttribute(WordXml.W + edge, 708);
        yield return new XAttribute(WordXml.W + "gutter", 0);
    }
}
