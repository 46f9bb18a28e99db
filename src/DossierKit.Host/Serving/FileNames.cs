using System.Globalization;
using System.Text;

namespace DossierKit.Host.Serving;

/// <summary>File names as others send them, made safe to keep, to show and to save again on any system.</summary>
internal static class FileNames
{
    /// <summary>The most characters of a name.</summary>
    public const int Most = 150;

    private const string Nameless = "bestand";
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>
    /// The name alone, without path, without characters that control a terminal or turn the direction of reading ("gnp.exe" shown as "exe.png"), without those a file system
    /// refuses, not that of a device, and not too long; its extension is kept.
    /// </summary>
    public static string Clean(string? given)
    {
        var text = (given ?? "")[((given ?? "").LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned) continue;
            clean.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' ? "_" : Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        var name = clean.ToString().Normalize(NormalizationForm.FormC).Trim().TrimEnd('.', ' ').TrimStart('.', ' ');
        if (name.Length == 0) return Nameless;
        var extension = Path.GetExtension(name);
        if (extension.Length > 20) extension = "";
        var stem = name[..^extension.Length].TrimEnd();
        if (stem.Length == 0) stem = Nameless;
        if (Devices.Contains(stem.Split('.')[0].TrimEnd())) stem = $"_{stem}";
        if (stem.Length + extension.Length > Most) stem = Cut(stem, Most - extension.Length);
        return stem + extension;
    }

    // Never through the middle of a character of two halves.
    private static string Cut(string text, int length) => (char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length]).TrimEnd();
}
