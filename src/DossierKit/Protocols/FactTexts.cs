namespace DossierKit.Protocols;

/// <summary>What facts are called to the people who must settle them, and which of them the dossier tells by itself. Dutch (B1).</summary>
internal static class FactTexts
{
    /// <summary>Facts that follow from what is in the dossier: who says otherwise mends the dossier.</summary>
    private static readonly Dictionary<string, string> FromTheDossier = new(StringComparer.Ordinal)
    {
        [FactNames.Positie] = "de positie van de betrokkene (persoon-toegevoegd)",
        [FactNames.PolitiekAmbtsdrager] = "de positie van de betrokkene (persoon-toegevoegd)",
        [FactNames.OrLid] = "wat van een persoon bekend is (persoon-toegevoegd)",
        [FactNames.OrVoorzitter] = "wat van een persoon bekend is (persoon-toegevoegd)",
        [FactNames.Gemachtigde] = "de personen van de zaak (persoon-toegevoegd)",
        [FactNames.Vorm] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.MelderBekend] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.MelderVertrouwelijk] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.MelderAnoniem] = "de vorm van de melding (melding-ontvangen of persoon-toegevoegd)",
        [FactNames.SoortMelding] = "de aard van de melding (melding-ontvangen)",
        [FactNames.Onderzoek] = "de opdracht (opdracht-verstrekt)",
        [FactNames.OpnameOverlegd] = "wat bij de opname staat (opname-gemaakt)",
        [FactNames.OpnameVernietigingVerteld] = "wat bij de opname staat (opname-gemaakt)",
        [FactNames.SystemenOnderzoek] = "de methoden (opdracht-verstrekt of methode-toegestaan)",
        [FactNames.EmailOnderzoek] = "de methoden (opdracht-verstrekt of methode-toegestaan)",
        [FactNames.WerkplekOnderzoek] = "de methoden (opdracht-verstrekt of methode-toegestaan)",
        [FactNames.Gegrond] = "het oordeel (oordeel-gegeven)",
        [FactNames.Akkoord] = "het besluit van het directeurenteam (besluit-directeurenteam)",
        [FactNames.MondelingeVerantwoording] = "de verantwoording (verantwoording-afgelegd)",
    };

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        [FactNames.MelderStemtInMetBekendmaking] = "de melder vindt goed dat zijn naam bekend wordt",
        [FactNames.ViaVertrouwenspersoon] = "de melding loopt via de vertrouwenspersoon",
        [FactNames.Onderzoekswaardig] = "de melding is onderzoek waard",
        [FactNames.AndereIngang] = "het onderzoek kan ook op een andere manier beginnen dan met het verhaal van de melder",
        [FactNames.IdentiteitNodig] = "het onderzoek kan niet zonder te vertellen wie de melder is",
        [FactNames.StrafbaarFeit] = "er is mogelijk een strafbaar feit",
        [FactNames.ErnstigeSchending] = "het gaat om een ernstige schending",
        [FactNames.ZwareMethode] = "er is een zwaardere onderzoeksmethode nodig",
        [FactNames.Observatie] = "er komt observatie",
        [FactNames.ExternOnderzoek] = "externe onderzoekers doen het onderzoek",
        [FactNames.EigenEenheid] = "de betrokkene werkt bij dezelfde eenheid als de onderzoekers",
        [FactNames.TwijfelObjectiviteit] = "de onderzoekers of de betrokkene twijfelen aan de objectiviteit",
        [FactNames.LeidinggevendeBetrokken] = "de leidinggevende kan zelf bij de zaak betrokken zijn",
        [FactNames.GriffieOnderProtocol] = "de raad heeft het protocol voor de griffie aangenomen",
        [FactNames.Spoed] = "er is haast",
        [FactNames.Ordemaatregel] = "er geldt een ordemaatregel",
        [FactNames.Opname] = "er is een opname",
        [FactNames.VerslagGemaakt] = "er is een verslag gemaakt",
        [FactNames.AfwijkendeMening] = "er is een afwijkende mening",
        [FactNames.VerslagGeweigerd] = "iemand weigert het verslag te tekenen",
        [FactNames.Plichtsverzuim] = "er is plichtsverzuim vastgesteld",
        [FactNames.RechtspositioneleProcedure] = "er loopt een procedure over de rechtspositie",
        [FactNames.OudAmbtenarenrecht] = "de zaak valt onder het oude ambtenarenrecht (voor 2020)",
        [FactNames.Datalek] = "de schending is ook een datalek",
        [FactNames.ExternVerzoek] = "een instantie van buiten vraagt om mee te werken aan haar onderzoek",
        [FactNames.BedreigingOfGeweld] = "iemand van de gemeente is bedreigd of heeft geweld meegemaakt",
        [FactNames.AnoniemeVerklaring] = "een getuige wil verklaren zonder dat zijn naam bekend wordt",
        [FactNames.Ingeleend] = "de betrokkene werkt hier via een andere organisatie (uitzendkracht, gedetacheerde of stagiair)",
        [FactNames.LichteSchending] = "het is een lichte schending die goed is vast te stellen",
        [FactNames.OpzettelijkOnjuist] = "de melding is met opzet onjuist",
        [FactNames.TweeBijElkGesprek] = "elk gesprek is door twee onderzoekers gevoerd",
        [FactNames.MailInVolgorde] = "de stappen van het e-mailonderzoek zijn in hun volgorde gezet",
        [FactNames.MailInhoud] = "de inhoud van e-mail wordt gelezen",
        [FactNames.OrDomeinVerteld] = "de voorzitter van de OR heeft na afloop het domein gehoord",
        [FactNames.FgGetoetst] = "de functionaris gegevensbescherming heeft de observatie vooraf getoetst",
    };

    /// <summary>From what in the dossier a fact follows; <see langword="null"/> when somebody settles it.</summary>
    public static string? SourceOf(string fact) => FromTheDossier.GetValueOrDefault(fact);

    /// <summary>What it means that the fact holds; the name itself when there are no better words.</summary>
    public static string Meaning(string fact) => Meanings.GetValueOrDefault(fact, fact);
}
