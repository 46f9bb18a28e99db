using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The melding and the intake. A melder reads of his own melding only.</summary>
internal sealed class MeldingFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Day("melding.datum", "dag waarop de melding is ontvangen", Knowledge.Melding),
        LetterField.Maybe("melding.kanaal", "waar de melding binnenkwam, bijvoorbeeld ‘bij de vertrouwenspersoon’", Knowledge.Melding),
        LetterField.Maybe("melding.aard", "integriteitsschending, misstand of klacht", Knowledge.Melding),
        LetterField.Maybe("melding.vorm", "open, vertrouwelijk of anoniem", Knowledge.Melding),
        LetterField.Maybe("melding.omschrijving", "wat er is gemeld", Knowledge.Melding),
        LetterField.List("melding.typen", "soorten schending waar de melding over gaat", Knowledge.Melding),
        LetterField.Maybe("melding.beoordeling", "hoe de melding is beoordeeld, met de redenen", Knowledge.Beoordeling),
        LetterField.Maybe("melding.advies", "het advies bij de beoordeling van de melding", Knowledge.Beoordeling),
        LetterField.Day("melding.beoordeeldOp", "dag waarop de melding is beoordeeld", Knowledge.Beoordeling),
        LetterField.Day("intake.datum", "dag van het intakegesprek met de melder", Knowledge.Melder),
        LetterField.Maybe("intake.plaats", "waar het intakegesprek was", Knowledge.Melder),
        LetterField.Maybe("intake.samenvatting", "wat de melder vertelde, kort", Knowledge.Melder),
        LetterField.Maybe("intake.correcties", "wat de melder in het intakeverslag heeft verbeterd", Knowledge.Melder),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("ontvangstbevestiging.ontvangst", "melding.datum")
        {
            TakesAnswer = false, Needs = Knowledge.Melding, Advice = "Leg de melding vast in het dossier (melding-ontvangen).",
        },
        new("intakeverslag.weergave", "intake.samenvatting") { IsSame = true, Needs = Knowledge.Melder },
    ];

    public void Add(FieldContext context)
    {
        var (state, reader) = (context.State, context.Reader is { Role: CaseRole.Melder } melder ? melder : null);
        var melding = reader is null ? state.Melding : state.All<MeldingReceived>().FirstOrDefault(received => received.Melders.Contains(reader.Id)) ?? OfTheOnlyMelder(state, reader);

        // A melder who joined an existing signaal is not to read what another melder wrote.
        if (melding is null && reader is not null && state.All<SignaalLinked>().FirstOrDefault(linked => linked.Melders.Contains(reader.Id)) is { } joined)
            context.Put("melding.datum", joined.Date, EventNames.SignaalGekoppeld);
        if (melding is not null)
        {
            const string From = EventNames.MeldingOntvangen;
            context.Put("melding.datum", melding.Date, From);
            context.Put("melding.kanaal", ChannelWord(melding.Channel), From);
            context.Put("melding.aard", JsonWord(melding.Nature), From);
            context.Put("melding.vorm", JsonWord(melding.Form), From);
            if (reader is null || melding.Melders.Count == 1 || state.Melders.Count == 1) context.Put("melding.omschrijving", melding.Description, From);
            context.Put("melding.typen", FieldContext.Texts(melding.Types.Select(TypeWord)), From);
        }

        if (state.Last<CriteriaWeighed>() is { } weighed)
        {
            context.Put("melding.beoordeling", weighed.Reasons, weighed.Name);
            context.Put("melding.advies", weighed.Advice, weighed.Name);
            context.Put("melding.beoordeeldOp", weighed.Date, weighed.Name);
        }

        if (state.All<IntakeHeld>().LastOrDefault(held => reader is null ? state.Melders.Count == 1 : held.With == reader.Id) is not { } intake) return;
        context.Put("intake.datum", intake.Date, intake.Name);
        context.Put("intake.plaats", intake.Place, intake.Name);
        context.Put("intake.samenvatting", intake.Summary, intake.Name);
        context.Put("intake.correcties", state.All<IntakeReportCorrected>().LastOrDefault(corrected => corrected.With == intake.With)?.Corrections, EventNames.IntakeverslagGecorrigeerd);
    }

    /// <summary>
    /// The melding is recorded first and the melder added after it, so that the event names nobody: with one melding and one melder in the case it can be nobody else's.
    /// </summary>
    private static MeldingReceived? OfTheOnlyMelder(DossierState state, CasePerson reader)
        => state.Melders is [{ } only] && only.Id == reader.Id && state.All<MeldingReceived>().ToList() is [{ Melders.Count: 0 } melding] && !state.All<SignaalLinked>().Any() ? melding : null;

    public static string TypeWord(ViolationType type) => type switch
    {
        ViolationType.Financial => "financiële schending",
        ViolationType.PositionAndInterests => "misbruik van positie en belangenverstrengeling",
        ViolationType.Information => "lekken en misbruik van informatie",
        ViolationType.Powers => "misbruik van bevoegdheden",
        ViolationType.MeansAndRules => "misbruik van bedrijfsmiddelen en overtreding van interne regels",
        ViolationType.Conduct => "ongewenste omgangsvormen",
        _ => "misdraging in de privésfeer",
    };

    public static string ChannelWord(MeldingChannel channel) => channel switch
    {
        MeldingChannel.Fi => "bij de functionaris integriteit",
        MeldingChannel.Leidinggevende => "bij een leidinggevende",
        MeldingChannel.Coordinator => "bij de coördinator integriteit",
        MeldingChannel.Gemeentesecretaris => "bij de gemeentesecretaris",
        MeldingChannel.Vertrouwenspersoon => "bij de vertrouwenspersoon",
        MeldingChannel.Meldpunt => "bij het meldpunt",
        MeldingChannel.Lkog => "bij de Landelijke Klachtencommissie Ongewenst Gedrag",
        MeldingChannel.HuisVoorKlokkenluiders => "via het Huis voor Klokkenluiders",
        _ => "op een andere manier",
    };

    private static string JsonWord(Enum value) => JsonShape.WordsOf(value.GetType())[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)];
}
