namespace DossierKit.Host.Web.Bewaring;

/// <summary>One column of the forecast.</summary>
/// <param name="Label">The year.</param>
/// <param name="Dossiers">Dossiers that may be destroyed.</param>
/// <param name="Recordings">Recordings and what goes with them.</param>
/// <param name="Transfers">Dossiers that go to the archive.</param>
public sealed record ForecastBar(string Label, int Dossiers, int Recordings, int Transfers)
{
    public int Total => Dossiers + Recordings + Transfers;
}
