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
    /// <summary>Every text in every part of a document, for a scan on names: body, headers, notes, text boxes, comments, revisions, properties, field instructions, custom XML and part names.</summary>
    /// <param name="docx">The bytes of the file.</param>
    /// <returns>The texts in order of part and place; a paragraph's runs are joined, so a name split over runs is found.</returns>
    /// <exception cref="InvalidDataException">The file is no readable .docx.</exception>
    public static IReadOnlyList<DocumentText> Extract(ReadOnlyMemory<byte> docx) => throw new NotSupportedException();
}
