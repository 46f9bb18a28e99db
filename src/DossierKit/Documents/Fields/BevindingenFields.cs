using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What the onderzoek found and how: conversations, evidence, methods, wederhoor, and where the protocol was departed from.</summary>
internal sealed class BevindingenFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.List("gesprekken", "alle gesprekken van het onderzoek", Knowledge.Bevindingen),
        LetterField.Text("gesprekken.nummer", FieldSource.Event, "het hoeveelste gesprek", Knowledge.Bevindingen),
        new("gesprekken.datum", TemplateDataKind.Date, FieldSource.Event, "dag van het gesprek") { Needs = Knowledge.Bevindingen },
        LetterField.Text("gesprekken.met", FieldSource.Person, "wie is gehoord; wie de naam niet mag weten, leest bijvoorbeeld ‘getuige 2’", Knowledge.Bevindingen),
        LetterField.Text("gesprekken.rol", FieldSource.Person, "als wat iemand is gehoord", Knowledge.Bevindingen),
        LetterField.Text("gesprekken.plaats", FieldSource.Event, "waar; kan leeg zijn", Knowledge.Bevindingen),
        LetterField.List("bewijs", "wat is veiliggesteld", Knowledge.Bevindingen),
        LetterField.Text("bewijs.wat", FieldSource.Event, "wat het is", Knowledge.Bevindingen),
        new("bewijs.datum", TemplateDataKind.Date, FieldSource.Event, "dag waarop het is veiliggesteld") { Needs = Knowledge.Bevindingen },
        LetterField.Text("bewijs.vindplaats", FieldSource.Event, "waar het lag; kan leeg zijn", Knowledge.Bevindingen),
        LetterField.List("methodenToegestaan", "methoden waarvoor later toestemming is gegeven", Knowledge.Bevindingen),
        LetterField.Text("methodenToegestaan.methode", FieldSource.Event, "welke methode", Knowledge.Bevindingen),
        new("methodenToegestaan.datum", TemplateDataKind.Date, FieldSource.Event, "dag van de toestemming") { Needs = Knowledge.Bevindingen },
        LetterField.Text("methodenToegestaan.afweging", FieldSource.Event, "waarom een lichter middel niet genoeg was", Knowledge.Bevindingen),
        LetterField.Text("methodenToegestaan.door", FieldSource.Event, "wie toestemming gaf, als functie; kan leeg zijn", Knowledge.Bevindingen),
        LetterField.List("afwijkingen", "waar van het protocol is afgeweken", Knowledge.Bevindingen),
        LetterField.Text("afwijkingen.wat", FieldSource.Event, "van welke regel", Knowledge.Bevindingen),
        LetterField.Text("afwijkingen.artikel", FieldSource.Protocol, "het artikel; kan leeg zijn", Knowledge.Bevindingen),
        LetterField.Text("afwijkingen.motivering", FieldSource.Event, "waarom", Knowledge.Bevindingen),
        new("afwijkingen.datum", TemplateDataKind.Date, FieldSource.Event, "dag waarop ervoor is getekend") { Needs = Knowledge.Bevindingen },
        LetterField.Day("wederhoor.datum", "dag van het wederhoor", Knowledge.Bevindingen),
        LetterField.Day("wederhoor.reagerenTot", "laatste dag om bij het wederhoor te reageren; kan leeg zijn"),
        LetterField.Maybe("wederhoor.weergave", "wat de betrokkene bij het wederhoor zei; kan leeg zijn", Knowledge.Bevindingen),
        LetterField.Day("rapport.datum", "dag waarop het feitenrapport is aangeboden", Knowledge.Bevindingen),
        LetterField.Day("aangifte.datum", "dag van de aangifte", Knowledge.Bevindingen),
        LetterField.Maybe("aangifte.bij", "waar aangifte is gedaan", Knowledge.Bevindingen),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("feitenrapportage.gesprekken", "gesprekken") { Needs = Knowledge.Bevindingen, TakesAnswer = false, Advice = "Leg de gesprekken vast in het dossier (gesprek-gehouden)." },
        new("feitenrapportage.wederhoor", "wederhoor.weergave") { IsSame = true, Needs = Knowledge.Bevindingen },
        new("feitenrapportage.afwijkingen", "afwijkingen") { Needs = Knowledge.Bevindingen, Applies = given => given.State.All<ProtocolDeviated>().Any() },
        .. ((string[])["feitenrapportage.casus", "feitenrapportage.resultaten", "feitenrapportage.werkwijze"]).Select(element => new ElementSource(element) { Needs = Knowledge.Bevindingen }),
    ];

    public void Add(FieldContext context)
    {
        var state = context.State;
        var held = state.All<ConversationHeld>().ToList();
        context.Put("gesprekken", TemplateData.List(held.Select((one, index) =>
        {
            var person = state.FindPerson(one.With);
            return TemplateData.Record(
                ("nummer", (index + 1).ToString(CultureInfo.InvariantCulture)),
                ("datum", one.Date),
                ("met", person is null ? $"een {context.Word("getuige")}" : context.NameOf(person)),
                ("rol", context.Word(person is null ? "getuige" : DossierFold.ActorOf(person.Role))),
                ("plaats", one.Place));
        })), EventNames.GesprekGehouden);
        context.Put("bewijs", TemplateData.List(state.All<EvidenceSecured>().Select(secured => TemplateData.Record(("wat", secured.What), ("datum", secured.Date), ("vindplaats", secured.Where)))), EventNames.BewijsVeiliggesteld);
        context.Put("methodenToegestaan", TemplateData.List(state.All<MethodPermitted>().Select(permitted => TemplateData.Record(
            ("methode", OpdrachtFields.MethodWord(permitted.Method)), ("datum", permitted.Date), ("afweging", permitted.Weighing), ("door", context.OfficeOf(permitted.Office, permitted.PermittedBy, permitted.Date))))), EventNames.MethodeToegestaan);
        context.Put("afwijkingen", TemplateData.List(state.All<ProtocolDeviated>().Select(deviated =>
        {
            var (title, article) = RuleIn(context.Source.Protocol, deviated.Rule);
            return TemplateData.Record(("wat", title), ("artikel", article), ("motivering", deviated.Reasons), ("datum", deviated.Date));
        })), EventNames.ProtocolAfgeweken);
        if (context.About is { } person && state.All<WederhoorOffered>().LastOrDefault(offered => offered.Betrokkene == person.Id) is { } offer)
            context.Put("wederhoor.reagerenTot", offer.ReplyUntil, offer.Name);
        if (state.All<WederhoorDone>().LastOrDefault(done => context.About is null || done.Betrokkene == context.About.Id) is { } done)
        {
            context.Put("wederhoor.datum", done.Date, done.Name);
            context.Put("wederhoor.weergave", done.Response, done.Name);
        }

        if (state.Last<FeitenrapportSubmitted>() is { } submitted) context.Put("rapport.datum", submitted.Date, submitted.Name);
        if (state.Last<AangifteFiled>() is not { } filed) return;
        context.Put("aangifte.datum", filed.Date, filed.Name);
        context.Put("aangifte.bij", filed.Authority, filed.Name);
    }

    /// <summary>Title and article of what was departed from; what the protocol does not know is named as it was written.</summary>
    private static (string Title, string? Article) RuleIn(Protocol protocol, string id)
    {
        if (protocol.FindElement(id) is { } element) return (element.Title, element.Article);
        if (protocol.FindRule(id) is { } rule) return (rule.Title, rule.Article);
        if (protocol.Terms.FirstOrDefault(term => term.Id == id) is { } term) return (term.Title, term.Article);
        return protocol.Access.FirstOrDefault(access => access.Id == id) is { } access ? (access.Text, access.Article) : (id, null);
    }
}
