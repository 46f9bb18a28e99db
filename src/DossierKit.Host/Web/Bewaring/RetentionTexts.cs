using System.Globalization;

using DossierKit.Dossiers;
using DossierKit.Host.Web.Texts;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Web.Bewaring;

/// <summary>What keeping and destroying are called on the screen, Dutch (B1): the one place for these words.</summary>
internal static class RetentionTexts
{
    /// <summary>How something stands, in a word or three.</summary>
    public static string Of(RetentionStatus status) => status switch
    {
        RetentionStatus.Loopt => "termijn loopt",
        RetentionStatus.Open => "datum nog niet bekend",
        RetentionStatus.Vastgehouden => "vastgehouden",
        RetentionStatus.Ongeclassificeerd => "geen klasse",
        RetentionStatus.Blijvend => "blijft bewaard",
        RetentionStatus.Mag => "mag weg",
        RetentionStatus.Moet => "moet weg",
        RetentionStatus.TeLaat => "te laat",
        _ => "overgedragen",
    };

    /// <summary>What that means, in a sentence.</summary>
    public static string Meaning(RetentionStatus status) => status switch
    {
        RetentionStatus.Loopt => "De bewaartermijn loopt nog; het is bekend wanneer die voorbij is.",
        RetentionStatus.Open => "Wanneer dit weg mag is nog niet bekend: de zaak loopt nog, of er ontbreekt een datum.",
        RetentionStatus.Vastgehouden => "Er is een reden om dit langer te bewaren, zoals een rechtszaak.",
        RetentionStatus.Ongeclassificeerd => "Er is geen klasse van de selectielijst gekozen. Zonder klasse wordt niets vernietigd.",
        RetentionStatus.Blijvend => "Dit wordt nooit vernietigd. Het gaat op een dag naar het archief.",
        RetentionStatus.Mag => "Dit mag worden vernietigd. Het hoeft nog niet.",
        RetentionStatus.Moet => "De tijd is om: dit moet worden vernietigd of overgedragen.",
        RetentionStatus.TeLaat => "Dit had al weg moeten zijn.",
        _ => "Het archief heeft dit ontvangen en beheert het.",
    };

    /// <summary>The kind of its badge.</summary>
    public static string Kind(RetentionStatus status) => status switch
    {
        RetentionStatus.TeLaat => "danger",
        RetentionStatus.Moet or RetentionStatus.Vastgehouden or RetentionStatus.Ongeclassificeerd => "warning",
        RetentionStatus.Blijvend or RetentionStatus.Overgedragen => "safe",
        _ => "neutral",
    };

    public static string Of(RetentionObject kind) => kind switch
    {
        RetentionObject.Dossier => "dossier",
        RetentionObject.Opname => "opname",
        RetentionObject.Kopie => "kopie van een opname",
        _ => "uitgeschreven tekst",
    };

    public static string Of(ArchiveObjectKind kind) => kind switch
    {
        ArchiveObjectKind.Opname => Of(RetentionObject.Opname),
        ArchiveObjectKind.Kopie => Of(RetentionObject.Kopie),
        _ => Of(RetentionObject.Transcript),
    };

    public static string Of(HoldKind kind) => kind switch
    {
        HoldKind.Civiel => "civiele rechtszaak",
        HoldKind.Bestuursrechtelijk => "bezwaar, beroep of bestuursrechter",
        HoldKind.Strafrechtelijk => "strafzaak",
        HoldKind.Avg => "verzoek of klacht over persoonsgegevens (AVG)",
        _ => "verzoek om openbaarheid (Woo)",
    };

    public static string Of(Nominatie nominatie) => nominatie == Nominatie.Vernietigen ? "vernietigen" : "blijvend bewaren";

    public static string Of(Afleidingswijze from) => from switch
    {
        Afleidingswijze.Afgehandeld => "vanaf de dag dat het dossier is gesloten",
        Afleidingswijze.AnderDatumkenmerk => "vanaf een andere datum, die u vastlegt",
        Afleidingswijze.IngangsdatumBesluit => "vanaf de dag dat een besluit ingaat",
        Afleidingswijze.VervaldatumBesluit => "vanaf de dag dat een besluit vervalt",
        Afleidingswijze.Termijn => "vanaf een aantal jaren na het sluiten",
        Afleidingswijze.Eigenschap => "vanaf een eigenschap van de zaak",
        Afleidingswijze.GerelateerdeZaak => "vanaf een zaak die erbij hoort",
        Afleidingswijze.Hoofdzaak => "vanaf de hoofdzaak",
        _ => "vanaf een object van de zaak",
    };

    /// <summary>A period of ISO 8601 in words: "10 jaar", "2 jaar en 6 maanden".</summary>
    public static string Period(string? period)
    {
        if (period is not { Length: > 2 } || period[0] != 'P') return period ?? "";
        var parts = new List<string>();
        var number = 0;
        foreach (var c in period.AsSpan(1))
        {
            if (char.IsAsciiDigit(c))
            {
                number = (number * 10) + (c - '0');
                continue;
            }

            parts.Add(c switch
            {
                'Y' => $"{Nl.Number(number)} jaar",
                'M' => Nl.Count(number, "maand", "maanden"),
                'W' => Nl.Count(number, "week", "weken"),
                'D' => Nl.Count(number, "dag", "dagen"),
                _ => period,
            });
            number = 0;
        }

        return parts.Count == 0 ? period : string.Join(" en ", parts);
    }

    /// <summary>A class in a line: "12.1.7, vernietigen na 10 jaar".</summary>
    public static string Of(Classification set)
        => set.Nominatie == Nominatie.BlijvendBewaren ? $"{set.Result}, blijvend bewaren" : $"{set.Result}, vernietigen na {Period(set.Term)}";

    /// <summary>What names an object without naming anybody: eight characters of its id.</summary>
    public static string Short(OpaqueId id) => id.ToString()[..8];

    /// <inheritdoc cref="Short(OpaqueId)"/>
    public static string Short(FileId id) => id.ToString()[..8];

    /// <summary>What an item is called: "dossier", "opname 0f8e7d6c".</summary>
    public static string Name(RetentionItem item) => item.Object is { } id ? $"{Of(item.Kind)} {Short(id)}" : Of(item.Kind);

    /// <summary>The address of what explains an item.</summary>
    public static string Path(RetentionItem item) => item.Object is { } id ? $"/bewaring/dossiers/{item.Dossier}#opname-{Short(id)}" : $"/bewaring/dossiers/{item.Dossier}";

    /// <summary>The last day something should be there: only recordings have one, a dossier may go from a day on.</summary>
    public static DateOnly? MustBefore(RetentionItem item) => item.Kind == RetentionObject.Dossier ? null : item.Due;

    /// <summary>A day in a cell, or nothing.</summary>
    public static string Day(DateOnly? day) => day is { } known ? Nl.Date(known) : "";

    /// <summary>A year as text.</summary>
    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);
}
