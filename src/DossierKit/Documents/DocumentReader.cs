using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>Finds whom a document is about and who reads it; with several to choose from it asks.</summary>
internal static class DocumentReader
{
    public static Outcome<(CasePerson? About, Addressee Addressee)> Find(ProjectionSource source, DocumentRule rule, AssemblyRequest request)
    {
        var refusals = new List<Refusal>();
        var actor = request.Addressee ?? (rule.Addressees.Count > 0 ? rule.Addressees[0] : "verantwoordelijke");
        var kind = AddresseeKind.Find(actor);
        if (kind is null || (request.Addressee is not null && rule.Addressees.Count > 0 && !rule.Addressees.Contains(actor, StringComparer.Ordinal)))
        {
            var known = rule.Addressees.Count > 0 ? rule.Addressees : [.. AddresseeKind.All.Select(one => one.Id)];
            refusals.Add(new Refusal($"De {source.Protocol.Word(rule.Kind)} gaat niet naar '{actor}'.", $"Zo staat het in {rule.Article}.", Protocols.Nearest.Advice(actor, known)) { Subject = actor });
        }

        var betrokkenen = source.State.Betrokkenen;
        var about = Choose(betrokkenen, request.Betrokkene, "betrokkene", isNeeded: actor == "betrokkene" || request.Betrokkene is not null, refusals);
        PersonId? reader = null;
        if (actor == "betrokkene")
        {
            reader = about?.Id;
        }
        else if (RoleOf(actor) is { } role)
        {
            reader = Choose([.. source.State.Persons.Where(person => person.Role == role)], request.AddresseePerson, actor, isNeeded: true, refusals)?.Id;
        }

        return refusals.Count > 0
            ? Outcome<(CasePerson?, Addressee)>.Refused(refusals)
            : Outcome<(CasePerson?, Addressee)>.Done((about, new Addressee(kind!, reader)));
    }

    private static CasePerson? Choose(IReadOnlyList<CasePerson> among, PersonId? asked, string role, bool isNeeded, List<Refusal> refusals)
    {
        if (asked is { } id)
        {
            if (among.FirstOrDefault(person => person.Id == id) is { } found) return found;
            refusals.Add(new Refusal($"'{id}' is geen {role} in dit dossier.", "Een stuk gaat over iemand uit het dossier.", Advice(among, role)) { Subject = id.Value });
            return null;
        }

        if (among.Count == 1) return among[0];
        if (!isNeeded) return null;
        refusals.Add(among.Count == 0
            ? new Refusal($"Er is geen {role} in dit dossier, of u mag die niet zien.", $"Dit stuk is voor een {role}.", $"Leg eerst vast wie de {role} is (persoon-toegevoegd).") { Subject = role }
            : new Refusal($"Er is meer dan één {role} in dit dossier.", $"Dit stuk is voor één {role}.", Advice(among, role)) { Subject = role });
        return null;
    }

    private static string Advice(IReadOnlyList<CasePerson> among, string role)
        => among.Count == 0 ? $"Leg eerst vast wie de {role} is (persoon-toegevoegd)." : $"Kies uit: {string.Join(", ", among.Select(person => person.Id.Value).Order(StringComparer.Ordinal))}.";

    private static CaseRole? RoleOf(string actor) => actor switch
    {
        "melder" => CaseRole.Melder,
        "getuige" => CaseRole.Getuige,
        "leidinggevende" => CaseRole.Leidinggevende,
        "gemachtigde" => CaseRole.Gemachtigde,
        _ => null,
    };
}
