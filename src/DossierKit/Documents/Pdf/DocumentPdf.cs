using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>The PDF of a document that was drawn up: the form in which it is sent. The .docx stays the document; the PDF lies beside it.</summary>
public static class DocumentPdf
{
    /// <summary>Seals the PDF into the dossier, beside its document.</summary>
    /// <param name="dossier">The dossier the document was drawn up in.</param>
    /// <param name="document">The document, stored.</param>
    /// <param name="pdf">Its PDF.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The file, or every reason why not.</returns>
    /// <exception cref="ArgumentException">The document is a draft: nothing of it is stored.</exception>
    public static async ValueTask<Outcome<DossierFile>> SealAsync(OpenDossier dossier, AssembledDocument document, ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(document);
        if (document.Stored is not { File: var stored }) throw new ArgumentException("A draft is not stored, nor is its PDF.", nameof(document));
        var file = new NewFile(Path.ChangeExtension(stored.Name, ".pdf"), $"{stored.Title} (pdf)", FileKind.Document, stored.Compartment, stored.Date, stored.BelongsTo);
        using var content = new MemoryStream(pdf.ToArray(), writable: false);
        return await dossier.AddFileAsync(file, content, ct);
    }
}
