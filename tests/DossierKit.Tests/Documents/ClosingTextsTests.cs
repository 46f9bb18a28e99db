using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>
/// Every report and letter from the first conversation to the end, as its reader gets it, under the protocol that asks most of it; readable in a diff.
/// DOSSIERKIT_WRITE_EXPECTED=1 rewrites the files; DOSSIERKIT_KEEP=FOLDER keeps the documents to look at.
/// </summary>
public class ClosingTextsTests
{
    private sealed record Letter(string Protocol, string Kind, AssemblyRequest Request)
    {
        public bool IsOld { get; init; }
    }

    private static readonly Dictionary<string, Letter> Letters = new(StringComparer.Ordinal)
    {
        ["gespreksverslag-waterlanden"] = new("waterlanden", "gespreksverslag", Of(
            ("gespreksverslag.weergave", "De onderzoekers leggen uit waar het gesprek over gaat.\nVraag: Sinds wanneer werkt u voor Groenwerk Zonnedauw?\nAntwoord: Sinds het voorjaar van 2025, op zaterdagen.\nVraag: Hebt u dat gemeld?\nAntwoord: Nee. Ik dacht dat het niet hoefde, omdat het weinig uren zijn."),
            ("gespreksverslag.opname", "nee")) with
        { Conversation = "gesprek-2" }),
        ["gespreksverslag-heerenveen"] = new("heerenveen", "gespreksverslag", Of(
            ("gespreksverslag.weergave", "De getuige werkt sinds 2019 bij Inkoop.\nHij ziet de bestelbonnen als de factuur binnenkomt. Bij drie bonnen stond dezelfde naam."),
            ("gespreksverslag.anonieme-verklaring", "nee"), ("gespreksverslag.afwijkende-mening", "nee"), ("gespreksverslag.weigering", "nee")) with
        { Conversation = "gesprek-1" }),
        ["gespreksverslag-ommen"] = new("ommen", "gespreksverslag", Of(
            ("gespreksverslag.weergave", "De getuige ziet de bestelbonnen als de factuur binnenkomt."), ("gespreksverslag.afwijkende-mening", "nee")) with
        { Conversation = "gesprek-1" }),
        ["verantwoordingsverslag"] = new("heerenveen", "verantwoordingsverslag", Of(
            ("verantwoordingsverslag.aanwezigen", "de gemeentesecretaris\nde teamleider Groen\neen adviseur personeel en organisatie\nde heer J. van Schelpenwaard en zijn raadsvrouw"),
            ("verantwoordingsverslag.doel", "In de brief van 24 april staat dat het gesprek dient om verantwoording af te leggen. Dat is aan het begin herhaald."),
            ("verantwoordingsverslag.weigering", "nee")) with
        { Betrokkene = new("betrokkene-1") }),
        ["wederhoor-waterlanden"] = new("waterlanden", "wederhoor", Of(("wederhoor.feiten", Facts)) with { Betrokkene = new("betrokkene-1") }),
        ["wederhoor-ommen"] = new("ommen", "wederhoor", Of(("wederhoor.feiten", Facts)) with { Betrokkene = new("betrokkene-2") }),
        ["tenlastelegging"] = new("heerenveen", "tenlastelegging", Of(
            ("tenlastelegging.feiten", Facts), ("tenlastelegging.plichtsverzuim", "Nevenwerk moet worden gemeld (CAR/UWO artikel 15:1e). Dat is vermoedelijk niet gebeurd."),
            ("tenlastelegging.voornemen", "Een schriftelijke berisping (CAR/UWO artikel 16:1:2)."),
            ("tenlastelegging.uitnodiging", "Ik nodig u uit om verantwoording af te leggen. Dat mag in een gesprek of op papier. Het gesprek dient om uw kant van de zaak te horen voordat ik beslis.")) with
        { Betrokkene = new("betrokkene-1") })
        { IsOld = true },
        ["zienswijze"] = new("waterlanden", "zienswijze", Of(
            ("zienswijze.regels", "Nevenwerk moet worden gemeld (Ambtenarenwet 2017, artikel 8). Dat is vermoedelijk niet gebeurd."),
            ("zienswijze.uitnodiging", "U mag schrijven of langskomen. Wie schrijft, mag het daarna nog uitleggen.")) with
        { Betrokkene = new("betrokkene-1") }),
        ["feitenrapportage-waterlanden"] = new("waterlanden", "feitenrapportage", Of(Report)),
        ["feitenrapportage-ommen-betrokkene"] = new("ommen", "feitenrapportage", Of(
            ("feitenrapportage.resultaten", "In 2025 zijn drie opdrachten gegeven. Twee getuigen verklaren dat de bonnen zonder handtekening kwamen."), ("feitenrapportage.werkwijze", "De onderzoekers hebben gesprekken gevoerd en het inkoopsysteem bekeken.")) with
        { AddresseePerson = new("betrokkene-1") }),
        ["beslisdocument"] = new("waterlanden", "beslisdocument", Of(
            ("beslisdocument.samenvatting", "Het onderzoek laat zien dat de betrokkene nevenwerk deed en dat niet meldde.\nVoor de drie opdrachten zijn geen andere offertes gevraagd."),
            ("beslisdocument.advies", "Een lichte reactie past. Er is geen voordeel voor hemzelf gebleken."), ("beslisdocument.vervolg", "Bespreek in het team welke bijbanen gemeld moeten worden.")) with
        { Betrokkene = new("betrokkene-1") }),
        ["strafbesluit"] = new("heerenveen", "strafbesluit", Of(
            ("strafbesluit.straf", "U krijgt een schriftelijke berisping."), ("strafbesluit.feiten", Facts), ("strafbesluit.tegenwerpingen", "U zei dat u de regel niet kende. De regel staat in de brief bij uw aanstelling."),
            ("strafbesluit.evenredigheid", "De berisping is de lichtste straf. Zij past bij wat er is gebeurd."), ("strafbesluit.verzwarend", "uw functie als contractbeheerder"), ("strafbesluit.verminderend", "een schoon verleden\nu bent er zelf over begonnen"),
            ("strafbesluit.eerdere-zaken", "nee"), ("strafbesluit.voorwaarden", "nee"), ("strafbesluit.rechtsgrond", "CAR/UWO artikel 16:1:1 en 16:1:2.")) with
        { Betrokkene = new("betrokkene-1") })
        { IsOld = true },
        ["afsluitbericht-betrokkene"] = Closing("waterlanden", "betrokkene-1", ("afsluitbericht.uitkomst", "De melding is gegrond. U krijgt een schriftelijke waarschuwing. Daarover ontvangt u een apart besluit."), ("afsluitbericht.eerherstel", "nee")),
        ["afsluitbericht-betrokkene-ongegrond"] = Closing("waterlanden", "betrokkene-2", ("afsluitbericht.uitkomst", "De melding over u is ongegrond. U hebt niets verkeerd gedaan."), ("afsluitbericht.eerherstel", "De directeur vertelt in het teamoverleg dat u niets te verwijten valt.")),
        ["afsluitbericht-melder"] = Closing("waterlanden", "melder-2", ("afsluitbericht.uitkomst", "Uw melding was gegrond.")),
        ["afsluitbericht-melder-via-vertrouwenspersoon"] = Closing("heerlen", "melder-1"),
        ["afsluitbericht-melder-ommen"] = Closing("ommen", "melder-2", ("afsluitbericht.uitkomst", "Uw melding was terecht: er is een schending vastgesteld."), ("afsluitbericht.maatregelen", "De gemeente heeft een maatregel genomen tegen de persoon in kwestie.")),
        ["afsluitbericht-getuige"] = Closing("waterlanden", "getuige-2"),
        ["afsluitbericht-voorzitter-or"] = new("waterlanden", "afsluitbericht", Of() with { Addressee = "voorzitter-or" }),
        ["afsluitbericht-directeur"] = new("waterlanden-bpi", "afsluitbericht", Of(("afsluitbericht.uitkomst", "De melding over de heer Van Schelpenwaard is gegrond.")) with { Addressee = "verantwoordelijk-directeur", Betrokkene = new("betrokkene-1") }),
        ["afsluitbericht-leidinggevende"] = Closing("heerenveen", "leidinggevende-1", ("afsluitbericht.uitkomst", "Het bevoegd gezag heeft vastgesteld dat nevenwerk niet is gemeld.")),
    };

    private const string Facts = "U werkte in 2025 betaald voor Groenwerk Zonnedauw. Dat blijkt uit uw eigen verklaring en uit drie loonstroken.\nU vroeg in dat jaar drie opdrachten voor dit bedrijf aan. Dat blijkt uit het inkoopsysteem.";

    private static (string, string)[] Report =>
    [
        ("feitenrapportage.casus", "In februari 2026 kwam een signaal binnen over opdrachten voor groenonderhoud.\nDe opdrachten zijn van maart, juni en september 2025."),
        ("feitenrapportage.regels", "Ambtenarenwet 2017, artikel 8: nevenwerk melden\nInkoopbeleid Waterlanden, artikel 5: drie offertes"),
        ("feitenrapportage.werkwijze", "De onderzoekers hebben vijf gesprekken gevoerd, de inkoopdossiers gelezen en na toestemming in de e-mail gezocht."),
        ("feitenrapportage.resultaten", "Vraag 1. De betrokkene werkte in 2025 op zaterdagen voor het bedrijf (gesprek 2, loonstroken).\nVraag 2. In het personeelssysteem staat geen melding.\nVraag 3. De betrokkene vroeg drie opdrachten aan. Of hij ook over de prijs sprak, is niet vast te stellen."),
    ];

    public static TheoryData<string> Names => [.. Letters.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Make_WithGoodAnswers_GivesTheExpectedText(string name)
    {
        var made = await MakeAsync(Letters[name]);
        made.Refusals.ShouldBeEmpty();
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_KEEP") is { } folder) File.WriteAllBytes(Path.Combine(folder, $"{name}.docx"), made.Value.Bytes.ToArray());
        SampleCase.ShouldBeExpected(SampleCase.Body(made.Value.Bytes), $"{name}.txt");
    }

    private static async Task<Outcome<AssembledDocument>> MakeAsync(Letter letter)
    {
        var sample = await FullCase.ReadAsync(ProtocolLibrary.Shipped.Find(letter.Protocol, null)!);
        if (letter.IsOld) sample = sample.Changing<MeldingReceived>(melding => melding with { Date = new DateOnly(2012, 3, 5) });
        sample = sample.With(new FactEstablished { Date = new DateOnly(2026, 5, 28), Fact = FactNames.LeidinggevendeBetrokken, Value = "nee" });
        return sample.Make(letter.Kind, letter.Request);
    }

    private static Letter Closing(string protocol, string person, params (string, string)[] answers)
        => new(protocol, "afsluitbericht", Of(answers) with { AddresseePerson = new(person), Betrokkene = person == "betrokkene-2" ? new(person) : new PersonId("betrokkene-1") });

    private static AssemblyRequest Of(params (string Path, string Answer)[] answers) => new()
    {
        OwnAnswers = answers.Concat([("brief.datum", "2026-06-01"), ("contact.telefoon", "(0999) 12 34 56"), ("contact.email", "integriteit@waterlanden.example")])
            .Aggregate(DocumentAnswers.None, (all, answer) => all.With(answer.Item1, answer.Item2)),
    };
}
