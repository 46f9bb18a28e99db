using System.ComponentModel;
using System.Text.Json.Serialization;

using DossierKit.Host.Cli;
using DossierKit.Retention;
using DossierKit.Vault;

namespace DossierKit.Host.Api;

/// <summary>A list of destruction.</summary>
[Description("Een lijst van wat wordt vernietigd, op dit moment.")]
public sealed record Vernietigingslijst
{
    [JsonPropertyName("lijst")] public required string Number { get; init; }

    [Description("licht (opnamen) of lijst (dossiers)."), JsonPropertyName("pad")] public required string Path { get; init; }

    [JsonPropertyName("status")] public required string Status { get; init; }

    [Description("De hash van precies deze lijst: daaraan is een goedkeuring gebonden."), JsonPropertyName("sha256")] public required string Hash { get; init; }

    [JsonPropertyName("voorgesteldDoor")] public required string ProposedBy { get; init; }

    [JsonPropertyName("voorgesteldAls")] public required string ProposedAs { get; init; }

    [JsonPropertyName("voorgesteldOp")] public required DateTimeOffset ProposedAt { get; init; }

    [Description("De goedkeuringen die gelden."), JsonPropertyName("goedkeuringen")] public required IReadOnlyList<Goedkeuring> Approvals { get; init; }

    [Description("Hoeveel goedkeuringen vervielen omdat de lijst veranderde."), JsonPropertyName("vervallen")] public required int Void { get; init; }

    [Description("Wie nog moet goedkeuren."), JsonPropertyName("nodig")] public required IReadOnlyList<string> Missing { get; init; }

    [Description("De eerste dag dat zij mag worden uitgevoerd."), JsonPropertyName("uitvoerenVanaf")] public DateOnly? RunFrom { get; init; }

    [Description("Waarom zij is ingetrokken."), JsonPropertyName("ingetrokken")] public string? CancelledBecause { get; init; }

    [JsonPropertyName("begonnenOp")] public DateTimeOffset? RunAt { get; init; }

    [JsonPropertyName("klaarOp")] public DateTimeOffset? EndedAt { get; init; }

    [Description("Of geen reservekopie van dit programma het nog kan lezen."), JsonPropertyName("definitief")] public required bool IsFinal { get; init; }

    [Description("Reservekopieën die nog sleutels hebben; ontbreekt voor de uitvoering."), JsonPropertyName("reservekopieen")] public IReadOnlyList<Sleutelhouder>? Backups { get; init; }

    [Description("Reservekopieën waarvan alleen een mens zegt dat hun sleutels weg zijn."), JsonPropertyName("sleutelsWegVolgens")] public required IReadOnlyList<Sleutelverklaring> DeclaredGone { get; init; }

    [Description("Of een uitvoering op een andere computer is begonnen en niet afgemaakt: verder gaan is haar overnemen."), JsonPropertyName("elders")] public required bool RunsElsewhere { get; init; }

    [JsonPropertyName("onderdelen")] public required IReadOnlyList<Lijstonderdeel> Items { get; init; }

    internal static Vernietigingslijst Of(DestructionList list) => new()
    {
        Number = list.Number,
        Path = Words.Of(list.Path),
        Status = Words.Of(list.Status),
        Hash = list.Hash,
        ProposedBy = list.ProposedBy.Value,
        ProposedAs = Words.Of(list.ProposedAs),
        ProposedAt = list.ProposedAt,
        Approvals = [.. list.Approvals.Select(approval => new Goedkeuring { Group = Words.Of(approval.Group), Person = approval.Person.Value, Role = Words.Of(approval.Role), At = approval.At, Hash = approval.Hash })],
        Void = list.Void.Count,
        Missing = [.. list.Missing.Select(Words.Of)],
        RunFrom = list.RunFrom,
        CancelledBecause = list.CancelledBecause,
        RunAt = list.RunAt,
        EndedAt = list.EndedAt,
        IsFinal = list.IsFinal,
        Backups = list.BackupsWithKeys is { } holders ? [.. holders.Select(Sleutelhouder.Of)] : null,
        DeclaredGone = [.. list.DeclaredGone.Select(Sleutelverklaring.Of)],
        RunsElsewhere = list.RunsElsewhere,
        Items = [.. list.Items.Select(Lijstonderdeel.Of)],
    };
}

/// <summary>Somebody's word that the keys of a backup are gone.</summary>
[Description("Een reservekopie waarvan de sleutels weg zijn volgens een mens; het programma zag dat niet.")]
public sealed record Sleutelverklaring
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("naam")] public required string Label { get; init; }

    [JsonPropertyName("gemaakt")] public required DateTimeOffset MadeAt { get; init; }

    [Description("De functie van wie het zei; ontbreekt als die er op die dag geen had."), JsonPropertyName("volgens")] public string? Function { get; init; }

    [JsonPropertyName("tijd")] public required DateTimeOffset At { get; init; }

    [JsonPropertyName("reden")] public required string Reason { get; init; }

    internal static Sleutelverklaring Of(KeysDeclaredGone gone)
        => new() { Id = gone.Set.ToString(), Label = gone.Label, MadeAt = gone.MadeAt, Function = gone.Function is { } function ? Words.Of(function) : null, At = gone.At, Reason = gone.Reason };
}

/// <summary>An approval.</summary>
[Description("Een goedkeuring, gebonden aan precies de lijst die is bekeken.")]
public sealed record Goedkeuring
{
    [JsonPropertyName("groep")] public required string Group { get; init; }

    [JsonPropertyName("persoon")] public required string Person { get; init; }

    [JsonPropertyName("functie")] public required string Role { get; init; }

    [JsonPropertyName("tijd")] public required DateTimeOffset At { get; init; }

    [JsonPropertyName("sha256")] public required string Hash { get; init; }
}

/// <summary>A backup that still opens what was destroyed.</summary>
[Description("Een reservekopie die nog sleutels heeft van wat is vernietigd.")]
public sealed record Sleutelhouder
{
    [JsonPropertyName("id")] public required string Id { get; init; }

    [JsonPropertyName("naam")] public required string Label { get; init; }

    [JsonPropertyName("gemaakt")] public required DateTimeOffset At { get; init; }

    [JsonPropertyName("sleutelsTot")] public required DateOnly KeysUntil { get; init; }

    [JsonPropertyName("teLaat")] public required bool IsOverdue { get; init; }

    [Description("Kopieën die een teruggezette kluis niet kent, of een kopie op meer dan een schijf: geen dag eindigt die, alleen het woord van een mens."), JsonPropertyName("totVerklaring")] public required bool UntilDeclared { get; init; }

    internal static Sleutelhouder Of(KeyHolder holder)
        => new() { Id = holder.Set.ToString(), Label = holder.Label, At = holder.At, KeysUntil = holder.KeysUntil, IsOverdue = holder.IsOverdue, UntilDeclared = !holder.EndsByItself };
}

/// <summary>One item of a list.</summary>
[Description("Een onderdeel van een lijst: wat het is, waarom het erop staat, het antwoord en wat ervan is geworden.")]
public sealed record Lijstonderdeel
{
    [JsonPropertyName("nr")] public required int Number { get; init; }

    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [JsonPropertyName("object")] public string? Object { get; init; }

    [JsonPropertyName("kind")] public required string Kind { get; init; }

    [JsonPropertyName("status")] public required string Status { get; init; }

    [JsonPropertyName("ripe")] public DateOnly? Ripe { get; init; }

    [JsonPropertyName("due")] public DateOnly? Due { get; init; }

    [JsonPropertyName("klasse")] public string? Class { get; init; }

    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    [Description("Kopieën buiten de kluis die niet terug zijn."), JsonPropertyName("kopieenElders")] public required int CopiesElsewhere { get; init; }

    [JsonPropertyName("vingerafdruk")] public required string Fingerprint { get; init; }

    [Description("vernietigen, bewaren-tot of overdragen."), JsonPropertyName("antwoord")] public required string Answer { get; init; }

    [JsonPropertyName("tot")] public DateOnly? Until { get; init; }

    [JsonPropertyName("uitkomst")] public required string Outcome { get; init; }

    [JsonPropertyName("begonnenOp")] public DateTimeOffset? BegunAt { get; init; }

    [JsonPropertyName("afgehandeldOp")] public DateTimeOffset? EndedAt { get; init; }

    [Description("SHA-256 van het bestand zoals het is ingelegd; van een dossier over die van zijn bestanden."), JsonPropertyName("sha256")] public string? Sha256 { get; init; }

    [Description("Waarom het niet is gelukt."), JsonPropertyName("mislukt")] public string? Failure { get; init; }

    [Description("Of een nieuwe uitvoering het nog eens probeert."), JsonPropertyName("opnieuw")] public required bool MayRetry { get; init; }

    [Description("Wat er veranderde sinds het op de lijst kwam."), JsonPropertyName("veranderd")] public required IReadOnlyList<string> Changes { get; init; }

    [JsonPropertyName("reasons")] public required IReadOnlyList<Bewaarreden> Reasons { get; init; }

    internal static Lijstonderdeel Of(DestructionItem item) => new()
    {
        Number = item.Number,
        Dossier = item.Dossier.Value,
        Object = item.Object,
        Kind = Words.Of(item.Kind),
        Status = Words.Of(item.Status),
        Ripe = item.Ripe,
        Due = item.Due,
        Class = item.Class?.Result,
        Bytes = item.Bytes,
        CopiesElsewhere = item.CopiesElsewhere,
        Fingerprint = item.Fingerprint,
        Answer = Words.Of(item.Answer),
        Until = item.Until,
        Outcome = Words.Of(item.Outcome),
        BegunAt = item.BegunAt,
        EndedAt = item.EndedAt,
        Sha256 = item.Sha256,
        Failure = item.Failure,
        MayRetry = item.MayRetry,
        Changes = item.Changes,
        Reasons = [.. item.Reasons.Select(Bewaarreden.Of)],
    };
}

/// <summary>What would be on a list.</summary>
[Description("Wat er op een lijst zou komen, en wat niet. Er is niets vastgelegd.")]
public sealed record Lijstconcept
{
    [JsonPropertyName("pad")] public required string Path { get; init; }

    [JsonPropertyName("onderdelen")] public required IReadOnlyList<Lijstonderdeel> Items { get; init; }

    [JsonPropertyName("nietOpDeLijst")] public required IReadOnlyList<Buitengelaten> LeftOut { get; init; }

    internal static Lijstconcept Of(DestructionDraft draft) => new()
    {
        Path = Words.Of(draft.Path),
        Items = [.. draft.Items.Select(Lijstonderdeel.Of)],
        LeftOut = [.. draft.LeftOut.Select(left => new Buitengelaten { Dossier = left.Dossier.Value, Object = left.Object, Why = left.Why })],
    };
}

/// <summary>Something that cannot be on a list now.</summary>
[Description("Iets dat nu niet op een lijst kan, met de reden.")]
public sealed record Buitengelaten
{
    [JsonPropertyName("dossier")] public required string Dossier { get; init; }

    [JsonPropertyName("object")] public string? Object { get; init; }

    [JsonPropertyName("waarom")] public required string Why { get; init; }
}

/// <summary>A list to propose.</summary>
[Description("Een lijst om voor te stellen.")]
public sealed record Lijstvoorstel
{
    [Description("licht (opnamen) of lijst (dossiers)."), JsonPropertyName("pad")] public required string Path { get; init; }

    [Description("Alleen (van) deze dossiers; weggelaten of leeg: alles wat weg mag of moet."), JsonPropertyName("dossiers")] public IReadOnlyList<string>? Dossiers { get; init; } = null;
}

/// <summary>An answer for one item.</summary>
[Description("Het antwoord voor een onderdeel. Eerdere goedkeuringen vervallen.")]
public sealed record Antwoord
{
    [Description("vernietigen, bewaren-tot of overdragen."), JsonPropertyName("antwoord")] public required string Answer { get; init; }

    [JsonPropertyName("tot")] public DateOnly? Until { get; init; } = null;

    [JsonPropertyName("reden")] public string? Reason { get; init; } = null;
}

/// <summary>What somebody confirms: the list he looked at.</summary>
[Description("Waarmee een mens bevestigt waar hij over beslist.")]
public sealed record Bevestiging
{
    [Description("Bij goedkeuren: de sha256 van de lijst die is bekeken. Bij uitvoeren: het nummer van de lijst, overgetypt."), JsonPropertyName("bevestiging")] public required string Text { get; init; }

    [Description("Alleen bij uitvoeren: een uitvoering die elders begon loopt niet meer, en wordt hier overgenomen."), JsonPropertyName("overnemen")] public bool? TakesOver { get; init; } = null;
}
