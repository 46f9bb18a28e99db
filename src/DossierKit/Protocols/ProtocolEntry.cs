namespace DossierKit.Protocols;

/// <summary>What sort of thing a line of a protocol is.</summary>
public enum ProtocolPart
{
    /// <summary>Who has a task.</summary>
    Authority,

    /// <summary>A rule.</summary>
    Rule,

    /// <summary>A kind of document.</summary>
    Document,

    /// <summary>An element of a document.</summary>
    Element,

    /// <summary>A term.</summary>
    Term,

    /// <summary>Who may see what.</summary>
    Access,

    /// <summary>How long something is kept.</summary>
    Retention,

    /// <summary>A choice between sources.</summary>
    Choice,
}

/// <summary>One line of a protocol, whatever sort it is: what it says, by which article, from where, and where this program carries it out.</summary>
public sealed record ProtocolEntry
{
    /// <summary>What sort of line.</summary>
    public required ProtocolPart Part { get; init; }

    /// <summary>Its id; of a document its kind, of an authority its position and task.</summary>
    public required string Id { get; init; }

    /// <summary>The article of this protocol.</summary>
    public required string Article { get; init; }

    /// <summary>A short title, Dutch.</summary>
    public required string Title { get; init; }

    /// <summary>What it says, Dutch.</summary>
    public required string Text { get; init; }

    /// <summary>How binding it is; <see langword="null"/> where that is no question (an authority, a choice).</summary>
    public Strength? Strength { get; init; }

    /// <summary>When it applies. Default: always.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>The kind of document it stands in; <see langword="null"/> outside documents.</summary>
    public string? Document { get; init; }

    /// <summary>Where this program carries it out: one or more places, English.</summary>
    public required IReadOnlyList<string> Where { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Origin Origin { get; init; }

    /// <summary>All lines of a protocol, by article.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <returns>The lines; those of one article in the order of the file.</returns>
    public static IReadOnlyList<ProtocolEntry> Of(Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return ProtocolEntries.Of(protocol);
    }
}
