namespace DossierKit.Host.Cli.Doctor;

/// <summary>How a check came out.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, with a risk or a loss the operator should know of.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}

/// <summary>One check and its outcome, for an operator. Never content, never a person.</summary>
/// <param name="Check">A short fixed name, such as <c>unlock-volume</c>.</param>
/// <param name="Health">How it came out.</param>
/// <param name="Text">What was found, and when it is not good: why it matters and what to do.</param>
internal sealed record Finding(string Check, Health Health, string Text)
{
    public static Finding Good(string check, string text) => new(check, Health.Good, text);

    public static Finding Warning(string check, string text) => new(check, Health.Warning, text);

    public static Finding Bad(string check, string text) => new(check, Health.Bad, text);
}
