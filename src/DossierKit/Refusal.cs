namespace DossierKit;

/// <summary>
/// One thing the user can mend: what was refused, why, and what to do now. Dutch (level B1), because an end user reads it.
/// Never holds a person's name or content of a dossier.
/// </summary>
/// <param name="What">What was refused or is missing, one sentence.</param>
/// <param name="Why">The article of the protocol, or the file and place (part, heading, paragraph, JSON path).</param>
/// <param name="WhatNow">What the user can do, one sentence.</param>
public sealed record Refusal(string What, string Why, string WhatNow)
{
    /// <summary>Machine-readable subject, such as the id of a missing element (<c>kennisgeving.gedraging</c>); <see langword="null"/> when there is none.</summary>
    public string? Subject { get; init; }

    /// <summary>What kind of refusal it is, for a program that answers differently by it.</summary>
    public RefusalCause Cause { get; init; }

    /// <summary>Whether it stands for something the asker may not know: whoever may not know the melder could ask again and again with another name, so that is logged and reviewed.</summary>
    internal bool IsNeutral { get; init; }

    /// <summary>
    /// With what of the program it is mended. The texts name no option, address or field: each surface (a page, the API, the command line) says where it offers this.
    /// </summary>
    public Remedies Remedies { get; init; }

    /// <summary>Under which name an answer or a reason that mends it is given; <see langword="null"/>: under <see cref="Subject"/>.</summary>
    public string? AnswerPath { get; init; }

    /// <summary>All three parts on one line.</summary>
    public override string ToString() => $"{What} {Why} {WhatNow}";
}

/// <summary>With what of the program a refusal is mended.</summary>
[Flags]
public enum Remedies
{
    /// <summary>The text says all.</summary>
    None = 0,

    /// <summary>An answer for the document, under <see cref="Refusal.AnswerPath"/> or <see cref="Refusal.Subject"/>.</summary>
    Answer = 1,

    /// <summary>A reason for leaving something out, or for going on, under the same name.</summary>
    Reason = 2,

    /// <summary>Another choice of the conversation.</summary>
    Conversation = 4,

    /// <summary>Another choice of whom it is about or goes to.</summary>
    Reader = 8,

    /// <summary>Reading the document and confirming that.</summary>
    Confirmation = 16,

    /// <summary>A template of the kind <see cref="Refusal.Subject"/>.</summary>
    Template = 32,

    /// <summary>A look at the protocol of the case.</summary>
    Protocol = 64,

    /// <summary>Making the document of the kind <see cref="Refusal.Subject"/>.</summary>
    Document = 128,

    /// <summary>Taking the compartment <c>melder</c> along.</summary>
    Melder = 256,

    /// <summary>Adding a recording together with how it was made.</summary>
    Recording = 512,
}

/// <summary>What kind of refusal it is.</summary>
public enum RefusalCause
{
    /// <summary>A rule, or what was filled in: the text says what to mend.</summary>
    Rule,

    /// <summary>It is not there, or not for this person: one answer.</summary>
    NotThere,

    /// <summary>What this person saw has changed since (<see cref="Dossiers.WriteTerms.ExpectedVersion"/>): look again, then decide.</summary>
    Changed,

    /// <summary>The key of the request was used before, with other content (<see cref="Dossiers.RequestKey"/>).</summary>
    RequestReused,

    /// <summary>This person has no right to it: no other value would help.</summary>
    NoRight,
}

/// <summary>Either a value, or every reason (never an empty list) why there is none; all reasons at once, not one by one.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, IReadOnlyList<Refusal> refusals)
    {
        _value = value;
        Refusals = refusals;
    }

    /// <summary>Why there is no value; empty when there is one.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsDone => Refusals.Count == 0;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none: look at <see cref="IsDone"/> first.</exception>
    public T Value => IsDone ? _value! : throw new InvalidOperationException("The outcome is a refusal; it has no value.");

    /// <summary>A value without refusals.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The outcome.</returns>
    public static Outcome<T> Done(T value) => new(value, []);

    /// <summary>A refusal for one or more reasons.</summary>
    /// <param name="refusals">At least one reason.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static Outcome<T> Refused(params IReadOnlyList<Refusal> refusals)
        => refusals.Count > 0 ? new(default, refusals) : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));
}
