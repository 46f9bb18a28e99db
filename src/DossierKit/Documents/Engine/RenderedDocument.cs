namespace DossierKit.Documents;

/// <summary>A finished document, and what its reader should know about its making.</summary>
public sealed class RenderedDocument
{
    internal RenderedDocument(ReadOnlyMemory<byte> bytes, IReadOnlyList<string> remarks)
    {
        Bytes = bytes;
        Remarks = remarks;
    }

    /// <summary>The .docx file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What was changed or skipped on the way, in Dutch, without content: control characters removed, conditions on unknown fields in a draft. May be empty.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Every text in every part of the file, for the name check.</summary>
    /// <returns>The texts, joined per paragraph.</returns>
    public IReadOnlyList<DocumentText> Text() => DocumentText.Extract(Bytes);
}
