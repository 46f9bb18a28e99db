namespace DossierKit.Dossiers;

/// <summary>A piece of text to be checked for protected names.</summary>
/// <param name="Place">Where it stands, for a reader, such as <c>alinea 3</c>.</param>
/// <param name="Text">The text.</param>
public readonly record struct CheckedText(string Place, string Text);

/// <summary>A place where a protected name stands.</summary>
/// <param name="Place">Where, for a reader; <see langword="null"/> when even the place could betray a melder to whoever asked.</param>
/// <param name="Person">Whose name (handle of the case); <see langword="null"/> when whoever asked may not know.</param>
public sealed record NameFinding(string? Place, PersonId? Person);

/// <summary>What the name check found.</summary>
/// <param name="Findings">The places; empty when none of the names was found. A help, not proof: content can identify as well, so a person confirms.</param>
/// <param name="Refusal">What to tell the user; <see langword="null"/> when nothing was found. Neutral where the finding could betray a melder.</param>
public sealed record NameCheck(IReadOnlyList<NameFinding> Findings, Refusal? Refusal)
{
    /// <summary>Whether a name was found that could tell who the melder is, to whoever may not know: for a review, never for an answer.</summary>
    internal bool BetraysMelder { get; init; }
}
