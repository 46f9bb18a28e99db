using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>
/// Looks whether the name of somebody whose compartment stays behind would leave in a path, a title or the registration: there nobody expects it, and an archive shows it first. Whoever
/// exports may read all of it, so the answer says where the names stand. A help and no proof, as with letters: what files hold is not searched.
/// </summary>
internal static partial class ExportNames
{
    /// <summary>How many places are named; more are counted.</summary>
    private const int MostPlaces = 20;

    public static IReadOnlyList<Refusal> Check(ExportPlan plan)
    {
        // Who goes along by name in the registration is hidden from nobody.
        var hidden = plan.State.Persons.Where(person => !plan.Compartments.Contains(person.Compartment)).ToList();
        if (hidden.Count == 0) return [];
        // Two people can share a surname: what also names someone who goes along proves nothing.
        var harmless = plan.Persons.SelectMany(person => NameForms.Of(person, isStrict: true)).ToHashSet(StringComparer.Ordinal);
        var strict = FormsOf(person => NameForms.Of(person, isStrict: true));
        var alone = FormsOf(NameForms.Alone);
        // A surname of several words (d'Ancona) is no word of the language: it is a name however it is written.
        var full = FormsOf(person => NameForms.Of(person, isStrict: false).Except(FoldedText.Tokens(person.Surname ?? "").Count() > 1 ? [] : NameForms.Alone(person), StringComparer.Ordinal));

        var refusals = new List<Refusal>();
        var files = plan.Items.SelectMany(item => item.Files).Where(file => Holds(file.Title, strict) || Holds(file.Name, strict)).Select(file => file.Id).ToList();
        if (files.Count > 0)
        {
            refusals.Add(new Refusal(
                $"De naam of titel van een bestand kan vertellen wie de melder is: {Some(files.ConvertAll(id => id.ToString()))}.",
                "Een naam of titel staat in het pad en in de metagegevens van de export; zonder het compartiment melder gaat daar niets van mee (HRL 12.1).",
                "Verplaats deze bestanden naar het compartiment melder, of neem dat compartiment bewust mee.")
            { Subject = "bestanden", Remedies = Remedies.Melder });
        }

        // That such a file was added is said above.
        var places = plan.Events.Where(happening => !(ExportPlan.FileOf(happening) is { } file && files.Contains(file.Id)) && TextsOf(EventJson.Write(happening with { Request = null })).Any(Tells))
            .Select(happening => $"{happening.Name} van {happening.Date.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)}").Distinct(StringComparer.Ordinal).ToList();
        if (TextsOf(DossierRegistration.Write(plan with { Events = [] })).Any(Tells)) places.Add("de lijst van personen");
        if (places.Count > 0)
        {
            refusals.Add(new Refusal(
                $"In wat in de zaak is vastgelegd, kan een naam uit het compartiment melder staan: {Some(places)}.",
                "De registratie gaat als geheel mee; zonder het compartiment melder hoort die naam er niet in te staan (HRL 12.1).",
                "Neem het compartiment melder bewust mee, of overleg met het archief.")
            { Subject = "registratie", Remedies = Remedies.Melder });
        }

        return refusals;

        // Many a surname is a word as well (meer, berg, bakker): in running text it is looked for by itself only where it is written as a name.
        bool Tells(string text) => Holds(text, full) || Holds(SmallWords().Replace(text, " "), alone);

        static bool Holds(string text, Dictionary<string, PersonId> forms) => FoldedText.Find(text, forms).Any();

        Dictionary<string, PersonId> FormsOf(Func<CasePerson, IEnumerable<string>> of)
        {
            var forms = new Dictionary<string, PersonId>(StringComparer.Ordinal);
            foreach (var person in hidden)
            {
                foreach (var form in of(person).Where(form => !harmless.Contains(form))) forms.TryAdd(form, person.Id);
            }

            return forms;
        }
    }

    /// <summary>The texts of a JSON document as a reader gets them: on disk an accent, an apostrophe and a line end are written another way.</summary>
    private static List<string> TextsOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var texts = new List<string>();
        Read(document.RootElement);
        return texts;

        void Read(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.String) texts.Add(element.GetString()!);
            else if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in element.EnumerateArray()) Read(one);
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in element.EnumerateObject())
                {
                    texts.Add(property.Name);
                    Read(property.Value);
                }
            }
        }
    }

    private static string Some(List<string> places)
        => string.Join(", ", places.Take(MostPlaces)) + (places.Count > MostPlaces ? string.Create(CultureInfo.InvariantCulture, $" en nog {places.Count - MostPlaces}") : "");

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}])\p{Ll}[\p{L}\p{M}]*", RegexOptions.ExplicitCapture, 2_000)]
    private static partial Regex SmallWords();
}
