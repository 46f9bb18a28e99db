using System.Globalization;
using System.Text;
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
        var full = FormsOf(person => NameForms.Of(person, isStrict: false).Except(NameForms.Alone(person), StringComparer.Ordinal));

        var refusals = new List<Refusal>();
        var files = plan.Items.SelectMany(item => item.Files).Where(file => Holds(file.Title, strict) || Holds(Path.GetFileNameWithoutExtension(file.Name), strict)).Select(file => file.Id).ToList();
        if (files.Count > 0)
        {
            refusals.Add(new Refusal(
                $"De naam of titel van een bestand kan vertellen wie de melder is: {Some(files.ConvertAll(id => id.ToString()))}.",
                "Een naam of titel staat in het pad en in de metagegevens van de export; zonder het compartiment melder gaat daar niets van mee (HRL 12.1).",
                "Verplaats deze bestanden naar het compartiment melder, of neem dat compartiment bewust mee.")
            { Subject = "bestanden", Remedies = Remedies.Melder });
        }

        // That such a file was added is said above.
        var places = plan.Events.Where(happening => !(ExportPlan.FileOf(happening) is { } file && files.Contains(file.Id)) && Tells(Encoding.UTF8.GetString(EventJson.Write(happening with { Request = null }))))
            .Select(happening => $"{happening.Name} van {happening.Date.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)}").Distinct(StringComparer.Ordinal).ToList();
        if (Tells(Encoding.UTF8.GetString(DossierRegistration.Write(plan with { Events = [] })))) places.Add("de lijst van personen");
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

    private static string Some(List<string> places)
        => string.Join(", ", places.Take(MostPlaces)) + (places.Count > MostPlaces ? string.Create(CultureInfo.InvariantCulture, $" en nog {places.Count - MostPlaces}") : "");

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}])\p{Ll}[\p{L}\p{M}]*", RegexOptions.ExplicitCapture, 2_000)]
    private static partial Regex SmallWords();
}
