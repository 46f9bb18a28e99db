using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The registration of the betrokkene it is about: every melding gets one, a repeat a new one.</summary>
internal sealed class RegistratieFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.List("registratie.typen", "soorten schending bij deze betrokkene", Knowledge.Beoordeling),
        LetterField.Maybe("registratie.kanaal", "waar het eerste signaal over deze betrokkene binnenkwam", Knowledge.Beoordeling),
        LetterField.Maybe("registratie.beoordeling", "uitkomst van de eerste beoordeling", Knowledge.Beoordeling),
        LetterField.Maybe("registratie.afdoening", "hoe het is afgedaan; kan leeg zijn", Knowledge.Oordeel),
        LetterField.Maybe("registratie.herhalingVan", "nummer van een eerder dossier over deze betrokkene; kan leeg zijn", Knowledge.Oordeel),
        LetterField.Maybe("registratie.eerderOordeel", "het oordeel in dat eerdere dossier; kan leeg zijn", Knowledge.Oordeel),
        LetterField.Day("registratie.datum", "dag waarop de registratie het laatst is bijgewerkt", Knowledge.Beoordeling),
        LetterField.Maybe("registratie.leidinggevende", "naam en functie van de leidinggevende van de betrokkene; kan leeg zijn", Knowledge.Betrokkenen, FieldSource.Person),
        LetterField.Maybe("registratie.melder", "of de melder bekend is, en hoe de melding binnenkwam; nooit een naam", Knowledge.Beoordeling),
        LetterField.Maybe("registratie.onderzoek", "wat voor onderzoek er is gedaan", Knowledge.Beoordeling),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("registratieformulier.betrokkene", "betrokkene.naam") { TakesAnswer = false, Needs = Knowledge.Betrokkenen, Advice = "Leg de betrokkene vast in het dossier (persoon-toegevoegd)." },
        new("registratieformulier.leidinggevende", "registratie.leidinggevende") { IsSame = true, Needs = Knowledge.Betrokkenen },
        new("registratieformulier.melder", "registratie.melder") { IsSame = true, Needs = Knowledge.Beoordeling },
        new("registratieformulier.beschrijving", "melding.omschrijving") { IsSame = true, Needs = Knowledge.Melding },
        new("registratieformulier.soorten", "registratie.typen") { IsSame = true, Needs = Knowledge.Beoordeling },
        new("registratieformulier.onderzoek", "registratie.onderzoek") { IsSame = true, Needs = Knowledge.Beoordeling },
        new("registratieformulier.afdoening", "registratie.afdoening") { IsSame = true, Needs = Knowledge.Oordeel },
        new("registratieformulier.eerder", "registratie.herhalingVan") { IsSame = true, Needs = Knowledge.Oordeel },
    ];

    public void Add(FieldContext context)
    {
        if (context.About is not { } about) return;
        AddKnown(context, about);
        var all = context.State.All<RegistrationUpdated>().Where(updated => updated.Betrokkene == about.Id).ToList();
        if (all.Count == 0) return;
        const string From = EventNames.RegistratieBijgewerkt;
        context.Put("registratie.datum", all[^1].Date, From);

        // What was not said again stays as it was.
        if (all.LastOrDefault(one => one.Types.Count > 0) is { } typed) context.Put("registratie.typen", FieldContext.Texts(typed.Types.Select(MeldingFields.TypeWord)), From);
        context.Put("registratie.kanaal", all.LastOrDefault(one => one.Channel is not null)?.Channel is { } channel ? MeldingFields.ChannelWord(channel) : null, From);
        context.Put("registratie.beoordeling", all.LastOrDefault(one => one.Assessment is not null)?.Assessment is { } assessment ? AssessmentWord(assessment) : null, From);
        context.Put("registratie.afdoening", all.LastOrDefault(one => one.Disposition is not null)?.Disposition is { } disposition ? DispositionWord(disposition) : null, From);
        context.Put("registratie.herhalingVan", all.LastOrDefault(one => one.RepeatOf is not null)?.RepeatOf?.Value, From);
        context.Put("registratie.eerderOordeel", all.LastOrDefault(one => one.EarlierOordeel is not null)?.EarlierOordeel is { } oordeel ? OordeelFields.OordeelWord(oordeel) : null, From);
    }

    /// <summary>What the dossier says before anybody filled in a form.</summary>
    private static void AddKnown(FieldContext context, CasePerson about)
    {
        var state = context.State;
        if (state.Melding is { } melding)
        {
            context.Put("registratie.typen", FieldContext.Texts(melding.Types.Select(MeldingFields.TypeWord)), melding.Name);
            var who = melding.Form switch
            {
                MelderForm.Anoniem => "De melder is niet bekend.",
                MelderForm.Vertrouwelijk => "De melder heeft vertrouwelijk gemeld.",
                _ => "De melder is bekend.",
            };
            context.Put("registratie.melder", $"{who} De melding kwam binnen {MeldingFields.ChannelWord(melding.Channel)}.", melding.Name);
        }

        var inquiry = (state.Opdracht, state.All<OnderzoekerAppointed>().Any(appointed => appointed.IsExternal)) switch
        {
            ({ IsExternal: true }, _) or ({ }, true) => "een feitenonderzoek, (ook) door een onderzoeker van buiten",
            ({ }, false) => "een feitenonderzoek door eigen onderzoekers",
            _ when state.Last<PreliminaryInquiryDone>() is not null => "alleen een vooronderzoek",
            _ => "geen onderzoek",
        };
        context.Put("registratie.onderzoek", inquiry, null);
        var above = state.Persons.Where(person => person.Role == CaseRole.Leidinggevende && (person.Of is null || person.Of == about.Id) && context.MayName(person)).ToList();
        if (above.Count > 0)
            context.Put("registratie.leidinggevende", string.Join("; ", above.Select(person => string.Join(", ", new[] { PersonNames.InSentence(person), person.Function }.OfType<string>()))), null, FieldSource.Person);
    }

    private static string AssessmentWord(AssessmentOutcome outcome) => outcome switch
    {
        AssessmentOutcome.NotAdmissible => "niet-ontvankelijk",
        AssessmentOutcome.NothingWrong => "geen of een gering feit",
        AssessmentOutcome.TooLittle => "onvoldoende aanwijzingen",
        AssessmentOutcome.OtherRoute => "een ander traject",
        AssessmentOutcome.Aangifte => "aangifte",
        _ => "onderzoek",
    };

    private static string DispositionWord(Disposition disposition) => disposition switch
    {
        Disposition.None => "zonder gevolg",
        Disposition.Warning => "gesprek of waarschuwing",
        Disposition.Measure => "maatregel",
        Disposition.Left => "de betrokkene is vertrokken",
        _ => "anders",
    };
}
