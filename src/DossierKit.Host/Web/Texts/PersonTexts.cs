using DossierKit.Dossiers;

namespace DossierKit.Host.Web.Texts;

/// <summary>How people are named on a screen: by name to whoever may know it, else by handle.</summary>
internal static class PersonTexts
{
    /// <summary>The name and handle of somebody of the case or the staff, such as <c>H. Plassenberger (fi)</c>.</summary>
    public static string Of(OpenDossier dossier, PersonId id) => dossier.State.FindPerson(id) is { } person ? Of(person) : OfStaff(dossier, id);

    /// <summary>The name and handle of somebody of the case.</summary>
    public static string Of(CasePerson person) => person.FullName is { Length: > 0 } name ? $"{name} ({person.Id})" : person.Id.Value;

    /// <summary>The name of somebody of the staff.</summary>
    public static string OfStaff(OpenDossier dossier, PersonId id) => dossier.FindStaff(id)?.DisplayName ?? id.Value;

    /// <summary>Several, as in a sentence: <c>a, b en c</c>.</summary>
    public static string Of(OpenDossier dossier, IReadOnlyList<PersonId> ids) => And([.. ids.Select(id => Of(dossier, id))]);

    /// <summary>Texts as in a sentence.</summary>
    public static string And(IReadOnlyList<string> texts) => texts.Count switch
    {
        0 => "niemand",
        1 => texts[0],
        _ => $"{string.Join(", ", texts.Take(texts.Count - 1))} en {texts[^1]}",
    };
}
