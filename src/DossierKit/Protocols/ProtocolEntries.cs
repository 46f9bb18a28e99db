using System.Globalization;
using System.Text.RegularExpressions;

namespace DossierKit.Protocols;

/// <summary>Turns a protocol into lines, and says of each where it is carried out: derived from what the line itself says, so that nobody has to keep it up.</summary>
internal static partial class ProtocolEntries
{
    public static IReadOnlyList<ProtocolEntry> Of(Protocol protocol)
    {
        var lines = new List<ProtocolEntry>();
        lines.AddRange(protocol.Authorities.Select(authority => Line(authority, protocol)));
        lines.AddRange(protocol.Rules.Select(Line));
        foreach (var document in protocol.Documents)
        {
            lines.Add(Line(document));
            lines.AddRange(document.Elements.Select(element => Line(element, document)));
        }

        lines.AddRange(protocol.Terms.Select(Line));
        lines.AddRange(protocol.Access.Select(rule => Line(rule, protocol)));
        lines.AddRange(protocol.Retention.Select(Line));
        lines.AddRange(protocol.Choices.Select(Line));
        var order = lines.GroupBy(line => line.Article, StringComparer.Ordinal).ToDictionary(article => article.Key, SortKey, StringComparer.Ordinal);
        return [.. lines.OrderBy(line => order[line.Article], StringComparer.Ordinal)];
    }

    /// <summary>By the number of the article; where articles have headings instead, in the order of the source.</summary>
    private static string SortKey(IGrouping<string, ProtocolEntry> article)
    {
        if (Number().Match(article.Key) is { Success: true } found)
            return $"0{string.Concat(found.Groups["number"].Value.Split('.').Select(part => part.PadLeft(4, '0')))} {article.Key}";
        var first = article.SelectMany(line => line.Origin.Sources).Select(source => Digits().Match(source.Lines ?? "")).Where(match => match.Success)
            .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(99999).Min();
        return string.Create(CultureInfo.InvariantCulture, $"1{first:00000} {article.Key}");
    }

    private static ProtocolEntry Line(Authority authority, Protocol protocol)
    {
        var holders = string.Join(" en ", authority.Holders.Select(protocol.Word));
        var help = authority.Assistants.Count == 0 ? "" : $", met {string.Join(" en ", authority.Assistants.Select(protocol.Word))}";
        var task = authority.Task switch
        {
            AuthorityTask.Receives => "krijgt de melding",
            AuthorityTask.Commissions => "geeft de opdracht",
            AuthorityTask.Judges => "oordeelt",
            _ => "legt de maatregel op",
        };
        return new ProtocolEntry
        {
            Part = ProtocolPart.Authority,
            Id = $"{authority.Position} {ProtocolWords.Tasks.First(pair => pair.Value == authority.Task).Key}",
            Article = authority.Article,
            Title = $"Bij een {authority.Position} {task}: {holders}{help}",
            Text = authority.Note ?? "",
            When = authority.When,
            Where = ["who may record it, and who may open the case (AuthorityOf, AccessTable)"],
            Origin = authority.Origin,
        };
    }

    private static ProtocolEntry Line(Rule rule) => new()
    {
        Part = ProtocolPart.Rule,
        Id = rule.Id,
        Article = rule.Article,
        Title = rule.Title,
        Text = rule.Text,
        Strength = rule.Strength,
        When = rule.When,
        Where = WhereOf(rule),
        Origin = rule.Origin,
    };

    private static ProtocolEntry Line(DocumentRule document) => new()
    {
        Part = ProtocolPart.Document,
        Id = document.Kind,
        Article = document.Article,
        Title = document.Title,
        Text = document.Replacement?.Warning ?? "",
        Strength = document.Strength,
        When = document.When,
        Document = document.Kind,
        Where = document.Strength == Strength.Must && EventDocuments.Find(document.Kind) is not null
            ? [$"template `{document.Kind}.docx`", "closing checklist"]
            : [$"template `{document.Kind}.docx`"],
        Origin = document.Origin,
    };

    private static ProtocolEntry Line(ElementRule element, DocumentRule document) => new()
    {
        Part = ProtocolPart.Element,
        Id = element.Id,
        Article = element.Article,
        Title = element.Title,
        Text = element.Hint,
        Strength = element.Strength,
        When = element.When,
        Document = document.Kind,
        Where = [$"passage of `{document.Kind}.docx`{(element.Content == ElementContent.FromDossier ? ", from the dossier" : "")}"],
        Origin = element.Origin,
    };

    private static ProtocolEntry Line(TermRule term) => new()
    {
        Part = ProtocolPart.Term,
        Id = term.Id,
        Article = term.Article,
        Title = term.Title,
        Text = term.Text,
        When = term.When,
        Where = term.Scope == TermScope.Municipality
            ? ["shown with the protocol; no event of a dossier starts it"]
            : [$"term of {term.Length?.ToString() ?? "no fixed length"}, from {Names(term.From)} to {Names(term.MetBy)}"],
        Origin = term.Origin,
    };

    private static ProtocolEntry Line(AccessRule rule, Protocol protocol) => new()
    {
        Part = ProtocolPart.Access,
        Id = rule.Id,
        Article = rule.Article,
        Title = $"{protocol.Word(rule.Who)}, {rule.What}: {ProtocolWords.Answers.First(pair => pair.Value == rule.Answer).Key.Replace('_', ' ')}",
        Text = rule.Text,
        When = rule.When,
        Where = rule.What switch
        {
            "identiteit-melder" or "melding" => ["projection and name check of every letter; compartments `melding` and `melder`"],
            "uitkomst" => ["closing checklist: who hears what"],
            "opname" or "dossier" or "voortgang" or "onderzoeksgegevens" => ["AccessTable; a reader from outside by `inzage-verleend`"],
            _ => ["addressees of the document; `inzage-verleend`"],
        },
        Origin = rule.Origin,
    };

    private static ProtocolEntry Line(RetentionRule rule) => new()
    {
        Part = ProtocolPart.Retention,
        Id = rule.Id,
        Article = rule.Article,
        Title = $"Bewaren: {rule.What}",
        Text = rule.Text,
        Where = ["rules of keeping, for the planner of destruction"],
        Origin = rule.Origin,
    };

    private static ProtocolEntry Line(ConflictChoice choice) => new()
    {
        Part = ProtocolPart.Choice,
        Id = choice.Id,
        Article = choice.Article,
        Title = choice.Question,
        Text = $"{choice.Choice} Het kon ook anders: {choice.Alternative} Waarom zo: {choice.Reason}",
        Where = choice.CarriedOutBy.Count == 0 ? ["the data of this protocol"] : [string.Join(", ", choice.CarriedOutBy.Select(id => $"`{id}`"))],
        Origin = choice.Origin,
    };

    private static IReadOnlyList<string> WhereOf(Rule rule)
    {
        if (rule.GuardedBy.Count > 0) return [$"guarded by the program: {string.Join(", ", rule.GuardedBy.Select(GuardName))}"];
        if (rule.Strength == Strength.May) return [rule.FulfilledBy.Count == 0 ? "offered" : $"offered; shown by {Names(rule.FulfilledBy)}"];
        List<string> shown = [];
        if (rule.FulfilledBy.Count > 0) shown.Add(rule.Count > 1 ? FormattableString.Invariant($"{rule.Count} times {Names(rule.FulfilledBy)}") : Names(rule.FulfilledBy));
        if (rule.FulfilledWhen is { } fact) shown.Add($"fact {fact}");
        if (shown.Count == 0) shown.Add($"`{EventNames.RegelNageleefd}`");
        var each = rule.Roles.Count == 0 ? "" : $" for each {string.Join(", ", rule.Roles)}";
        var after = rule.After.Count == 0 ? "" : $" after {Names(rule.After)}";
        List<string> where = [$"shown by {string.Join(" or ", shown)}{each}{after}"];
        if (rule.Before.Count > 0 && rule.Strength != Strength.AsARule)
        {
            var documents = rule.Before.SelectMany(EventDocuments.KindsOf).Distinct(StringComparer.Ordinal).Select(kind => $"`{kind}.docx`").ToList();
            where.Add($"refuses {Names(rule.Before)}{(documents.Count == 0 ? "" : $" and {string.Join(", ", documents)}")}");
        }

        where.Add(rule.Strength == Strength.AsARule ? "closing checklist (asks a reason)" : "closing checklist");
        return where;
    }

    private static string GuardName(RuleGuard guard) => ProtocolWords.Guards.First(pair => pair.Value == guard).Key;

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    [GeneratedRegex(@"(art\.|§) ?(?<number>[0-9]+(\.[0-9]+)*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
