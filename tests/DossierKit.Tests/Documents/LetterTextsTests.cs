using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Tests.Documents;

/// <summary>
/// Every letter and report up to the onderzoek as its reader gets it, of one case, with good answers: readable in a diff. DOSSIERKIT_WRITE_EXPECTED=1 rewrites the files.
/// </summary>
public class LetterTextsTests
{
    private static readonly (string, string)[] Office =
    [
        ("brief.datum", "2026-03-12"), ("contact.telefoon", "(0999) 12 34 56"), ("contact.email", "integriteit@waterlanden.example"),
    ];

    private static readonly Dictionary<string, (string Path, string Answer)[]> Answers = new(StringComparer.Ordinal)
    {
        ["ontvangstbevestiging"] = [],
        ["intakeverslag"] = [("intakeverslag.identiteit", "Nee. De melder wil niet dat zijn naam bekend wordt.")],
        ["niet-onderzoekswaardig"] =
        [
            ("niet-onderzoekswaardig.reden", "Het gaat om afspraken over werktijden. Dat is geen mogelijke schending van de integriteit."),
            ("niet-onderzoekswaardig.verwijzing", "U kunt hierover praten met uw leidinggevende, of met een andere vertrouwenspersoon."),
        ],
        ["onderzoeksopdracht"] =
        [
            ("onderzoeksopdracht.bevoegdheden", "De onderzoekers mogen de inkoopdossiers van 2024 en 2025 inzien."),
            ("onderzoeksopdracht.grenzen", "Het onderzoek gaat over 2024 en 2025. Privételefoons vallen erbuiten."),
            ("onderzoeksopdracht.capaciteit", "Twee onderzoekers, samen 120 uur."), ("onderzoeksopdracht.kosten", "Ten hoogste € 14.500."),
        ],
        ["aanvullende-opdracht"] =
        [
            ("aanvullende-opdracht.wat", "De onderzoekers zoeken ook uit of er in 2023 opdrachten aan hetzelfde bedrijf zijn gegeven."),
            ("aanvullende-opdracht.waarom", "Er is een factuur uit 2023 gevonden die niet bij een opdracht hoort."),
            ("aanvullende-opdracht.methoden", "raadplegen van logbestanden van het inkoopsysteem"), ("aanvullende-opdracht.duur", "Het onderzoek duurt naar verwachting drie weken langer."),
        ],
        ["besluit-directeurenteam"] = [],
        ["uitnodiging-gesprek"] =
        [
            ("uitnodiging-gesprek.doel", "Wij willen u horen als betrokkene."), ("uitnodiging-gesprek.duur", "Het gesprek duurt ongeveer anderhalf uur."), ("uitnodiging-gesprek.opname", "nee"),
            ("uitnodiging.datum", "2026-03-18"), ("uitnodiging.tijd", "10.00 uur"), ("uitnodiging.plaats", "Gemeentehuis, spreekkamer 4"),
        ],
        ["ordemaatregel"] =
        [
            ("ordemaatregel.duur", "De maatregel gaat in op 6 maart 2026 en duurt tot en met 30 april 2026."), ("ordemaatregel.gehoord", "Ja, op 5 maart 2026. U zei dat u de maatregel begrijpt."),
            ("ordemaatregel.reden", "In deze systemen staan gegevens die voor het onderzoek nodig zijn."),
        ],
        ["voortgangsbericht"] = [("voortgangsbericht.stand", "De onderzoekers hebben de dossiers gelezen."), ("voortgangsbericht.vervolg", "Daarna volgen de gesprekken.")],
        ["registratieformulier"] =
        [
            ("registratieformulier.afdoening", "nog niet afgedaan"), ("registratieformulier.samenhang", "Geen andere betrokkenen."), ("registratieformulier.eerder", "nee"),
        ],
        ["bijlagenlijst"] = [],
    };

    public static TheoryData<string> Kinds => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Make_WithGoodAnswers_GivesTheExpectedText(string kind)
    {
        var made = await MakeAsync(kind);
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_KEEP") is { } folder) File.WriteAllBytes(Path.Combine(folder, made.FileName), made.Bytes.ToArray());
        SampleCase.ShouldBeExpected(SampleCase.Body(made.Bytes), $"{kind}.txt");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Make_ForAnyoneButTheMelder_NamesNoMelder(string kind)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var texts = DocumentRendering.TextsOf(await MakeAsync(kind));
        texts.ShouldAllBe(text => !text.Text.Contains("Kwelderhof", StringComparison.OrdinalIgnoreCase) && !text.Text.Contains("Wierdijkje", StringComparison.OrdinalIgnoreCase));
        if (sample.Protocol.FindDocument(kind)?.Addressees.Contains("melder", StringComparer.Ordinal) != true)
            texts.ShouldAllBe(text => !text.Text.Contains("Waterdrieblad", StringComparison.OrdinalIgnoreCase), "the vertrouwenspersoon's name would tell how it came in");
    }

    /// <summary>
    /// What only one protocol says stands in no other's letter: a term, a right, who pays, who may come along. The same case, the same answers, four protocols.
    /// </summary>
    [Theory]
    [InlineData("kennisgeving", "heerlen")]
    [InlineData("kennisgeving", "heerenveen")]
    [InlineData("kennisgeving", "ommen")]
    [InlineData("uitnodiging-gesprek", "heerlen")]
    [InlineData("uitnodiging-gesprek", "heerenveen")]
    [InlineData("uitnodiging-gesprek", "ommen")]
    [InlineData("ontvangstbevestiging", "heerenveen")]
    [InlineData("niet-onderzoekswaardig", "ommen")]
    [InlineData("onderzoeksopdracht", "heerenveen")]
    [InlineData("onderzoeksopdracht", "ommen")]
    [InlineData("voortgangsbericht", "ommen")]
    public async Task Make_UnderAnotherProtocol_SaysWhatThatProtocolSays(string kind, string protocol)
        => SampleCase.ShouldBeExpected(SampleCase.Body((await MakeAsync(kind, protocol)).Bytes), $"{kind}-{protocol}.txt");

    private static async Task<AssembledDocument> MakeAsync(string kind, string protocol = "waterlanden")
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).Under(protocol).With(Events(kind));
        var known = sample.Protocol.FindDocument(kind)?.Elements.Select(element => element.Id).ToHashSet(StringComparer.Ordinal);
        var answers = Office.Concat(Answers.GetValueOrDefault(kind) ?? []).Aggregate(DocumentAnswers.None, (all, answer) => all.With(answer.Item1, answer.Item2));

        // Another protocol knows fewer elements; what it does not know is not answered, so that its silence is seen. A few it asks beyond the home protocol are.
        foreach (var path in answers.All.Keys.Where(path => path.StartsWith($"{kind}.", StringComparison.Ordinal) && known?.Contains(path) == false).ToList()) answers = answers.With(path, null);
        if (known?.Contains("kennisgeving.onderzoekers") == true) answers = answers.With("kennisgeving.onderzoekers", "ja");
        var made = sample.Make(kind, new AssemblyRequest { OwnAnswers = answers });
        made.Refusals.ShouldBeEmpty();
        return made.Value;
    }

    private static DossierEvent[] Events(string kind) => kind switch
    {
        "besluit-directeurenteam" =>
        [
            new OpdrachtSubmitted { Date = new DateOnly(2026, 2, 17), To = [new("verantwoordelijke")], Summary = "Onderzoek naar nevenwerk." },
            new DirectorsDecided
            {
                Date = new DateOnly(2026, 2, 18), IsAgreed = true, Considerations = "In drie eerdere zaken over nevenwerk kwam er ook een onderzoek.",
                Conditions = "Begin met de dossiers.\nZorg voor een vast aanspreekpunt.", Directors = [new("verantwoordelijke")],
            },
        ],
        "bijlagenlijst" => [.. new[] { "Factuur 2025-0914", "Notitie opdrachten groenonderhoud" }.Select((title, index) => new FileAdded
        {
            Date = new DateOnly(2026, 3, 2),
            File = new DossierFile
            {
                Id = new FileId(OpaqueId.Random()), Name = $"stuk-{index + 1}.pdf", Title = title, Kind = FileKind.Evidence, Compartment = Compartment.Onderzoek, Date = new DateOnly(2026, 3, 2),
                Length = 1, Sha256 = new string((char)('a' + index), 64),
            },
        })],
        _ => [],
    };
}
