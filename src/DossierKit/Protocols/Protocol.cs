namespace DossierKit.Protocols;

/// <summary>
/// The rules of one municipality in one version, as data: what must be in which document, which terms run, who decides, what was chosen where
/// protocols conflict. It knows no dossier and no disk. Silence is a value: what a protocol does not name, it does not demand.
/// </summary>
public sealed record Protocol
{
    /// <summary>The protocol's handle, such as <c>waterlanden</c>: lower-case letters, digits and '-'.</summary>
    public required string Id { get; init; }

    /// <summary>The version, such as <c>2025</c>. Id and version together name a protocol.</summary>
    public required string Version { get; init; }

    /// <summary>The municipality, as written in its letters.</summary>
    public required string Municipality { get; init; }

    /// <summary>The official title, Dutch.</summary>
    public required string Title { get; init; }

    /// <summary>The first day it is in force.</summary>
    public required DateOnly InForceFrom { get; init; }

    /// <summary>The last day it is in force; <see langword="null"/> when no end is known.</summary>
    public DateOnly? InForceTo { get; init; }

    /// <summary>The protocol this one is laid over; <see langword="null"/> when it stands alone. An overlay replaces and adds by id.</summary>
    public ProtocolReference? Base { get; init; }

    /// <summary>Ids that an overlay takes out of its base; empty otherwise.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    /// <summary>The documents its rules derive from.</summary>
    public IReadOnlyList<SourceDocument> SourceDocuments { get; init; } = [];

    /// <summary>Offices of this municipality beyond <see cref="ActorNames"/>; usable wherever an actor is named.</summary>
    public IReadOnlyList<LocalActor> LocalActors { get; init; } = [];

    /// <summary>What this municipality calls things: the local word for an actor or a kind of document.</summary>
    public IReadOnlyList<LocalWord> Words { get; init; } = [];

    /// <summary>The rules that are not a term, an element, an authority or an access rule.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>What must, as a rule or may stand in each kind of document.</summary>
    public IReadOnlyList<DocumentRule> Documents { get; init; } = [];

    /// <summary>The terms.</summary>
    public IReadOnlyList<TermRule> Terms { get; init; } = [];

    /// <summary>Who receives, commissions, judges and imposes, by position of the betrokkene.</summary>
    public IReadOnlyList<Authority> Authorities { get; init; } = [];

    /// <summary>Who may see or keep what, where the protocol decides it.</summary>
    public IReadOnlyList<AccessRule> Access { get; init; } = [];

    /// <summary>How long things are kept, where the protocol or the municipality decides it.</summary>
    public IReadOnlyList<RetentionRule> Retention { get; init; } = [];

    /// <summary>Where sources conflict: the choice, the alternative and the reason.</summary>
    public IReadOnlyList<ConflictChoice> Choices { get; init; } = [];

    /// <summary>What the sources say and this protocol leaves out on purpose, and why.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>Days on which this municipality is closed beside those of the Algemene termijnenwet, with their names.</summary>
    public IReadOnlyDictionary<DateOnly, string> ClosedDays { get; init; } = new Dictionary<DateOnly, string>();

    /// <summary>Whether a term that ends on a Saturday, Sunday or free day ends on the next werkdag instead (Algemene termijnenwet art. 1). Default <see langword="true"/>.</summary>
    public bool MovesToWorkday { get; init; } = true;

    /// <summary>The werkdagen of this municipality.</summary>
    public Workdays Workdays => new(ClosedDays.Keys);

    /// <summary>Whether the protocol was in force on a day.</summary>
    /// <param name="day">The day, usually that of the melding.</param>
    /// <returns><see langword="true"/> from the first to the last day in force, both included.</returns>
    public bool IsInForceOn(DateOnly day) => day >= InForceFrom && (InForceTo is not { } last || day <= last);

    /// <summary>The rule of a kind of document.</summary>
    /// <param name="kind">One of <see cref="DocumentKinds"/>.</param>
    /// <returns>The rule, or <see langword="null"/> when the protocol is silent about it.</returns>
    public DocumentRule? FindDocument(string kind) => Documents.FirstOrDefault(document => document.Kind == kind);

    /// <summary>An element of a document by its id.</summary>
    /// <param name="elementId">Such as <c>kennisgeving.gedraging</c>.</param>
    /// <returns>The element, or <see langword="null"/> when the protocol has none of that id.</returns>
    public ElementRule? FindElement(string elementId)
        => Documents.SelectMany(document => document.Elements).FirstOrDefault(element => element.Id == elementId);

    /// <summary>A rule by its id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The rule, or <see langword="null"/>.</returns>
    public Rule? FindRule(string id) => Rules.FirstOrDefault(rule => rule.Id == id);

    /// <summary>The ids of everything in the protocol that has one, and the kinds of its documents: what a deviation or a choice can speak of.</summary>
    /// <returns>The ids, in the order of the protocol.</returns>
    public IEnumerable<string> AllIds() =>
    [
        .. Rules.Select(rule => rule.Id), .. Documents.Select(document => document.Kind), .. Documents.SelectMany(document => document.Elements).Select(element => element.Id),
        .. Terms.Select(term => term.Id), .. Access.Select(rule => rule.Id), .. Retention.Select(rule => rule.Id), .. Choices.Select(choice => choice.Id),
    ];

    /// <summary>Who has a task in a case against someone in a position. An authority with a condition that is met goes before one without.</summary>
    /// <param name="position">One of <see cref="PositionNames"/>.</param>
    /// <param name="task">The task.</param>
    /// <param name="facts">The case; a condition on an unknown fact counts as not met.</param>
    /// <returns>The authority, or <see langword="null"/> when the protocol is silent: then nobody may be assumed.</returns>
    public Authority? FindAuthority(string position, AuthorityTask task, CaseFacts facts)
        => Authorities.Where(authority => authority.Position == position && authority.Task == task && authority.When.Holds(facts))
            .MinBy(authority => authority.When == Condition.Always);

    /// <summary>The word this municipality uses.</summary>
    /// <param name="concept">One of <see cref="ActorNames"/> or <see cref="DocumentKinds"/>, or the id of a <see cref="LocalActor"/>.</param>
    /// <returns>The local word; the concept's own common name when the protocol gives none.</returns>
    public string Word(string concept)
        => Words.FirstOrDefault(word => word.Concept == concept)?.Word
            ?? LocalActors.FirstOrDefault(actor => actor.Id == concept)?.Name
            ?? ActorNames.CommonName(concept)
            ?? DocumentKinds.CommonName(concept)
            ?? concept;

    /// <summary>Title and version on one line.</summary>
    /// <returns>Such as <c>Onderzoeksprotocol integriteit Waterlanden (waterlanden 2025)</c>.</returns>
    public override string ToString() => $"{Title} ({Id} {Version})";
}

/// <summary>Names a protocol.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version; <see langword="null"/>: the one in force at the melding.</param>
public readonly record struct ProtocolReference(string Id, string? Version)
{
    /// <summary>What an overlay writes that fits over any protocol.</summary>
    internal const string Any = "*";

    /// <summary>Whether it means any protocol: only where an overlay names its base.</summary>
    public bool IsAny => Id == Any;
}

/// <summary>A document that rules derive from.</summary>
/// <param name="Id">The short name used in references, such as <c>HVN</c>.</param>
/// <param name="Title">What it is, with its date.</param>
/// <param name="Link">Where it is published; <see langword="null"/> when unknown.</param>
public sealed record SourceDocument(string Id, string Title, string? Link);

/// <summary>A place in a source document.</summary>
/// <param name="Document">The <see cref="SourceDocument.Id"/>.</param>
/// <param name="Article">The article, paragraph or heading.</param>
/// <param name="Lines">Line numbers of the text used, such as <c>457-465</c>; <see langword="null"/> when not given.</param>
public sealed record SourceReference(string Document, string Article, string? Lines)
{
    /// <summary>The reference on one line, such as <c>HVN 2.6 [457-465]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Lines is null ? $"{Document} {Article}" : $"{Document} {Article} [{Lines}]";
}

/// <summary>Where a rule comes from: places in source documents, a choice of the municipality's own, or both (a choice between sources).</summary>
/// <param name="Sources">The places; may be empty when <paramref name="OwnChoice"/> is given.</param>
/// <param name="OwnChoice">Why the municipality chose this itself, Dutch; <see langword="null"/> when the sources say it as it stands.</param>
public sealed record Origin(IReadOnlyList<SourceReference> Sources, string? OwnChoice);

/// <summary>Something a source says and this protocol leaves out on purpose.</summary>
/// <param name="Sources">Where it stands; at least one place.</param>
/// <param name="What">What it says, in short, Dutch.</param>
/// <param name="Reason">Why it is left out, Dutch.</param>
public sealed record LeftOut(IReadOnlyList<SourceReference> Sources, string What, string Reason);

/// <summary>An office of this municipality that is not in <see cref="ActorNames"/>.</summary>
/// <param name="Id">Kebab case, such as <c>seniorenconvent</c>.</param>
/// <param name="Name">What people call it.</param>
public sealed record LocalActor(string Id, string Name);

/// <summary>What this municipality calls an actor or a kind of document.</summary>
/// <param name="Concept">The neutral name.</param>
/// <param name="Word">The local word, such as <c>bevoegd gezag</c> for <c>verantwoordelijke</c>.</param>
public sealed record LocalWord(string Concept, string Word);
