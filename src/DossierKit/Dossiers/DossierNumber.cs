using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace DossierKit.Dossiers;

/// <summary>
/// The number a municipality gives a dossier, such as <c>WL-2026-0001</c>: 3 to 32 letters (a-z), digits and '-', beginning and ending with a letter or digit,
/// with at least one digit. Kept in upper case, so that one dossier cannot have two spellings; safe as part of a file name on every system.
/// </summary>
[JsonConverter(typeof(DossierNumberJson))]
public readonly record struct DossierNumber
{
    private readonly string? _value;

    /// <summary>Makes a number from text.</summary>
    /// <param name="text">The text; lower case is raised.</param>
    /// <exception cref="ArgumentException">The text is no dossier number.</exception>
    public DossierNumber(string text)
    {
        if (!TryParse(text, out var number))
            throw new ArgumentException("A dossier number has 3 to 32 letters, digits and '-', at least one digit, and begins and ends with a letter or digit, such as WL-2026-0001.", nameof(text));
        this = number;
    }

    private DossierNumber(string canonical, bool _) => _value = canonical;

    /// <summary>The number in upper case.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Value => _value ?? throw new InvalidOperationException("A dossier number was used before it was set.");

    /// <summary>Reads a number.</summary>
    /// <param name="text">The text; lower case is raised.</param>
    /// <param name="number">The number, when the text is one.</param>
    /// <returns>Whether the text is a dossier number.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DossierNumber number)
    {
        number = default;
        if (text is null || text.Length is < 3 or > 32) return false;
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (!char.IsAsciiLetter(c) && c != '-') return false;
        }

        // A digit is asked for because CON, NUL and their kin are device names on Windows; COM1 and LPT1 hold a digit and are named.
        if (digits == 0 || text[0] == '-' || text[^1] == '-' || IsDevice(text)) return false;
        number = new DossierNumber(text.ToUpperInvariant(), false);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsDevice(string text)
        => text.Length == 4 && char.IsAsciiDigit(text[3])
            && (text.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || text.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
}
