namespace DossierKit.Protocols;

/// <summary>How a duty stands.</summary>
public enum DutyState
{
    /// <summary>An event or a fact shows that it was kept, or the program itself sees to it.</summary>
    Kept,

    /// <summary>It holds, and nothing shows that it was kept.</summary>
    Open,

    /// <summary>Whether it holds depends on facts that nobody settled yet.</summary>
    Unknown,

    /// <summary>A verantwoordelijke signed that the protocol is departed from.</summary>
    Deviated,

    /// <summary>It may be done and nobody asks for it.</summary>
    Offered,

    /// <summary>It does not hold in this case.</summary>
    NotApplicable,
}

/// <summary>A person of a case, as far as duties look at one.</summary>
/// <param name="Id">The handle in the case.</param>
/// <param name="Role">One of <see cref="RoleNames"/>, or <c>derde</c>.</param>
public sealed record DutyPerson(string Id, string Role)
{
    /// <summary>Handles of those through whom the person is reached: a vertrouwenspersoon, a gemachtigde. What they are told, the person is told.</summary>
    public IReadOnlyList<string> ReachedThrough { get; init; } = [];

    /// <summary>Whether the person comes from outside and so has no position in the municipality.</summary>
    public bool IsFromOutside { get; init; }
}

/// <summary>A rule of a protocol in one case, for one person where it holds person by person.</summary>
public sealed record Duty
{
    /// <summary>The rule. A document that must be made is a rule too, under the name of its kind.</summary>
    public required Rule Rule { get; init; }

    /// <summary>For whom (handle in the case); <see langword="null"/>: for the case as a whole.</summary>
    public string? Subject { get; init; }

    /// <summary>How it stands.</summary>
    public required DutyState State { get; init; }

    /// <summary>The facts that must be settled first; empty unless <see cref="State"/> is <see cref="DutyState.Unknown"/>.</summary>
    public IReadOnlyList<string> OpenFacts { get; init; } = [];

    /// <summary>How many different persons were seen to already, of <see cref="Rule.Count"/>.</summary>
    public int Done { get; init; }

    /// <summary>Whether the case has come to it: otherwise it is for later, or the case ended before it.</summary>
    public required bool IsNow { get; init; }

    /// <summary>Whether it must be settled before the case is closed.</summary>
    public required bool IsAskedAtClosing { get; init; }

    /// <summary>Whether it still asks something of somebody: open, or waiting for a fact.</summary>
    public bool IsUnsettled => State is DutyState.Open or DutyState.Unknown;

    /// <summary>Whether the rule refuses a step that comes too early; as a rule is not enough for that.</summary>
    public bool IsBinding => Rule.Strength == Strength.Must
        || (Rule.Strength == Strength.IfApplicable && (Rule.When != Condition.Always || Rule.After.Count > 0));
}
