using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>
/// The handle of a person: of the staff (<c>fi</c>, <c>onderzoeker</c>) or of a case (<c>betrokkene-1</c>). 1 to 40 of a-z, 0-9 and '-', beginning and ending with a letter or digit.
/// A handle stands in logs and metadata, so it is never made of a name.
/// </summary>
[JsonConverter(typeof(PersonIdJson))]
public readonly record struct PersonId
{
    private readonly string? _value;

    /// <summary>Makes a handle from text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is no handle.</exception>
    public PersonId(string text) => _value = IsValid(text) ? text
        : throw new ArgumentException("A handle has 1 to 40 of a-z, 0-9 and '-', and begins and ends with a letter or digit, such as betrokkene-1.", nameof(text));

    /// <summary>The handle.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw new InvalidOperationException("A person's handle was used before it was set.");

    /// <summary>Reads a handle.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The handle, when the text is one.</param>
    /// <returns>Whether the text is a handle.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PersonId id)
    {
        id = IsValid(text) ? new PersonId(text) : default;
        return id._value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text)
        => text is { Length: >= 1 and <= 40 } && !text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-") && text[0] != '-' && text[^1] != '-';
}
