using System.Collections.Frozen;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Texts;

/// <summary>What things are called on the screen, in Dutch (B1): the one place for names of phases, compartments, roles, kinds and ways.</summary>
internal static class Labels
{
    private static readonly FrozenDictionary<string, string> EventNamesInFull = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // Where the name on disk has no accents, or says less than a reader wants.
        [EventNames.VerantwoordelijkeGeinformeerd] = "Verantwoordelijke geïnformeerd",
        [EventNames.LeidinggevendeGeinformeerd] = "Leidinggevende geïnformeerd",
        [EventNames.OrGeinformeerd] = "Ondernemingsraad geïnformeerd",
        [EventNames.PartijenGeinformeerd] = "Partijen geïnformeerd",
        [EventNames.OrdemaatregelBeeindigd] = "Ordemaatregel beëindigd",
        [EventNames.NietOnderzoekswaardig] = "Besloten dat er geen onderzoek komt",
        [EventNames.BesluitDirecteurenteam] = "Besluit van het directeurenteam",
        [EventNames.IntakeverslagGecorrigeerd] = "Intakeverslag gecorrigeerd",
        [EventNames.OntvangstBevestigd] = "Ontvangst van de melding bevestigd",
        [EventNames.OntvangstVanStuk] = "Ontvangst van een stuk",
        [EventNames.ProtocolAfgeweken] = "Afgeweken van het protocol",
        [EventNames.ProtocolGewisseld] = "Ander protocol gekozen",
        [EventNames.RegelNageleefd] = "Regel van het protocol nageleefd",
        [EventNames.OmstandigheidVastgesteld] = "Omstandigheid vastgesteld",
        [EventNames.JournaalAantekening] = "Aantekening in het journaal",
        [EventNames.KopieElders] = "Kopie buiten de kluis",
        [EventNames.KopieTeruggehaald] = "Kopie teruggehaald",
        [EventNames.StukNaarPersoneelsdossier] = "Stuk naar het personeelsdossier",
        [EventNames.AntwoordenVastgelegd] = "Antwoorden voor een stuk bewaard",
        [EventNames.AnderTrajectGekozen] = "Ander traject gekozen",
        [EventNames.KlasseVastgesteld] = "Klasse van de selectielijst vastgesteld",
        [EventNames.Overgedragen] = "Overgedragen aan het archief",
        [EventNames.VoortgangGemeld] = "Bericht over de voortgang",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(DossierPhase phase) => phase switch
    {
        DossierPhase.Melding => "Melding",
        DossierPhase.Opdracht => "Opdracht",
        DossierPhase.Onderzoek => "Onderzoek",
        DossierPhase.Besluit => "Besluit",
        _ => "Gesloten",
    };

    /// <summary>Who can read what lies there, for whoever chooses a place.</summary>
    public static string Explain(Compartment compartment) => compartment.Name switch
    {
        "kaft" => "nummer, protocol en datums",
        "melding" => "de melding en de beoordeling ervan, zonder wie de melder is",
        "melder" => "alles wat zegt wie de melder is; alleen voor de functionaris integriteit",
        "opdracht" => "de opdracht en over wie die gaat",
        "onderzoek" => "gesprekken, bewijs, brieven en het rapport",
        "bewaring" => "hoe lang het dossier bewaard blijft, en waarom",
        "opnamen" => "geluid en beeld van gesprekken; dit gaat het eerst weg",
        _ => "oordeel, beslisdocument, maatregelen en wat daarna komt",
    };

    public static string Of(CaseRole role) => role switch
    {
        CaseRole.Overig => "Iemand anders",
        CaseRole.Verwant => "Verwant of relatie",
        _ => Sentence(Words.Of(role)),
    };

    /// <summary>What somebody with such a role is, for whoever adds a person.</summary>
    public static string Explain(CaseRole role) => role switch
    {
        CaseRole.Melder => "doet de melding",
        CaseRole.Betrokkene => "over diens gedrag gaat de zaak",
        CaseRole.Getuige => "kan iets vertellen over de feiten",
        CaseRole.Benadeelde => "heeft er schade of last van",
        CaseRole.Verwant => "partner, familie of zakelijke relatie van iemand in de zaak",
        CaseRole.Raadsman => "staat iemand bij in een gesprek",
        CaseRole.Gemachtigde => "alle post van iemand gaat via deze persoon",
        CaseRole.Leidinggevende => "directe leidinggevende van de betrokkene",
        CaseRole.Onderzoeker => "doet het onderzoek",
        CaseRole.Vertrouwenspersoon => "brengt de melding in en is het adres van de melder",
        CaseRole.Adviseur => "adviseert over het besluit",
        _ => "heeft geen deel aan de feiten, zoals een tolk",
    };

    public static string Of(MelderForm form) => form switch
    {
        MelderForm.Anoniem => "anoniem",
        MelderForm.Vertrouwelijk => "vertrouwelijk",
        _ => "open",
    };

    public static string Of(Position position) => position switch
    {
        Position.Extern => "van buiten de gemeente",
        Position.Griffiemedewerker => "medewerker van de griffie",
        _ => Words.Of(position),
    };

    public static string Of(FileKind kind) => kind switch
    {
        FileKind.Melding => "Melding of bericht van de melder",
        FileKind.Letter => "Brief of bericht",
        FileKind.Document => "Stuk uit dit programma",
        FileKind.Other => "Iets anders",
        _ => Sentence(Words.Of(kind)),
    };

    public static string Of(Delivery delivery) => delivery switch
    {
        Delivery.ByHandWithReceipt => "uitgereikt met ontvangstbewijs",
        Delivery.ThroughGemachtigde => "via de gemachtigde",
        Delivery.ThroughVertrouwenspersoon => "via de vertrouwenspersoon",
        Delivery.SecureMessage => "beveiligd bericht",
        Delivery.Post => "per post",
        _ => Words.Of(delivery),
    };

    public static string Of(StaffRole role) => role switch
    {
        StaffRole.Fi => "functionaris integriteit",
        StaffRole.PlaatsvervangendFi => "plaatsvervangend functionaris integriteit",
        StaffRole.OnderzoekerIntern => "onderzoeker",
        StaffRole.OnderzoekerExtern => "onderzoeker van buiten",
        StaffRole.HoofdBi => "hoofd bureau integriteit",
        StaffRole.Fg => "functionaris gegevensbescherming",
        _ => Words.Of(role),
    };

    public static string Of(Oordeel oordeel) => oordeel == Oordeel.DeelsGegrond ? "deels gegrond" : Words.Of(oordeel);

    public static string Of(CaseOutcome outcome) => Words.Of(outcome).Replace('-', ' ');

    public static string Of(Strength strength) => strength switch
    {
        Strength.Must => "moet",
        Strength.AsARule => "in de regel",
        Strength.May => "kan",
        _ => "indien van toepassing",
    };

    public static string Of(Right right) => right switch
    {
        Right.Write => "lezen en toevoegen",
        Right.Read => "lezen",
        Right.Metadata => "alleen weten dat er iets is",
        _ => "niets",
    };

    public static string Of(AuthorityTask task) => task switch
    {
        AuthorityTask.Receives => "Hoort van de melding en gaat over de zaak",
        AuthorityTask.Commissions => "Geeft de opdracht",
        AuthorityTask.Judges => "Oordeelt",
        _ => "Legt een maatregel op",
    };

    /// <summary>The name of an event, such as <c>Melding ontvangen</c>.</summary>
    public static string Event(string name) => EventNamesInFull.GetValueOrDefault(name) ?? Sentence(name);

    /// <summary>The name of a kind of document, in the words of a protocol.</summary>
    public static string Document(string kind, Protocol protocol) => Sentence(protocol.Word(kind));

    /// <summary>Whatever word of the domain, as text: no hyphens, first letter in upper case.</summary>
    public static string Sentence(string word) => word.Length == 0 ? word : string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1)).Replace('-', ' ');
}
