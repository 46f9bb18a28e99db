using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>What events about the protocol itself must say, in every dossier. Whether the rule they name exists is judged where the protocol is known.</summary>
internal static class ProtocolEventRules
{
    public static void Check(DossierEvent happening, List<Refusal> refusals)
    {
        switch (happening)
        {
            case RuleKept { Note: null or "" }:
                Refuse("Er staat niet bij hoe de regel is nageleefd.", "Wie later kijkt, moet kunnen zien wat er is gedaan.", "Vul bij 'toelichting' in wat er is gedaan, of waarom de regel hier niet aan de orde is. Zonder namen.", "toelichting");
                break;
            case FactEstablished established:
                CheckFact(established);
                break;
        }

        void CheckFact(FactEstablished established)
        {
            if (!FactNames.IsKnown(established.Fact))
                Refuse($"Het feit '{established.Fact}' bestaat niet.", "Regels hangen af van feiten uit een vaste lijst.", Nearest.Advice(established.Fact, FactNames.All), "feit");
            else if (FactTexts.SourceOf(established.Fact) is { } origin)
                Refuse($"Het feit '{established.Fact}' legt u zo niet vast.", $"Het volgt uit {origin}.", "Verbeter het daar.", "feit");
            else if (!FactNames.ValuesOf(established.Fact).Contains(established.Value, StringComparer.Ordinal))
                Refuse($"Het feit '{established.Fact}' kent deze waarde niet.", "De waarden liggen vast.", $"Kies uit: {string.Join(", ", FactNames.ValuesOf(established.Fact))}.", "waarde");
            if (string.IsNullOrWhiteSpace(established.Note))
                Refuse("Er staat niet bij waarom dit zo is.", "Van dit feit hangt af welke regels gelden.", "Vul 'toelichting' in. Zonder namen.", "toelichting");
        }

        void Refuse(string what, string why, string whatNow, string subject) => refusals.Add(new Refusal(what, why, whatNow) { Subject = subject });
    }

    /// <summary>Whether what an event says of the protocol is in that protocol; a name that is not would silently do nothing.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="state">The full state it would follow.</param>
    /// <param name="protocol">The protocol of the case at that moment.</param>
    /// <param name="protocols">All protocols at hand.</param>
    public static IEnumerable<Refusal> CheckNames(DossierEvent happening, DossierState state, Protocol protocol, ProtocolLibrary protocols)
    {
        switch (happening)
        {
            // Also from who has authority, and from the only address of a melder: those hold whether the protocol names them by an id or not.
            case ProtocolDeviated deviated when !protocol.AllIds().Concat(CaseAuthority.DeviationIds).Append(DispatchRules.ThroughVertrouwenspersoon).Contains(deviated.Rule, StringComparer.Ordinal):
                yield return Unknown(deviated.Rule, protocol, protocol.AllIds().Concat(CaseAuthority.DeviationIds));
                break;
            case RuleKept kept:
                var rules = protocol.Rules.Concat(protocol.Documents.Select(document => Duties.Of(document, protocol)).OfType<Rule>()).ToList();
                if (rules.Find(rule => rule.Id == kept.Rule) is not { } found)
                    yield return Unknown(kept.Rule, protocol, rules.Select(rule => rule.Id));
                else if (kept.Person is { } person && state.FindPerson(person) is { } known && !found.Roles.Contains(DossierFold.ActorOf(known.Role), StringComparer.Ordinal))
                    yield return new Refusal(
                        "Deze regel geldt niet voor deze persoon.", $"{found.Article} geldt {(found.Roles.Count == 0 ? "voor de hele zaak" : $"voor: {string.Join(", ", found.Roles)}")}.", "Laat 'persoon' weg of kies een andere persoon.")
                    { Subject = "persoon" };
                break;
            case ProtocolSwitched switched when protocols.Find(switched.To, switched.ToVersion) is null:
                yield return new Refusal(
                    $"Het protocol {switched.To} {switched.ToVersion} is er niet.", "Een zaak volgt een protocol dat het programma kent.", $"Kies uit: {string.Join(", ", protocols.All.Select(known => $"{known.Id} {known.Version}"))}. Of installeer het eerst.")
                { Subject = "naar" };
                break;
            case ProtocolSwitched switched when switched.To == protocol.Id && switched.ToVersion == protocol.Version:
                yield return new Refusal("Dit dossier volgt dat protocol al.", $"Het is {protocol.Id} {protocol.Version}.", "Leg deze gebeurtenis niet vast.") { Subject = "naar" };
                break;
        }
    }

    private static Refusal Unknown(string rule, Protocol protocol, IEnumerable<string> known)
        => new($"De regel '{rule}' staat niet in dit protocol.", $"Het dossier volgt {protocol.Id} {protocol.Version}.", Nearest.Advice(rule, known)) { Subject = "regel", Remedies = Remedies.Protocol };
}
