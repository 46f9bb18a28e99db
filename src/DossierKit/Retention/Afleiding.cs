using DossierKit.Dossiers;

namespace DossierKit.Retention;

/// <summary>Which afleidingswijzen a dossier of this program knows, and why not the others.</summary>
public static class Afleiding
{
    /// <summary>Whether a dossier can take its brondatum so.</summary>
    /// <param name="from">The afleidingswijze.</param>
    /// <returns><see langword="true"/> when it can.</returns>
    public static bool IsUsed(Afleidingswijze from) => from is Afleidingswijze.Afgehandeld or Afleidingswijze.AnderDatumkenmerk or Afleidingswijze.IngangsdatumBesluit
        or Afleidingswijze.VervaldatumBesluit or Afleidingswijze.Termijn;

    /// <summary>Why a dossier cannot take its brondatum so, Dutch.</summary>
    /// <param name="from">The afleidingswijze.</param>
    /// <returns>One sentence; empty when it can.</returns>
    public static string WhyNot(Afleidingswijze from) => from switch
    {
        Afleidingswijze.Eigenschap => "een dossier heeft hier geen losse eigenschappen; leg de datum vast onder een naam (ander_datumkenmerk).",
        Afleidingswijze.GerelateerdeZaak => "een dossier staat op zichzelf en wacht niet op een andere zaak; leg de datum vast onder een naam (ander_datumkenmerk).",
        Afleidingswijze.Hoofdzaak => "een integriteitsdossier is geen deelzaak; leg de datum vast onder een naam (ander_datumkenmerk).",
        Afleidingswijze.Zaakobject => "objecten van een zaak worden hier niet geregistreerd; leg de datum vast onder een naam (ander_datumkenmerk).",
        _ => "",
    };
}
