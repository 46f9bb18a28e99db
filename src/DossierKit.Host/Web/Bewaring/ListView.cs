using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>A list as one person sees it, with what that person is offered.</summary>
public sealed record ListView
{
    public required DestructionList List { get; init; }

    public required DestructionRules Rules { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>As what this person can approve; <see langword="null"/>: not.</summary>
    public ApprovalGroup? Approves { get; init; }

    public bool MayAnswer { get; init; }

    public bool MayCancel { get; init; }

    public bool MayRun { get; init; }

    /// <summary>How far the run is that goes on now; <see langword="null"/>: none does.</summary>
    public DestructionProgress? Progress { get; init; }

    public bool HasStatement { get; init; }

    /// <summary>SHA-256 of the public key statements are signed with.</summary>
    public string KeyFingerprint { get; init; } = "";

    /// <summary>The statement in its forms: the end of the address, and what it is called.</summary>
    public IReadOnlyList<(string Path, string Text)> Downloads { get; init; } = [];
}
