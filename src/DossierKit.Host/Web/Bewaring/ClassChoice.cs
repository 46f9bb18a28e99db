using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Which result of the selectielijst a dossier falls under, with the ground.</summary>
internal static class ClassChoice
{
    public static Decision Decision { get; } = new()
    {
        Path = "klasse",
        Title = "Klasse kiezen",
        Lead = "De klasse komt uit de selectielijst: de lijst die zegt hoe lang een gemeente iets bewaart. Zonder klasse wordt niets vernietigd. Een eerdere keuze blijft in de geschiedenis staan.",
        Button = "Klasse vaststellen",
        Told = "De klasse is vastgesteld. De datum is opnieuw berekend.",
        IsOffered = Decisions.Decides,
        Fields = about =>
        [
            new("resultaat", "Klasse")
            {
                Options = [.. about.List.Results.Where(result => SelectielijstClass.AllowedFor(result).Count > 0).Select(result => (result.Number, TextOf(result)))],
                Value = about.Item.Class?.Result,
                Help = $"Uit: {about.List.Title}.",
            },
            new("vanaf", "Vanaf wanneer loopt de termijn?")
            {
                Options = [.. Enum.GetValues<Afleidingswijze>().Where(Afleiding.IsUsed).Select(from => (Words.Of(from), Nl.First(RetentionTexts.Of(from))))],
                Empty = "Zoals de selectielijst zegt",
                IsOptional = true,
            },
            new("datumkenmerk", "Naam van de andere datum") { Help = "Alleen als de termijn vanaf een andere datum loopt. Bijvoorbeeld: einde-dienstverband.", IsOptional = true },
            new("procestermijn", "Jaren na het sluiten dat de termijn begint") { Help = "Alleen als de termijn een aantal jaren na het sluiten begint.", Type = "number", IsOptional = true },
            new("grond", "Waarom deze klasse?") { Lines = 3, Help = "Bijvoorbeeld: integriteitsonderzoek na een melding; geen sanctie opgelegd. Zet hier geen namen." },
        ],
        Read = (about, input) =>
        {
            var number = input.Needed("resultaat", "De klasse", "Zonder klasse is niet bekend hoe lang dit blijft.");
            var ground = input.Needed("grond", "De grond", "Later moet te zien zijn waarom deze klasse is gekozen.");
            if (input.Refusals.Count > 0) return null;
            var years = input.Text("procestermijn");
            var chosen = Of(
                about.List, number, Words.TryParse<Afleidingswijze>(input.Text("vanaf"), out var from) ? from : null, input.Text("datumkenmerk") is { Length: > 0 } name ? name : null,
                years.Length == 0 ? null : $"P{years}Y", ground, about.At.Today);
            input.Refusals.AddRange(chosen.Refusals);
            return chosen.IsDone ? chosen.Value : null;
        },
    };

    /// <summary>The decision that gives a dossier a class of the list in use, or every reason why that class cannot be.</summary>
    public static Outcome<ClassSet> Of(Selectielijst list, string number, Afleidingswijze? from, string? kenmerk, string? processTerm, string ground, DateOnly today)
    {
        if (list.Find(number) is not { } result || SelectielijstClass.AllowedFor(result) is not [var usual, ..] allowed || result.Nominatie is not { } nominatie)
        {
            return Outcome<ClassSet>.Refused(new Refusal(
                "Deze klasse kan niet.", $"{list.Title} kent dit nummer niet, of zegt er geen termijn bij.", "Kies een klasse uit de selectielijst.") { Subject = "resultaat" });
        }

        var refusals = new List<Refusal>();
        var chosen = from ?? usual;
        if (!allowed.Contains(chosen))
            refusals.Add(new("Zo kan de termijn van deze klasse niet lopen.", Afleiding.WhyNot(chosen) is { Length: > 0 } why ? Nl.First(why) : "De selectielijst zegt bij deze klasse vanaf wanneer de termijn loopt.", $"Kies: {string.Join(", of ", allowed.Select(RetentionTexts.Of))}.") { Subject = "vanaf" });
        if (chosen == Afleidingswijze.AnderDatumkenmerk && kenmerk is null)
            refusals.Add(new("De naam van de datum ontbreekt.", "De termijn loopt vanaf een andere datum, en die heeft een naam.", "Vul een naam in, zoals einde-dienstverband.") { Subject = "datumkenmerk" });
        if (chosen == Afleidingswijze.Termijn && !IsoPeriod.TryParse(processTerm, out _))
            refusals.Add(new("Het aantal jaren ontbreekt.", "De termijn begint een aantal jaren na het sluiten.", "Vul in hoeveel jaren dat zijn.") { Subject = "procestermijn" });
        return refusals.Count > 0 ? Outcome<ClassSet>.Refused(refusals) : Outcome<ClassSet>.Done(new ClassSet
        {
            Date = today,
            List = list.Id,
            Result = result.Number,
            Nominatie = nominatie,
            Term = nominatie == Nominatie.BlijvendBewaren ? null : result.Term,
            From = chosen,
            Kenmerk = chosen == Afleidingswijze.AnderDatumkenmerk ? kenmerk : null,
            ProcessTerm = chosen == Afleidingswijze.Termijn ? processTerm : null,
            Ground = ground,
        });
    }

    private static string TextOf(SelectielijstResult result)
        => $"{result.Number} {result.Name}: {(result.Nominatie == Nominatie.BlijvendBewaren ? "blijvend bewaren" : $"vernietigen na {RetentionTexts.Period(result.Term)}")}";
}
