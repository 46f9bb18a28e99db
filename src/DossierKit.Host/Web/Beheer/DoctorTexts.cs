using DossierKit.Host.Cli.Doctor;

namespace DossierKit.Host.Web.Beheer;

/// <summary>A check for the screen.</summary>
/// <param name="Title">What was looked at, and how it came out.</param>
/// <param name="Todo">Why it matters and what to do; <see langword="null"/> when it is in order.</param>
/// <param name="Kind">safe, warning or danger.</param>
/// <param name="Detail">What the program says to operators, English, with paths.</param>
public sealed record DoctorItem(string Title, string? Todo, string Kind, string Detail);

/// <summary>The checks of <c>doctor</c> in Dutch: a line a check, with what to do when it is not as it should be.</summary>
internal static class DoctorTexts
{
    private static readonly Dictionary<string, (string Good, string Wrong, string Todo)> Texts = new(StringComparer.Ordinal)
    {
        ["runtime"] = ("Dit draait het programma.", "De omgeving van het programma klopt niet.", "Installeer .NET opnieuw."),
        ["unicode"] = ("Accenten in namen worden herkend.", "Accenten in namen worden niet herkend.", "De naamcontrole kan dan een naam missen. Installeer ICU (Debian: libicu)."),
        ["time-zone"] = ("De tijdzone van Nederland is bekend.", "De tijdzone van Nederland is niet bekend.", "Zonder tijdzone kloppen wettelijke datums niet. Installeer tzdata."),
        ["libreoffice"] = ("LibreOffice is er: van stukken kan een PDF worden gemaakt.", "LibreOffice ontbreekt.", "Stukken zijn er dan alleen als Word-bestand. Debian: apt install libreoffice-writer-nogui."),
        ["pdftotext"] = ("pdftotext is er: in PDF's kan worden gezocht.", "pdftotext ontbreekt.", "PDF's zijn dan niet doorzoekbaar. Debian: apt install poppler-utils."),
        ["pdftoppm"] = ("pdftoppm is er: ook gescande PDF's kunnen worden gelezen.", "pdftoppm ontbreekt.", "Gescande PDF's zijn dan niet doorzoekbaar. Debian: apt install poppler-utils."),
        ["tesseract"] = ("tesseract is er: in scans en foto's kan worden gezocht.", "tesseract ontbreekt.", "Scans en foto's zijn dan niet doorzoekbaar. Debian: apt install tesseract-ocr-nld."),
        ["antiword"] = ("antiword is er: in oude Word-bestanden kan worden gezocht.", "antiword ontbreekt.", "Oude Word-bestanden (.doc) worden dan door LibreOffice gelezen, of niet. Debian: apt install antiword."),
        ["bubblewrap"] = ("bubblewrap is er: andere programma's zien geen bestanden en geen netwerk.", "bubblewrap ontbreekt.", "Zonder afscherming wordt geen PDF gemaakt. Debian: apt install bubblewrap."),
        ["sandbox"] = ("De afscherming van andere programma's werkt.", "De afscherming van andere programma's werkt hier niet.", "Er wordt dan geen PDF gemaakt; stukken zijn er alleen als Word-bestand. De melding hieronder zegt wat de machine tegenhoudt."),
        ["swap"] = ("Het geheugen wordt niet naar een schijf geschreven.", "Deze machine kan geheugen naar een schijf schrijven (swap).", "Sleutels en open stukken kunnen dan leesbaar op die schijf komen. Zet swap uit voor deze dienst (MemorySwapMax=0) of versleutel hem."),
        ["core-dumps"] = ("Na een fout blijft geen kopie van het geheugen achter.", "Na een fout kan een kopie van het geheugen achterblijven.", "Daar staan sleutels en open stukken in. Zet dit uit voor deze dienst (LimitCORE=0)."),
        ["clock"] = ("De klok van de machine wordt gelijkgezet.", "Het is niet te zien dat de klok wordt gelijkgezet.", "Termijnen en het logboek hangen ervan af. Zet het gelijkzetten aan (timedatectl set-ntp true)."),
        ["certificate"] = ("Het certificaat is geldig.", "Het certificaat is verlopen, verloopt binnenkort of kan niet worden gelezen.", "Zonder geldig certificaat kan niemand zich aanmelden. Vernieuw het bestand; het programma neemt het zelf over."),
        ["security-contact"] = ("Er staat bij wie men een zwakke plek kan melden.", "Er staat niet (lang meer) bij wie men een zwakke plek kan melden.", "Noem een contact en een einddatum in de instellingen (security.contact en security.expires)."),
        ["data"] = ("De map van de kluis is er.", "De map van de kluis is er niet.", "Kijk na of de schijf is aangekoppeld."),
        ["data-rights"] = ("Alleen dit account kan bij de map van de kluis.", "Ook andere accounts kunnen bij de map van de kluis.", "De inhoud is versleuteld, maar bestanden kunnen worden weggehaald. Haal de rechten van anderen weg (chmod 700)."),
        ["data-space"] = ("Er is genoeg ruimte op de schijf.", "De schijf raakt vol.", "Vernietigen kan nog, toevoegen straks niet meer. Maak ruimte."),
        ["unlock-volume"] = ("De sleutel van de kluis ligt niet bij de kluis.", "De sleutel ligt bij de kluis of is niet afgeschermd.", "Wie de schijf meeneemt, kan dan alles lezen. Leg de sleutel op een andere schijf, of gebruik de geheimen van het systeem (systemd LoadCredential)."),
        ["state-volume"] = ("De stand van de kluis wordt apart bewaard.", "De stand ligt bij de kluis, of is er nog niet.", "Wordt een oude kopie van de schijf teruggezet, dan merkt niemand dat. Bewaar de stand op een andere schijf (--state)."),
        ["demo"] = ("Dit is geen voorbeeldkluis.", "Dit is een voorbeeldkluis.", "De sleutel ligt erin en iedereen kan elke rol spelen. Zet er nooit een echte zaak in; maak een eigen kluis met 'dossierkit init'."),
        ["founded"] = ("De kluis is ingericht.", "De kluis is niet ingericht.", "Er zijn geen gemeente en geen personen. Maak de kluis opnieuw met 'dossierkit init'."),
        ["role-fi"] = ("Er is een functionaris integriteit.", "Er is vandaag geen functionaris integriteit.", "Niemand kan een melding behandelen. Laat iemand aanwijzen."),
        ["role-verantwoordelijke"] = ("Er is een verantwoordelijke.", "Er is vandaag geen verantwoordelijke.", "Niemand kan besluiten of een wijziging bevestigen. Laat iemand aanwijzen."),
        ["second-person"] = ("Genoeg mensen kunnen een wijziging bevestigen.", "Maar twee mensen kunnen een wijziging bevestigen.", "Is een van hen er niet, of gaat de zaak over een van hen, dan kan niemand dat. Wijs een plaatsvervanger aan."),
    };

    /// <summary>The check for the screen; one without a text of its own shows what operators read.</summary>
    public static DoctorItem Of(Finding finding)
    {
        var kind = finding.Health switch { Health.Good => "safe", Health.Warning => "warning", _ => "danger" };
        if (!Texts.TryGetValue(finding.Check, out var text)) return new(finding.Check, finding.Health == Health.Good ? null : "Lees de melding van het programma.", kind, finding.Text);
        return finding.Health == Health.Good ? new(text.Good, null, kind, finding.Text) : new(text.Wrong, text.Todo, kind, finding.Text);
    }

    /// <summary>Whether a check is known here; a test asks.</summary>
    public static bool IsKnown(string check) => Texts.ContainsKey(check);
}
