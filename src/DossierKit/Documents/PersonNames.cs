using System.Globalization;
using DossierKit.Dossiers;

namespace DossierKit.Documents;

/// <summary>How a person is named in a letter, after Dutch custom.</summary>
internal static class PersonNames
{
    /// <summary>As on an envelope: <c>De heer J. van Rietland</c>.</summary>
    public static string OnEnvelope(CasePerson person) => Capital(InSentence(person));

    /// <summary>Within a sentence: <c>de heer J. van Rietland</c>.</summary>
    public static string InSentence(CasePerson person) => Gender(person) switch
    {
        'm' => $"de heer {person.FullName}",
        'v' => $"mevrouw {person.FullName}",
        _ => person.FullName,
    };

    /// <summary>
    /// The salutation without a comma: <c>Geachte heer Van Rietland</c>. After 'heer' or 'mevrouw' the prefix takes a capital, after initials it does not.
    /// Nobody's gender is guessed: without a form of address it is <c>Geachte J. van Rietland</c>.
    /// </summary>
    public static string Salutation(CasePerson person) => Gender(person) switch
    {
        'm' => $"Geachte heer {Capital(person.FamilyName)}",
        'v' => $"Geachte mevrouw {Capital(person.FamilyName)}",
        _ => $"Geachte {person.FullName}",
    };

    private static char Gender(CasePerson person)
    {
        var words = (person.Salutation ?? "").ToLowerInvariant().Replace(".", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(word => word is "heer" or "dhr" or "hr")) return 'm';
        return words.Any(word => word is "mevrouw" or "mevr" or "mw") ? 'v' : '?';
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
}
