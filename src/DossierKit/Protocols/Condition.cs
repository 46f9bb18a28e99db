namespace DossierKit.Protocols;

/// <summary>
/// When a rule applies: facts of the case joined by <c>en</c>, <c>of</c> and <c>niet</c>, such as <c>melderBekend en niet (positie=wethouder of orLid)</c>.
/// Evaluation is pure and knows three answers: yes, no, and unknown when a fact that matters was not given.
/// </summary>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>Applies in every case.</summary>
    public static Condition Always { get; } = new AlwaysCondition();

    /// <summary>The names of the facts it looks at.</summary>
    public abstract IReadOnlyCollection<string> Facts { get; }

    /// <summary>Whether it applies.</summary>
    /// <param name="facts">What is known of the case, or of one person in it (<see cref="CaseFacts.For"/>).</param>
    /// <returns>Yes, no, or <see langword="null"/> when it depends on a fact that is unknown.</returns>
    public abstract bool? Evaluate(CaseFacts facts);

    /// <summary>Whether it surely applies.</summary>
    /// <param name="facts">What is known.</param>
    /// <returns><see langword="false"/> also when it is unknown.</returns>
    public bool Holds(CaseFacts facts) => Evaluate(facts) == true;

    /// <summary>Whether it applies or may apply: what duties go by, because a duty too many is seen and one too few is not.</summary>
    /// <param name="facts">What is known.</param>
    /// <returns><see langword="true"/> also when it is unknown.</returns>
    public bool MayHold(CaseFacts facts) => Evaluate(facts) != false;

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition as protocol files write it.</param>
    /// <returns>The condition, or what is wrong with it.</returns>
    public static Outcome<Condition> Parse(string text) => ConditionParser.Parse(text);

    /// <summary>The condition as people say it, Dutch (B1), such as <c>de melder is bekend en het oordeel is niet gegrond</c>.</summary>
    /// <returns>One or more main clauses; "in elke zaak" for <see cref="Always"/>.</returns>
    public abstract string InWords();

    private sealed record AlwaysCondition : Condition
    {
        public override string InWords() => "in elke zaak";

        public override IReadOnlyCollection<string> Facts => [];

        public override bool? Evaluate(CaseFacts facts) => true;

        public override string ToString() => "altijd";
    }
}

internal sealed record FactCondition(string Name, string Value) : Condition
{
    public override string InWords() => FactTexts.Clause(Name, Value, holds: true);

    public override IReadOnlyCollection<string> Facts => [Name];

    public override bool? Evaluate(CaseFacts facts) => facts.Find(Name) is { } known ? known == Value : null;

    public override string ToString() => Value == CaseFacts.Yes && FactNames.IsYesNo(Name) ? Name : $"{Name}={Value}";
}

internal sealed record NotCondition(Condition Inner) : Condition
{
    public override string InWords() => Inner is FactCondition fact ? FactTexts.Clause(fact.Name, fact.Value, holds: false) : $"niet: {Inner.InWords()}";

    public override IReadOnlyCollection<string> Facts => Inner.Facts;

    public override bool? Evaluate(CaseFacts facts) => !Inner.Evaluate(facts);

    public override string ToString() => Inner is AndCondition or OrCondition ? $"niet ({Inner})" : $"niet {Inner}";
}

internal sealed record AndCondition(Condition Left, Condition Right) : Condition
{
    public override string InWords() => $"{Words(Left)} en {Words(Right)}";

    public override IReadOnlyCollection<string> Facts => [.. Left.Facts.Union(Right.Facts, StringComparer.Ordinal)];

    public override bool? Evaluate(CaseFacts facts) => Left.Evaluate(facts) & Right.Evaluate(facts);

    public override string ToString() => $"{Wrap(Left)} en {Wrap(Right)}";

    private static string Words(Condition part) => part is OrCondition ? $"({part.InWords()})" : part.InWords();

    private static string Wrap(Condition part) => part is OrCondition ? $"({part})" : part.ToString();
}

internal sealed record OrCondition(Condition Left, Condition Right) : Condition
{
    public override string InWords() => $"{Left.InWords()} of {Right.InWords()}";

    public override IReadOnlyCollection<string> Facts => [.. Left.Facts.Union(Right.Facts, StringComparer.Ordinal)];

    public override bool? Evaluate(CaseFacts facts) => Left.Evaluate(facts) | Right.Evaluate(facts);

    public override string ToString() => $"{Left} of {Right}";
}
