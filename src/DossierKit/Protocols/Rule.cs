namespace DossierKit.Protocols;

/// <summary>How binding a rule is. Only <see cref="Must"/> can refuse a document.</summary>
public enum Strength
{
    /// <summary><c>moet</c>: required.</summary>
    Must,

    /// <summary><c>in_de_regel</c>: left out only with a recorded reason.</summary>
    AsARule,

    /// <summary><c>kan</c>: offered, never asked for.</summary>
    May,

    /// <summary><c>indien_van_toepassing</c>: asked yes or no, and required once yes.</summary>
    IfApplicable,
}

/// <summary>The part of a case in which a rule works.</summary>
public enum RulePhase
{
    /// <summary><c>altijd</c>: in every phase.</summary>
    Always,

    /// <summary><c>melding</c>: receiving, confirming, intake.</summary>
    Melding,

    /// <summary><c>beoordeling</c>: weighing whether an onderzoek is worth it.</summary>
    Assessment,

    /// <summary><c>opdracht</c>: deciding on and giving the onderzoeksopdracht.</summary>
    Commission,

    /// <summary><c>onderzoek</c>: from kennisgeving to feitenrapport.</summary>
    Investigation,

    /// <summary><c>oordeel</c>: beslisdocument and judgement.</summary>
    Judgement,

    /// <summary><c>maatregel</c>: measures.</summary>
    Measure,

    /// <summary><c>afsluiting</c>: informing, closing, keeping, aftercare.</summary>
    Closing,
}

/// <summary>Where the program itself keeps a rule, so that nobody can forget it.</summary>
public enum RuleGuard
{
    /// <summary><c>toegang</c>: the table of who may do what, asked at every door.</summary>
    Access,

    /// <summary><c>naamcontrole</c>: no text leaves with a name its reader may not know.</summary>
    NameCheck,

    /// <summary><c>projectie</c>: a letter is made of what its reader may know and of nothing else.</summary>
    Projection,

    /// <summary><c>register</c>: an event that breaks the rule cannot be recorded, or is recorded by the program itself.</summary>
    Register,

    /// <summary><c>sjabloon</c>: the document is not made without it.</summary>
    Template,

    /// <summary><c>termijnen</c>: a term runs, and shows when it is late.</summary>
    Terms,

    /// <summary><c>bewaring</c>: the rules of keeping and destroying.</summary>
    Retention,
}

/// <summary>One rule: who does what, when, how binding, and by which article.</summary>
public sealed record Rule
{
    /// <summary>The rule's own id, such as <c>kennisgeving.mondeling</c>; unique in the protocol.</summary>
    public required string Id { get; init; }

    /// <summary>The article of this protocol, such as <c>Waterlanden art. 6.2</c>.</summary>
    public required string Article { get; init; }

    /// <summary>A public title, Dutch.</summary>
    public required string Title { get; init; }

    /// <summary>The rule in plain Dutch (B1).</summary>
    public required string Text { get; init; }

    /// <summary>Who acts: one of <see cref="ActorNames"/> or a <see cref="LocalActor"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>How binding it is.</summary>
    public required Strength Strength { get; init; }

    /// <summary>Where it works.</summary>
    public required RulePhase Phase { get; init; }

    /// <summary>When it applies. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>Positions of the betrokkene it covers (<see cref="PositionNames"/>); empty means all.</summary>
    public IReadOnlyList<string> Positions { get; init; } = [];

    /// <summary>Roles of the persons the rule holds for, each apart (<see cref="RoleNames"/>); empty: it holds for the case as a whole.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Events from which on the rule holds, of the person it holds for; empty: it holds from the beginning.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Events that show the rule was kept; empty when no event can.</summary>
    public IReadOnlyList<string> FulfilledBy { get; init; } = [];

    /// <summary>How many of those events, about as many different persons, it takes. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What shows that the rule was kept, beside an event; <see langword="null"/> when nothing does.</summary>
    public Condition? FulfilledWhen { get; init; }

    /// <summary>Where the program itself sees to it that the rule is kept; empty when a person has to. Such a rule is never asked about.</summary>
    public IReadOnlyList<RuleGuard> GuardedBy { get; init; } = [];

    /// <summary>Events it must precede; empty when the order is free.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }
}

/// <summary>What someone does by position of the betrokkene.</summary>
public enum AuthorityTask
{
    /// <summary><c>ontvangt</c>: is told of the melding and owns the case.</summary>
    Receives,

    /// <summary><c>geeft_opdracht</c>: decides on the onderzoek and commissions it.</summary>
    Commissions,

    /// <summary><c>oordeelt</c>: decides whether the melding is gegrond.</summary>
    Judges,

    /// <summary><c>legt_op</c>: imposes a measure.</summary>
    Imposes,
}

/// <summary>Who has one task in a case against someone in one position.</summary>
public sealed record Authority
{
    /// <summary>Position of the betrokkene, one of <see cref="PositionNames"/>.</summary>
    public required string Position { get; init; }

    /// <summary>The task.</summary>
    public required AuthorityTask Task { get; init; }

    /// <summary>Who has it: one or more actors who have it together.</summary>
    public required IReadOnlyList<string> Holders { get; init; }

    /// <summary>Who joins or advises them; may be empty.</summary>
    public IReadOnlyList<string> Assistants { get; init; } = [];

    /// <summary>When this holds. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>What to know about it, Dutch; <see langword="null"/> when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }
}

/// <summary>A question that sources answer differently, and this protocol's answer.</summary>
public sealed record ConflictChoice
{
    /// <summary>The choice's id.</summary>
    public required string Id { get; init; }

    /// <summary>The question, Dutch.</summary>
    public required string Question { get; init; }

    /// <summary>What this protocol chose.</summary>
    public required string Choice { get; init; }

    /// <summary>What it could have chosen.</summary>
    public required string Alternative { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>Ids of the rules, elements, terms, access and retention rules that carry it out; may be empty.</summary>
    public IReadOnlyList<string> CarriedOutBy { get; init; } = [];

    /// <summary>The sources that conflict.</summary>
    public required Origin Origin { get; init; }
}
