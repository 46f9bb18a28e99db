namespace DossierKit.Protocols;

/// <summary>What the protocol answers when someone asks for something.</summary>
public enum AccessAnswer
{
    /// <summary><c>ja</c>: they get it.</summary>
    Yes,

    /// <summary><c>op_verzoek</c>: they get it when they ask.</summary>
    OnRequest,

    /// <summary><c>inzage_zonder_kopie</c>: they may read it and take notes, not copy it.</summary>
    ViewOnly,

    /// <summary><c>nee</c>: they do not get it.</summary>
    No,
}

/// <summary>Who may see, get or keep what, where the protocol decides it.</summary>
public sealed record AccessRule
{
    /// <summary>The rule's id; unique in the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>Who asks: an actor.</summary>
    public required string Who { get; init; }

    /// <summary>What: one of <see cref="DocumentKinds"/> or of <see cref="AccessSubjects"/>.</summary>
    public required string What { get; init; }

    /// <summary>The answer.</summary>
    public required AccessAnswer Answer { get; init; }

    /// <summary>From which events on; empty when the phase does not matter.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>When it applies. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>Who may decide otherwise, with reasons; <see langword="null"/> when nobody may.</summary>
    public string? ExceptionBy { get; init; }

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>The rule in plain Dutch (B1).</summary>
    public required string Text { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }
}

/// <summary>How long something is kept.</summary>
public sealed record RetentionRule
{
    /// <summary>The rule's id; unique in the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>What is kept: one of <see cref="AccessSubjects"/> or of <see cref="DocumentKinds"/>.</summary>
    public required string What { get; init; }

    /// <summary>Events after which it may be destroyed; empty when only <see cref="DueAfter"/> counts.</summary>
    public IReadOnlyList<string> RipeAfter { get; init; } = [];

    /// <summary>Events after which it must be destroyed (or transferred).</summary>
    public IReadOnlyList<string> DueAfter { get; init; } = [];

    /// <summary>How long after <see cref="DueAfter"/>; <see langword="null"/> when the selectielijst decides.</summary>
    public TermLength? Length { get; init; }

    /// <summary>How often a reason to keep it longer is looked at again; <see langword="null"/> when it is not.</summary>
    public TermLength? ReviewEvery { get; init; }

    /// <summary>Events after which proceedings may still begin; empty when the protocol knows no such window.</summary>
    public IReadOnlyList<string> WindowAfter { get; init; } = [];

    /// <summary>How long after the last of <see cref="WindowAfter"/> proceedings may begin: within it, what must be destroyed may wait; <see langword="null"/> when there is no window.</summary>
    public TermLength? Window { get; init; }

    /// <summary>How long after the day it is due something is not called late yet, such as the time of a yearly round; <see langword="null"/>: no time.</summary>
    public TermLength? Grace { get; init; }

    /// <summary>
    /// How long an approved list with it still waits before it may be carried out, so that somebody can take it back; <see langword="null"/>: no longer than the house waits. No source gives a number:
    /// with one, <see cref="Origin.OwnChoice"/> says that it is the municipality's.
    /// </summary>
    public TermLength? Wait { get; init; }

    /// <summary>Every event the rule counts from.</summary>
    public IEnumerable<string> CountsFrom => RipeAfter.Concat(DueAfter).Concat(WindowAfter);

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>The rule in plain Dutch (B1).</summary>
    public required string Text { get; init; }

    /// <summary>Where it comes from. Numbers of days are nobody's rule but the municipality's own: then <see cref="Origin.OwnChoice"/> says so.</summary>
    public required Origin Origin { get; init; }
}
