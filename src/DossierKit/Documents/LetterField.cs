namespace DossierKit.Documents;

/// <summary>Where the value of a field comes from.</summary>
public enum FieldSource
{
    /// <summary>The settings of the municipality.</summary>
    Municipality,

    /// <summary>The protocol of the case.</summary>
    Protocol,

    /// <summary>A person in the case.</summary>
    Person,

    /// <summary>Something that happened in the case.</summary>
    Event,

    /// <summary>What somebody filled in for this document.</summary>
    Answer,
}

/// <summary>
/// A field every template can use. The fields of elements are not here: an element's own field is its id, such as <c>kennisgeving.gedraging</c>.
/// </summary>
/// <param name="Path">The path, such as <c>contact.telefoon</c>; within a list <c>onderzoekers.naam</c> is <c>naam</c> of one item.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Meaning">What it is, Dutch, for the makers of templates.</param>
internal sealed record LetterField(string Path, TemplateDataKind Kind, FieldSource Source, string Meaning)
{
    /// <summary>What the addressee must be allowed to know; <see langword="null"/>: nothing in particular.</summary>
    public Knowledge? Needs { get; init; }

    /// <summary>What to ask the user; <see langword="null"/> when an answer is not accepted.</summary>
    public string? Question { get; init; }

    /// <summary>What to write, Dutch.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the document can do without it: then it is empty, not absent.</summary>
    public bool Optional { get; init; }

    /// <summary>All fields, in the order of the README of the templates.</summary>
    public static IReadOnlyList<LetterField> All { get; } =
    [
        Text("gemeente.naam", FieldSource.Municipality, "naam van de gemeente, zonder het woord ‘gemeente’"),
        Text("gemeente.straat", FieldSource.Municipality, "postadres: straat en nummer, of postbus"),
        Text("gemeente.postcode", FieldSource.Municipality, "postadres: postcode"),
        Text("gemeente.plaats", FieldSource.Municipality, "postadres: plaats"),
        new("brief.datum", TemplateDataKind.Date, FieldSource.Answer, "datum van de brief")
        {
            Question = "Welke datum komt op de brief?", Hint = "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2026-03-09.",
        },
        Text("brief.kenmerk", FieldSource.Event, "kenmerk: het nummer van het dossier"),
        Text("geadresseerde.naam", FieldSource.Person, "naam van de ontvanger, zoals op de envelop"),
        Text("geadresseerde.aanhef", FieldSource.Person, "aanhef, bijvoorbeeld ‘Geachte heer Van Rietland’"),
        Text("geadresseerde.straat", FieldSource.Person, "adres van de ontvanger: straat en nummer"),
        Text("geadresseerde.postcode", FieldSource.Person, "adres van de ontvanger: postcode"),
        Text("geadresseerde.plaats", FieldSource.Person, "adres van de ontvanger: plaats"),
        Text("geadresseerde.perAdres", FieldSource.Person, "naam van de gemachtigde, als de brief via een gemachtigde gaat; anders leeg. Het adres is dan dat van de gemachtigde"),
        Text("betrokkene.naam", FieldSource.Person, "naam van de betrokkene om wie het gaat"),
        Text("betrokkene.functie", FieldSource.Person, "functie van de betrokkene; kan leeg zijn"),
        Text("betrokkene.afdeling", FieldSource.Person, "afdeling van de betrokkene; kan leeg zijn"),
        Text("melder.naam", FieldSource.Person, "naam van de melder; alleen in een brief aan de melder zelf") with { Needs = Knowledge.Melder },
        Text("onderzoek.opdrachtgever", FieldSource.Event, "wie de opdracht gaf, als functie", Knowledge.Opdracht),
        new("onderzoek.opdrachtdatum", TemplateDataKind.Date, FieldSource.Event, "datum van de opdracht") { Needs = Knowledge.Opdracht },
        Text("onderzoek.duur", FieldSource.Event, "hoe lang het onderzoek naar verwachting duurt; kan leeg zijn", Knowledge.Opdracht) with { Optional = true },
        Text("onderzoek.gedraging", FieldSource.Event, "de gedraging uit de opdracht, zoals de betrokkene die te lezen krijgt", Knowledge.Gedraging),
        List("onderzoek.vragen", "de onderzoeksvragen", Knowledge.Onderzoeksvragen),
        List("onderzoek.methoden", "de methoden van het onderzoek", Knowledge.Onderzoeksvragen),
        List("onderzoekers", "de onderzoekers die nu zijn aangewezen", Knowledge.Onderzoekers),
        Text("onderzoekers.naam", FieldSource.Person, "naam van de onderzoeker", Knowledge.Onderzoekers),
        Text("onderzoekers.functie", FieldSource.Person, "functie van de onderzoeker", Knowledge.Onderzoekers),
        Text("onderzoekers.organisatie", FieldSource.Person, "bureau van een externe onderzoeker; anders leeg", Knowledge.Onderzoekers),
        List("ordemaatregelen", "de ordemaatregelen die nu voor de betrokkene gelden", Knowledge.Ordemaatregelen),
        Text("ordemaatregelen.omschrijving", FieldSource.Event, "wat de maatregel inhoudt", Knowledge.Ordemaatregelen),
        new("ordemaatregelen.ingang", TemplateDataKind.Date, FieldSource.Event, "vanaf wanneer") { Needs = Knowledge.Ordemaatregelen },
        new("ordemaatregelen.einde", TemplateDataKind.Date, FieldSource.Event, "tot en met wanneer; kan leeg zijn") { Needs = Knowledge.Ordemaatregelen },
        List("geinformeerden", "wie van het onderzoek weten, als functies", Knowledge.Geinformeerden),
        new("contact.naam", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: naam")
        {
            Question = "Bij wie kan de ontvanger terecht met vragen?", Hint = "Schrijf aanspreking en naam, bijvoorbeeld: mevrouw H. Plassenberg.",
        },
        new("contact.functie", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: functie")
        {
            Question = "Wat is de functie van die persoon?", Hint = "Bijvoorbeeld: functionaris integriteit.",
        },
        new("contact.telefoon", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: telefoonnummer")
        {
            Question = "Op welk telefoonnummer is die persoon te bereiken?", Hint = "Geef een nummer waar de ontvanger direct iemand spreekt die van de zaak mag weten.",
        },
        new("contact.email", TemplateDataKind.Text, FieldSource.Answer, "bij wie de ontvanger terechtkan: e-mailadres")
        {
            Question = "Op welk e-mailadres is die persoon te bereiken?", Hint = "Geef een adres dat alleen de functionaris integriteit leest.",
        },
        new("ondertekenaar.naam", TemplateDataKind.Text, FieldSource.Municipality, "naam van wie de brief ondertekent")
        {
            Question = "Wie ondertekent de brief?", Hint = "Laat dit leeg als de vaste ondertekenaar van de gemeente tekent.",
        },
        new("ondertekenaar.functie", TemplateDataKind.Text, FieldSource.Municipality, "functie van wie de brief ondertekent")
        {
            Question = "Wat is de functie van de ondertekenaar?", Hint = "Laat dit leeg als de vaste ondertekenaar van de gemeente tekent.",
        },
        new("bijlagen", TemplateDataKind.List, FieldSource.Answer, "titels van de bijlagen; kan leeg zijn")
        {
            Question = "Welke bijlagen gaan mee?", Hint = "Noem van elke bijlage de titel. Laat het leeg als er geen zijn.", Optional = true,
        },
        Text("protocol.titel", FieldSource.Protocol, "officiële titel van het protocol"),
    ];

    /// <summary>The field of a path without regard to case, or <see langword="null"/>.</summary>
    public static LetterField? Find(string path) => All.FirstOrDefault(field => field.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    private static LetterField Text(string path, FieldSource source, string meaning, Knowledge? needs = null)
        => new(path, TemplateDataKind.Text, source, meaning) { Needs = needs };

    private static LetterField List(string path, string meaning, Knowledge needs)
        => new(path, TemplateDataKind.List, FieldSource.Event, meaning) { Needs = needs };
}
