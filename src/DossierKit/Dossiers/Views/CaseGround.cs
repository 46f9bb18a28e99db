using System.Security.Cryptography;
using System.Text;
using DossierKit.Vault;

namespace DossierKit.Dossiers;

/// <summary>What a comparison with other cases stands on: the entries of one case that say what was decided about one betrokkene. No names and no content.</summary>
/// <param name="Entries">The journal entries, in the order of the case.</param>
/// <param name="DecidedOn">The day of the last decision; <see langword="null"/> when nothing was decided yet.</param>
internal sealed record CaseGround(IReadOnlyList<OpaqueId> Entries, DateOnly? DecidedOn)
{
    /// <summary>SHA-256 over the entries, 64 hexadecimal digits: another one as soon as a decision was added, taken back, judged anew or destroyed.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Entries))));

    public static CaseGround Of(DossierState full, PersonId betrokkene)
    {
        var entries = full.Events.Where(recorded => IsGround(recorded.Event, betrokkene)).ToList();
        var decided = entries.Where(recorded => recorded.Event is OordeelGiven or MaatregelTaken or FoundNotInvestigable or OtherRouteChosen).Select(recorded => (DateOnly?)recorded.Event.Date).Max();
        return new CaseGround([.. entries.Select(recorded => recorded.Entry)], decided);
    }

    private static bool IsGround(DossierEvent happening, PersonId betrokkene) => happening switch
    {
        OordeelGiven judged => judged.Betrokkene == betrokkene,
        MaatregelTaken taken => taken.Betrokkene == betrokkene,
        EerherstelGiven given => given.Betrokkene == betrokkene,
        RegistrationUpdated updated => updated.Betrokkene == betrokkene,
        OpdrachtGiven given => given.Betrokkenen.Contains(betrokkene),
        OpdrachtExtended extended => extended.Betrokkenen.Contains(betrokkene),
        FoundNotInvestigable or OtherRouteChosen or DossierReopened => true,
        _ => false,
    };
}
