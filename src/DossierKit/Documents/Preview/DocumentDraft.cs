using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>One way in which a kind of document can be made in a case: for whom, about whom, of which conversation.</summary>
/// <param name="Addressee">The kind of reader, an actor such as <c>betrokkene</c>.</param>
/// <param name="AddresseePerson">The reader (handle of the case); <see langword="null"/> for an office.</param>
/// <param name="Betrokkene">The betrokkene it is about; <see langword="null"/> when it is about the case.</param>
/// <param name="Conversation">The reference of the conversation; <see langword="null"/> when it is about none.</param>
public sealed record DocumentDestination(string Addressee, PersonId? AddresseePerson, PersonId? Betrokkene, string? Conversation)
{
    /// <summary>The same request, for this reader.</summary>
    /// <param name="request">What is asked.</param>
    /// <returns>The request.</returns>
    public AssemblyRequest Apply(AssemblyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with { Addressee = Addressee, AddresseePerson = AddresseePerson, Betrokkene = Betrokkene, Conversation = Conversation };
    }
}

/// <summary>A document as far as it is: what is asked, what is missing, and how it will look.</summary>
public sealed record DocumentDraft
{
    /// <summary>What the protocol calls it, such as <c>kennisgeving</c>.</summary>
    public required string Word { get; init; }

    /// <summary>The article of the protocol about it.</summary>
    public required string Article { get; init; }

    /// <summary>Where answers and document are kept.</summary>
    public required Compartment Compartment { get; init; }

    /// <summary>The questions, in the order of the document.</summary>
    public required IReadOnlyList<DocumentQuestion> Questions { get; init; }

    /// <summary>Everything that stands in the way of a final document, beside a person's confirmation; empty when it is complete.</summary>
    public required IReadOnlyList<Refusal> Open { get; init; }

    /// <summary>What the user should know and need not mend, Dutch.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The concept, not stored; <see langword="null"/> when it cannot be shown: <see cref="NoConcept"/> says why.</summary>
    public AssembledDocument? Concept { get; init; }

    /// <summary>The concept for a screen, with the path of its field at each value; <see langword="null"/> when there is no concept.</summary>
    public LetterView? View { get; init; }

    /// <summary>Why there is no concept; empty when there is one.</summary>
    public IReadOnlyList<Refusal> NoConcept { get; init; } = [];

    /// <summary>Where each field of the concept came from.</summary>
    public required IReadOnlyList<FieldOrigin> Origins { get; init; }

    /// <summary>The heading of the letter under which an element stands, by element id; without those above the first heading.</summary>
    public required IReadOnlyDictionary<string, string> Headings { get; init; }

    /// <summary>The elements that stand above the first heading.</summary>
    public IReadOnlySet<string> Beginning { get; init; } = System.Collections.Frozen.FrozenSet<string>.Empty;
}

/// <summary>A complete document before somebody confirms it: exactly what would be stored.</summary>
/// <param name="Document">The document; not stored.</param>
/// <param name="View">The same for a screen.</param>
/// <param name="Hash">SHA-256 of its bytes, for <see cref="AssemblyRequest.Read"/>.</param>
/// <param name="TextsChecked">How many texts of it the name check looked at, those of headers, properties and the file name among them.</param>
public sealed record DocumentReview(AssembledDocument Document, LetterView View, string Hash, int TextsChecked);
