using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>Which result of the selectielijst a dossier falls under, with the ground.</summary>
internal static class ClassChoice
{
    /// <summary>The names of dates there are, as options.</summary>
    public static IReadOnlyList<(string Value, string Text)> DateNames { get; } = [.. SourceDate.Names.Select(name => (name, Labels.Sentence(name)))];

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
                Options = [.. about.List.Results.Where(result => SelectielijstClass.WhyUnusable(result) is null).Select(result => (result.Number, TextOf(result)))],
                Value = about.Item.Class?.Result,
                Help = $"Uit: {about.List.Title}.",
            },
            new("grond", "Waarom deze klasse?") { Lines = 3, Help = "Bijvoorbeeld: integriteitsonderzoek na een melding; geen sanctie opgelegd. Zet hier geen namen." },
            new("vanaf", "Vanaf wanneer loopt de termijn?")
            {
                Options = [.. Enum.GetValues<Afleidingswijze>().Where(Afleiding.IsUsed).Select(from => (Words.Of(from), Nl.First(RetentionTexts.Of(from))))],
                Empty = "Zoals de selectielijst zegt",
                IsOptional = true,
                IsMore = true,
            },
            new("datumkenmerk", "Naam van de andere datum") { Help = "Alleen als de termijn vanaf een andere datum loopt.", Options = DateNames, Empty = "Geen", IsOptional = true, IsMore = true },
            new("procestermijn", "Jaren na het sluiten dat de termijn begint") { Help = "Alleen als de termijn een aantal jaren na het sluiten begint.", Type = "number", IsOptional = true, IsMore = true },
        ],
        Read = (_, input) => new ClassRequest(
            input.Needed("resultaat", "De klasse", "Zonder klasse is niet bekend hoe lang dit blijft."),
            input.Needed("grond", "De grond", "Later moet te zien zijn waarom deze klasse is gekozen."),
            Words.TryParse<Afleidingswijze>(input.Text("vanaf"), out var from) ? from : null,
            input.Text("datumkenmerk") is { Length: > 0 } name ? name : null,
            input.Text("procestermijn") is { Length: > 0 } years ? $"P{years}Y" : null),
    };

    private static string TextOf(SelectielijstResult result)
        => $"{result.Number} {result.Name}: {(result.Nominatie == Nominatie.BlijvendBewaren ? "blijvend bewaren" : $"vernietigen na {RetentionTexts.Period(result.Term)}")}";
}
