using DossierKit.Dossiers;
using DossierKit.Host.Cli;

namespace DossierKit.Host.Web.Logboek;

/// <summary>What the acts of the log are called.</summary>
internal static class LogTexts
{
    public static string Of(AccessAct act) => act switch
    {
        AccessAct.Opened => "dossier geopend",
        AccessAct.Refused => "toegang geweigerd",
        AccessAct.Created => "dossier gemaakt",
        AccessAct.FileOpened => "bestand bekeken",
        AccessAct.FileExported => "bestand meegenomen",
        AccessAct.RetentionRecorded => "bewaring vastgelegd",
        AccessAct.DossierExported => "heel dossier meegenomen",
        AccessAct.ExportCompleted => "meenemen van heel dossier afgerond",
        AccessAct.ArchiveSeen => "archieflijst bekeken",
        AccessAct.FileMoved => "bestand verplaatst",
        AccessAct.TaskBegun => "taak van het programma",
        AccessAct.SignedIn => "aangemeld",
        AccessAct.SignInFailed => "aanmelden mislukt",
        AccessAct.SignedOut => "afgemeld",
        AccessAct.LinkUsed => "eenmalige link gebruikt",
        AccessAct.RecoveryCodeUsed => "herstelcode gebruikt",
        AccessAct.SteppedUp => "aanwezigheid opnieuw bevestigd",
        AccessAct.LogExported => "logboek meegenomen",
        AccessAct.LogVerified => "logboek nagekeken",
        AccessAct.ConceptTaken => "concept van een stuk meegenomen",
        AccessAct.DirectWorkSeen => "werk op de server bekeken",
        AccessAct.Searched => "gezocht in dossiers",
        AccessAct.SessionEnded => "sessie verlopen",
        _ => Words.Of(act).Replace('-', ' '),
    };

    public static string Of(AccountKind via) => via switch
    {
        AccountKind.Computer => "op de server",
        AccountKind.Passkey => "browser, met passkey",
        AccountKind.OpenIdConnect => "browser, via de gemeente",
        AccountKind.Demo => "browser, voorbeeld",
        AccountKind.Token => "programma, met token",
        _ => "anders",
    };

    /// <summary>What somebody must look at stands out.</summary>
    public static string Kind(AccessAct act) => act is AccessAct.Refused or AccessAct.SignInFailed ? "warning" : "neutral";
}
