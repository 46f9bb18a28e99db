using System.Text;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>The law that matters most: nobody gets a name he may not know, whatever the template would do with the data.</summary>
public class KnownNamesTests
{
    public static TheoryData<string> Protocols => [.. ProtocolLibrary.Shipped.All.Where(protocol => protocol.Base is null).Select(protocol => protocol.Id)];

    /// <summary>Who may read which names, apart from himself: written here by hand, from the articles, and not taken from the program.</summary>
    private static readonly Dictionary<string, CaseRole[]> Allowed = new(StringComparer.Ordinal)
    {
        ["betrokkene"] = [CaseRole.Raadsman],
        ["gemachtigde"] = [CaseRole.Betrokkene],
        ["raadsman"] = [CaseRole.Betrokkene],
        ["melder"] = [CaseRole.Melder, CaseRole.Vertrouwenspersoon],
        ["vertrouwenspersoon"] = [CaseRole.Vertrouwenspersoon],
        ["getuige"] = [],
        ["benadeelde"] = [],
        ["leidinggevende"] = [CaseRole.Betrokkene, CaseRole.Leidinggevende],
        ["verantwoordelijke"] = [CaseRole.Betrokkene, CaseRole.Getuige, CaseRole.Benadeelde, CaseRole.Raadsman, CaseRole.Leidinggevende],
        ["functionaris-integriteit"] = [CaseRole.Betrokkene, CaseRole.Getuige, CaseRole.Benadeelde, CaseRole.Raadsman, CaseRole.Leidinggevende],
        ["onderzoeker"] = [CaseRole.Betrokkene, CaseRole.Getuige, CaseRole.Benadeelde, CaseRole.Raadsman, CaseRole.Leidinggevende],
        ["adviseur-arbeidsvoorwaarden"] = [CaseRole.Betrokkene, CaseRole.Raadsman],
        ["directeurenteam"] = [CaseRole.Betrokkene],
        ["hoofd-integriteit"] = [CaseRole.Betrokkene],
        ["verantwoordelijk-directeur"] = [CaseRole.Betrokkene],
        ["voorzitter-or"] = [],
        ["vicevoorzitter-or"] = [],
        ["ondernemingsraad"] = [],
        ["functionaris-gegevensbescherming"] = [],
        ["derde"] = [],
        ["archivaris"] = [],
    };

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Project_EveryKindForEveryReader_HoldsNoNameHeMayNotKnow(string protocolId)
    {
        var protocol = ProtocolLibrary.Shipped.Find(protocolId, null)!;
        var sample = await FullCase.ReadAsync(protocol);
        var source = sample.Source;
        var state = source.State;
        var seen = 0;
        foreach (var (actor, roles) in Allowed)
        {
            var kind = AddresseeKind.Of(actor, protocol).ShouldNotBeNull(actor);
            var readers = DocumentReader.RoleOf(actor) is { } role ? state.Persons.Where(person => person.Role == role).Select(person => (CasePerson?)person).ToList() : [null];
            foreach (var reader in readers)
            {
                foreach (var documentKind in DocumentKinds.All)
                {
                    foreach (var about in actor == "betrokkene" ? [reader!] : state.Betrokkenen.Append(null))
                    {
                        foreach (var conversation in documentKind == "gespreksverslag" ? new[] { null, "gesprek-1", "gesprek-2", "gesprek-4", "gesprek-5" } : [null])
                        {
                            var isOwn = conversation is not null && state.All<ConversationHeld>().Single(held => held.Reference == conversation).With == reader?.Id;
                            var addressee = ReaderKnowledge.Of(source, kind, reader?.Id, about, isOwn, _ => false);
                            var data = Projection.For(source, addressee, about, documentKind, DocumentAnswers.None, conversation);
                            var text = Encoding.UTF8.GetString(CanonicalData.Write(data.Data));
                            foreach (var (name, nameRole) in FullCase.Names)
                            {
                                if (!text.Contains(name, StringComparison.Ordinal)) continue;
                                seen++;
                                var isSelf = reader is not null && reader.Surname == name;
                                var isOther = nameRole == CaseRole.Betrokkene && actor is "betrokkene" or "gemachtigde" or "raadsman" && name == "Zeggewoude" && !isSelf;
                                (isSelf || (roles.Contains(nameRole) && !isOther && !(nameRole == CaseRole.Melder))).ShouldBeTrue($"{protocolId}: {documentKind} to {actor} {reader?.Id} about {about?.Id}, {conversation}: {name}");
                            }
                        }
                    }
                }
            }
        }

        seen.ShouldBeGreaterThan(1000, "the test would say nothing if no name were projected at all");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Make_EveryKindForEveryReaderOfTheProtocol_PassesTheNameCheck(string protocolId)
    {
        var protocol = ProtocolLibrary.Shipped.Find(protocolId, null)!;
        var sample = await FullCase.ReadAsync(protocol);
        var state = sample.State;
        var refused = new List<string>();
        foreach (var rule in protocol.Documents.Where(rule => ShippedTemplates.Kinds.Contains(rule.Kind)))
        {
            var actors = rule.Addressees.Count > 0 ? rule.Addressees : [DocumentTraits.Of(rule.Kind).Reader];
            foreach (var actor in actors)
            {
                var readers = DocumentReader.RoleOf(actor) is { } role ? state.Persons.Where(person => person.Role == role).Select(person => (PersonId?)person.Id).ToList() : [null];
                foreach (var reader in readers)
                {
                    var request = new AssemblyRequest
                    {
                        Addressee = actor,
                        AddresseePerson = reader,
                        Betrokkene = actor == "betrokkene" ? reader : new PersonId("betrokkene-1"),
                        Conversation = DocumentTraits.Of(rule.Kind).IsOfConversation ? state.All<ConversationHeld>().FirstOrDefault(held => held.With == reader)?.Reference : null,
                        OwnAnswers = FullCase.AnswersTo(protocol, rule.Kind),
                        Concept = true,
                    };
                    if (DocumentTraits.Of(rule.Kind).IsOfConversation && request.Conversation is null) continue;
                    var made = sample.Make(rule.Kind, request);
                    if (!made.IsDone)
                    {
                        refused.Add($"{rule.Kind} to {actor} {reader}: {string.Join(" | ", made.Refusals)}");
                        continue;
                    }

                    var check = ProtectedNames.Check(state, reader is { } id ? state.FindPerson(id) : null, [], DocumentRendering.TextsOf(made.Value), mayKnowMelder: true);
                    check.Findings.ShouldBeEmpty($"{protocolId}: {rule.Kind} to {actor} {reader}");
                }
            }
        }

        // Of this case, which is of 2026, a tenlastelegging and its kin cannot be made; everything else can.
        refused.Where(one => !one.StartsWith("tenlastelegging ", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
