using System.Security.Cryptography;

namespace DossierKit.Documents;

/// <summary>
/// A Word template, checked and compiled once to an immutable stream of instructions; safe for use by several threads at once.
/// The language and the refusals are described in <c>Documents/README.md</c>.
/// </summary>
public sealed class DocumentTemplate
{
    private readonly CompiledTemplate _compiled;

    private DocumentTemplate(CompiledTemplate compiled, string hash)
    {
        _compiled = compiled;
        Hash = hash;
    }

    /// <summary>SHA-256 of the template file, 64 lower-case hex digits.</summary>
    public string Hash { get; }

    /// <summary>The fields, loops and conditions the template uses, in order of first use.</summary>
    public IReadOnlyList<TemplateField> Fields => _compiled.Fields;

    /// <summary>The passages that satisfy elements of the protocol, in document order.</summary>
    public IReadOnlyList<TemplateElement> Elements => _compiled.Elements;

    /// <summary>Checks and compiles a template.</summary>
    /// <param name="docx">The bytes of the .docx (or .dotx) file.</param>
    /// <param name="fileName">Its name, for the texts of refusals only.</param>
    /// <returns>The template, or everything that is wrong with it at once, in Dutch, each with its place.</returns>
    public static Outcome<DocumentTemplate> Compile(ReadOnlyMemory<byte> docx, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var problems = new Problems();
        var compiled = TemplateCompiler.Compile(docx, fileName, problems, new TemplateFacts());
        return compiled is null
            ? Outcome<DocumentTemplate>.Refused(problems.Found)
            : Outcome<DocumentTemplate>.Done(new DocumentTemplate(compiled, Convert.ToHexStringLower(SHA256.HashData(docx.Span))));
    }

    /// <summary>Fills the template. The same template, data and options give the same bytes on any day and in any culture and time zone.</summary>
    /// <param name="data">A record with the fields.</param>
    /// <param name="options">How to render.</param>
    /// <returns>The document, or every absent or unusable field at once, each with its place.</returns>
    /// <exception cref="ArgumentException"><paramref name="data"/> is not a record.</exception>
    public Outcome<RenderedDocument> Render(TemplateData data, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (data.Kind != TemplateDataKind.Record) throw new ArgumentException("A template is filled with a record.", nameof(data));
        var renderer = new Renderer(_compiled.Tables, _compiled.Notes, data, options);
        var printed = new Dictionary<string, PackedPart>(StringComparer.OrdinalIgnoreCase);
        foreach (var program in _compiled.Programs)
        {
            var output = renderer.Print(program);

            // A refused filling goes on for the sake of the other refusals; packing it would be for nothing.
            if (renderer.Refusals.Count == 0) printed[program.Name] = PackedPart.From(program.Name, output.Written);
        }

        if (renderer.Refusals.Count > 0) return Outcome<RenderedDocument>.Refused(renderer.Refusals);
        printed[PropertyParts.Core] = PackedPart.From(PropertyParts.Core, PropertyParts.WriteCore(options.Properties));
        printed[PropertyParts.Custom] = PackedPart.From(PropertyParts.Custom, PropertyParts.WriteCustom(options.Properties));
        var plan = options.Concept ? _compiled.Concept : _compiled.Final;
        var bytes = ZipWriter.Write([.. plan.Parts.Select(p => p.Packed ?? printed[p.Name])]);
        return Outcome<RenderedDocument>.Done(new RenderedDocument(bytes, [.. renderer.Remarks]));
    }
}
