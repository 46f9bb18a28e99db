using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Retention;

/// <summary>Every reason of a plan: its code, what a reader is told (Dutch, B1) and the article. The one place for these texts.</summary>
internal static class ReasonTexts
{
    private const string ListOnly = "Archiefwet 1995 art. 3 en 5";
    private const string Longer = "Archiefbesluit 1995 art. 5";
    private const string Own = "eigen regel van DossierKit";

    // Not by a culture: a machine without language data writes the same text.
    private static readonly string[] Months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

    public static RetentionReason NotClosed { get; } = new("zaak-open", "De zaak is nog niet gesloten. De termijn begint pas na het sluiten.", ListOnly);

    public static RetentionReason Unclassified { get; } = new("geen-klasse", "Er is geen klasse van de selectielijst vastgesteld. Zonder klasse wordt een dossier nooit vernietigd.", ListOnly);

    public static RetentionReason Incomplete { get; } = new("onvolledig", "Er is meer in dit dossier dan het overzicht kan bevatten. Wat er weg mag of moet, is hier niet te zien. Stel een lijst voor van dit dossier: dan wordt het dossier zelf gelezen.", Own);

    public static RetentionReason ProtocolUnknown { get; } = new("protocol-onbekend", "Het protocol van deze zaak is hier niet bekend. Daarom blijft de opname bewaard.", Own);

    public static RetentionReason Class(Classification set)
        => new("klasse", $"De klasse is {set.Result}: {(set.Nominatie == Nominatie.Vernietigen ? $"vernietigen na {Period(set.Term)}" : "blijvend bewaren")}. Dat is vastgesteld op {Day(set.SetOn)}.", Result(set.List, set.Result));

    public static RetentionReason ClosingWithoutGround(string result)
        => new("klasse-zonder-grond", $"Bij het sluiten is klasse {result} genoemd, zonder grond. Daarom telt die klasse nog niet.", ListOnly);

    public static RetentionReason ClosingDisagrees(string set, string named)
        => new("klasse-tegenspraak", $"Vastgesteld was klasse {set}, en bij het sluiten daarna is klasse {named} genoemd. Tot iemand een van beide vaststelt, telt geen van twee.", ListOnly);

    public static RetentionReason ClosingUnknown(string result, Selectielijst list)
        => new("klasse-onbekend", $"Bij het sluiten is klasse {result} genoemd. Daarvan volgt uit {list.Title} geen termijn, dus die klasse telt nog niet.", ListOnly);

    public static RetentionReason ChangedNominatie(ActionDateOverride change) => new("waardering-aangepast", $"Op {Day(change.SetOn)} is besloten het dossier blijvend te bewaren.", Longer);

    public static RetentionReason FromClosing(DateOnly closed) => new("brondatum", $"De termijn loopt vanaf het sluiten van de zaak: {Day(closed)}.", "ZGW: brondatum afgehandeld");

    public static RetentionReason FromProcessTerm(Classification set, DateOnly closed, DateOnly begins)
        => new("brondatum", $"De termijn loopt vanaf {Day(begins)}: {Period(set.ProcessTerm)} na het sluiten op {Day(closed)}.", "ZGW: brondatum termijn");

    public static RetentionReason FromRecorded(Classification set, DateOnly date) => new("brondatum", $"De termijn loopt vanaf {Name(set)}: {Day(date)}.", $"ZGW: brondatum {JsonWords.Of(set.From)}");

    public static RetentionReason SourceMissing(Classification set) => new("brondatum-ontbreekt", $"De termijn loopt vanaf {Name(set)}, en die datum is nog niet vastgelegd.", $"ZGW: brondatum {JsonWords.Of(set.From)}");

    public static RetentionReason SourceNotUsed(Classification set)
        => new("afleidingswijze-niet-gebruikt", $"De afleidingswijze {JsonWords.Of(set.From)} geeft hier geen datum: {Afleiding.WhyNot(set.From)}", $"ZGW: brondatum {JsonWords.Of(set.From)}");

    public static RetentionReason NoTerm(Classification set) => new("geen-termijn", $"Klasse {set.Result} heeft geen termijn die het programma kan lezen.", Result(set.List, set.Result));

    public static RetentionReason Computed(Classification set, DateOnly from, DateOnly computed) => new("termijn", $"{Day(from)} plus {Period(set.Term)} is {Day(computed)}.", Result(set.List, set.Result));

    public static RetentionReason Transfer(DateOnly closed, DateOnly? transfer, Selectielijst list)
        => new("overbrengen", transfer is { } on ? $"Wat blijvend wordt bewaard, gaat uiterlijk {Period(list.TransferAfter)} na het sluiten ({Day(closed)}) naar het archief: {Day(on)}." : "Wat blijvend wordt bewaard, gaat naar het archief.", list.TransferArticle);

    public static RetentionReason NotBeforeClosing(DateOnly closed) => new("niet-voor-sluiting", $"Die dag ligt voor het sluiten van de zaak. Daarom geldt de dag van het sluiten: {Day(closed)}.", Own);

    public static RetentionReason Changed(ActionDateOverride change, DateOnly? date)
        => new("aangepast", $"Op {Day(change.SetOn)} is besloten te bewaren tot {Day(change.KeepUntil!.Value)}. Volgens de klasse was het {(date is { } computed ? Day(computed) : "nog niet bekend")}; de laatste van de twee geldt.", Longer);

    public static RetentionReason Transferred(DateOnly on) => new("overgedragen", $"Het archief heeft het dossier ontvangen op {Day(on)}.", "Archiefwet 1995 art. 12");

    public static RetentionReason Reopened(DateOnly on) => new("heropend", $"De zaak is op {Day(on)} heropend. De termijn begint opnieuw als zij weer wordt gesloten.", Own);

    public static RetentionReason NotYet(DateOnly date) => new("nog-niet", $"Die dag is nog niet bereikt: {Day(date)}.", ListOnly);

    public static RetentionReason Reached(DateOnly date) => new("bereikt", $"Die dag is bereikt: {Day(date)}. Het dossier moet nu worden vernietigd.", ListOnly);

    public static RetentionReason TransferReached(DateOnly date) => new("overbrengen-bereikt", $"Die dag is bereikt: {Day(date)}. Het dossier gaat nu naar het archief.", "Archiefwet 1995 art. 12");

    public static RetentionReason Late(DateOnly last) => new("te-laat", $"Dit had uiterlijk op {Day(last)} moeten gebeuren.", ListOnly);

    public static RetentionReason HeldBy(Hold hold, string article)
        => new("vastgehouden", $"Er geldt een bewaargrond ({JsonWords.Of(hold.Kind)}) sinds {Day(hold.PlacedOn)}. Zolang twee mensen die niet hebben opgeheven, blijft dit bewaard.", hold.Kind switch
        {
            HoldKind.Avg => "AVG art. 18",
            HoldKind.Woo => "Woo art. 4.1",
            _ => article,
        });

    public static RetentionReason RecordingSilent(Protocol protocol)
        => new("protocol-zwijgt", $"Protocol {protocol.Id} zegt niet hoe lang een opname bewaard blijft. De gemeente beslist: tot het sluiten blijft de opname bewaard, daarna mag zij weg.", "AVG art. 5 lid 1 onder e");

    public static RetentionReason NotRipe(RetentionRule rule) => new("verslag-open", "De opname is nog nodig: het verslag van het gesprek is niet vastgesteld en de zaak is niet gesloten.", rule.Article);

    public static RetentionReason Ripe(RetentionRule rule, DateOnly on, bool byVerslag)
        => byVerslag
            ? new("verslag-vastgesteld", $"Het verslag van het gesprek is vastgesteld op {Day(on)}. Vanaf dan mag de opname weg.", rule.Article)
            : new("mag-vanaf", $"De opname mag weg vanaf {Day(on)}.", rule.Article);

    public static RetentionReason Obliged(RetentionRule rule, DateOnly since, DateOnly? due)
        => new("moet", $"De zaak is gesloten op {Day(since)}.{(due is { } last ? $" De opname moet weg zijn op {Day(last)}." : "")}", rule.Article);

    public static RetentionReason Window(RetentionRule rule, DateOnly from, DateOnly end, bool isAgreed)
        => new("venster", $"Na het besluit van {Day(from)} kan nog een procedure beginnen, tot en met {Day(end)}. Tot die dag hoeft de opname niet weg{(isAgreed ? "; zij mag wel weg, omdat het verslag is vastgesteld" : ", en zij mag ook niet weg, omdat het verslag niet is vastgesteld")}.", rule.Article);

    public static RetentionReason ByDossier(RetentionRule rule, DateOnly? due)
        => new("volgt-dossier", $"Voor opnamen geldt de termijn van het dossier{(due is { } on ? $": {Day(on)}" : ", en die is nog niet bekend")}.", rule.Article);

    public static RetentionReason RecordingLate(RetentionRule rule, DateOnly last) => new("te-laat", $"De opname had uiterlijk op {Day(last)} weg moeten zijn.", rule.Article);

    public static RetentionReason SharesFate(RetentionRule rule, ArchiveObjectKind kind)
        => new("zelfde-lot", kind == ArchiveObjectKind.Transcript ? "Een uitgewerkte tekst die niemand heeft getekend, deelt het lot van de opname." : "Een kopie deelt het lot van de opname.", rule.Article);

    public static RetentionReason SharesFates(RetentionRule rule, DateOnly? ripe)
        => new("meer-opnamen", $"Deze tekst hoort bij meer dan een opname. Hij gaat pas weg als elk daarvan weg mag{(ripe is { } on ? $": vanaf {Day(on)}" : ", en dat is nog niet bekend")}.", rule.Article);

    public static RetentionReason AlsoSomethingElse(string article)
        => new("ook-anders", "Dit bestand is ook vastgelegd als verslag, origineel of bewijs. Het gaat niet weg als kopie van een opname.", article);

    public static RetentionReason Waits(RetentionRule rule, TermLength wait)
        => new("wachttijd", $"Na de laatste goedkeuring wacht een lijst hiermee nog {wait}. Dat getal is een keuze van de gemeente.", rule.Article);

    /// <summary>The article of a result.</summary>
    public static string Result(string list, string number) => $"{(list == ShippedSelectielijst.Id ? "Selectielijst 2020" : list)}, resultaat {number}";

    /// <summary>A day in full.</summary>
    public static string Day(DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Months[date.Month - 1]} {date.Year}");

    /// <summary>A period in words, such as <c>1 jaar en 6 maanden</c>.</summary>
    public static string Period(string? iso)
    {
        if (iso is null || !IsoPeriod.TryParse(iso, out _)) return "een onbekende termijn";
        var parts = new List<string>();
        var number = 0;
        foreach (var c in iso.AsSpan(1))
        {
            if (char.IsAsciiDigit(c))
            {
                number = (10 * number) + (c - '0');
                continue;
            }

            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {c switch { 'Y' => "jaar", 'M' => number == 1 ? "maand" : "maanden", 'W' => number == 1 ? "week" : "weken", _ => number == 1 ? "dag" : "dagen" }}"));
            number = 0;
        }

        return string.Join(" en ", parts);
    }

    private static string Name(Classification set) => set.From switch
    {
        Afleidingswijze.AnderDatumkenmerk => $"'{set.Kenmerk}'",
        Afleidingswijze.IngangsdatumBesluit => "de dag waarop het besluit inging",
        _ => "de dag waarop het besluit verviel",
    };
}
