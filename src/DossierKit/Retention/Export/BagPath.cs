using System.Buffers;
using System.Globalization;
using System.Text;

namespace DossierKit.Retention;

/// <summary>Names in a bag: safe on Linux and Windows, in what the Nationaal Archief takes, and different also where upper and lower case are one.</summary>
internal static class BagPath
{
    /// <summary>The longest name; a sidecar's included, it stays under this.</summary>
    public const int MaxName = 119;

    /// <summary>The characters that the specification of the SIP forbids, and those no system takes.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"/\\|?*#& \u007f\u201c\u201d");

    /// <summary>What is wrong with a path, Dutch; <see langword="null"/> when it is safe.</summary>
    public static string? Problem(string path)
    {
        if (path.Length == 0) return "het pad is leeg";
        if (path[0] == '/' || path.Contains('\\', StringComparison.Ordinal) || (path.Length > 1 && path[1] == ':') || path[0] == '~') return "het pad wijst buiten de map";
        foreach (var part in path.Split('/'))
        {
            if (part is "." or "..") return "het pad wijst buiten de map";
            if (part.Length == 0) return "een deel van het pad is leeg";
            if (NameProblem(part) is { } problem) return problem;
        }

        return null;
    }

    /// <summary>How a path is compared: names that differ in case or in how accents are written are one on some systems.</summary>
    public static string Folded(string path) => path.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>A name of a person's file as a name in a bag: plain letters, digits, '.', '-' and '_', with its extension.</summary>
    /// <param name="prefix">What it begins with, so that it is nobody else's.</param>
    /// <param name="name">The name.</param>
    public static string NameOf(string prefix, string name)
    {
        var extension = Plain(Path.GetExtension(name)).ToLowerInvariant();
        if (extension.Length is < 2 or > 10) extension = "";
        var stem = Plain(extension.Length > 0 ? Path.GetFileNameWithoutExtension(name) : name).Replace('.', '-').Trim('-', '_'); // a dot before the last could make it a sidecar
        // Letters carry the number of the dossier in front, and so does the prefix.
        if (prefix.LastIndexOf('-') is > 0 and var end && stem.StartsWith(prefix[..(end + 1)], StringComparison.OrdinalIgnoreCase)) stem = stem[(end + 1)..];
        // Room for the longest sidecar beside it.
        var most = Math.Max(8, MaxName - prefix.Length - 1 - extension.Length - MdtoNames.FileSidecar.Length - 4);
        if (stem.Length > most) stem = stem[..most].TrimEnd('-', '_');
        return stem.Length == 0 ? prefix + extension : $"{prefix}-{stem}{extension}";
    }

    private static string? NameProblem(string name)
    {
        if (name.Length > MaxName) return string.Create(CultureInfo.InvariantCulture, $"een naam is langer dan {MaxName} tekens");
        if (name.AsSpan().ContainsAny(Forbidden) || name.Any(char.IsControl)) return "een naam heeft een teken dat niet overal kan";
        if (name[^1] is '.') return "een naam eindigt op een punt";
        var stem = name.Split('.')[0];
        return IsDevice(stem) ? "een naam is op Windows een apparaat" : null;
    }

    private static bool IsDevice(string stem) => stem.ToUpperInvariant() is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
        || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)) && (char.IsAsciiDigit(stem[3]) || stem[3] is '\u00b9' or '\u00b2' or '\u00b3'));

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_') plain.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && (plain.Length == 0 || plain[^1] != '-')) plain.Append('-');
        }

        return plain.ToString();
    }
}
