namespace DossierKit.Protocols;

/// <summary>What facts are called to the people who must settle them, and which of them the dossier tells by itself. Dutch (B1).</summary>
public static class FactTexts
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

    /// <summary>Facts that are said in a clause of their own when they hold, and when they do not.</summary>
    private static readonly Dictionary<string, (string Holds, string HoldsNot)> Clauses = new(StringComparer.Ordinal)
    {
        [FactNames.PolitiekAmbtsdrager] = ("de betrokkene is een politieke ambtsdrager", "de betrokkene is geen politieke ambtsdrager"),
        [FactNames.OrLid] = ("de betrokkene zit in de ondernemingsraad", "de betrokkene zit niet in de ondernemingsraad"),
        [FactNames.OrVoorzitter] = ("de betrokkene is voorzitter van de ondernemingsraad", "de betrokkene is geen voorzitter van de ondernemingsraad"),
        [FactNames.Gemachtigde] = ("er is een gemachtigde", "er is geen gemachtigde"),
        [FactNames.MelderBekend] = ("de melder is bekend", "de melder is niet bekend"),
        [FactNames.MelderVertrouwelijk] = ("de melder wil niet met zijn naam bekend worden", "de melding is niet vertrouwelijk"),
        [FactNames.MelderAnoniem] = ("de melder is anoniem", "de melder is niet anoniem"),
        [FactNames.MelderStemtInMetBekendmaking] = ("de melder vindt goed dat zijn naam bekend wordt", "de melder vindt niet goed dat zijn naam bekend wordt"),
        [FactNames.Onderzoekswaardig] = ("de melding is onderzoek waard", "de melding is geen onderzoek waard"),
        [FactNames.Onderzoek] = ("er is een opdracht voor een onderzoek", "er is geen opdracht voor een onderzoek"),
        [FactNames.AndereIngang] = ("het onderzoek kan ook op een andere manier beginnen dan met het verhaal van de melder", "het onderzoek kan niet anders beginnen dan met het verhaal van de melder"),
        [FactNames.OpnameOverlegd] = ("de opname is vooraf besproken", "de opname is niet vooraf besproken"),
        [FactNames.OpnameVernietigingVerteld] = ("er is verteld wanneer de opname wordt vernietigd", "er is niet verteld wanneer de opname wordt vernietigd"),
        [FactNames.SystemenOnderzoek] = ("er worden systemen onderzocht", "er worden geen systemen onderzocht"),
        [FactNames.EmailOnderzoek] = ("er wordt e-mail onderzocht", "er wordt geen e-mail onderzocht"),
        [FactNames.WerkplekOnderzoek] = ("er wordt een werkplek onderzocht", "er wordt geen werkplek onderzocht"),
        [FactNames.Gegrond] = ("het oordeel is gegrond", "het oordeel is niet gegrond"),
        [FactNames.Akkoord] = ("het directeurenteam is akkoord", "het directeurenteam is niet akkoord"),
        [FactNames.MondelingeVerantwoording] = ("de betrokkene verantwoordt zich mondeling", "de betrokkene verantwoordt zich niet mondeling"),
        [FactNames.ExternOnderzoek] = ("externe onderzoekers doen het onderzoek", "er zijn geen externe onderzoekers"),
        [FactNames.LeidinggevendeBetrokken] = ("de leidinggevende kan zelf bij de zaak betrokken zijn", "de leidinggevende is zelf niet bij de zaak betrokken"),
        [FactNames.RechtspositioneleProcedure] = ("er loopt een procedure over de rechtspositie", "er loopt geen procedure over de rechtspositie"),
        [FactNames.OudAmbtenarenrecht] = ("de zaak valt onder het oude ambtenarenrecht (voor 2020)", "de zaak valt niet onder het oude ambtenarenrecht"),
    };

    /// <summary>A fact as a main clause.</summary>
    /// <param name="fact">Its name.</param>
    /// <param name="value">The value it is compared with.</param>
    /// <param name="holds">Whether it is so, or is not so.</param>
    public static string Clause(string fact, string value, bool holds)
    {
        if (value != CaseFacts.Yes || !FactNames.IsYesNo(fact))
        {
            var (one, verb) = fact == FactNames.Positie ? ("de betrokkene", holds ? "is" : "is geen") : fact == FactNames.Vorm ? ("de melding", holds ? "is" : "is niet") : ("de melding", holds ? "is een" : "is geen");
            return $"{one} {verb} {value.Replace('-', ' ')}";
        }

        if (Clauses.TryGetValue(fact, out var clause)) return holds ? clause.Holds : clause.HoldsNot;
        return holds ? Meaning(fact) : $"het is niet zo dat {Meaning(fact)}";
    }

    /// <summary>From what in the dossier a fact follows; <see langword="null"/> when somebody settles it.</summary>
    /// <param name="fact">One of <see cref="FactNames"/>.</param>
    /// <returns>Dutch, within a sentence.</returns>
    public static string? SourceOf(string fact) => FromTheDossier.GetValueOrDefault(fact);

    /// <summary>What it means that the fact holds; the name itself when there are no better words.</summary>
    /// <param name="fact">One of <see cref="FactNames"/>.</param>
    /// <returns>Dutch, within a sentence.</returns>
    public static string Meaning(string fact) => Meanings.GetValueOrDefault(fact, fact);
}
