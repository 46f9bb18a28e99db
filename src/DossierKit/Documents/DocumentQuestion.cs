using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What kind of answer a question asks for.</summary>
public enum AnswerKind
{
    /// <summary>Text, of one or more lines.</summary>
    Text,

    /// <summary>A day, such as <c>2026-03-09</c>.</summary>
    Date,

    /// <summary>One or more lines, each an item.</summary>
    List,

    /// <summary><c>ja</c> or <c>nee</c>.</summary>
    YesOrNo,
}

/// <summary>Something to ask before a document can be made, in Dutch.</summary>
/// <param name="Path">Where the answer goes: an element's id or a field of the template.</param>
/// <param name="Kind">What kind of answer.</param>
/// <param name="Question">The question.</param>
/// <param name="Hint">What to write, and what not; may be empty.</param>
/// <param name="Article">The article that asks it; <see langword="null"/> for a field that no article names.</param>
/// <param name="Strength">How binding; <see langword="null"/> for a field that no article names.</param>
/// <param name="Current">What is known now, from the dossier or an earlier answer; <see langword="null"/> when nothing is.</param>
/// <param name="IsOpen">Whether the document cannot be final without an answer (or, for <c>in_de_regel</c>, a reason).</param>
public sealed record DocumentQuestion(
    string Path, AnswerKind Kind, string Question, string Hint, string? Article, Strength? Strength, string? Current, bool IsOpen)
{
    /// <summary>
    /// Where an answer meant for this document is recorded: the path, with the handle of the reader or the reference of the conversation behind an @ where the dossier has
    /// several it could be meant for.
    /// </summary>
    public string AnswerPath { get; init; } = Path;

    /// <summary>A short name, Dutch; <see langword="null"/> for a field that no article names.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the answer is a short fact of one line, such as a telephone number.</summary>
    public bool IsOneLine { get; init; }

    /// <summary>Whether there is nothing to answer and only a reason to give, for going on although something stands in the way.</summary>
    public bool IsReasonOnly { get; init; }

    /// <summary>Whether a passage whose text stands in the template was taken out by the answer <c>nee</c>: to be put back, or left out with a reason.</summary>
    public bool IsTakenOut { get; init; }

    /// <summary>Whether it is mended in the dossier: there is nothing to fill in here, and <see cref="Hint"/> says what to do.</summary>
    public bool IsFromDossier { get; init; }

    /// <summary>Whether the element may be left out with a reason (<c>in_de_regel</c>).</summary>
    public bool TakesReason => IsReasonOnly || Strength == Protocols.Strength.AsARule;

    /// <summary>The reason recorded for leaving it out; <see langword="null"/> when there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>Where <see cref="Current"/> came from; <see langword="null"/> when nothing is known, or the question is yes or no.</summary>
    public FieldOrigin? Origin { get; init; }
}
