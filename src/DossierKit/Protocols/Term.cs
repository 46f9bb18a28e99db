namespace DossierKit.Protocols;

/// <summary>Something that happened in a case, as far as terms look at it.</summary>
/// <param name="Name">One of <see cref="EventNames"/>.</param>
/// <param name="Date">The day it happened (Europe/Amsterdam), not the day it was recorded.</param>
/// <param name="Subject">The id in the case of the person it concerns; <see langword="null"/> when it concerns the case as a whole. An event about several persons is given once for each.</param>
/// <param name="Reference">What it is about beside the person, such as the id of a gesprek; <see langword="null"/> when nothing.</param>
public sealed record ProtocolEvent(string Name, DateOnly Date, string? Subject = null, string? Reference = null)
{
    /// <summary>
    /// The role of <see cref="Subject"/> in the case, an actor such as <c>betrokkene</c> or <c>getuige</c>; <see langword="null"/> when unknown, which counts as any.
    /// Give it: an invitation to a getuige starts no term that is for betrokkenen.
    /// </summary>
    public string? Role { get; init; }

    /// <summary>For an event about the protocol itself: the id of the rule it is about; for one about a document its kind. <see langword="null"/> for other events.</summary>
    public string? Concerns { get; init; }

    /// <summary>For a deviation: who signed it (handle of the staff).</summary>
    public string? SignedBy { get; init; }

    /// <summary>The event it takes back for the same person, such as the appointment of an onderzoeker who steps back; <see langword="null"/> for most.</summary>
    public string? Undoes { get; init; }

    /// <summary>For an event that postpones: the day on which the reason is looked at again. Without it nothing is postponed.</summary>
    public DateOnly? ReviewOn { get; init; }
}

/// <summary>How a term stands on a day.</summary>
public enum TermState
{
    /// <summary>It runs; the last day has not passed.</summary>
    Due,

    /// <summary>The last day has passed and nothing met it.</summary>
    Late,

    /// <summary>It was met in time.</summary>
    Met,

    /// <summary>It was met after the last day.</summary>
    MetLate,

    /// <summary>It was postponed with a reason; the review date has not passed.</summary>
    Postponed,

    /// <summary>It is no longer asked for, because the case took another turn.</summary>
    Lapsed,
}

/// <summary>One running, met or lapsed term of a case.</summary>
public sealed record Term
{
    /// <summary>The rule; its article, actor and title tell the user why.</summary>
    public required TermRule Rule { get; init; }

    /// <summary>The person it concerns; <see langword="null"/> for the case as a whole.</summary>
    public string? Subject { get; init; }

    /// <summary>The gesprek or other thing it concerns; <see langword="null"/> when it is not about one.</summary>
    public string? Reference { get; init; }

    /// <summary>The day of the event that started it.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day by the protocol, without postponement; <see langword="null"/> when the protocol sets no term (then the state is never late).</summary>
    public DateOnly? Due { get; init; }

    /// <summary>How it stands.</summary>
    public required TermState State { get; init; }

    /// <summary>The day it was met; <see langword="null"/> while it was not.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>The review date of the last postponement; <see langword="null"/> when there was none.</summary>
    public DateOnly? ReviewOn { get; init; }

    /// <summary>Werkdagen from today to the last day (to the review date when postponed): 0 on the day itself, negative when late; <see langword="null"/> when nothing runs any more.</summary>
    public int? WorkdaysLeft { get; init; }
}
