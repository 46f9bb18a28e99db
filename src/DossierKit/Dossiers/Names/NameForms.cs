namespace DossierKit.Dossiers;

/// <summary>The forms in which a name can stand in a text, folded and written together, such as <c>meer</c>, <c>vandermeer</c> and <c>jmvandermeer</c>.</summary>
internal static class NameForms
{
    /// <summary>A surname of fewer letters is looked for together with initials or first name only: two letters are found everywhere.</summary>
    public const int ShortestAlone = 3;

    /// <summary>Part of a double surname of fewer letters is too often a word ("meer", "berg") to be looked for alone.</summary>
    private const int ShortestPart = 5;

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal) { "van", "de", "der", "den", "het", "t", "ten", "ter", "te", "op", "in", "aan", "bij", "uit", "la", "le", "von", "el", "al", "ben", "di", "du" };

    /// <summary>The forms of a person's name.</summary>
    /// <param name="person">The person.</param>
    /// <param name="isStrict">Also what identifies without being a full name: first name, parts of a double surname, home address.</param>
    public static IEnumerable<string> Of(CasePerson person, bool isStrict)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        var surname = Join(person.Surname);
        var family = Join(person.Prefix) + surname;
        if (surname.Length > 0)
        {
            AddAlone(forms, surname);
            AddAlone(forms, family);
            foreach (var first in new[] { Join(person.Initials), Join(person.Initials is { Length: > 0 } initials ? initials[..1] : null), Join(person.FirstName) }.Where(first => first.Length > 0))
            {
                forms.Add(first + surname);
                forms.Add(first + family);
                forms.Add(surname + first);
                forms.Add(family + first);
                forms.Add(surname + first + Join(person.Prefix)); // as lists have it: Meer, J.M. van der
            }
        }

        foreach (var other in person.OtherNames) AddAlone(forms, Join(other));
        if (person.Email is { } email)
        {
            AddAlone(forms, Join(email));
            AddAlone(forms, Join(email.Split('@')[0]));
        }

        if (!isStrict) return forms;
        AddAlone(forms, Join(person.FirstName));
        foreach (var part in FoldedText.Tokens(person.Surname ?? "").Where(part => part.Length >= ShortestPart && !Particles.Contains(part))) AddAlone(forms, part);
        if (person.Address is { } address)
        {
            if (address.Street.Any(char.IsDigit)) AddAlone(forms, Join(address.Street));
            AddAlone(forms, Join(address.PostalCode));
        }

        return forms;
    }

    /// <summary>The surname by itself, as it also stands in <see cref="Of"/>: of many people it is a word as well.</summary>
    /// <param name="person">The person.</param>
    public static IEnumerable<string> Alone(CasePerson person)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        AddAlone(forms, Join(person.Surname));
        return forms;
    }

    /// <summary>The forms of a name of which only the whole is known, such as <c>Fenna de Wit</c>: the whole, and every ending of it.</summary>
    public static IEnumerable<string> OfDisplayName(string name)
    {
        var tokens = FoldedText.Tokens(name).ToList();
        for (var from = 0; from < tokens.Count; from++) yield return string.Concat(tokens.Skip(from));
    }

    private static string Join(string? text) => text is null ? "" : string.Concat(FoldedText.Tokens(text));

    private static void AddAlone(HashSet<string> forms, string form)
    {
        if (form.Length < ShortestAlone) return;
        forms.Add(form);
        // Dutch genitive: "Vermeers auto".
        forms.Add(form + "s");
    }
}
