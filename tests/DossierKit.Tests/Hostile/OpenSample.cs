using DossierKit.Dossiers;
using DossierKit.Tests.Serving;

namespace DossierKit.Tests.Hostile;

/// <summary>A dossier of the demo as its FI sees it: everything, to know what others must not find.</summary>
internal static class OpenSample
{
    public static async Task<DossierState> OfAsync(ServedVault served, string number)
    {
        var fi = served.Register.Staff.SignIn(new PersonId("fi"), "demo:fi").Value;
        using var dossier = (await served.Register.OpenAsync(new DossierNumber(number), fi, "Proef", default))!;
        return dossier.State;
    }
}
