using DossierKit.Dossiers;
using DossierKit.Retention;
using DossierKit.Search;

namespace DossierKit.Host;

/// <summary>Where cards meet keeping: neither knows the other, so the days on which dossiers go are handed over here.</summary>
internal static class CardDoor
{
    /// <summary>The cards of a register; from now on destruction asks them to let go as well.</summary>
    public static CardRegister Open(DossierRegister register) => CardRegister.Of(register, async ct =>
    {
        var list = (await SelectielijstLibrary.LoadAsync(register, ct)).InUse;
        return entry => ActionDate.OfDossier(entry, list);
    });
}
