using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DossierKit.Documents;

/// <summary>The names of WordprocessingML the engine knows, and the one way in which it reads XML.</summary>
internal static class WordXml
{
    public const string MainNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    public const string StrictNamespace = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    public const string RelationshipBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public const string PackageRelationshipBase = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Deeper XML than this is hostile: Word itself writes a few dozen levels.</summary>
    public const int MaxDepth = 256;

    /// <summary>A tree costs many times its text: 16 MiB is thousands of pages of template.</summary>
    public const int MaxTreeBytes = 16 << 20;

    public static readonly XNamespace W = MainNamespace;
    public static readonly XNamespace W14 = "http://schemas.microsoft.com/office/word/2010/wordml";
    public static readonly XNamespace W15 = "http://schemas.microsoft.com/office/word/2012/wordml";
    public static readonly XNamespace Wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
    public static readonly XNamespace R = RelationshipBase;
    public static readonly XNamespace Mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
    public static readonly XNamespace Vml = "urn:schemas-microsoft-com:vml";
    public static readonly XNamespace Office = "urn:schemas-microsoft-com:office:office";
    public static readonly XNamespace Own = "urn:dossierkit:template";

    public static readonly XName Paragraph = W + "p";
    public static readonly XName ParagraphProperties = W + "pPr";
    public static readonly XName Run = W + "r";
    public static readonly XName RunProperties = W + "rPr";
    public static readonly XName Text = W + "t";
    public static readonly XName Table = W + "tbl";
    public static readonly XName Row = W + "tr";
    public static readonly XName Cell = W + "tc";
    public static readonly XName ContentControl = W + "sdt";
    public static readonly XName ContentControlContent = W + "sdtContent";
    public static readonly XName ContentControlProperties = W + "sdtPr";
    public static readonly XName Hyperlink = W + "hyperlink";
    public static readonly XName TextBox = W + "txbxContent";
    public static readonly XName SectionProperties = W + "sectPr";
    public static readonly XName BookmarkStart = W + "bookmarkStart";
    public static readonly XName BookmarkEnd = W + "bookmarkEnd";
    public static readonly XName FieldCharacter = W + "fldChar";
    public static readonly XName Instruction = W + "instrText";
    public static readonly XName SimpleField = W + "fldSimple";
    public static readonly XName ShapeType = Vml + "shapetype";
    public static readonly XName Fallback = Mc + "Fallback";
    public static readonly XName Value = W + "val";
    public static readonly XName Id = W + "id";
    public static readonly XName ParaId = W14 + "paraId";

    /// <summary>A template tag that was found in the text, lifted out of the runs it was spread over.</summary>
    public static readonly XName Marker = Own + "tag";

    /// <summary>Loads a part without entities, comments or outside resources, and with bounds on depth and size.</summary>
    /// <param name="bytes">The part.</param>
    /// <param name="maxNodes">How many nodes it may have; a tree takes many times the bytes of the shortest element.</param>
    /// <exception cref="XmlException">It is no well-formed XML, has a DTD, or passes <see cref="MaxDepth"/>, <see cref="MaxTreeBytes"/> or <paramref name="maxNodes"/>.</exception>
    public static XElement Load(byte[] bytes, int maxNodes = int.MaxValue)
    {
        if (bytes.Length > MaxTreeBytes) throw new XmlException($"Larger than {MaxTreeBytes} bytes.");
        using (var probe = Reader(bytes))
        {
            for (var nodes = 0; probe.Read(); nodes += 1 + probe.AttributeCount)
            {
                if (nodes > maxNodes) throw new XmlException($"More than {maxNodes} nodes.");
                if (probe.Depth > MaxDepth) throw new XmlException($"Deeper than {MaxDepth} levels.");
            }
        }

        using var reader = Reader(bytes);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root ?? throw new XmlException("No root element.");
    }

    /// <summary>Loads a part of the document and makes <c>w</c> the one prefix of the main namespace, as all programs write it.</summary>
    /// <exception cref="XmlException">As <see cref="Load"/>, or <c>w</c> stands for something else.</exception>
    public static XElement LoadPart(byte[] bytes, int maxNodes = int.MaxValue)
    {
        var root = Load(bytes, maxNodes);
        foreach (var declaration in root.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).ToArray())
        {
            if (declaration.Name.LocalName == "w" && declaration.Value != MainNamespace && declaration.Value != StrictNamespace) throw new XmlException("The prefix 'w' stands for another namespace.");
            if (declaration.Value == MainNamespace && declaration.Name.LocalName != "w") declaration.Remove();
        }

        // Space between elements, from programs that indent their XML, means nothing to Word and would hide that something is empty.
        root.DescendantNodes().OfType<XText>().Where(t => t.Parent!.HasElements && string.IsNullOrWhiteSpace(t.Value)).Remove();
        if (root.Attribute(XNamespace.Xmlns + "w") is null) root.Add(new XAttribute(XNamespace.Xmlns + "w", MainNamespace));
        return root;
    }

    public static XmlReader Reader(byte[] bytes) => XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 64L << 20,
        CloseInput = true,
    });

    /// <summary>The value of an attribute in the main namespace.</summary>
    public static string? Attr(this XElement element, string name) => (string?)element.Attribute(W + name);

    /// <summary>Whether an on/off property such as <c>w:b</c> is there and not switched off.</summary>
    public static bool IsOn(this XElement? property)
        => property is not null && property.Attr("val") is not ("0" or "false" or "off");

    /// <summary>Replaces an element by its children.</summary>
    public static void Unwrap(this XElement element)
    {
        var children = element.Nodes().ToArray();
        foreach (var child in children) child.Remove();
        element.ReplaceWith(children);
    }

    /// <summary>The visible text of a paragraph, its text boxes not included.</summary>
    public static string PlainText(XElement paragraph)
    {
        var text = new StringBuilder();
        Collect(paragraph);
        return text.ToString();

        void Collect(XElement parent)
        {
            foreach (var child in parent.Elements())
            {
                if (child.Name == Text) text.Append(child.Value);
                else if (child.Name == W + "tab") text.Append('\t');
                else if (child.Name == Marker) text.Append(child.Annotation<Tag>()!.Source);
                else if (child.Name != ParagraphProperties && child.Name.Namespace == W && child.Name != W + "pict" && child.Name != W + "drawing") Collect(child);
            }
        }
    }
}
