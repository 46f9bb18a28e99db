using System.Collections.Frozen;
using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>What somebody asks of a document to be made.</summary>
public sealed record AssemblyRequest
{
    /// <summary>
    /// Answers given now; they count before those recorded in the dossier. Default none. What says something about one person must say whose it is
    /// (<c>gespreksverslag.weergave@gesprek-1</c>) where the dossier has several it could be meant for.
    /// </summary>
    public DocumentAnswers Answers { get; init; } = DocumentAnswers.None;

    /// <summary>Answers given for this one document and no other, so that nothing needs a handle; they count before all. Default none.</summary>
    public DocumentAnswers OwnAnswers { get; init; } = DocumentAnswers.None;

    /// <summary>Reasons by element id, for elements that stand in it as a rule and are left out; recorded with the document. Default none.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Whether this is a draft: gaps are marked, CONCEPT stands on every page, and nothing is stored. Default <see langword="false"/>.</summary>
    public bool Concept { get; init; }

    /// <summary>
    /// Whether a person confirmed the herleidbaarheidscheck: that nothing in the text points to the melder, to getuigen or to others the reader may not know of,
    /// also not by content. A final document needs it. Default <see langword="false"/>.
    /// </summary>
    public bool Checked { get; init; }

    /// <summary>
    /// SHA-256 (64 lower-case hexadecimal digits) of the document as the person who confirms it read it; when the dossier changed meanwhile, so that the document is
    /// another, it is refused. <see langword="null"/>: whatever it is now.
    /// </summary>
    public string? Read { get; init; }

    /// <summary>The betrokkene it is about; <see langword="null"/> when there is only one.</summary>
    public PersonId? Betrokkene { get; init; }

    /// <summary>To which kind of reader, such as <c>betrokkene</c>; <see langword="null"/>: the first the protocol names.</summary>
    public string? Addressee { get; init; }

    /// <summary>The reader, when there are several of the kind (two getuigen); it also says which kind when <see cref="Addressee"/> does not. <see langword="null"/> when there is only one.</summary>
    public PersonId? AddresseePerson { get; init; }

    /// <summary>The reference of the conversation it is about, such as <c>gesprek-1</c>; <see langword="null"/> when there is only one, or it is about none.</summary>
    public string? Conversation { get; init; }

    /// <summary>The date of the document; <see langword="null"/>: the answer to <c>brief.datum</c>, or the day of the event. Never taken from the clock.</summary>
    public DateOnly? Date { get; init; }
}

/// <summary>A document that was made.</summary>
public sealed record AssembledDocument
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>A file name without any person's name, such as <c>WL-2026-0001-kennisgeving.docx</c>.</summary>
    public required string FileName { get; init; }

    /// <summary>The .docx file.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Whether it is a draft.</summary>
    public required bool IsConcept { get; init; }

    /// <summary>What the user should know, Dutch; of a draft also everything that still stands in the way of a final one. May be empty.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Where each field came from.</summary>
    public required IReadOnlyList<FieldOrigin> Origins { get; init; }

    /// <summary>The document as it lies in the dossier; <see langword="null"/> for a draft.</summary>
    public DrawnUpDocument? Stored { get; init; }
}
