using System.Runtime.CompilerServices;
using DossierKit.Protocols;

namespace DossierKit.Documents;

/// <summary>What the protocol of the case calls things, and how long its terms are: so that one template serves every protocol and states no term that this one does not give.</summary>
internal sealed class ProtocolFields : IFieldFamily
{
    public const string Terms = "termijn.";

    public const string State = "staat.";

    public const string Paragraphs = "alineas.";

    public IReadOnlyList<LetterField> Fields { get; } =
    [
        LetterField.Text("protocol.titel", FieldSource.Protocol, "officiële titel van het protocol"),
        LetterField.Text("woord.…", FieldSource.Protocol, "hoe dit protocol iemand of een stuk noemt, bijvoorbeeld `woord.verantwoordelijke` of `woord.feitenrapportage`"),
        LetterField.Text("lidwoord.…", FieldSource.Protocol, "hetzelfde woord met ‘de’ of ‘het’ ervoor, bijvoorbeeld `lidwoord.verantwoordelijke`: het bevoegd gezag"),
        LetterField.Text($"{Terms}…", FieldSource.Protocol, "hoe lang een termijn van dit protocol is, bijvoorbeeld `termijn.gespreksverslag-terug`: 5 werkdagen; leeg als het protocol daar niets over zegt (schrijf - voor de punt in de naam van de termijn)"),
        new("regel.…", TemplateDataKind.Flag, FieldSource.Protocol, "of het protocol van de zaak een regel, onderdeel, termijn of inzage met deze naam heeft, bijvoorbeeld `regel.inzage-rapport-betrokkene` (schrijf - voor de punt)"),
        new($"{Paragraphs}…", TemplateDataKind.List, FieldSource.Answer, "de alinea’s van een onderdeel met eigen tekst, als lijst, bijvoorbeeld `alineas.feitenrapportage-casus` (schrijf - voor de punt)"),
        new($"{State}…", TemplateDataKind.Flag, FieldSource.Protocol, "of een onderdeel in dit stuk staat, bijvoorbeeld `staat.gespreksverslag-paraaf` (schrijf - voor de punt)"),
    ];

    public void Add(FieldContext context)
    {
        var protocol = context.Source.Protocol;
        context.Put("protocol.titel", protocol.Title, protocol.Id, FieldSource.Protocol);
        var (words, withArticle, rules) = Fixed.GetValue(protocol, one => new FixedFields(Words(one, word => word), Words(one, DutchWords.The), Rules(one)));
        context.PutWhole("woord", words);
        context.PutWhole("lidwoord", withArticle);
        context.PutWhole("regel", rules);
        var facts = context.State.Facts.For(context.About?.Id.Value);
        foreach (var term in protocol.Terms.Where(term => term.When.MayHold(facts)))
            context.Put(Terms + NameOf(term.Id), term.Length?.ToString(), term.Id, FieldSource.Protocol);
    }

    /// <summary>What follows from the protocol alone: it is named with every document, and these fields say nothing more.</summary>
    public static IReadOnlyList<string> Derived { get; } = ["woord", "lidwoord", "regel"];

    private static readonly ConditionalWeakTable<Protocol, FixedFields> Fixed = [];

    private sealed record FixedFields(TemplateData Words, TemplateData WithArticle, TemplateData Rules);

    private static TemplateData Words(Protocol protocol, Func<string, string> say) => TemplateData.Record(
        ActorNames.All.Concat(DocumentKinds.All).Concat(protocol.LocalActors.Select(actor => actor.Id)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(concept => (concept, (TemplateData)say(FieldContext.WordIn(protocol, concept)))));

    private static TemplateData Rules(Protocol protocol)
    {
        var own = RuleIds(protocol).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return TemplateData.Record(EveryRule.Value.Union(own, StringComparer.OrdinalIgnoreCase).Select(id => (id, (TemplateData)own.Contains(id))));
    }

    /// <summary>The ids of all shipped protocols: a name in a template that is in none of them is a slip of the pen, and refused.</summary>
    private static readonly Lazy<IReadOnlyList<string>> EveryRule = new(() => [.. ProtocolLibrary.Shipped.All.SelectMany(RuleIds).Distinct(StringComparer.OrdinalIgnoreCase)]);

    private static IEnumerable<string> RuleIds(Protocol protocol)
        => protocol.Rules.Select(rule => rule.Id)
            .Concat(protocol.Documents.SelectMany(document => document.Elements).Select(element => element.Id))
            .Concat(protocol.Access.Select(rule => rule.Id))
            .Concat(protocol.Terms.Select(term => term.Id))
            .Concat(protocol.Retention.Select(rule => rule.Id))
            .Select(NameOf);

    /// <summary>An id of a protocol as a name in a template: a point would begin a field below it.</summary>
    public static string NameOf(string id) => id.Replace('.', '-');
}
