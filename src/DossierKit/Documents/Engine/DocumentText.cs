using System.Text;
using System.Xml;

namespace DossierKit.Documents;

/// <summary>Where in a document a text was found.</summary>
public enum DocumentTextKind
{
    /// <summary>A paragraph of the body, a header, a footer, a note, a text box or a comment: all its runs joined.</summary>
    Paragraph,

    /// <summary>Text deleted or moved away by a tracked change, joined per paragraph.</summary>
    Deleted,

    /// <summary>The instruction of a field, such as a link's address.</summary>
    Field,

    /// <summary>An attribute a reader or program may show: alternative text, author, bookmark, content control, tooltip, link target.</summary>
    Attribute,

    /// <summary>A document property.</summary>
    Property,

    /// <summary>The name of a part of the file.</summary>
    PartName,

    /// <summary>Any other text of a part, such as custom XML or a chart.</summary>
    Other,
}

/// <summary>A text found in a document.</summary>
/// <param name="Part">The part of the file, such as <c>word/document.xml</c>.</param>
/// <param name="Kind">Where in the part.</param>
/// <param name="Text">The text.</param>
public sealed record DocumentText(string Part, DocumentTextKind Kind, string Text)
{
    /// <summary>
    /// Every text in every part of a document, for a scan on names: body, headers, notes, text boxes, comments, revisions, properties,
    /// field instructions, custom XML and part names. Pictures and other binary parts are not looked into.
    /// </summary>
    /// <param name="docx">The bytes of the file.</param>
    /// <returns>The texts in order of part and place; a paragraph's runs are joined, so a name split over runs is found.</returns>
    /// <exception cref="InvalidDataException">The file is no readable .docx.</exception>
    public static IReadOnlyList<DocumentText> Extract(ReadOnlyMemory<byte> docx)
    {
        var problems = new Problems();
        var package = DocxPackage.Read(docx, "document", problems) ?? throw new InvalidDataException("The file is no readable .docx.");
        var texts = new List<DocumentText>();
        foreach (var part in package.Parts.Keys.Order(StringComparer.Ordinal))
        {
            texts.Add(new DocumentText(part, DocumentTextKind.PartName, part));
            var isXml = part.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || part.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
                || package.ContentType(part).EndsWith("xml", StringComparison.OrdinalIgnoreCase);
            if (!isXml || part == "[Content_Types].xml") continue;
            try
            {
                new TextWalk(part, package.ContentType(part), texts).Run(package.Parts[part]);
            }
            catch (XmlException e)
            {
                throw new InvalidDataException($"The part '{part}' is no readable XML.", e);
            }
        }

        return texts;
    }
}

/// <summary>Reads the texts of one part in a single pass.</summary>
internal sealed class TextWalk(string part, string contentType, List<DocumentText> texts)
{
    /// <summary>Attributes a person or program may read; the rest of Word's attributes are measures and codes.</summary>
    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal)
    {
        "author", "initials", "name", "descr", "title", "alt", "string", "href", "tooltip", "anchor", "userId", "src", "Target", "displayText", "lastValue",
    };

    /// <summary>Elements whose <c>w:val</c> is text of the author.</summary>
    private static readonly HashSet<string> TellingElements = new(StringComparer.Ordinal)
    {
        "alias", "tag", "docVar", "statusText", "helpText", "default", "listEntry", "label", "text", "tblCaption", "tblDescription", "listItem",
    };

    private readonly Stack<(StringBuilder Text, StringBuilder Deleted, StringBuilder Field)> _paragraphs = new();
    private readonly bool _isProperties = part.StartsWith("docProps/", StringComparison.OrdinalIgnoreCase);
    private readonly bool _isTheme = contentType.Contains("theme", StringComparison.Ordinal) || contentType.Contains("fontTable", StringComparison.Ordinal) || contentType.Contains("webSettings", StringComparison.Ordinal);
    private readonly bool _isStyles = contentType.Contains("styles", StringComparison.Ordinal);
    private readonly bool _isForeign = part.StartsWith("customXml/", StringComparison.OrdinalIgnoreCase) || contentType == "application/xml";

    public void Run(byte[] bytes)
    {
        using var reader = WordXml.Reader(bytes);
        var leaf = "";
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    leaf = reader.LocalName;
                    var empty = reader.IsEmptyElement;
                    Element(reader);
                    if (leaf == "p" && !empty) _paragraphs.Push((new(), new(), new()));
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "p" && _paragraphs.TryPop(out var paragraph):
                    leaf = "";
                    Add(DocumentTextKind.Paragraph, paragraph.Text.ToString());
                    Add(DocumentTextKind.Deleted, paragraph.Deleted.ToString());
                    Add(DocumentTextKind.Field, paragraph.Field.ToString());
                    break;
                case XmlNodeType.EndElement:
                    // Space between elements belongs to no text: a name split over indented runs must still be found.
                    leaf = "";
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    Text(leaf, reader.Value);
                    break;
            }
        }
    }

    private void Element(XmlReader reader)
    {
        var element = reader.LocalName;
        if (_paragraphs.TryPeek(out var paragraph) && element is "tab" or "br" or "cr" or "noBreakHyphen" or "ptab")
            paragraph.Text?.Append(element switch { "noBreakHyphen" => '-', "br" or "cr" => '\n', _ => '\t' });
        if (_isTheme || element is "lsdException" || !reader.HasAttributes) return;
        var isCustomStyle = false;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns" || reader.Name == "xmlns") continue;
            var attribute = reader.LocalName;
            if (attribute == "instr") Add(DocumentTextKind.Field, reader.Value);
            else if (_isStyles) isCustomStyle |= attribute == "styleId" && reader.Value.Any(char.IsLetter);
            else if (_isProperties) Add(DocumentTextKind.Property, attribute == "name" ? reader.Value : "");
            else if (_isForeign || Telling.Contains(attribute) || (attribute is "val" or "value" && TellingElements.Contains(element))) Add(DocumentTextKind.Attribute, reader.Value);
            if (isCustomStyle && attribute == "styleId") Add(DocumentTextKind.Attribute, reader.Value);
        }

        reader.MoveToElement();
    }

    private void Text(string leaf, string value)
    {
        if (_paragraphs.TryPeek(out var paragraph))
        {
            var target = leaf switch { "delText" => paragraph.Deleted, "instrText" or "delInstrText" => paragraph.Field, _ => paragraph.Text };
            if (leaf is "t" or "delText" or "instrText" or "delInstrText" || !string.IsNullOrWhiteSpace(value)) target.Append(value);
        }
        else
        {
            Add(_isProperties ? DocumentTextKind.Property : DocumentTextKind.Other, value);
        }
    }

    private void Add(DocumentTextKind kind, string text)
    {
        if (!string.IsNullOrWhiteSpace(text)) texts.Add(new DocumentText(part, kind, text));
    }
}
