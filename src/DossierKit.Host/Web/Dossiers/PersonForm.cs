using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Cli.Commands;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Dossiers;

/// <summary>A person as a form: only the fields that matter for a role.</summary>
public sealed record PersonForm
{
    private static readonly string[] Name = ["aanspreking", "voorletters", "tussenvoegsel", "achternaam"];
    private static readonly string[] Reach = ["email", "adres.straat", "adres.postcode", "adres.plaats"];
    private static readonly string[] Work = ["functie", "afdeling"];

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["vorm"] = "Hoe meldt deze persoon?",
        ["aanspreking"] = "Aanspreking",
        ["voorletters"] = "Voorletters",
        ["tussenvoegsel"] = "Tussenvoegsel",
        ["achternaam"] = "Achternaam",
        ["andereNamen"] = "Andere namen",
        ["functie"] = "Functie",
        ["afdeling"] = "Afdeling",
        ["positie"] = "Positie in de gemeente",
        ["orLid"] = "Lid van de ondernemingsraad",
        ["orVoorzitter"] = "Voorzitter van de ondernemingsraad",
        ["email"] = "E-mailadres",
        ["adres.straat"] = "Straat en huisnummer",
        ["adres.postcode"] = "Postcode",
        ["adres.plaats"] = "Plaats",
        ["medewerker"] = "Werkt deze persoon met de dossiers?",
        ["van"] = "Bij wie hoort deze persoon?",
    };

    public CaseRole Role { get; init; }

    /// <summary>The handle of whoever is changed; <see langword="null"/> for somebody new.</summary>
    public PersonId? Id { get; init; }

    /// <summary>What was filled in, by field; a list has one value a line.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>What the form does not ask and the person has: kept as it is.</summary>
    private IReadOnlyList<KeyValuePair<string, string>> Kept { get; init; } = [];

    public string Of(string field) => Values.GetValueOrDefault(field, "");

    public static string? LabelOf(string field) => Labels.GetValueOrDefault(field);

    /// <summary>The fields that matter for a role, in order.</summary>
    public static IReadOnlyList<string> FieldsOf(CaseRole role) => role switch
    {
        CaseRole.Melder => ["vorm", .. Name, "andereNamen", .. Reach, "medewerker"],
        CaseRole.Betrokkene => [.. Name, "andereNamen", .. Work, "positie", "orLid", "orVoorzitter", .. Reach, "medewerker"],
        CaseRole.Getuige or CaseRole.Benadeelde => [.. Name, "andereNamen", .. Work, "positie", .. Reach, "medewerker"],
        CaseRole.Verwant => [.. Name, "van", "andereNamen", .. Reach, "medewerker"],
        CaseRole.Raadsman or CaseRole.Gemachtigde => [.. Name, "van", "functie", .. Reach, "medewerker"],
        CaseRole.Leidinggevende => [.. Name, "van", .. Work, "email", "medewerker"],
        CaseRole.Onderzoeker => ["medewerker", .. Name, .. Work, "positie", "email"],
        CaseRole.Vertrouwenspersoon => ["medewerker", .. Name, "van", "functie", .. Reach],
        CaseRole.Adviseur => ["medewerker", .. Name, .. Work, "email"],
        _ => [.. Name, .. Work, .. Reach, "medewerker"],
    };

    public static PersonForm Of(CasePerson person)
    {
        var all = Flatten(person).ToList();
        var asked = FieldsOf(person.Role);
        return new PersonForm
        {
            Role = person.Role,
            Id = person.Id,
            Values = all.Where(field => asked.Contains(field.Key)).GroupBy(field => field.Key, StringComparer.Ordinal).ToDictionary(field => field.Key, field => string.Join('\n', field.Select(one => one.Value)), StringComparer.Ordinal),
            Kept = [.. all.Where(field => !asked.Contains(field.Key) && field.Key is not ("id" or "rol"))],
        };
    }

    /// <summary>The form as it was sent.</summary>
    public static PersonForm Of(CaseRole role, CasePerson? changed, IFormCollection form) => new()
    {
        Role = role,
        Id = changed?.Id,
        Values = FieldsOf(role).ToDictionary(field => field, field => form[field].ToString().Trim(), StringComparer.Ordinal),
        Kept = changed is null ? [] : Of(changed).Kept,
    };

    /// <summary>The event that records the person, or every mistake.</summary>
    public Outcome<DossierEvent> Read(OpenDossier dossier, DateOnly today)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("datum", DutchText.Iso(today)),
            new("persoon.id", (Id ?? NextHandle(dossier)).Value),
            new("persoon.rol", Words.Of(Role)),
            .. Kept.Select(field => KeyValuePair.Create($"persoon.{field.Key}", field.Value)),
        ];
        foreach (var (field, value) in Values)
        {
            if (field == "andereNamen") fields.AddRange(value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => KeyValuePair.Create($"persoon.{field}", name)));
            else if (value.Length > 0) fields.Add(KeyValuePair.Create($"persoon.{field}", value));
        }

        return EventInput.FromFields(EventNames.PersoonToegevoegd, fields);
    }

    /// <summary>Refusals under the names of the fields of the form.</summary>
    public static IReadOnlyList<Refusal> AtFields(IReadOnlyList<Refusal> refusals)
        => [.. refusals.Select(refusal => refusal.Subject is { } subject && subject.IndexOf("persoon.", StringComparison.Ordinal) is >= 0 and var at ? refusal with { Subject = subject[(at + "persoon.".Length)..] } : refusal)];

    /// <summary>A handle that names nobody and was not used: <c>getuige-3</c>.</summary>
    private PersonId NextHandle(OpenDossier dossier)
    {
        var stem = Words.Of(Role);
        return Enumerable.Range(1, 10_000).Select(number => new PersonId($"{stem}-{DutchText.Number(number)}")).First(id => dossier.State.FindPerson(id) is null);
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(CasePerson person)
    {
        foreach (var (name, value) in DossierJson.Person(person).AsObject())
        {
            switch (value)
            {
                case JsonObject part:
                    foreach (var (inner, text) in part) yield return new($"{name}.{inner}", text!.ToString());
                    break;
                case JsonArray list:
                    foreach (var item in list) yield return new(name, item!.ToString());
                    break;
                case JsonValue flag when flag.TryGetValue<bool>(out var yes):
                    if (yes) yield return new(name, "ja");
                    break;
                case not null:
                    yield return new(name, value.ToString());
                    break;
            }
        }
    }
}
