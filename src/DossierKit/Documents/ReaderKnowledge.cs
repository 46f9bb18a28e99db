using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>
/// What one reader may know in one case: the table of <see cref="AddresseeKind"/>, less what the protocol refuses him, plus what it gives him (<c>inzage</c>), plus what the
/// verantwoordelijke decided by a signed deviation from such a rule. So what protocols answer differently (does the betrokkene get the report, what does the melder hear at the
/// end) is data.
/// </summary>
internal static class ReaderKnowledge
{
    /// <summary>What goes with a subject of <c>inzage</c>.</summary>
    private static readonly Dictionary<string, Knowledge[]> Subjects = new(StringComparer.Ordinal)
    {
        ["identiteit-melder"] = [Knowledge.Melder],
        ["melding"] = [Knowledge.Melding],
        ["uitkomst"] = [Knowledge.Oordeel],
        ["maatregel"] = [Knowledge.Maatregel],
        ["voortgang"] = [Knowledge.Voortgang],
        ["onderzoeksgegevens"] = [Knowledge.Bevindingen],
        ["onderzoeksopdracht"] = [Knowledge.Opdracht, Knowledge.Onderzoeksvragen],
        ["feitenrapportage"] = [Knowledge.Bevindingen, Knowledge.Onderzoeksvragen],
        ["beslisdocument"] = [Knowledge.Oordeel],
        ["besluit-directeurenteam"] = [Knowledge.Directeurenteam],
    };

    /// <summary>A reader with what he may know.</summary>
    /// <param name="source">The dossier and its protocol.</param>
    /// <param name="kind">What kind of reader.</param>
    /// <param name="person">Who, if a person of the case.</param>
    /// <param name="about">The betrokkene it is about, if one.</param>
    /// <param name="ownConversation">Whether the document is about a conversation with this very reader.</param>
    /// <param name="isAllowed">Whether a rule of deviation was signed by a verantwoordelijke.</param>
    public static Addressee Of(ProjectionSource source, AddresseeKind kind, PersonId? person, CasePerson? about, bool ownConversation, Func<string, bool> isAllowed)
    {
        var facts = source.State.Facts.For(about?.Id.Value);
        var hasAuthority = person is null && HasAuthority(source, kind.Id, about, facts);
        var known = (hasAuthority ? AddresseeKind.Find("verantwoordelijke")! : kind).MayKnow.ToHashSet();
        var rules = source.Protocol.Access.Where(rule => rule.Who == kind.Id || (hasAuthority && rule.Who == "verantwoordelijke")).ToList();
        foreach (var rule in rules.Where(rule => rule.Answer == AccessAnswer.No && rule.When.MayHold(facts))) known.ExceptWith(KnowledgeOf(rule));
        foreach (var rule in rules.Where(rule => Gives(rule, source.State, facts) || isAllowed(rule.Id))) known.UnionWith(KnowledgeOf(rule));
        if (ownConversation) known.Add(Knowledge.Verklaringen);
        var unsettled = rules.Where(rule => rule.Answer is AccessAnswer.Yes or AccessAnswer.OnRequest && HasBegun(rule, source.State) && rule.When.Evaluate(facts) is null && KnowledgeOf(rule).Any(one => !known.Contains(one)))
            .Select(rule => new UnsettledAccess(rule, [.. rule.When.Facts.Where(fact => facts.Find(fact) is null)], KnowledgeOf(rule))).ToList();
        return new Addressee(kind, person) { Known = known, HasAuthority = hasAuthority, Unsettled = unsettled };
    }

    /// <summary>The rules on whether an actor gets a kind of document.</summary>
    public static IReadOnlyList<AccessRule> RulesFor(ProjectionSource source, string actor, string kind) => [.. source.Protocol.Access.Where(rule => rule.Who == actor && rule.What == kind)];

    /// <summary>Whether a rule surely gives in this case: its condition holds and what it waits for has happened.</summary>
    public static bool Gives(AccessRule rule, DossierState state, CaseFacts facts)
        => rule.Answer is AccessAnswer.Yes or AccessAnswer.OnRequest && rule.When.Holds(facts) && HasBegun(rule, state);

    private static bool HasBegun(AccessRule rule, DossierState state)
        => rule.From.Count == 0 || state.ProtocolEvents.Any(happened => rule.From.Contains(happened.Name, StringComparer.Ordinal));

    private static Knowledge[] KnowledgeOf(AccessRule rule) => Subjects.GetValueOrDefault(rule.What) ?? [];

    private static bool HasAuthority(ProjectionSource source, string actor, CasePerson? about, CaseFacts facts)
        => source.State.Betrokkenen.Where(person => about is null || person.Id == about.Id).Select(person => person.Position ?? Position.Medewerker).Where(position => position != Position.Extern)
            .Any(position => ((AuthorityTask[])[AuthorityTask.Receives, AuthorityTask.Commissions, AuthorityTask.Judges])
                .Any(task => source.Protocol.FindAuthority(CaseFactsOf.PositionName(position), task, facts)?.Holders.Contains(actor, StringComparer.Ordinal) == true));
}
