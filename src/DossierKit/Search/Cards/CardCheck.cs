using System.Text.RegularExpressions;
using DossierKit.Dossiers;

namespace DossierKit.Search;

/// <summary>Whether a card may stand as it is: complete, in line with what the case says, and without traces of one person.</summary>
internal static partial class CardCheck
{
    private const int LongestText = 800;
    private const int ShortestSummary = 20;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>What must be mended.</summary>
    /// <param name="card">The card.</param>
    /// <param name="drawn">What the case itself says.</param>
    /// <param name="registration">The registration of the betrokkene.</param>
    public static IEnumerable<Refusal> Refusals(CaseCard card, CaseCard drawn, CaseRegistration registration)
    {
        if (card.Types.Count == 0) yield return Missing("de soort schending", "typen");
        if (card.Group is null) yield return Missing("de functiegroep", "functiegroep");
        if (card.EarlierFounded is null or < 0 or > 20) yield return Missing("het aantal eerdere gegronde zaken", "eerdereGegrondeZaken");
        if (card.Summary.Trim().Length is < ShortestSummary or > LongestText)
            yield return Wrong("samenvatting", "De samenvatting is te kort of te lang.", $"Zij telt {ShortestSummary} tot {LongestText} tekens.", "Schrijf in een paar zinnen wat er speelde, zonder namen, plaatsen, dagen en bedragen.");
        // Those who compare no measures read the summary as well (HRL 11).
        if (Measures().IsMatch(card.Summary))
            yield return Wrong("samenvatting", "In de samenvatting staat een maatregel.", "Zij wordt ook gelezen door wie geen maatregelen vergelijkt (HRL 11).", "Noem de maatregel alleen bij 'maatregel', en waarom ervan is afgeweken bij 'afwijking'.");
        if (card.Deviation is { Length: > LongestText }) yield return Wrong("afwijking", "De reden van afwijking is te lang.", $"Zij telt ten hoogste {LongestText} tekens.", "Maak haar korter.");
        // What the case itself says is not for whoever writes a card to change.
        foreach (var (isEqual, field, title) in ((bool, string, string)[])
        [
            (card.Inquiry == drawn.Inquiry, "onderzoek", "of er een onderzoek was"), (card.Oordeel == drawn.Oordeel, "oordeel", "het oordeel"), (card.Year == drawn.Year, "jaar", "het jaar"),
            (card.Protocol == drawn.Protocol, "protocol", "het protocol"), (drawn.Types.Count == 0 || card.Types.SequenceEqual(drawn.Types), "typen", "de soort schending"),
        ])
        {
            if (!isEqual) yield return Wrong(field, $"Op de kaart staat iets anders dan in het dossier: {title}.", "Een kaart volgt het dossier.", "Neem over wat er in het dossier staat, of leg eerst daar de wijziging vast.");
        }

        // A measure that may still come is not told; "nothing" is said when that was decided.
        if (registration.Measures.Count > 0 ? card.Measure is null or MeasureKind.None : card.Measure != drawn.Measure)
        {
            yield return Wrong("maatregel", "Op de kaart staat een andere maatregel dan in het dossier.",
                registration.Measures.Count > 0 ? "In het dossier is een maatregel vastgelegd." : drawn.Measure is null ? "In het dossier is nog niets besloten over een maatregel." : "In het dossier is geen maatregel vastgelegd.",
                registration.Measures.Count > 0 ? "Kies welke soort maatregel dat is." : "Laat de maatregel zoals het dossier hem geeft, of leg hem eerst vast.");
        }

        var counts = registration.CountsAsRepeat;
        if (card.EarlierFounded is { } earlier && (earlier > 0) != counts)
        {
            yield return Wrong("eerdereGegrondeZaken", "Het aantal eerdere gegronde zaken klopt niet met de registratie.",
                registration.EarlierOordeel == Oordeel.Ongegrond ? "Een ongegronde zaak telt nooit als recidive (eigen keuze)." : counts ? "In de registratie staat een eerdere gegronde zaak." : "In de registratie staat geen eerdere gegronde zaak.",
                "Neem over wat er in de registratie staat, of werk die eerst bij.");
        }

        if (card.Aggravating?.Contains(Aggravating.Recidive) == true && registration.RepeatOf is not null && registration.EarlierOordeel == Oordeel.Ongegrond)
            yield return Wrong("verzwarend", "De eerdere zaak was ongegrond.", "Een ongegronde zaak telt nooit als recidive (eigen keuze).", "Laat deze omstandigheid weg.");
        if (card.Aggravating?.Contains(Aggravating.Recidive) == true && card.Oordeel == Oordeel.Ongegrond)
            yield return Wrong("verzwarend", "Bij een ongegronde zaak is er geen recidive.", "Een ongegronde zaak telt nooit als recidive (eigen keuze).", "Laat deze omstandigheid weg.");
    }

    /// <summary>What could point at one person. A help and no proof: a person looks at each, and at the whole.</summary>
    /// <param name="card">The card.</param>
    /// <param name="telling">Functions, departments and places of the case.</param>
    public static IReadOnlyList<TraceWarning> Warnings(CaseCard card, IReadOnlyList<string> telling)
    {
        var warnings = new List<TraceWarning>();
        foreach (var (place, text) in ((string, string)[])[("samenvatting", card.Summary), ("afwijking", card.Deviation ?? "")])
        {
            Add(place, text, Dates(), "een dag of maand");
            Add(place, text, Amounts(), "een bedrag of aantal");
            Add(place, text, Only(), "een woord dat zegt dat er maar één van is");
            Add(place, text, Offices(), "een ambt dat één mens heeft");
            Add(place, text, Capitals(), "een naam van een plaats, afdeling of bedrijf");
            foreach (var word in telling.Where(word => word.Length >= 4 && text.Contains(word, StringComparison.OrdinalIgnoreCase))) warnings.Add(new(place, "een functie, afdeling of plaats uit het dossier", word));
            // Also a part of it: "zwembad" of "kassabeheerder zwembad De Plas".
            foreach (var part in telling.SelectMany(word => Words().Matches(word).Select(match => match.Value)).Where(part => part.Length >= 6).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (text.Contains(part, StringComparison.OrdinalIgnoreCase)) warnings.Add(new(place, "een functie, afdeling of plaats uit het dossier", part));
            }
        }

        return [.. warnings.DistinctBy(warning => (warning.Place, warning.Text.ToUpperInvariant()))];

        void Add(string place, string text, Regex pattern, string what)
        {
            foreach (Match match in pattern.Matches(text)) warnings.Add(new(place, what, match.Groups["t"] is { Success: true } group ? group.Value : match.Value));
        }
    }

    private static Refusal Missing(string what, string field) => Wrong(field, $"Op de kaart ontbreekt {what}.", "Zonder dat is de zaak niet te vergelijken.", "Vul het aan.");

    private static Refusal Wrong(string field, string what, string why, string now) => new(what, why, now) { Subject = field };

    [GeneratedRegex(@"\b\d{1,2}[-/ ]\d{1,2}[-/ ]\d{2,4}\b|\b(19|20)\d\d\b|\b(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b|\b(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)(en|s)?\b|\b(kerst|pasen|koningsdag|carnaval|nieuwjaar)\w*", Options, 1000)]
    private static partial Regex Dates();

    [GeneratedRegex(@"€\s?[\d.,]+|\b\d[\d.,]*\s*(euro|eur)\b|\b\d{2,}([.,]\d+)*\b", Options, 1000)]
    private static partial Regex Amounts();

    [GeneratedRegex(@"\b(enige|enigste|als enige|unieke?|bekende?|landelijk|in de krant|persbericht)\b", Options, 1000)]
    private static partial Regex Only();

    [GeneratedRegex(@"\b(burgemeester|gemeentesecretaris|griffier|loco-\w+|directeur|concerncontroller|fractievoorzitter)\b", Options, 1000)]
    private static partial Regex Offices();

    [GeneratedRegex(@"\b(straf)?ontsla(g|gen)\b|\bberisp\w*|\bgewaarschuwd\b|\bwaarschuwing(en)?\b|\b(ge)?schors(t|ing)\b|\b(over|terug)(ge)?plaats(t|ing)\b|\bmaatregel(en)?\b|\bdisciplinaire?\b|\binhouding\b", Options, 1000)]
    private static partial Regex Measures();

    // A capital that does not begin a sentence.
    [GeneratedRegex(@"(?<=[\p{Ll},;:] )(?<t>\p{Lu}[\p{L}'-]+( \p{Lu}[\p{L}'-]+)*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capitals();

    [GeneratedRegex(@"\p{L}+", Options, 1000)]
    private static partial Regex Words();
}
