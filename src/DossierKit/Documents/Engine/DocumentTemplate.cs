namespace DossierKit.Documents;

/// <summary>
/// A Word template, checked and compiled once to an immutable stream of instructions; safe for use by several threads at once.
/// The language and the refusals are described in <c>Documents/README.md</c>.
/// </summary>
public sealed class DocumentTemplate
{
    private DocumentTemplate(string hash) => Hash = hash;

    /// <summary>SHA-256 of the template file, 64 lower-case hex digits.</summary>
    public string Hash { get; }

    /// <summary>The fields, loops and conditions the template uses, in order of first use.</summary>
    public IReadOnlyList<TemplateField> Fields { get; private init; } = [];

    /// <summary>The passages that satisfy elements of the protocol, in document order.</summary>
    public IReadOnlyList<TemplateElement> Elements { get; private init; } = [];

    /// <summary>Checks and compiles a template.</summary>
    /// <param name="docx">The bytes of the .docx (or .dotx) file.</param>
    /// <param name="fileName">Its name, for the texts of refusals only.</param>
    /// <returns>The template, or everything that is wrong with it at once, in Dutch, each with its place.</returns>
    public static Outcome<DocumentTemplate> Compile(ReadOnlyMemory<byte> docx, string fileName) => throw new NotSupportedException();

    /// <summary>Fills the template. The same template, data and options give the same bytes on any day and in any culture and time zone.</summary>
    /// <param name="data">A record with the fields.</param>
    /// <param name="options">How to render.</param>
    /// <returns>The document, or every absent or unusable field at once, each with its place.</returns>
    /// <exception cref="ArgumentException"><paramref name="data"/> is not a record.</exception>
    public Outcome<RenderedDocument> Render(TemplateData data, RenderOptions options) => throw new NotSupportedException();
}
