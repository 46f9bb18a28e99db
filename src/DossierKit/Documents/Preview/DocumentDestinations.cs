using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Finds for whom a kind of document can be made: every combination that <see cref="DocumentReader"/> accepts, and no other.</summary>
internal static class DocumentDestinations
{
    public static Outcome<IReadOnlyList<DocumentDestination>> Of(ProjectionSource source, DocumentRule rule)
    {
        var deviations = source.State.All<ProtocolDeviated>().Where(deviated => AssemblyCase.IsSigned(source, deviated)).Select(deviated => deviated.Rule).ToHashSet(StringComparer.Ordinal);
        var found = new List<DocumentDestination>();
        IReadOnlyList<Refusal> refusals = [];
        foreach (var request in Requests(source.State, rule))
        {
            var reading = DocumentReader.Find(source, rule, request, deviations.Contains);
            if (!reading.IsDone)
            {
                if (refusals.Count == 0) refusals = reading.Refusals;
                continue;
            }

            var (about, addressee, conversation, _) = reading.Value;
            var destination = new DocumentDestination(addressee.Kind.Id, addressee.Person, about?.Id, conversation);
            if (!found.Contains(destination)) found.Add(destination);
        }

        if (found.Count > 0) return Outcome<IReadOnlyList<DocumentDestination>>.Done(found);
        // Nobody to make it for: the plain question says best what is missing.
        return Outcome<IReadOnlyList<DocumentDestination>>.Refused(
            DocumentReader.Find(source, rule, new AssemblyRequest(), deviations.Contains) is { IsDone: false } plain ? plain.Refusals : refusals);
    }

    private static IEnumerable<AssemblyRequest> Requests(DossierState state, DocumentRule rule)
    {
        var traits = DocumentTraits.Of(rule.Kind);
        if (traits.IsOfConversation)
        {
            foreach (var held in state.All<ConversationHeld>().Where(held => held.Reference is not null)) yield return new AssemblyRequest { Conversation = held.Reference };
            yield break;
        }

        foreach (var actor in rule.Addressees.Count > 0 ? [.. rule.Addressees, .. AddresseeKind.All.Select(kind => kind.Id).Except(rule.Addressees, StringComparer.Ordinal)] : (IReadOnlyList<string>)[traits.Reader])
        {
            var role = DocumentReader.RoleOf(actor);
            IEnumerable<PersonId?> readers = role is null ? [null] : state.Persons.Where(person => person.Role == role).Select(person => (PersonId?)person.Id);
            foreach (var reader in readers)
            {
                if (actor == "betrokkene")
                {
                    foreach (var reference in References(state, rule.Kind, reader)) yield return new AssemblyRequest { Addressee = actor, AddresseePerson = reader, Betrokkene = reader, Conversation = reference };
                    continue;
                }

                // About the case, and with several betrokkenen also about each of them.
                if (!traits.IsOfBetrokkene)
                {
                    foreach (var reference in References(state, rule.Kind, reader)) yield return new AssemblyRequest { Addressee = actor, AddresseePerson = reader, Conversation = reference };
                }

                if (!traits.IsOfBetrokkene && state.Betrokkenen.Count < 2) continue;
                foreach (var about in state.Betrokkenen)
                    yield return new AssemblyRequest { Addressee = actor, AddresseePerson = reader, Betrokkene = about.Id };
            }
        }
    }

    /// <summary>The one of several a document goes with: an account given twice, a person invited twice. An invitation can also go before its event.</summary>
    private static IReadOnlyList<string?> References(DossierState state, string kind, PersonId? reader)
    {
        IReadOnlyList<string?> references = kind switch
        {
            "verantwoordingsverslag" => [.. state.All<VerantwoordingGiven>().Where(given => given.Betrokkene == reader && given.Reference is not null).Select(given => given.Reference)],
            "uitnodiging-gesprek" => [null, .. state.All<InvitationSent>().Where(sent => sent.To == reader && sent.Reference is not null).Select(sent => sent.Reference)],
            _ => [],
        };
        return references.Count > 0 ? references : [null];
    }
}
