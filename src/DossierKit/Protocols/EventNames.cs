namespace DossierKit.Protocols;

/// <summary>
/// The names of everything that can happen in a dossier: one Dutch name each, the same on disk, in the API, in protocol files and for <c>record</c>.
/// A protocol uses a subset. Source: the event list drawn from the protocols of Heerlen 2020, Heerenveen 2011, Ommen and the BPI overlay.
/// </summary>
public static class EventNames
{
#pragma warning disable CS1591 // The name is the documentation: each constant is the event of that name.
    public const string DossierAangemaakt = "dossier-aangemaakt";
    public const string PersoonToegevoegd = "persoon-toegevoegd";
    public const string BestandToegevoegd = "bestand-toegevoegd";
    public const string StukOpgemaakt = "stuk-opgemaakt";
    public const string AntwoordenVastgelegd = "antwoorden-vastgelegd";
    public const string MeldingOntvangen = "melding-ontvangen";
    public const string OntvangstBevestigd = "ontvangst-bevestigd";
    public const string SignaalGekoppeld = "signaal-gekoppeld";
    public const string IntakeGehouden = "intake-gehouden";
    public const string IntakeverslagGecorrigeerd = "intakeverslag-gecorrigeerd";
    public const string VerantwoordelijkeGeinformeerd = "verantwoordelijke-geinformeerd";
    public const string CriteriaGewogen = "criteria-gewogen";
    public const string VooronderzoekGedaan = "vooronderzoek-gedaan";
    public const string NietOnderzoekswaardig = "niet-onderzoekswaardig";
    public const string AnderTrajectGekozen = "ander-traject-gekozen";
    public const string AangifteGedaan = "aangifte-gedaan";
    public const string OpdrachtVoorgelegd = "opdracht-voorgelegd";
    public const string BesluitDirecteurenteam = "besluit-directeurenteam";
    public const string OpdrachtVerstrekt = "opdracht-verstrekt";
    public const string OpdrachtUitgebreid = "opdracht-uitgebreid";
    public const string OnderzoekerAangewezen = "onderzoeker-aangewezen";
    public const string OnderzoekerGewraakt = "onderzoeker-gewraakt";
    public const string OnderzoekerTeruggetreden = "onderzoeker-teruggetreden";
    public const string KennisgevingGedaan = "kennisgeving-gedaan";
    public const string KennisgevingUitgesteld = "kennisgeving-uitgesteld";
    public const string LeidinggevendeGeinformeerd = "leidinggevende-geinformeerd";
    public const string OrGeinformeerd = "or-geinformeerd";
    public const string OrdemaatregelOpgelegd = "ordemaatregel-opgelegd";
    public const string OrdemaatregelVerlengd = "ordemaatregel-verlengd";
    public const string OrdemaatregelBeeindigd = "ordemaatregel-beeindigd";
    public const string BewijsVeiliggesteld = "bewijs-veiliggesteld";
    public const string BewijsTeruggegeven = "bewijs-teruggegeven";
    public const string MethodeToegestaan = "methode-toegestaan";
    public const string UitnodigingVerzonden = "uitnodiging-verzonden";
    public const string GesprekGehouden = "gesprek-gehouden";
    public const string OpnameGemaakt = "opname-gemaakt";
    public const string VerslagOpgemaakt = "verslag-opgemaakt";
    public const string VerslagVerzonden = "verslag-verzonden";
    public const string VerslagGecorrigeerd = "verslag-gecorrigeerd";
    public const string VerslagVastgesteld = "verslag-vastgesteld";
    public const string VerslagGeweigerd = "verslag-geweigerd";
    public const string AfwijkendeMening = "afwijkende-mening";
    public const string VoortgangGemeld = "voortgang-gemeld";
    public const string WederhoorGedaan = "wederhoor-gedaan";
    public const string FeitenrapportAangeboden = "feitenrapport-aangeboden";
    public const string TenlasteleggingGedaan = "tenlastelegging-gedaan";
    public const string VerantwoordingAfgelegd = "verantwoording-afgelegd";
    public const string BeslisdocumentOpgesteld = "beslisdocument-opgesteld";
    public const string OordeelGegeven = "oordeel-gegeven";
    public const string MaatregelGenomen = "maatregel-genomen";
    public const string StukNaarPersoneelsdossier = "stuk-naar-personeelsdossier";
    public const string InzageVerleend = "inzage-verleend";
    public const string InzageOpengesteld = "inzage-opengesteld";
    public const string InzageIngetrokken = "inzage-ingetrokken";
    public const string PartijenGeinformeerd = "partijen-geinformeerd";
    public const string DatalekGemeld = "datalek-gemeld";
    public const string DossierGesloten = "dossier-gesloten";
    public const string DossierHeropend = "dossier-heropend";
    public const string NazorgAangeboden = "nazorg-aangeboden";
    public const string EerherstelGegeven = "eerherstel-gegeven";
    public const string BenadelingGemeld = "benadeling-gemeld";
    public const string KlachtOntvangen = "klacht-ontvangen";
    public const string ProtocolAfgeweken = "protocol-afgeweken";
    public const string StukVerzonden = "stuk-verzonden";
    public const string RegelNageleefd = "regel-nageleefd";
    public const string OmstandigheidVastgesteld = "omstandigheid-vastgesteld";
    public const string ProtocolGewisseld = "protocol-gewisseld";
    public const string OntvangstVanStuk = "ontvangst-van-stuk";
    public const string JournaalAantekening = "journaal-aantekening";
    public const string OrigineelGeregistreerd = "origineel-geregistreerd";
    public const string KopieElders = "kopie-elders";
    public const string KopieTeruggehaald = "kopie-teruggehaald";
    public const string RegistratieBijgewerkt = "registratie-bijgewerkt";
    public const string OrdemaatregelGehoord = "ordemaatregel-gehoord";
    public const string WederhoorAangeboden = "wederhoor-aangeboden";
    public const string ZienswijzeGevraagd = "zienswijze-gevraagd";
    public const string BestandVerplaatst = "bestand-verplaatst";
    public const string KlasseVastgesteld = "klasse-vastgesteld";
    public const string BrondatumVastgelegd = "brondatum-vastgelegd";
    public const string ArchiefactiedatumAangepast = "archiefactiedatum-aangepast";
    public const string BewaargrondGeplaatst = "bewaargrond-geplaatst";
    public const string BewaargrondHerzien = "bewaargrond-herzien";
    public const string OpheffingVoorgesteld = "opheffing-voorgesteld";
    public const string BewaargrondOpgeheven = "bewaargrond-opgeheven";
    public const string Overgedragen = "overgedragen";
#pragma warning restore CS1591

    private static readonly HashSet<string> Names = typeof(EventNames).GetFields()
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);

    /// <summary>All names, in no particular order.</summary>
    public static IReadOnlyCollection<string> All => Names;

    /// <summary>Whether <paramref name="name"/> is an event of this house.</summary>
    /// <param name="name">A name in kebab case.</param>
    /// <returns><see langword="true"/> when it is known.</returns>
    public static bool IsKnown(string name) => Names.Contains(name);
}
