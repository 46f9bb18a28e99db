using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>The onderzoek as it goes: who investigates, who was told, how far it is.</summary>
internal sealed class OnderzoekFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.List("onderzoekers", "de onderzoekers die nu zijn aangewezen", Knowledge.Onderzoekers, optional: false),
        LetterField.Text("onderzoekers.naam", FieldSource.Person, "naam van de onderzoeker", Knowledge.Onderzoekers),
        LetterField.Text("onderzoekers.functie", FieldSource.Person, "functie van de onderzoeker", Knowledge.Onderzoekers),
        LetterField.Text("onderzoekers.organisatie", FieldSource.Person, "bureau van een externe onderzoeker; anders leeg", Knowledge.Onderzoekers),
        LetterField.List("geinformeerden", "wie van het onderzoek weten, als functies", Knowledge.Geinformeerden, optional: false),
        LetterField.Day("onderzoek.afgerondOp", "dag waarop het onderzoek is afgerond"),
        LetterField.Maybe("voortgang.inhoud", "wat het laatst over de voortgang is gemeld", Knowledge.Voortgang) with { IsLong = true, Question = "Hoe staat het onderzoek ervoor?", Hint = "Schrijf wat er is gedaan. Noem geen bevindingen, geen melder en geen getuigen." },
        LetterField.Maybe("voortgang.planning", "wat er nu komt; kan leeg zijn", Knowledge.Voortgang) with { IsLong = true, Question = "Wat zijn de volgende stappen?", Hint = "Noem ook of er meer tijd nodig is." },
        LetterField.Maybe("voortgang.gevraagd", "wat van de lezer wordt gevraagd; kan leeg zijn", Knowledge.Voortgang) with { IsLong = true, Question = "Wat wordt van de lezer gevraagd?", Hint = "Laat het leeg als de lezer niets hoeft te doen." },
        LetterField.Day("voortgang.volgendeOp", "wanneer het volgende bericht komt; kan leeg zijn", Knowledge.Voortgang),
        LetterField.Maybe("or.domein", "het domein dat de voorzitter van de ondernemingsraad na afloop hoort"),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("kennisgeving.onderzoekers", "onderzoekers") { TakesAnswer = false, Advice = Appoint, Needs = Knowledge.Onderzoekers },
        new("uitnodiging-gesprek.onderzoekers", "onderzoekers") { TakesAnswer = false, Advice = Appoint, Needs = Knowledge.Onderzoekers },
        new("voortgangsbericht.onderzoekers", "onderzoekers") { TakesAnswer = false, Advice = Appoint, Needs = Knowledge.Onderzoekers },
        new("onderzoeksopdracht.onderzoekers", "onderzoekers") { TakesAnswer = false, Advice = Appoint, Needs = Knowledge.Onderzoekers },
        new("kennisgeving.wie-geinformeerd", "geinformeerden") { IsSame = true, Needs = Knowledge.Geinformeerden },
        new("voortgangsbericht.stand", "voortgang.inhoud") { IsSame = true, Needs = Knowledge.Voortgang },
        new("voortgangsbericht.vervolg", "voortgang.planning") { IsSame = true, Needs = Knowledge.Voortgang },
        new("kennisgeving.uitstel") { Applies = given => given.State.All<KennisgevingPostponed>().Any(postponed => postponed.Betrokkene == given.About) },
    ];

    private const string Appoint = "Wijs de onderzoekers aan in het dossier (onderzoeker-aangewezen).";

    public void Add(FieldContext context)
    {
        var state = context.State;
        // Whoever was appointed after the day of the document is not in it; whoever left since is not brought back.
        var appointed = context.ByThen<OnderzoekerAppointed>().Select(appointment => appointment.Onderzoeker).ToHashSet();
        var onderzoekers = state.Onderzoekers.Where(person => appointed.Contains(person.Id)).ToList();
        if (onderzoekers.Count > 0) context.Put("onderzoekers", context.Onderzoekers(onderzoekers), EventNames.OnderzoekerAangewezen);
        if (state.Opdracht is not null)
            context.Put("onderzoek.extern", state.Opdracht.IsExternal || state.All<OnderzoekerAppointed>().Any(appointed => appointed.IsExternal), EventNames.OpdrachtVerstrekt);
        if (((DossierEvent?)state.Last<FeitenrapportSubmitted>() ?? state.Last<DossierClosed>()) is { } done) context.Put("onderzoek.afgerondOp", done.Date, done.Name);
        if (state.Last<ProgressReported>() is { } progress) AddProgress(context, progress);
        if (state.All<OrInformed>().LastOrDefault(told => told.Domain is not null) is { } told) context.Put("or.domein", told.Domain, told.Name);
        AddInformed(context);
    }

    private static void AddProgress(FieldContext context, ProgressReported progress)
    {
        context.Put("voortgang.inhoud", progress.Content, progress.Name);
        context.Put("voortgang.volgendeOp", TemplateData.Of(progress.NextOn), progress.Name);
    }

    /// <summary>Offices, never names; the vertrouwenspersoon is not among them, because that would say how the melding came in.</summary>
    private static void AddInformed(FieldContext context)
    {
        if (context.About is not { } about) return;
        var informed = new List<string>();
        foreach (var told in context.State.All<VerantwoordelijkeInformed>())
            informed.Add(DutchWords.The(context.Word(told.Office ?? context.OfficeIdOf(told.Verantwoordelijke, told.Date) ?? "verantwoordelijke")));
        if (informed.Count > 0) informed.Add(DutchWords.The(context.Word("functionaris-integriteit")));
        if (context.State.All<LeidinggevendeInformed>().Any(told => told.Betrokkene is null || told.Betrokkene == about.Id))
            informed.Add(context.Addressee.Person == about.Id ? "uw leidinggevende" : "de leidinggevende");
        foreach (var told in context.State.All<OrInformed>().Where(told => told.Member == about.Id))
            informed.Add(DutchWords.The(context.Word(told.Office == OrOffice.Chair ? "voorzitter-or" : "vicevoorzitter-or")));

        // While only those were told who handle the case, there is nothing to tell the betrokkene.
        if (informed.Count > 2) context.Put("geinformeerden", FieldContext.Texts(informed.Distinct(StringComparer.Ordinal)), EventNames.LeidinggevendeGeinformeerd);
    }
}
