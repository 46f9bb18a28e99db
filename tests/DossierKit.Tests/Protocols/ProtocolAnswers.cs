using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// Asks a protocol the questions that a reader of the regulation would ask, in short words, and gives the answer in short words: so that a test can be a table
/// that is checked against the regulation itself, without knowing how the file is built.
/// </summary>
internal sealed class ProtocolAnswers(Protocol protocol)
{
    private static readonly Dictionary<Strength, string> Strengths = new()
    {
        [Strength.Must] = "moet",
        [Strength.AsARule] = "in_de_regel",
        [Strength.May] = "kan",
        [Strength.IfApplicable] = "indien",
    };

    private static readonly Dictionary<string, AuthorityTask> Tasks = new(StringComparer.Ordinal)
    {
        ["ontvangt"] = AuthorityTask.Receives,
        ["opdracht"] = AuthorityTask.Commissions,
        ["oordeel"] = AuthorityTask.Judges,
        ["maatregel"] = AuthorityTask.Imposes,
    };

    private static readonly Dictionary<AccessAnswer, string> Answers = new()
    {
        [AccessAnswer.Yes] = "ja",
        [AccessAnswer.OnRequest] = "op verzoek",
        [AccessAnswer.ViewOnly] = "inzien zonder kopie",
        [AccessAnswer.No] = "nee",
    };

    /// <summary>
    /// <c>stuk KIND STRENGTH</c>: the elements of that strength; <c>wie KIND</c>: who draws it up; <c>element ID</c>, <c>regel ID</c>: a strength, or zwijgt;
    /// <c>bevoegd POSITION TASK</c>: who, or niemand; <c>termijn ID</c>: a length, or geen; <c>inzage WHO WHAT</c>: an answer, or zwijgt.
    /// Facts behind <c>als</c>: <c>element X als gegrond=nee</c>.
    /// </summary>
    public string Ask(string question)
    {
        var halves = question.Split(" als ", 2);
        var facts = halves.Length == 1 ? CaseFacts.None : halves[1].Split(' ').Select(fact => fact.Split('=')).Aggregate(CaseFacts.None, (known, fact) => known.With(fact[0], fact[1]));
        var words = halves[0].Split(' ');
        return words[0] switch
        {
            "stuk" => protocol.FindDocument(words[1]) is { } rule ? Elements(rule, words[2], facts) : "zwijgt",
            "wie" => protocol.FindDocument(words[1])?.Actor ?? "zwijgt",
            "element" => protocol.FindElement(words[1]) is { } element && element.When.MayHold(facts) ? Strengths[element.Strength] : "zwijgt",
            "regel" => protocol.FindRule(words[1]) is { } rule && rule.When.MayHold(facts) ? Strengths[rule.Strength] : "zwijgt",
            "actor" => protocol.FindRule(words[1])?.Actor ?? "zwijgt",
            "voor" => string.Join(' ', protocol.FindRule(words[1])!.Before),
            "bevoegd" => string.Join('+', protocol.FindAuthority(words[1], Tasks[words[2]], facts)?.Holders ?? ["niemand"]),
            "advies" => string.Join('+', protocol.FindAuthority(words[1], Tasks[words[2]], facts)?.Assistants ?? ["niemand"]),
            "termijn" => protocol.Terms.SingleOrDefault(term => term.Id == words[1]) is { } term ? term.Length?.ToString() ?? "geen getal" : "zwijgt",
            "inzage" => protocol.Access.FirstOrDefault(rule => rule.Who == words[1] && rule.What == words[2] && rule.When.MayHold(facts)) is { } rule
                ? Answers[rule.Answer] + (rule.ExceptionBy is { } by ? $", behalve als {by} anders besluit" : "") : "zwijgt",
            "bewaring" => protocol.Retention.SingleOrDefault(rule => rule.What == words[1]) is { } rule ? rule.Length?.ToString() ?? "selectielijst" : "zwijgt",
            "woord" => protocol.Word(words[1]),
            _ => throw new ArgumentException(question, nameof(question)),
        };
    }

    /// <summary>The state and the last day of the terms of one id, per person: <c>melder-1 2026-03-16 Due</c>.</summary>
    public string Term(string id, DateOnly today, CaseFacts facts, params ProtocolEvent[] events)
        => string.Join("; ", Terms.Of(events, protocol, facts, today).Where(term => term.Rule.Id == id).OrderBy(term => term.Subject, StringComparer.Ordinal)
            .Select(term => FormattableString.Invariant($"{term.Subject} {(term.Due is { } due ? due.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "zonder dag")} {term.State}")));

    private static string Elements(DocumentRule rule, string strength, CaseFacts facts)
        => string.Join(' ', rule.ElementsFor(facts).Where(element => Strengths[element.Strength] == strength).Select(element => element.Id[(rule.Kind.Length + 1)..]));
}
