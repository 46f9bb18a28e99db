using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Retention;

namespace DossierKit.Host.Api;

/// <summary>A dossier, or something in one, in the plan of today.</summary>
[Description("Een dossier, of een opname in een dossier, in het plan van vandaag. Zonder namen en zonder inhoud.")]
public sealed record Bewaarregel
{
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [Description("Het bestand; ontbreekt als het om het hele dossier gaat."), JsonPropertyName("object")] public string? Object { get; init; }

    [Description("Wat het is: dossier, opname, kopie of transcript."), JsonPropertyName("kind")] public required string Kind { get; init; }

    [Description("Wat ermee moet gebeuren: bewaren, vernietigen of overdragen."), JsonPropertyName("decision")] public required string Decision { get; init; }

    [Description("Hoe het ervoor staat, zoals loopt, mag, moet, te-laat of vastgehouden."), JsonPropertyName("status")] public required string Status { get; init; }

    [Description("De eerste dag dat het weg mag."), JsonPropertyName("ripe")] public DateOnly? Ripe { get; init; }

    [Description("Van een opname de laatste dag dat hij er mag zijn; van een dossier de archiefactiedatum."), JsonPropertyName("due")] public DateOnly? Due { get; init; }

    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    [Description("De klasse van de selectielijst."), JsonPropertyName("class")] public Bewaarklasse? Class { get; init; }

    [Description("Waarvoor het wordt vastgehouden."), JsonPropertyName("holds")] public required IReadOnlyList<Bewaargrond> Holds { get; init; }

    [Description("Waarom, stap voor stap."), JsonPropertyName("reasons")] public required IReadOnlyList<Bewaarreden> Reasons { get; init; }

    [Description("Waar iemand naar moet kijken."), JsonPropertyName("warnings")] public required IReadOnlyList<string> Warnings { get; init; }

    [Description("SHA-256 van alles waarop dit besluit rust: daaraan is een goedkeuring gebonden."), JsonPropertyName("fingerprint")] public required string Fingerprint { get; init; }

    internal static Bewaarregel Of(RetentionItem item) => new()
    {
        Dossier = item.Dossier.Value,
        Object = item.Object?.ToString(),
        Kind = Words.Of(item.Kind),
        Decision = Words.Of(item.Decision),
        Status = Words.Of(item.Status),
        Ripe = item.Ripe,
        Due = item.Due,
        Bytes = item.Bytes,
        Class = item.Class is { } set ? Bewaarklasse.Of(set) : null,
        Holds = [.. item.Holds.Select(Bewaargrond.Of)],
        Reasons = [.. item.Reasons.Select(Bewaarreden.Of)],
        Warnings = item.Warnings,
        Fingerprint = item.Fingerprint(),
    };
}

/// <summary>The class of a dossier.</summary>
[Description("De klasse van een dossier: welk resultaat van de selectielijst, en wat daaruit volgt.")]
public sealed record Bewaarklasse
{
    [Description("Welke versie van de lijst."), JsonPropertyName("lijst")] public required string List { get; init; }

    [JsonPropertyName("resultaat")] public required string Result { get; init; }

    [Description("vernietigen of blijvend_bewaren."), JsonPropertyName("nominatie")] public required string Nominatie { get; init; }

    [Description("Hoe lang, volgens ISO 8601."), JsonPropertyName("termijn")] public string? Term { get; init; }

    [Description("Vanaf wat de termijn loopt (afleidingswijze)."), JsonPropertyName("vanaf")] public required string From { get; init; }

    [JsonPropertyName("datumkenmerk")] public string? Kenmerk { get; init; }

    [JsonPropertyName("procestermijn")] public string? ProcessTerm { get; init; }

    [Description("De dag dat de klasse is vastgesteld."), JsonPropertyName("op")] public required DateOnly SetOn { get; init; }

    internal static Bewaarklasse Of(Classification set) => new()
    {
        List = set.List,
        Result = set.Result,
        Nominatie = Words.Of(set.Nominatie),
        Term = set.Term,
        From = Words.Of(set.From),
        Kenmerk = set.Kenmerk,
        ProcessTerm = set.ProcessTerm,
        SetOn = set.SetOn,
    };
}

/// <summary>A hold.</summary>
[Description("Een reden om iets langer te bewaren. Hij vervalt nooit vanzelf.")]
public sealed record Bewaargrond
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [Description("Waarvoor: civiel, bestuursrechtelijk, strafrechtelijk, avg of woo."), JsonPropertyName("soort")] public required string Kind { get; init; }

    [Description("Welk bestand; ontbreekt als het om het hele dossier gaat."), JsonPropertyName("object")] public string? Object { get; init; }

    [Description("De dag dat hij is geplaatst."), JsonPropertyName("op")] public required DateOnly PlacedOn { get; init; }

    [Description("De dag dat iemand kijkt of hij nog nodig is."), JsonPropertyName("toetsenOp")] public required DateOnly ReviewOn { get; init; }

    [Description("Wie hem plaatste (aanduiding)."), JsonPropertyName("door")] public required string PlacedBy { get; init; }

    [Description("Wie voorstelde hem op te heffen; een ander moet dat bevestigen."), JsonPropertyName("opheffingVoorgesteldDoor")] public string? ReleaseProposedBy { get; init; }

    internal static Bewaargrond Of(Hold hold) => new()
    {
        Id = hold.Id.ToString(),
        Kind = Words.Of(hold.Kind),
        Object = hold.Object?.ToString(),
        PlacedOn = hold.PlacedOn,
        ReviewOn = hold.ReviewOn,
        PlacedBy = hold.PlacedBy.Value,
        ReleaseProposedBy = hold.ReleaseProposedBy?.Value,
    };
}

/// <summary>One step of the answer to why.</summary>
[Description("Een stap in het antwoord op: waarom deze datum.")]
public sealed record Bewaarreden
{
    [JsonPropertyName("code")] public required string Code { get; init; }

    [JsonPropertyName("text")] public required string Text { get; init; }

    [Description("Het artikel of het resultaat waaruit het volgt."), JsonPropertyName("article")] public required string Article { get; init; }

    internal static Bewaarreden Of(RetentionReason reason) => new() { Code = reason.Code, Text = reason.Text, Article = reason.Article };
}

/// <summary>How one dossier is kept.</summary>
[Description("Hoe lang een dossier en wat erin ligt bewaard blijft, en waarom.")]
public sealed record Bewaring
{
    [JsonPropertyName("nummer")] public required string Number { get; init; }

    [JsonPropertyName("fase")] public required string Phase { get; init; }

    [JsonPropertyName("begonnen")] public required DateOnly StartedOn { get; init; }

    [JsonPropertyName("gesloten")] public DateOnly? ClosedOn { get; init; }

    [JsonPropertyName("heropend")] public DateOnly? ReopenedOn { get; init; }

    [JsonPropertyName("overgedragen")] public DateOnly? TransferredOn { get; init; }

    [Description("Datums waar een termijn van kan lopen."), JsonPropertyName("brondatums")] public required IReadOnlyList<Brondatum> SourceDates { get; init; }

    [Description("Het besluit om langer te bewaren, als dat er is."), JsonPropertyName("aangepast")] public Aanpassing? Override { get; init; }

    [Description("Eerst het dossier zelf, dan wat erin ligt met een eigen termijn."), JsonPropertyName("items")] public required IReadOnlyList<Bewaarregel> Items { get; init; }

    internal static Bewaring Of(ArchiveEntry entry, IReadOnlyList<RetentionItem> items) => new()
    {
        Number = entry.Number.Value,
        Phase = Words.Of(entry.Phase),
        StartedOn = entry.StartedOn,
        ClosedOn = entry.ClosedOn,
        ReopenedOn = entry.Retention.ReopenedOn,
        TransferredOn = entry.Retention.TransferredOn,
        SourceDates = [.. entry.Retention.SourceDates.Select(date => new Brondatum { From = Words.Of(date.From), Kenmerk = date.Kenmerk, Date = date.Date })],
        Override = entry.Retention.Override is { } change ? new Aanpassing { KeepUntil = change.KeepUntil, Nominatie = change.Nominatie is { } other ? Words.Of(other) : null, Computed = change.Computed, SetOn = change.SetOn } : null,
        Items = [.. items.Select(Bewaarregel.Of)],
    };
}

/// <summary>A date that a term can run from.</summary>
[Description("Een datum waar een bewaartermijn van kan lopen.")]
public sealed record Brondatum
{
    [JsonPropertyName("vanaf")] public required string From { get; init; }

    [JsonPropertyName("datumkenmerk")] public string? Kenmerk { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }
}

/// <summary>A decision to keep longer, with what the class says beside it.</summary>
[Description("Het besluit om langer te bewaren dan de klasse zegt, met beide datums.")]
public sealed record Aanpassing
{
    [Description("De dag tot wanneer het blijft."), JsonPropertyName("tot")] public DateOnly? KeepUntil { get; init; }

    [Description("blijvend_bewaren, als het nooit meer weg mag."), JsonPropertyName("nominatie")] public string? Nominatie { get; init; }

    [Description("Wat op dat moment uit de klasse volgde."), JsonPropertyName("berekend")] public DateOnly? Computed { get; init; }

    [JsonPropertyName("op")] public required DateOnly SetOn { get; init; }
}

/// <summary>A decision as it was recorded.</summary>
[Description("Een besluit over bewaren zoals het is vastgelegd, met de reden.")]
public sealed record Bewaarbesluit
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [JsonPropertyName("datum")] public required DateOnly Date { get; init; }

    [Description("Wie het vastlegde (aanduiding)."), JsonPropertyName("vastgelegdDoor")] public string? By { get; init; }

    [Description("De velden van het besluit."), JsonPropertyName("inhoud")] public required System.Text.Json.Nodes.JsonObject Content { get; init; }
}

/// <summary>A number of things with their length.</summary>
[Description("Een aantal, met de grootte samen.")]
public sealed record Omvang
{
    [JsonPropertyName("count")] public required int Count { get; init; }

    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    internal static Omvang Of(ForecastAmount amount) => new() { Count = amount.Count, Bytes = amount.Bytes };
}

/// <summary>What is coming in one year.</summary>
[Description("Wat er in een jaar weg mag of naar het archief gaat. Wat al eerder weg mocht, telt in het lopende jaar.")]
public sealed record Bewaarjaar
{
    [JsonPropertyName("year")] public required int Year { get; init; }

    [Description("Dossiers die worden vernietigd."), JsonPropertyName("vernietigen")] public required Omvang Destroyed { get; init; }

    [Description("Dossiers die naar het archief gaan."), JsonPropertyName("overdragen")] public required Omvang Transferred { get; init; }

    [Description("Opnamen, kopieën en uitgeschreven teksten."), JsonPropertyName("opnamen")] public required Omvang Recordings { get; init; }

    [Description("De dossiers, per klasse."), JsonPropertyName("klassen")] public required IReadOnlyDictionary<string, Omvang> ByClass { get; init; }
}

/// <summary>The forecast.</summary>
[Description("Wat er per jaar weg mag, als er niets verandert; en wat nog geen jaar heeft.")]
public sealed record Vooruitblik
{
    [Description("De dag van het plan."), JsonPropertyName("today")] public required DateOnly Today { get; init; }

    [JsonPropertyName("years")] public required IReadOnlyList<Bewaarjaar> Years { get; init; }

    [Description("Wat geen jaar heeft, op stand."), JsonPropertyName("zonderJaar")] public required IReadOnlyDictionary<string, Omvang> WithoutYear { get; init; }

    internal static Vooruitblik Of(RetentionForecast forecast) => new()
    {
        Today = forecast.Today,
        Years =
        [
            .. forecast.Years.Select(year => new Bewaarjaar
            {
                Year = year.Year,
                Destroyed = Omvang.Of(year.Destroyed),
                Transferred = Omvang.Of(year.Transferred),
                Recordings = Omvang.Of(year.Recordings),
                ByClass = year.ByClass.ToDictionary(pair => pair.Key, pair => Omvang.Of(pair.Value), StringComparer.Ordinal),
            }),
        ],
        WithoutYear = forecast.WithoutYear.ToDictionary(pair => Words.Of(pair.Key), pair => Omvang.Of(pair.Value), StringComparer.Ordinal),
    };
}

/// <summary>A result of the selectielijst.</summary>
[Description("Een resultaat van de selectielijst die in gebruik is.")]
public sealed record Selectielijstresultaat
{
    [JsonPropertyName("lijst")] public required string List { get; init; }

    [JsonPropertyName("nummer")] public required string Number { get; init; }

    [JsonPropertyName("naam")] public required string Name { get; init; }

    [Description("vernietigen of blijvend_bewaren; ontbreekt als de lijst niets (meer) zegt."), JsonPropertyName("nominatie")] public string? Nominatie { get; init; }

    [JsonPropertyName("termijn")] public string? Term { get; init; }

    [Description("Vanaf wat de termijn kan lopen, het gewone eerst; leeg als het geen klasse kan zijn."), JsonPropertyName("vanaf")] public required IReadOnlyList<string> From { get; init; }
}

/// <summary>A class to set.</summary>
[Description("Een klasse om vast te stellen.")]
public sealed record NieuweKlasse
{
    [JsonPropertyName("resultaat")] public required string Result { get; init; }

    [JsonPropertyName("grond")] public required string Ground { get; init; }

    [Description("Vanaf wat de termijn loopt; weggelaten: wat bij het resultaat gewoon is."), JsonPropertyName("vanaf")] public string? From { get; init; } = null;

    [Description("De naam van de datum, uit een vaste lijst, zoals einde-dienstverband: hij blijft bewaard als het dossier weg is."), JsonPropertyName("datumkenmerk")] public string? Kenmerk { get; init; } = null;

    [JsonPropertyName("procestermijn")] public string? ProcessTerm { get; init; } = null;
}

/// <summary>A date to record.</summary>
[Description("Een datum waar een termijn van loopt.")]
public sealed record NieuweBrondatum
{
    [JsonPropertyName("vanaf")] public required string From { get; init; }

    [Description("De naam van de datum, uit een vaste lijst, zoals einde-dienstverband: hij blijft bewaard als het dossier weg is."), JsonPropertyName("datumkenmerk")] public string? Kenmerk { get; init; } = null;

    [JsonPropertyName("brondatum")] public required DateOnly Date { get; init; }

    [Description("Hoe de datum bekend is."), JsonPropertyName("grond")] public required string Ground { get; init; }
}

/// <summary>A decision to keep longer, or the end of one.</summary>
[Description("Langer bewaren dan de klasse zegt, of daarop terugkomen.")]
public sealed record NieuweDatum
{
    [JsonPropertyName("tot")] public DateOnly? KeepUntil { get; init; } = null;

    [Description("blijvend_bewaren."), JsonPropertyName("nominatie")] public string? Nominatie { get; init; } = null;

    [Description("Of het eerdere besluit vervalt; dat doet een mens, niet een token."), JsonPropertyName("ingetrokken")] public bool IsWithdrawn { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary>A hold to place.</summary>
[Description("Een bewaargrond om te plaatsen.")]
public sealed record NieuweBewaargrond
{
    [JsonPropertyName("soort")] public required string Kind { get; init; }

    [Description("Welk bestand; weggelaten: het hele dossier."), JsonPropertyName("object")] public string? Object { get; init; } = null;

    [Description("Het zaaknummer of kenmerk, zonder namen."), JsonPropertyName("verwijzing")] public required string Citation { get; init; }

    [JsonPropertyName("toetsenOp")] public required DateOnly ReviewOn { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary>A hold that was looked at and stays.</summary>
[Description("Een bewaargrond die is bekeken en nodig blijft.")]
public sealed record Herziening
{
    [JsonPropertyName("toetsenOp")] public required DateOnly ReviewOn { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }
}

/// <summary>Why.</summary>
[Description("De reden van een besluit.")]
public sealed record Besluitreden
{
    [JsonPropertyName("reden")] public required string Reason { get; init; }
}
