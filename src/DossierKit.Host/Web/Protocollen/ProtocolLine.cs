using DossierKit.Host.Web.Texts;
using DossierKit.Protocols;

namespace DossierKit.Host.Web.Protocollen;

/// <summary>One line of a protocol for the viewer: the entry, with the phase, the actor and the guard that only its own record tells.</summary>
/// <param name="Entry">The line.</param>
/// <param name="Phase">The part of a case it works in; <see langword="null"/> where the protocol does not say.</param>
/// <param name="Actor">Who acts, in the municipality's own word.</param>
/// <param name="Guard">How the program sees to it, Dutch.</param>
internal sealed record ProtocolLine(ProtocolEntry Entry, RulePhase? Phase, string? Actor, IReadOnlyList<string> Guard)
{
    private static readonly Dictionary<RuleGuard, string> GuardTexts = new()
    {
        [RuleGuard.Access] = "wie wat mag zien, kijkt het programma bij elke deur na",
        [RuleGuard.NameCheck] = "het programma zoekt in elke tekst naar namen die er niet in mogen",
        [RuleGuard.Projection] = "in een brief komt alleen wat de ontvanger mag weten",
        [RuleGuard.Register] = "het dossier neemt niet aan wat de regel breekt, of legt het zelf vast",
        [RuleGuard.Template] = "zonder dit wordt het stuk niet gemaakt",
        [RuleGuard.Terms] = "er loopt een termijn, en die is te zien",
        [RuleGuard.Retention] = "de regels voor bewaren en vernietigen",
    };

    /// <summary>What the entry is called: "regel", "termijn", "onderdeel van een stuk".</summary>
    public string Sort => SortOf(Entry.Part);

    /// <summary>All lines of a protocol, by article.</summary>
    public static IReadOnlyList<ProtocolLine> Of(Protocol protocol)
    {
        var rules = protocol.Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        var terms = protocol.Terms.ToDictionary(term => term.Id, StringComparer.Ordinal);
        var documents = protocol.Documents.ToDictionary(document => document.Kind, StringComparer.Ordinal);
        return [.. ProtocolEntry.Of(protocol).Select(entry => entry.Part switch
        {
            ProtocolPart.Rule when rules.TryGetValue(entry.Id, out var rule) => new ProtocolLine(entry, rule.Phase, protocol.Word(rule.Actor), GuardOf(rule)),
            ProtocolPart.Term when terms.TryGetValue(entry.Id, out var term) => new ProtocolLine(entry, null, protocol.Word(term.Actor), GuardOf(term)),
            ProtocolPart.Document when documents.TryGetValue(entry.Id, out var document) => new ProtocolLine(entry, null, protocol.Word(document.Actor), GuardOf(document, protocol)),
            ProtocolPart.Element => new ProtocolLine(entry, null, null, [$"Onderdeel van: {protocol.Word(entry.Document!)}."]),
            ProtocolPart.Authority => new ProtocolLine(entry, null, null, ["Een opdracht, oordeel of maatregel van een ander wordt geweigerd, tot een afwijking is getekend."]),
            _ => new ProtocolLine(entry, null, null, []),
        })];
    }

    /// <summary>The name of a sort of line.</summary>
    public static string SortOf(ProtocolPart part) => part switch
    {
        ProtocolPart.Authority => "bevoegdheid",
        ProtocolPart.Document => "stuk",
        ProtocolPart.Element => "onderdeel van een stuk",
        ProtocolPart.Term => "termijn",
        ProtocolPart.Access => "inzage",
        ProtocolPart.Retention => "bewaring",
        ProtocolPart.Choice => "keuze",
        _ => "regel",
    };

    private static List<string> GuardOf(Rule rule)
    {
        if (rule.GuardedBy.Count > 0) return [$"Hier zorgt het programma zelf voor: {string.Join("; ", rule.GuardedBy.Select(guard => GuardTexts[guard]))}."];
        List<string> texts = [];
        if (rule.FulfilledBy.Count > 0)
            texts.Add($"Blijkt uit {(rule.Count > 1 ? $"{Nl.Number(rule.Count)} keer " : "")}{Either(rule.FulfilledBy)}{(rule.Roles.Count > 0 ? $", voor elke {string.Join(" en ", rule.Roles.Select(role => role.Replace('-', ' ')))}" : "")}.");
        else if (rule.FulfilledWhen is { } fact) texts.Add($"Is nagekomen als: {fact.InWords()}.");
        else if (rule.Strength != Strength.May) texts.Add("Dit kan het programma niet zien: u legt vast dat de regel is nageleefd.");
        if (rule.Before.Count > 0 && rule.Strength != Strength.AsARule) texts.Add($"Zonder dit weigert het programma: {Either(rule.Before)}.");
        return texts;
    }

    private static List<string> GuardOf(TermRule term) => term.Scope == TermScope.Municipality
        ? ["Dit geldt voor de gemeente als geheel; er loopt geen termijn in een dossier."]
        : [$"Termijn: {term.Length?.ToString() ?? "geen vaste lengte"}, vanaf {Either(term.From)} tot {Either(term.MetBy)}."];

    private static List<string> GuardOf(DocumentRule document, Protocol protocol)
    {
        List<string> texts = [$"{Nl.Count(document.Elements.Count, "onderdeel", "onderdelen")}, waarvan {Nl.Number(document.Elements.Count(element => element.Strength == Strength.Must))} verplicht."];
        if (document.Addressees.Count > 0) texts.Add($"Voor: {string.Join(", ", document.Addressees.Select(protocol.Word))}.");
        if (document.Replacement is { } other) texts.Add($"Als {other.When.InWords()}, komt hiervoor in de plaats: {protocol.Word(other.Kind)}.");
        return texts;
    }

    private static string Either(IReadOnlyList<string> events) => string.Join(" of ", events.Select(name => $"'{Labels.Event(name)}'"));
}
