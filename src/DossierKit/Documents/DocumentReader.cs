using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Whom a document is about, who reads it, and about which conversation it is.</summary>
/// <param name="About">The betrokkene, if one.</param>
/// <param name="Addressee">The reader, with what he may know.</param>
/// <param name="Conversation">The reference of the conversation, if it is about one.</param>
/// <param name="Remark">What to tell the user about this reader, Dutch; may be <see langword="null"/>.</param>
internal sealed record DocumentReading(CasePerson? About, Addressee Addressee, string? Conversation, string? Remark);

/// <summary>Finds whom a document is about and who reads it; with several to choose from it asks.</summary>
internal static class DocumentReader
{
    public static Outcome<DocumentReading> Find(ProjectionSource source, DocumentRule rule, AssemblyRequest request, Func<string, bool> isSignedDeviation)
    {
        var refusals = new List<Refusal>();
        var traits = DocumentTraits.Of(rule.Kind);
        var held = FindConversation(source, traits, request, refusals);
        var heard = held is null || !traits.IsOfConversation ? null : source.State.FindPerson(held.With);
        var actor = request.Addressee ?? ActorOf(source.State, request.AddresseePerson) ?? (heard is null ? null : DossierFold.ActorOf(heard.Role))
            ?? (rule.Addressees.Count > 0 ? rule.Addressees[0] : traits.Reader);
        var kind = AddresseeKind.Of(actor, source.Protocol);

        var isNeeded = actor == "betrokkene" || traits.IsOfBetrokkene || request.Betrokkene is not null;
        var askedAbout = request.Betrokkene ?? (actor == "betrokkene" ? request.AddresseePerson ?? (heard?.Role == CaseRole.Betrokkene ? heard.Id : null) : null);
        var about = Choose(source.State.Betrokkenen, askedAbout, "betrokkene", isNeeded, refusals);
        PersonId? reader = null;
        if (actor == "betrokkene" && request is { Betrokkene: { } subject, AddresseePerson: { } asked } && subject != asked)
            refusals.Add(new Refusal($"Een stuk over {subject} gaat niet naar een andere betrokkene.", "Er zijn twee verschillende betrokkenen gekozen.", "Kies er één.") { Subject = asked.Value, Remedies = Remedies.Reader });
        if (actor == "betrokkene") reader = about?.Id;
        else if (RoleOf(actor) is { } role) reader = Choose([.. source.State.Persons.Where(person => person.Role == role)], request.AddresseePerson ?? heard?.Id, actor, isNeeded: true, refusals)?.Id;

        var facts = source.State.Facts.For(about?.Id.Value);
        // What somebody said himself is his to read: in a gesprek, and when he accounted for his conduct.
        var isOwn = reader is not null && (reader == heard?.Id || (rule.Kind == "verantwoordingsverslag" && reader == about?.Id));
        string? remark = null;
        if (kind is null) refusals.Add(GoesNotTo(source, rule, actor, rule.Addressees.Count > 0 ? rule.Addressees : [.. AddresseeKind.All.Select(one => one.Id)]));
        else if (rule.Addressees.Count > 0 && !rule.Addressees.Contains(actor, StringComparer.Ordinal) && !isOwn) remark = AllowOther(source, rule, actor, facts, isSignedDeviation, refusals);
        // What another said in a gesprek is not this person's to read, whatever answer is given for it.
        if (refusals.Count == 0 && heard is not null && !isOwn && reader is { } other && source.State.FindPerson(other)?.Of != heard.Id)
            refusals.Add(new Refusal("Dit is het verslag van een gesprek met iemand anders.", $"Wie is gehoord, krijgt zijn eigen verslag ({rule.Article}).", "Kies een andere lezer of een ander gesprek.") { Subject = actor, Remedies = Remedies.Reader | Remedies.Conversation });
        if (refusals.Count == 0 && reader is { } id && source.State.FindPerson(id) is { Surname: null } unnamed && ReaderFields.OnlyAddressOf(unnamed, source.State) is null)
            refusals.Add(new Refusal("Deze brief kan niet worden gemaakt: van de ontvanger is geen naam bekend.", "Een anonieme melder is niet te bereiken.", "Is er een vertrouwenspersoon, leg die dan vast als persoon bij de melder (persoon-toegevoegd, van).") { Subject = actor });
        return refusals.Count > 0
            ? Outcome<DocumentReading>.Refused(refusals)
            : Outcome<DocumentReading>.Done(new DocumentReading(about, ReaderKnowledge.Of(source, kind!, reader, about, isOwn, isSignedDeviation), held?.Reference ?? request.Conversation, remark));
    }

    /// <summary>Somebody whom the protocol does not address this to: only where its <c>inzage</c> gives it, or the verantwoordelijke decided so.</summary>
    private static string? AllowOther(ProjectionSource source, DocumentRule rule, string actor, CaseFacts facts, Func<string, bool> isSignedDeviation, List<Refusal> refusals)
    {
        var rules = ReaderKnowledge.RulesFor(source, actor, rule.Kind);
        if (rules.LastOrDefault(one => ReaderKnowledge.Gives(one, source.State, facts)) is { } given)
            return given.Answer == AccessAnswer.OnRequest ? $"Geef dit stuk alleen als erom is gevraagd ({given.Article}): {given.Text}" : null;
        if (rules.Any(one => isSignedDeviation(one.Id))) return null;
        if (rules.Count == 0)
        {
            refusals.Add(GoesNotTo(source, rule, actor, rule.Addressees));
        }
        else
        {
            refusals.Add(new Refusal(
                $"{DutchWords.TheFirst(source.Protocol.Word(rule.Kind))} gaat niet naar '{actor}'.", $"{rules[^1].Text} ({rules[^1].Article})",
                rules.LastOrDefault(one => one.ExceptionBy is not null) is { } except
                    ? $"Laat {DutchWords.The(source.Protocol.Word(except.ExceptionBy!))} een afwijking tekenen: protocol-afgeweken met regel {except.Id}."
                    : $"Kies uit: {string.Join(", ", rule.Addressees)}.")
            { Subject = actor });
        }

        return null;
    }

    private static Refusal GoesNotTo(ProjectionSource source, DocumentRule rule, string actor, IReadOnlyList<string> known)
        => new($"{DutchWords.TheFirst(source.Protocol.Word(rule.Kind))} gaat niet naar '{actor}'.", $"Zo staat het in {rule.Article}.", Protocols.Nearest.Advice(actor, known)) { Subject = actor };

    private static ConversationHeld? FindConversation(ProjectionSource source, DocumentTraits traits, AssemblyRequest request, List<Refusal> refusals)
    {
        var all = source.State.All<ConversationHeld>().Where(held => held.Reference is not null).ToList();
        if (request.Conversation is { } asked)
        {
            if (all.LastOrDefault(held => held.Reference == asked) is { } found) return found;
            if (!traits.IsOfConversation && source.State.Events.Any(recorded => recorded.Event.Reference == asked)) return null;
            refusals.Add(new Refusal($"Er is geen gesprek '{asked}' in dit dossier.", "Een gesprek wordt gekozen met het kenmerk waarmee het is vastgelegd.", AdviceOn(all)) { Subject = asked, Remedies = all.Count > 0 ? Remedies.Conversation : Remedies.None });
            return null;
        }

        if (!traits.IsOfConversation) return null;
        var person = request.AddresseePerson ?? request.Betrokkene;
        var among = person is { } one ? all.Where(held => held.With == one).ToList() : all;
        if (among.Count == 1) return among[0];
        refusals.Add(new Refusal(
            among.Count == 0 ? "Er is nog geen gesprek vastgelegd, of het heeft geen kenmerk." : "Er is meer dan één gesprek in dit dossier.", "Dit stuk is het verslag van één gesprek.", AdviceOn(among))
        { Subject = "gesprek", Remedies = among.Count > 0 ? Remedies.Conversation : Remedies.None });
        return null;
    }

    private static string AdviceOn(List<ConversationHeld> among)
        => among.Count == 0 ? "Leg eerst het gesprek vast (gesprek-gehouden, met een kenmerk)." : $"Kies uit: {string.Join(", ", among.Select(held => held.Reference))}.";

    private static CasePerson? Choose(IReadOnlyList<CasePerson> among, PersonId? asked, string role, bool isNeeded, List<Refusal> refusals)
    {
        if (asked is { } id)
        {
            if (among.FirstOrDefault(person => person.Id == id) is { } found) return found;
            refusals.Add(new Refusal($"'{id}' is geen {role} in dit dossier.", "Een stuk gaat over iemand uit het dossier.", Advice(among, role)) { Subject = id.Value, Remedies = among.Count > 0 ? Remedies.Reader : Remedies.None });
            return null;
        }

        if (among.Count == 1) return among[0];
        if (!isNeeded) return null;
        refusals.Add(among.Count == 0
            ? new Refusal($"Er is geen {role} in dit dossier, of u mag die niet zien.", $"Dit stuk is voor een {role}.", $"Leg eerst vast wie de {role} is (persoon-toegevoegd).") { Subject = role }
            : new Refusal($"Er is meer dan één {role} in dit dossier.", $"Dit stuk is voor één {role}.", Advice(among, role)) { Subject = role, Remedies = Remedies.Reader });
        return null;
    }

    private static string Advice(IReadOnlyList<CasePerson> among, string role)
        => among.Count == 0 ? $"Leg eerst vast wie de {role} is (persoon-toegevoegd)." : $"Kies uit: {string.Join(", ", among.Select(person => person.Id.Value).Order(StringComparer.Ordinal))}.";

    private static string? ActorOf(DossierState state, PersonId? person) => person is { } id && state.FindPerson(id) is { } known ? DossierFold.ActorOf(known.Role) : null;

    /// <summary>The role of a reader who is a person of the case; <see langword="null"/> for an office.</summary>
    public static CaseRole? RoleOf(string actor) => actor switch
    {
        "melder" => CaseRole.Melder,
        "betrokkene" => CaseRole.Betrokkene,
        "getuige" => CaseRole.Getuige,
        "benadeelde" => CaseRole.Benadeelde,
        "leidinggevende" => CaseRole.Leidinggevende,
        "gemachtigde" => CaseRole.Gemachtigde,
        "raadsman" => CaseRole.Raadsman,
        "vertrouwenspersoon" => CaseRole.Vertrouwenspersoon,
        _ => null,
    };
}
