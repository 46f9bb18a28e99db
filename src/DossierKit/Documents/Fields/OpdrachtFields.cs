using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The opdracht, its extensions, and what the directeurenteam decided about it.</summary>
internal sealed class OpdrachtFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Text("onderzoek.opdrachtgever", FieldSource.Event, "wie de opdracht gaf, als functie", Knowledge.Opdracht),
        new("onderzoek.opdrachtdatum", TemplateDataKind.Date, FieldSource.Event, "datum van de opdracht") { Needs = Knowledge.Opdracht },
        LetterField.Maybe("onderzoek.duur", "hoe lang het onderzoek naar verwachting duurt; kan leeg zijn", Knowledge.Opdracht),
        LetterField.Text("onderzoek.gedraging", FieldSource.Event, "de gedraging uit de opdracht, zoals de betrokkene die te lezen krijgt", Knowledge.Gedraging),
        LetterField.Maybe("onderzoek.aanleiding", "de aanleiding, zonder iets waaraan de melder te herkennen is", Knowledge.Onderzoeksvragen),
        LetterField.Maybe("onderzoek.doel", "wat het onderzoek moet opleveren", Knowledge.Onderzoeksvragen),
        LetterField.List("onderzoek.vragen", "de onderzoeksvragen", Knowledge.Onderzoeksvragen, optional: false),
        LetterField.List("onderzoek.methoden", "de methoden van het onderzoek", Knowledge.Onderzoeksvragen, optional: false),
        LetterField.Maybe("onderzoek.bevoegdheden", "wat de onderzoekers mogen", Knowledge.Onderzoeksvragen),
        LetterField.Maybe("onderzoek.grenzen", "wat buiten het onderzoek blijft", Knowledge.Onderzoeksvragen),
        LetterField.Maybe("onderzoek.inzet", "verwachte inzet en kosten", Knowledge.Onderzoeksvragen),
        LetterField.Flag("onderzoek.instemming", "de opdrachtgever stemt in met de methoden", Knowledge.Onderzoeksvragen),
        LetterField.Flag("onderzoek.extern", "het onderzoek gebeurt (ook) door iemand van buiten", Knowledge.Onderzoekers),
        LetterField.List("onderzoek.betrokkenen", "naar wie het onderzoek gaat, met naam en functie", Knowledge.Onderzoeksvragen),
        LetterField.Text("onderzoek.betrokkenen.naam", FieldSource.Person, "naam van de betrokkene", Knowledge.Onderzoeksvragen),
        LetterField.Text("onderzoek.betrokkenen.functie", FieldSource.Person, "functie van de betrokkene; kan leeg zijn", Knowledge.Onderzoeksvragen),
        LetterField.Day("uitbreiding.datum", "datum van de laatste aanvullende opdracht", Knowledge.Onderzoeksvragen),
        LetterField.Maybe("uitbreiding.opdrachtgever", "wie de laatste aanvullende opdracht gaf, als functie", Knowledge.Onderzoeksvragen),
        LetterField.Maybe("uitbreiding.reden", "waarom het onderzoek breder of langer wordt", Knowledge.Onderzoeksvragen),
        LetterField.List("uitbreiding.vragen", "de nieuwe onderzoeksvragen", Knowledge.Onderzoeksvragen),
        LetterField.Maybe("uitbreiding.duur", "de nieuwe verwachte duur; kan leeg zijn", Knowledge.Onderzoeksvragen),
        LetterField.List("uitbreidingen", "alle aanvullende opdrachten", Knowledge.Onderzoeksvragen),
        new("uitbreidingen.datum", TemplateDataKind.Date, FieldSource.Event, "datum van de aanvullende opdracht") { Needs = Knowledge.Onderzoeksvragen },
        LetterField.Text("uitbreidingen.reden", FieldSource.Event, "waarom", Knowledge.Onderzoeksvragen),
        LetterField.Text("uitbreidingen.vragen", FieldSource.Event, "de nieuwe onderzoeksvragen (lijst)", Knowledge.Onderzoeksvragen),
        LetterField.Day("directeurenteam.voorgelegdOp", "dag waarop de opdracht aan het directeurenteam is voorgelegd", Knowledge.Directeurenteam),
        LetterField.Day("directeurenteam.datum", "dag van het besluit van het directeurenteam", Knowledge.Directeurenteam),
        LetterField.Flag("directeurenteam.akkoord", "het directeurenteam is akkoord", Knowledge.Directeurenteam),
        LetterField.Maybe("directeurenteam.besluit", "akkoord of niet akkoord", Knowledge.Directeurenteam),
        LetterField.Maybe("directeurenteam.overwegingen", "de gezamenlijke overwegingen", Knowledge.Directeurenteam),
        LetterField.List("directeurenteam.voorwaarden", "voorwaarden of wijzigingen", Knowledge.Directeurenteam),
        LetterField.List("directeurenteam.deelnemers", "wie er meededen, als functies", Knowledge.Directeurenteam),
        LetterField.Flag("directeurenteam.spoed", "het besluit viel in een spoedoverleg", Knowledge.Directeurenteam),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("kennisgeving.onderzoek", "onderzoek.opdrachtgever", "onderzoek.opdrachtdatum") { TakesAnswer = false, Advice = Record },
        new("kennisgeving.gedraging", "onderzoek.gedraging") { IsSame = true, Needs = Knowledge.Gedraging },
        Same("onderzoeksopdracht.aanleiding", "onderzoek.aanleiding"),
        Same("onderzoeksopdracht.doel", "onderzoek.doel"),
        Same("onderzoeksopdracht.vragen", "onderzoek.vragen"),
        Same("onderzoeksopdracht.methoden", "onderzoek.methoden"),
        Same("onderzoeksopdracht.bevoegdheden", "onderzoek.bevoegdheden"),
        Same("onderzoeksopdracht.grenzen", "onderzoek.grenzen"),
        Same("onderzoeksopdracht.duur", "onderzoek.duur"),
        Same("onderzoeksopdracht.capaciteit", "onderzoek.inzet"),
        Same("aanvullende-opdracht.waarom", "uitbreiding.reden"),
        Same("aanvullende-opdracht.duur", "uitbreiding.duur"),
        new("besluit-directeurenteam.besluit", "directeurenteam.besluit") { IsSame = true, Needs = Knowledge.Directeurenteam },
        new("besluit-directeurenteam.overwegingen", "directeurenteam.overwegingen") { IsSame = true, Needs = Knowledge.Directeurenteam },
        new("besluit-directeurenteam.voorwaarden", "directeurenteam.voorwaarden") { IsSame = true, Needs = Knowledge.Directeurenteam, Applies = Decided(decided => decided.Conditions is not null) },
        new("besluit-directeurenteam.deelnemers", "directeurenteam.deelnemers") { IsSame = true, Needs = Knowledge.Directeurenteam },
        new("besluit-directeurenteam.spoed") { Applies = Decided(decided => decided.IsUrgent) },
        new("feitenrapportage.opdracht", "onderzoek.opdrachtgever", "onderzoek.opdrachtdatum", "onderzoek.vragen") { TakesAnswer = false, Advice = Record },
    ];

    private const string Record = "Leg de opdracht vast in het dossier (opdracht-verstrekt).";

    public void Add(FieldContext context)
    {
        AddExtensions(context);
        AddDirectors(context);
        if (context.Opdracht is not { } opdracht) return;
        const string From = EventNames.OpdrachtVerstrekt;
        var extensions = context.ByThen<OpdrachtExtended>().ToList();
        context.PutKnown("onderzoek.opdrachtgever", context.OfficeOf(opdracht.Office, opdracht.Opdrachtgever, opdracht.Date), From);
        context.Put("onderzoek.opdrachtdatum", opdracht.Date, From);
        context.Put("onderzoek.duur", extensions.LastOrDefault()?.Duration ?? opdracht.Duration, From);
        context.Put("onderzoek.vragen", FieldContext.Texts(opdracht.Questions.Concat(extensions.SelectMany(more => more.Questions))), From);
        context.Put("onderzoek.methoden", FieldContext.Texts(opdracht.Methods.Concat(context.ByThen<MethodPermitted>().Select(permitted => permitted.Method)).Distinct().Select(MethodWord)), From);
        context.Put("onderzoek.aanleiding", opdracht.Occasion, From);
        context.Put("onderzoek.doel", opdracht.Aim, From);
        context.Put("onderzoek.bevoegdheden", opdracht.Powers, From);
        context.Put("onderzoek.grenzen", opdracht.Limits, From);
        context.Put("onderzoek.inzet", opdracht.Effort, From);
        context.Put("onderzoek.instemming", opdracht.ConsentsToMethods == true, From);
        var betrokkenen = opdracht.Betrokkenen.Concat(extensions.SelectMany(more => more.Betrokkenen)).Distinct().Select(context.State.FindPerson).OfType<CasePerson>();
        context.Put("onderzoek.betrokkenen", TemplateData.List(betrokkenen.Select(person => TemplateData.Record(("naam", context.NameOf(person)), ("functie", context.FunctionOf(person))))), From);

        // With several betrokkenen the conduct in the opdracht may be another's: then it is asked for each.
        if (context.About is not null && opdracht.Betrokkenen.Count == 1 && opdracht.Betrokkenen[0] == context.About.Id) context.PutKnown("onderzoek.gedraging", opdracht.Conduct, From);
    }

    public static string MethodWord(InquiryMethod method) => method switch
    {
        InquiryMethod.Interviews => "gesprekken",
        InquiryMethod.Files => "onderzoek in dossiers",
        InquiryMethod.Systems => "onderzoek in systemen",
        InquiryMethod.EmailAndInternet => "onderzoek in e-mail en internetgebruik",
        InquiryMethod.PublicSources => "onderzoek in openbare bronnen",
        InquiryMethod.Workplace => "onderzoek van de werkplek",
        InquiryMethod.Observation => "observatie",
        _ => "een andere methode",
    };

    private static void AddExtensions(FieldContext context)
    {
        var extensions = context.ByThen<OpdrachtExtended>().ToList();
        context.Put("uitbreidingen", TemplateData.List(extensions.Select(more => TemplateData.Record(("datum", more.Date), ("reden", more.Reason), ("vragen", FieldContext.Texts(more.Questions))))), EventNames.OpdrachtUitgebreid);
        if (extensions.Count == 0) return;
        var last = extensions[^1];
        context.Put("uitbreiding.datum", last.Date, last.Name);
        context.Put("uitbreiding.opdrachtgever", context.OfficeOf(last.Office, last.Opdrachtgever, last.Date), last.Name);
        context.Put("uitbreiding.reden", last.Reason, last.Name);
        context.Put("uitbreiding.vragen", FieldContext.Texts(last.Questions), last.Name);
        context.Put("uitbreiding.duur", last.Duration, last.Name);
    }

    private static void AddDirectors(FieldContext context)
    {
        if (context.State.Last<OpdrachtSubmitted>() is { } submitted) context.Put("directeurenteam.voorgelegdOp", submitted.Date, submitted.Name);
        if (context.State.Last<DirectorsDecided>() is not { } decided) return;
        context.Put("directeurenteam.datum", decided.Date, decided.Name);
        context.Put("directeurenteam.akkoord", decided.IsAgreed, decided.Name);
        context.Put("directeurenteam.besluit", decided.IsAgreed ? "akkoord" : "niet akkoord", decided.Name);
        context.Put("directeurenteam.overwegingen", decided.Considerations, decided.Name);
        context.Put("directeurenteam.voorwaarden", decided.Conditions is { } conditions ? FieldContext.Texts(DocumentAnswers.Lines(conditions)) : TemplateData.List([]), decided.Name);
        var present = decided.Directors.Select(id => context.Source.Staff(id)?.Function ?? context.OfficeOf(id, decided.Date) ?? "directeur");
        if (decided.HeadOfBureau is not null) present = present.Append(context.Word("hoofd-integriteit"));
        context.Put("directeurenteam.deelnemers", FieldContext.Texts(present), decided.Name);
        context.Put("directeurenteam.spoed", decided.IsUrgent, decided.Name);
    }

    private static ElementSource Same(string element, string field) => new(element, field) { IsSame = true, Needs = Knowledge.Onderzoeksvragen };

    private static Func<ElementCase, bool?> Decided(Func<DirectorsDecided, bool> applies)
        => given => given.State.Last<DirectorsDecided>() is { } decided ? applies(decided) : null;
}
