using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>Takes a case through a protocol step by step. One event a line: <c>name:person@gesprek!rule</c>.</summary>
internal static class CourseRunner
{
    /// <summary>What is refused on the way, as <c>event: rule person</c>, and what is open at the closing.</summary>
    public static List<string> Refused(string id, List<string> course, IReadOnlyList<DutyPerson> persons, Func<List<string>, CaseFacts> factsOf, CaseFacts? given = null)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, null)!;
        var (happened, refused) = (new List<ProtocolEvent>(), new List<string>());
        for (var step = 0; step <= course.Count; step++)
        {
            var facts = given ?? factsOf(course[..step]);
            var next = step == course.Count ? new ProtocolEvent(EventNames.DossierGesloten, new(2026, 9, 1)) : Event(course[step], step, persons);
            var duties = Duties.Of(happened, protocol, facts, persons);
            // The documents themselves are looked at elsewhere; here it is about the rules.
            refused.AddRange(Duties.Before(duties, next.Name, next.Subject is { } subject ? [subject] : [], persons).Where(duty => !DocumentKinds.IsKnown(duty.Rule.Id))
                .Select(duty => $"{next.Name}: {duty.Rule.Id} {duty.Subject}"));
            happened.Add(next);
        }

        return [.. refused.Select(line => given is null ? line.TrimEnd() : line)];
    }

    private static ProtocolEvent Event(string text, int day, IReadOnlyList<DutyPerson> persons)
    {
        var (rule, rest) = text.Split('!') is [var before, var after] ? (after, before) : (null, text);
        var (reference, name) = rest.Split('@') is [var first, var second] ? (second, first) : (null, rest);
        var person = name.Split(':') is [_, var handle] ? handle : null;
        return new ProtocolEvent(name.Split(':')[0], new DateOnly(2026, 3, 2).AddDays(day), person, reference) { Concerns = rule, Role = persons.FirstOrDefault(other => other.Id == person)?.Role };
    }
}
