using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>One conversation: the invitation, who was there, and what became of its verslag. Only for whoever was heard, or may read what others said.</summary>
internal sealed class GesprekFields : IFieldFamily
{
    public IReadOnlyList<LetterField> Fields { get; } =
    [
        new("uitnodiging.datum", TemplateDataKind.Date, FieldSource.Event, "dag waarop het gesprek is gepland")
        {
            Question = "Op welke dag is het gesprek?", Hint = "Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2026-03-17.",
        },
        new("uitnodiging.tijd", TemplateDataKind.Text, FieldSource.Event, "tijd waarop het gesprek begint, zonder het woord ‘uur’; kan leeg zijn") { Question = "Hoe laat begint het gesprek?", Hint = "Bijvoorbeeld: 14.00.", Optional = true },
        new("uitnodiging.plaats", TemplateDataKind.Text, FieldSource.Event, "waar het gesprek is; kan leeg zijn") { Optional = true, Question = "Waar is het gesprek?", Hint = "Kies een plek waar collega’s niet zien wie er binnenkomt." },
        LetterField.Day("gesprek.datum", "dag van het gesprek", Knowledge.Verklaringen),
        new("gesprek.begin", TemplateDataKind.Time, FieldSource.Event, "begintijd van het gesprek; kan leeg zijn") { Needs = Knowledge.Verklaringen, Optional = true },
        new("gesprek.einde", TemplateDataKind.Time, FieldSource.Event, "eindtijd van het gesprek; kan leeg zijn") { Needs = Knowledge.Verklaringen, Optional = true },
        LetterField.Maybe("gesprek.plaats", "waar het gesprek was", Knowledge.Verklaringen),
        LetterField.Maybe("gesprek.nummer", "het hoeveelste gesprek van het onderzoek", Knowledge.Verklaringen),
        LetterField.Maybe("gesprek.naam", "wie is gehoord", Knowledge.Verklaringen, FieldSource.Person),
        LetterField.Maybe("gesprek.functie", "functie van wie is gehoord; kan leeg zijn", Knowledge.Verklaringen, FieldSource.Person),
        LetterField.Maybe("gesprek.rol", "als wat iemand is gehoord, bijvoorbeeld ‘getuige’", Knowledge.Verklaringen, FieldSource.Person),
        LetterField.List("gesprek.onderzoekers", "de onderzoekers die het gesprek voerden", Knowledge.Verklaringen),
        LetterField.Text("gesprek.onderzoekers.naam", FieldSource.Person, "naam van de onderzoeker", Knowledge.Verklaringen),
        LetterField.Text("gesprek.onderzoekers.functie", FieldSource.Person, "functie van de onderzoeker", Knowledge.Verklaringen),
        LetterField.Text("gesprek.onderzoekers.organisatie", FieldSource.Person, "bureau van een externe onderzoeker; anders leeg", Knowledge.Verklaringen),
        LetterField.List("gesprek.bijstand", "wie er bij was om de gehoorde bij te staan", Knowledge.Verklaringen),
        LetterField.Text("gesprek.bijstand.naam", FieldSource.Person, "naam van wie bijstond", Knowledge.Verklaringen),
        LetterField.Text("gesprek.bijstand.rol", FieldSource.Person, "wat diegene is, bijvoorbeeld ‘raadsman of raadsvrouw’", Knowledge.Verklaringen),
        LetterField.Flag("gesprek.opname", "van het gesprek is een opname gemaakt", Knowledge.Verklaringen),
        LetterField.Maybe("gesprek.opnameReden", "waarom er een opname is; kan leeg zijn", Knowledge.Verklaringen),
        LetterField.List("verslag.weergave", "wat er is gezegd, stuk voor stuk. Elk stuk is een vraag, een antwoord of gewone tekst", Knowledge.Verklaringen),
        LetterField.Text("verslag.weergave.vraag", FieldSource.Answer, "een vraag (een regel die begint met V: of Vraag:); anders leeg", Knowledge.Verklaringen),
        LetterField.Text("verslag.weergave.antwoord", FieldSource.Answer, "een antwoord (een regel die begint met A: of Antwoord:); anders leeg", Knowledge.Verklaringen),
        LetterField.Text("verslag.weergave.tekst", FieldSource.Answer, "gewone tekst; anders leeg", Knowledge.Verklaringen),
        LetterField.Day("verslag.verzondenOp", "dag waarop het verslag is verstuurd of gegeven", Knowledge.Verklaringen),
        LetterField.Day("verslag.terugUiterlijk", "laatste dag om het verslag terug te sturen volgens het protocol; leeg als het protocol daar niets over zegt", Knowledge.Verklaringen),
        LetterField.Maybe("verslag.correcties", "wat de gehoorde in het verslag heeft laten veranderen; kan leeg zijn", Knowledge.Verklaringen),
        LetterField.Maybe("verslag.afwijkendeMening", "wat de gehoorde anders ziet dan het verslag; kan leeg zijn", Knowledge.Verklaringen),
        LetterField.Flag("verslag.geweigerd", "de gehoorde heeft niet willen tekenen", Knowledge.Verklaringen),
        LetterField.Maybe("verslag.weigeringReden", "waarom de gehoorde niet tekende; kan leeg zijn", Knowledge.Verklaringen),
        LetterField.Day("verslag.vastgesteldOp", "dag waarop het verslag is vastgesteld", Knowledge.Verklaringen),
    ];

    public IReadOnlyList<ElementSource> Elements { get; } =
    [
        new("gespreksverslag.gegevens", "gesprek.datum", "gesprek.naam") { TakesAnswer = false, Advice = "Leg het gesprek vast in het dossier (gesprek-gehouden, met een kenmerk) en kies het bij het maken van het stuk." },
        new("gespreksverslag.onderzoekers", "gesprek.onderzoekers") { TakesAnswer = false, Advice = "Leg bij het gesprek vast welke onderzoekers het voerden (gesprek-gehouden)." },
        new("gespreksverslag.bijstand", "gesprek.bijstand") { Applies = given => HeldIn(given)?.AssistedBy is not null ? true : null },
        new("gespreksverslag.opname") { Applies = given => given.Conversation is { } one && given.State.All<RecordingMade>().Any(recording => recording.Conversation == one) ? true : null },
        new("gespreksverslag.afwijkende-mening", "verslag.afwijkendeMening") { IsSame = true, Applies = given => About<DissentAttached>(given) is not null ? true : null },
        new("gespreksverslag.weigering", "verslag.geweigerd") { Applies = given => About<VerslagRefused>(given) is not null ? true : null },
    ];

    public void Add(FieldContext context)
    {
        AddInvitation(context);
        if (context.Held is not { } held) return;
        const string From = EventNames.GesprekGehouden;
        var state = context.State;
        context.Put("gesprek.datum", held.Date, From);
        context.Put("gesprek.begin", TemplateData.Of(held.Begin), From);
        context.Put("gesprek.einde", TemplateData.Of(held.End), From);
        context.Put("gesprek.plaats", held.Place, From);
        context.Put("gesprek.nummer", (state.All<ConversationHeld>().ToList().FindIndex(one => one.Reference == held.Reference) + 1).ToString(CultureInfo.InvariantCulture), From);
        if (state.FindPerson(held.With) is { } heard)
        {
            context.Put("gesprek.naam", context.NameOf(heard), heard.Id.Value, FieldSource.Person);
            context.Put("gesprek.functie", context.FunctionOf(heard), heard.Id.Value, FieldSource.Person);
            context.Put("gesprek.rol", context.Word(DossierFold.ActorOf(heard.Role)), heard.Id.Value, FieldSource.Person);
        }

        context.Put("gesprek.onderzoekers", context.Onderzoekers(held.Onderzoekers.Select(state.FindPerson).OfType<CasePerson>()), From);
        var present = held.AssistedBy is { } id && state.FindPerson(id) is { } assisting ? [TemplateData.Record(("naam", Assisting(context, held, assisting)), ("rol", context.Word(DossierFold.ActorOf(assisting.Role))))] : Array.Empty<TemplateData>();
        context.Put("gesprek.bijstand", TemplateData.List(present), From);
        var recording = state.All<RecordingMade>().LastOrDefault(made => made.Conversation == held.Reference);
        context.Put("gesprek.opname", recording is not null, EventNames.OpnameGemaakt);
        context.Put("gesprek.opnameReden", recording?.Reason, EventNames.OpnameGemaakt);
        AddVerslag(context, held);
    }

    private static void AddInvitation(FieldContext context)
    {
        var invitations = context.State.All<InvitationSent>().Where(sent => sent.To == context.Addressee.Person).ToList();
        if ((invitations.LastOrDefault(sent => sent.Reference is not null && sent.Reference == context.Conversation) ?? invitations.LastOrDefault()) is not { } invitation) return;
        context.Put("uitnodiging.datum", invitation.ConversationOn, invitation.Name);
        context.PutKnown("uitnodiging.tijd", invitation.Time?.ToString("HH.mm", CultureInfo.InvariantCulture), invitation.Name);
        context.PutKnown("uitnodiging.plaats", invitation.Place, invitation.Name);
    }

    private static void AddVerslag(FieldContext context, ConversationHeld held)
    {
        var state = context.State;
        var sent = state.All<VerslagSent>().LastOrDefault(one => one.Conversation == held.Reference);
        if (sent is not null) context.Put("verslag.verzondenOp", sent.Date, sent.Name);
        if ((sent?.Date ?? context.LetterDate) is { } from && context.Source.Protocol.Terms.FirstOrDefault(term => term.Id == "gespreksverslag.terug") is { Length: { } length })
            context.Put("verslag.terugUiterlijk", length.DueFrom(from, context.Source.Protocol.Workdays, context.Source.Protocol.MovesToWorkday), "gespreksverslag.terug", FieldSource.Protocol);
        context.Put("verslag.correcties", state.All<VerslagCorrected>().LastOrDefault(one => one.Conversation == held.Reference)?.Corrections, EventNames.VerslagGecorrigeerd);
        context.Put("verslag.afwijkendeMening", state.All<DissentAttached>().LastOrDefault(one => one.Conversation == held.Reference)?.Content, EventNames.AfwijkendeMening);
        var refused = state.All<VerslagRefused>().LastOrDefault(one => one.Conversation == held.Reference);
        context.Put("verslag.geweigerd", refused is not null, EventNames.VerslagGeweigerd);
        context.Put("verslag.weigeringReden", refused?.Reason, EventNames.VerslagGeweigerd);
        if (state.All<VerslagAdopted>().LastOrDefault(one => one.Conversation == held.Reference) is { } adopted) context.Put("verslag.vastgesteldOp", adopted.Date, adopted.Name);
    }

    /// <summary>Who assisted the person heard is known to that person; for others the usual rule holds.</summary>
    private static string Assisting(FieldContext context, ConversationHeld held, CasePerson person)
        => context.Addressee.Person == held.With || person.Role == CaseRole.Raadsman ? PersonNames.InSentence(person) : context.NameOf(person);

    private static ConversationHeld? HeldIn(ElementCase given)
        => given.Conversation is null ? null : given.State.All<ConversationHeld>().LastOrDefault(held => held.Reference == given.Conversation);

    private static T? About<T>(ElementCase given)
        where T : VerslagEvent => given.Conversation is null ? null : given.State.All<T>().LastOrDefault(one => one.Conversation == given.Conversation);
}
