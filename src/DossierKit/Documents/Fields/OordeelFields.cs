using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>How it ended for the betrokkene it is about: oordeel, maatregel, closing, what was done to set things right. Never another betrokkene's.</summary>
internal sealed class OordeelFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Day("oordeel.datum", "dag van het oordeel", Knowledge.Oordeel),
        LetterField.Maybe("oordeel.woord", "gegrond, deels gegrond of ongegrond", Knowledge.Oordeel),
        LetterField.Flag("oordeel.gegrond", "de melding is gegrond of deels gegrond", Knowledge.Oordeel),
        LetterField.Maybe("oordeel.doorWie", "wie het oordeel gaf, als functie; kan leeg zijn", Knowledge.Oordeel),
        LetterField.Maybe("oordeel.motivering", "de redenen van het oordeel", Knowledge.Oordeel),
        LetterField.Maybe("oordeel.verwijtbaarheid", "hoe verwijtbaar het is; kan leeg zijn", Knowledge.Oordeel),
        LetterField.Maybe("oordeel.omstandigheden", "wat zwaarder en wat lichter weegt; kan leeg zijn", Knowledge.Oordeel),
        LetterField.Day("maatregel.datum", "dag van de maatregel", Knowledge.Maatregel),
        LetterField.Maybe("maatregel.omschrijving", "welke maatregel is genomen; kan leeg zijn", Knowledge.Maatregel),
        LetterField.Maybe("maatregel.grondslag", "op welke grond; kan leeg zijn", Knowledge.Maatregel),
        LetterField.Maybe("maatregel.opgelegdDoor", "wie de maatregel oplegde, als functie", Knowledge.Maatregel),
        LetterField.Day("sluiting.datum", "dag waarop het dossier is gesloten"),
        LetterField.Maybe("sluiting.afloop", "hoe de zaak eindigde", Knowledge.Oordeel),
        LetterField.Flag("nazorg.aangeboden", "aan deze lezer is nazorg aangeboden"),
        LetterField.Maybe("eerherstel.wijze", "hoe de goede naam van de betrokkene is hersteld; kan leeg zijn", Knowledge.Oordeel),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("beslisdocument.oordeel", "oordeel.motivering") { IsSame = true, Needs = Knowledge.Oordeel },
        new("beslisdocument.verwijtbaarheid", "oordeel.verwijtbaarheid") { IsSame = true, Needs = Knowledge.Oordeel },
        new("beslisdocument.omstandigheden", "oordeel.omstandigheden") { IsSame = true, Needs = Knowledge.Oordeel },
        new("strafbesluit.rechtsgrond", "maatregel.grondslag") { IsSame = true, Needs = Knowledge.Maatregel },
        new("strafbesluit.straf", "maatregel.omschrijving") { IsSame = true, Needs = Knowledge.Maatregel },
        new("afsluitbericht.uitkomst") { Needs = Knowledge.Oordeel },
        new("afsluitbericht.conclusie") { Needs = Knowledge.Oordeel },
        new("afsluitbericht.maatregel") { Needs = Knowledge.Maatregel },
        new("afsluitbericht.maatregelen") { Needs = Knowledge.Maatregel },
        new("afsluitbericht.eerherstel", "eerherstel.wijze")
        {
            IsSame = true, Needs = Knowledge.Oordeel,
            Applies = given => given.Reader is null || given.Reader != given.About ? false : given.State.All<EerherstelGiven>().Any(eerherstel => eerherstel.Betrokkene == given.About) ? true : null,
        },
    ];

    public void Add(FieldContext context)
    {
        var state = context.State;
        if (state.Last<DossierClosed>() is { } closed)
        {
            context.Put("sluiting.datum", closed.Date, closed.Name);
            context.Put("sluiting.afloop", OutcomeWord(closed.Outcome), closed.Name);
        }

        context.Put("nazorg.aangeboden", state.All<AftercareOffered>().Any(offered => offered.To == context.Addressee.Person), EventNames.NazorgAangeboden);
        if (context.About is not { } about) return;
        if (state.All<OordeelGiven>().LastOrDefault(given => given.Betrokkene == about.Id) is { } oordeel)
        {
            context.Put("oordeel.datum", oordeel.Date, oordeel.Name);
            context.Put("oordeel.woord", OordeelWord(oordeel.Oordeel), oordeel.Name);
            context.Put("oordeel.gegrond", oordeel.Oordeel != Oordeel.Ongegrond, oordeel.Name);
            context.Put("oordeel.doorWie", context.OfficeOf(oordeel.Office, oordeel.JudgedBy, oordeel.Date), oordeel.Name);
            context.Put("oordeel.motivering", oordeel.Reasons, oordeel.Name);
            context.Put("oordeel.verwijtbaarheid", oordeel.Blame, oordeel.Name);
            context.Put("oordeel.omstandigheden", oordeel.Circumstances, oordeel.Name);
        }

        if (state.All<MaatregelTaken>().LastOrDefault(taken => taken.Betrokkene == about.Id) is { } measure)
        {
            context.Put("maatregel.datum", measure.Date, measure.Name);
            context.Put("maatregel.omschrijving", measure.Measure, measure.Name);
            context.Put("maatregel.grondslag", measure.Basis, measure.Name);
            context.Put("maatregel.opgelegdDoor", context.OfficeOf(measure.Office, measure.ImposedBy, measure.Date), measure.Name);
        }

        if (state.All<EerherstelGiven>().LastOrDefault(given => given.Betrokkene == about.Id) is { } eerherstel) context.Put("eerherstel.wijze", eerherstel.Manner, eerherstel.Name);
    }

    public static string OordeelWord(Oordeel oordeel) => oordeel switch
    {
        Oordeel.Gegrond => "gegrond",
        Oordeel.DeelsGegrond => "deels gegrond",
        _ => "ongegrond",
    };

    private static string OutcomeWord(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Completed => "het onderzoek is afgerond",
        CaseOutcome.BrokenOff => "het onderzoek is afgebroken",
        CaseOutcome.NoInquiry => "er is geen onderzoek gedaan",
        _ => "de zaak is op een andere manier opgepakt",
    };
}
