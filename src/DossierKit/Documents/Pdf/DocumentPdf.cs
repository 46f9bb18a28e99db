using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>The PDF of a document that was drawn up: the form in which it is sent. The .docx stays the document; the PDF lies beside it.</summary>
public static class DocumentPdf
{
    /// <summary>The PDF sealed beside a document.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="document">The document, stored.</param>
    /// <returns>The PDF; <see langword="null"/> when none was made.</returns>
    public static DossierFile? Find(OpenDossier dossier, DrawnUpDocument document)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(document);
        var beside = Beside(document.File);
        return dossier.State.Files.FirstOrDefault(file => file.Kind == beside.Kind && file.Compartment == beside.Compartment && file.Date == beside.Date && file.BelongsTo == beside.BelongsTo
            && file.Title == beside.Title && file.Name.Equals(beside.Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Seals the PDF into the dossier, beside its document; once, however often and by however many requests at a time it is asked.</summary>
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
        if (document.Stored is not { File: var stored } drawnUp) throw new ArgumentException("A draft is not stored, nor is its PDF.", nameof(document));
        if (Find(dossier, drawnUp) is { } there) return Outcome<DossierFile>.Done(there);
        using var content = new MemoryStream(pdf.ToArray(), writable: false);
        // Making one takes seconds, and somebody who waits presses again: the document is the key of the request.
        return await dossier.AddFileAsync(Beside(stored), content, new WriteTerms(new RequestKey($"pdf {stored.Id}", stored.Sha256)), ct);
    }

    private static NewFile Beside(DossierFile document)
        => new(Path.ChangeExtension(document.Name, ".pdf"), $"{document.Title} (pdf)", FileKind.Document, document.Compartment, document.Date, document.BelongsTo);
}
