namespace DossierKit.Protocols;

/// <summary>What the protocol says about one kind of document: who draws it up, for whom, and what stands in it.</summary>
public sealed record DocumentRule
{
    /// <summary>The kind, one of <see cref="DocumentKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The public title, Dutch.</summary>
    public required string Title { get; init; }

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>Who is responsible for it.</summary>
    public required string Actor { get; init; }

    /// <summary>Whether such a document must be made at all.</summary>
    public required Strength Strength { get; init; }

    /// <summary>Actors it is addressed to; empty when it stays inside the case.</summary>
    public IReadOnlyList<string> Addressees { get; init; } = [];

    /// <summary>When the document is made. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>The kind that takes its place in some cases, with the warning to show; <see langword="null"/> when none does.</summary>
    public DocumentReplacement? Replacement { get; init; }

    /// <summary>What stands in it, in the order of the document.</summary>
    public required IReadOnlyList<ElementRule> Elements { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The elements that apply or may apply in a case; only those whose condition surely fails are left out.</summary>
    /// <param name="facts">What is known of the case, or of the addressee in it (<see cref="CaseFacts.For"/>).</param>
    /// <returns>The elements in the order of the document.</returns>
    public IReadOnlyList<ElementRule> ElementsFor(CaseFacts facts) => [.. Elements.Where(element => element.When.MayHold(facts))];
}

/// <summary>Another kind of document takes the place of this one, never silently.</summary>
/// <param name="When">When it does.</param>
/// <param name="Kind">The kind to use, one of <see cref="DocumentKinds"/>.</param>
/// <param name="Warning">What the user is told, Dutch.</param>
public sealed record DocumentReplacement(Condition When, string Kind, string Warning);

/// <summary>How an element gets into the document.</summary>
public enum ElementContent
{
    /// <summary><c>vaste_tekst</c>: a standing passage of the template; nothing is asked.</summary>
    StandingText,

    /// <summary><c>tekst</c>: the user writes it.</summary>
    Text,

    /// <summary><c>datum</c>: the user gives a day.</summary>
    Date,

    /// <summary><c>lijst</c>: the user gives one or more lines.</summary>
    List,

    /// <summary><c>uit_dossier</c>: taken from the dossier's events, persons and files; asked only when it is not there.</summary>
    FromDossier,
}

/// <summary>One thing that must, as a rule or may stand in a document.</summary>
public sealed record ElementRule
{
    /// <summary>Kind, point and name, such as <c>kennisgeving.gedraging</c>; unique in the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>A short name, Dutch.</summary>
    public required string Title { get; init; }

    /// <summary>How binding it is.</summary>
    public required Strength Strength { get; init; }

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>How it gets into the document.</summary>
    public required ElementContent Content { get; init; }

    /// <summary>What to ask the user, Dutch.</summary>
    public required string Question { get; init; }

    /// <summary>What to write, and what not, Dutch.</summary>
    public required string Hint { get; init; }

    /// <summary>The yes-or-no question; given exactly when <see cref="Strength"/> is <see cref="Strength.IfApplicable"/>, otherwise <see langword="null"/>.</summary>
    public string? ApplicabilityQuestion { get; init; }

    /// <summary>When the element applies. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }
}
