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
    ];

    public void Add(FieldContext context)
    {
        if (context.About is not { } about) return;
        var all = context.State.All<RegistrationUpdated>().Where(updated => updated.Betrokkene == about.Id).ToList();
        if (all.Count == 0) return;
        const string From = EventNames.RegistratieBijgewerkt;
        context.Put("registratie.datum", all[^1].Date, From);

        // What was not said again stays as it was.
        context.Put("registratie.typen", FieldContext.Texts((all.LastOrDefault(one => one.Types.Count > 0)?.Types ?? []).Select(MeldingFields.TypeWord)), From);
        context.Put("registratie.kanaal", all.LastOrDefault(one => one.Channel is not null)?.Channel is { } channel ? MeldingFields.ChannelWord(channel) : null, From);
        context.Put("registratie.beoordeling", all.LastOrDefault(one => one.Assessment is not null)?.Assessment is { } assessment ? AssessmentWord(assessment) : null, From);
        context.Put("registratie.afdoening", all.LastOrDefault(one => one.Disposition is not null)?.Disposition is { } disposition ? DispositionWord(disposition) : null, From);
        context.Put("registratie.herhalingVan", all.LastOrDefault(one => one.RepeatOf is not null)?.RepeatOf?.Value, From);
        context.Put("registratie.eerderOordeel", all.LastOrDefault(one => one.EarlierOordeel is not null)?.EarlierOordeel is { } oordeel ? OordeelFields.OordeelWord(oordeel) : null, From);
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
