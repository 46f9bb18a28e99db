using DossierKit.Protocols;

namespace DossierKit.Dossiers;

/// <summary>
/// By which way a document may go: a confidential melder who came through a vertrouwenspersoon has that person as the only address (OMM, vertrouwelijkheid), and whoever
/// has a gemachtigde is written to through him where the protocol says so (HVN 3.3). Pure; asked of what people record.
/// </summary>
internal static class DispatchRules
{
    /// <summary>Rule ids by which these are named in protocols, and in a signed deviation.</summary>
    public const string ThroughVertrouwenspersoon = "melding.via-vertrouwenspersoon", ThroughGemachtigde = "gemachtigde.brieven";

    public static IEnumerable<Refusal> Check(DossierState state, Protocol protocol, Func<PersonId, StaffPerson?> find, DossierEvent happening, bool mayKnowMelder = true)
    {
        IEnumerable<(PersonId To, PersonId? Through)> ways = happening switch
        {
            DocumentSent sent => [(sent.To, sent.Through)],
            ReceiptConfirmed confirmed => [(confirmed.To, confirmed.Through)],
            InvitationSent invited => [(invited.To, null)],
            ProgressReported report => report.To.Select(to => (to, (PersonId?)null)),
            _ => [],
        };
        foreach (var (to, through) in ways)
        {
            if (state.FindPerson(to) is not { } person) continue;
            if (AddressOf(state, person) is { } only && through != only.Id && !AuthorityRules.IsDeviatedFrom(state, find, ThroughVertrouwenspersoon))
            {
                if (!mayKnowMelder)
                {
                    // Whoever may not know how the melder reported does not learn it here.
                    yield return new Refusal("Dit kan nog niet worden vastgelegd.", "De functionaris integriteit moet er eerst naar kijken.", "Vraag de functionaris integriteit.") { Subject = happening.Name };
                    continue;
                }

                var article = protocol.FindRule(ThroughVertrouwenspersoon)?.Article;
                yield return new Refusal(
                    $"Naar {to} gaat niets rechtstreeks.",
                    $"{(article is null ? "" : $"{article}: ")}de melder is alleen te bereiken via de vertrouwenspersoon.",
                    happening is DocumentSent or ReceiptConfirmed ? $"Stuur het via {only.Id} en noem die in 'via', of stuur het aan {only.Id}." : $"Richt het aan {only.Id}.")
                { Subject = happening.Name };
            }

            // Only letters go through a gemachtigde; whoever is invited is invited himself, and the letter of it is a document sent.
            if (happening is DocumentSent && protocol.FindRule(ThroughGemachtigde) is { } rule && GemachtigdenOf(state, person) is { Count: > 0 } gemachtigden
                && gemachtigden.TrueForAll(one => one.Id != through) && !AuthorityRules.IsDeviatedFrom(state, find, rule.Id))
            {
                yield return new Refusal(
                    $"{to} heeft een gemachtigde.", $"{rule.Article}: {rule.Text}", $"Stuur het via {gemachtigden[^1].Id} en noem die in 'via'.")
                { Subject = happening.Name };
            }
        }
    }

    /// <summary>The vertrouwenspersoon who is the only address of a confidential melder; <see langword="null"/> when the melder can be written to.</summary>
    private static CasePerson? AddressOf(DossierState state, CasePerson person)
    {
        if (person is not { Role: CaseRole.Melder, Form: MelderForm.Vertrouwelijk }) return null;
        var own = state.Persons.LastOrDefault(other => other.Role == CaseRole.Vertrouwenspersoon && (other.Of == person.Id || person.Of == other.Id));
        return own ?? (state.Melders.Count == 1 ? state.Persons.LastOrDefault(other => other is { Role: CaseRole.Vertrouwenspersoon, Of: null }) : null);
    }

    private static List<CasePerson> GemachtigdenOf(DossierState state, CasePerson person)
        => [.. state.Persons.Where(other => other.Role == CaseRole.Gemachtigde && other.Of == person.Id)];
}
