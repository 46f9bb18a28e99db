using System.Globalization;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>
/// Every rule of every protocol that ships: what must be and is not refuses, with its article, the step it must come before or the closing of the case; once it is there, nothing is
/// refused for it. A protocol that is added is tested by being there.
/// </summary>
public sealed class MustRulesTests(ITestOutputHelper output)
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    public static TheoryData<string, string> Protocols => [.. ProtocolLibrary.Shipped.All.Select(protocol => (protocol.Id, protocol.Version))];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Must_OfAProtocol_RefusesWhenAbsentAndPassesWhenPresent(string id, string version)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var (gated, closing, guarded) = (0, 0, 0);
        foreach (var rule in RulesOf(protocol).Where(rule => rule.Strength is Strength.Must or Strength.IfApplicable))
        {
            if (rule.GuardedBy.Count > 0)
            {
                Situation.Of(rule).Duties(protocol, rule, []).ShouldAllBe(duty => duty.State == DutyState.Kept, rule.Id);
                guarded++;
                continue;
            }

            var situation = Situation.Of(rule);
            var steps = rule.Before.Count > 0 && situation.Duties(protocol, rule, []).All(duty => duty.IsBinding) ? rule.Before : [EventNames.DossierGesloten];
            foreach (var step in steps)
            {
                var refusals = situation.Refusals(protocol, rule, step, []);
                refusals.ShouldNotBeEmpty($"{rule.Id}: nothing refuses {step} while it is absent");
                refusals.ShouldAllBe(refusal => refusal.Subject == rule.Id && refusal.Why.Contains(rule.Article, StringComparison.Ordinal) && refusal.WhatNow.Length > 0, rule.Id);
                foreach (var way in situation.WaysToKeep(rule))
                    situation.Refusals(protocol, rule, step, way.Events, way.Facts).ShouldBeEmpty($"{rule.Id}: still refuses {step} after {way.Name}");
                situation.Refusals(protocol, rule, step, [new ProtocolEvent(EventNames.ProtocolAfgeweken, Day) { Concerns = rule.Id, SignedBy = "verantwoordelijke" }]).ShouldBeEmpty($"{rule.Id}: a signed deviation is no way out of {step}");
                if (step == EventNames.DossierGesloten) closing++;
                else gated++;
            }
        }

        output.WriteLine(FormattableString.Invariant($"{id} {version}: {gated} steps refused, {closing} closings refused, {guarded} rules guarded by the program."));
        (gated + closing).ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Unsettled_ConditionOfAMust_RefusesUntilTheFactIsKnown(string id, string version)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var asked = 0;
        foreach (var rule in RulesOf(protocol).Where(rule => rule is { Strength: Strength.Must, GuardedBy.Count: 0 } && rule.When.Evaluate(CaseFacts.None) is null))
        {
            var situation = Situation.Of(rule) with { Facts = CaseFacts.None };
            var step = rule.Before.Count > 0 ? rule.Before[0] : EventNames.DossierGesloten;
            var refusals = situation.Refusals(protocol, rule, step, []);
            refusals.ShouldNotBeEmpty(rule.Id);
            refusals.ShouldAllBe(refusal => refusal.What.StartsWith("Eerst vaststellen", StringComparison.Ordinal) && refusal.WhatNow.Length > 10, rule.Id);
            situation.Refusals(protocol, rule, step, [], Solve(rule.When, false)).ShouldBeEmpty($"{rule.Id}: refuses although it does not hold");
            asked++;
        }

        output.WriteLine(FormattableString.Invariant($"{id} {version}: {asked} rules ask for a fact."));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void MayAndAsARule_OfAProtocol_NeverRefuseAStep(string id, string version)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var (may, asARule) = (0, 0);
        foreach (var rule in RulesOf(protocol).Where(rule => rule.Strength is Strength.May or Strength.AsARule && rule.GuardedBy.Count == 0))
        {
            var situation = Situation.Of(rule);
            foreach (var step in EventNames.All.Where(name => name != EventNames.DossierGesloten)) situation.Refusals(protocol, rule, step, []).ShouldBeEmpty($"{rule.Id} refuses {step}");
            var closing = situation.Refusals(protocol, rule, EventNames.DossierGesloten, []);
            if (rule.Strength == Strength.May)
            {
                closing.ShouldBeEmpty($"{rule.Id} may be done, and refuses the closing");
                may++;
            }
            else
            {
                // As a rule: a reason is enough, and it is asked for with the article. What comes before a step that was never taken is not asked at all.
                closing.ShouldAllBe(refusal => refusal.Why.Contains(rule.Article, StringComparison.Ordinal));
                situation.Refusals(protocol, rule, EventNames.DossierGesloten, [new ProtocolEvent(EventNames.RegelNageleefd, Day) { Concerns = rule.Id }]).ShouldBeEmpty(rule.Id);
                asARule++;
            }
        }

        output.WriteLine(FormattableString.Invariant($"{id} {version}: {may} times kan, {asARule} times in de regel."));
    }

    private static IEnumerable<Rule> RulesOf(Protocol protocol) => [.. protocol.Rules, .. protocol.Documents.Select(document => Duties.Of(document, protocol)).OfType<Rule>()];

    /// <summary>Facts under which a condition has an answer: the first that are found.</summary>
    private static CaseFacts Solve(Condition condition, bool wanted)
    {
        var facts = condition.Facts.ToList();
        return Try(CaseFacts.None, 0) ?? throw new InvalidOperationException($"Condition '{condition}' is never {wanted}.");

        CaseFacts? Try(CaseFacts known, int at)
        {
            if (condition.Evaluate(known) == wanted) return known;
            if (at == facts.Count) return null;
            foreach (var value in FactNames.ValuesOf(facts[at]))
            {
                if (Try(known.With(facts[at], value), at + 1) is { } found) return found;
            }

            return null;
        }
    }

    /// <summary>A case in which one rule holds and nothing was done yet.</summary>
    private sealed record Situation(CaseFacts Facts, IReadOnlyList<ProtocolEvent> Events, IReadOnlyList<DutyPerson> Persons)
    {
        public static Situation Of(Rule rule)
        {
            var persons = RoleNames.All.Select(role => new DutyPerson($"{role}-1", role)).ToList();
            var facts = Solve(rule.When, true);
            var positions = rule.Positions.Count > 0 ? rule.Positions : facts.Find(FactNames.Positie) is { } set ? [set] : PositionNames.All;
            // The position must suit both the rule and its condition.
            foreach (var position in positions)
            {
                var tried = facts.With(FactNames.Positie, position);
                if (!rule.When.Holds(tried)) continue;
                facts = tried;
                break;
            }

            var arisen = rule.After.Take(1).SelectMany(name => persons.Select(person => new ProtocolEvent(name, Day, person.Id, "kenmerk-1") { Role = person.Role }));
            var situation = new Situation(facts, [.. arisen], persons);
            rule.When.Holds(situation.Facts).ShouldBeTrue(rule.Id);
            return situation;
        }

        public IReadOnlyList<Duty> Duties(Protocol protocol, Rule rule, IReadOnlyList<ProtocolEvent> more, CaseFacts? facts = null)
            => [.. DossierKit.Protocols.Duties.Of([.. Events, .. more], protocol, facts ?? Facts, Persons).Where(duty => duty.Rule.Id == rule.Id)];

        public IReadOnlyList<Refusal> Refusals(Protocol protocol, Rule rule, string step, IReadOnlyList<ProtocolEvent> more, CaseFacts? facts = null)
            => [.. DossierKit.Protocols.Duties.Before(Duties(protocol, rule, more, facts), step, [], Persons).Select(duty => DutyGate.Refuse(duty, protocol))];

        /// <summary>Each event that shows the rule was kept, the fact that does, and saying so by hand.</summary>
        public IEnumerable<(string Name, IReadOnlyList<ProtocolEvent> Events, CaseFacts? Facts)> WaysToKeep(Rule rule)
        {
            foreach (var name in rule.FulfilledBy)
                yield return (name, [.. Persons.Concat(Extra(rule)).Select(person => new ProtocolEvent(name, Day, person.Id, "kenmerk-1") { Role = person.Role, Concerns = rule.Id })], null);
            if (rule.FulfilledWhen is { } fact)
                yield return ($"fact {fact}", [], Solve(fact, true).Known.Aggregate(Facts, (facts, known) => facts.With(known.Key, known.Value)));
            yield return (EventNames.RegelNageleefd, [new ProtocolEvent(EventNames.RegelNageleefd, Day) { Concerns = rule.Id }], null);
        }

        private static IEnumerable<DutyPerson> Extra(Rule rule) => Enumerable.Range(2, rule.Count - 1).Select(number => new DutyPerson(string.Create(CultureInfo.InvariantCulture, $"onderzoeker-{number}"), "onderzoeker"));
    }
}
