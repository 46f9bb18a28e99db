using DossierKit.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace DossierKit.Tests.Protocols;

public class ConditionTests
{
    [Theory]
    [InlineData("melderBekend", "melderBekend", true)]
    [InlineData("niet melderBekend", "melderBekend", false)]
    [InlineData("melderBekend en orLid", "melderBekend", null)]
    [InlineData("melderBekend of orLid", "melderBekend", true)]
    [InlineData("niet melderBekend en orLid", "melderBekend", false)]
    [InlineData("orLid", "melderBekend", null)]
    [InlineData("niet orLid", "melderBekend", null)]
    [InlineData("spoed of melderBekend en niet gemachtigde", "melderBekend", null)]
    [InlineData("melderBekend en (spoed of niet spoed)", "melderBekend", null)]
    public void Evaluate_OneFactKnownToHold_KnowsYesNoAndUnknown(string condition, string fact, bool? expected)
        => Condition.Parse(condition).Value.Evaluate(CaseFacts.None.With(fact, true)).ShouldBe(expected);

    [Theory]
    [InlineData("positie=wethouder", true)]
    [InlineData("positie=raadslid", false)]
    [InlineData("politiekAmbtsdrager", true)]
    [InlineData("niet (positie=medewerker of positie=griffier)", true)]
    public void Evaluate_PositionWethouder_SettlesPositionAndPolitical(string condition, bool expected)
        => Condition.Parse(condition).Value.Evaluate(CaseFacts.None.With(FactNames.Positie, PositionNames.Wethouder)).ShouldBe(expected);

    [Theory]
    [InlineData("anoniem", false, false, true)]
    [InlineData("vertrouwelijk", true, true, false)]
    [InlineData("open", true, false, false)]
    public void With_FormOfTheMelding_SettlesWhatIsKnownOfTheMelder(string form, bool known, bool confidential, bool anonymous)
    {
        var facts = CaseFacts.None.With(FactNames.Vorm, form);
        Condition.Parse("melderBekend").Value.Evaluate(facts).ShouldBe(known);
        Condition.Parse("melderVertrouwelijk").Value.Evaluate(facts).ShouldBe(confidential);
        Condition.Parse("melderAnoniem").Value.Evaluate(facts).ShouldBe(anonymous);
    }

    [Fact]
    public void For_PersonWithFactsOfTheirOwn_ReplacesThoseOfTheCase()
    {
        var facts = CaseFacts.None.With(FactNames.Vorm, "open").WithPerson("melder-2", FactNames.Vorm, "anoniem");
        facts.For("melder-1").Find(FactNames.MelderBekend).ShouldBe("ja");
        facts.For("melder-2").Find(FactNames.MelderBekend).ShouldBe("nee");
        facts.For(null).Find(FactNames.MelderBekend).ShouldBe("ja");
        facts.With(FactNames.Spoed, true).For("melder-2").Find(FactNames.Spoed).ShouldBe("ja");
    }

    [Theory]
    [InlineData("", "leeg")]
    [InlineData("melderBekent", "'melderBekend'")]
    [InlineData("positie=wethoudr", "'wethouder'")]
    [InlineData("positie", "hoort een waarde")]
    [InlineData("positie=", "geen waarde")]
    [InlineData("(orLid", "niet gesloten")]
    [InlineData("orLid)", "staat nog ')'")]
    [InlineData("orLid en", "houdt te vroeg op")]
    [InlineData("en orLid", "hoort een feit")]
    [InlineData("orLid spoed", "staat nog 'spoed'")]
    [InlineData("orLid && spoed", "staat nog '&&'")]
    [InlineData("niet", "houdt te vroeg op")]
    [InlineData("=ja", "hoort een feit")]
    public void Parse_Faulty_SaysWhatAndWhereAndWhatToWrite(string condition, string expected)
    {
        var refusal = Condition.Parse(condition).Refusals.ShouldHaveSingleItem();
        refusal.ToString().ShouldContain(expected);
        refusal.Why.ShouldContain("teken ");
        refusal.WhatNow.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Parse_DeeperThanAnyoneWrites_IsRefusedAndDoesNotOverflow()
        => Condition.Parse(new string('(', 100_000) + "orLid" + new string(')', 100_000)).Refusals.ShouldHaveSingleItem().What.ShouldContain("diep");

    [Fact]
    public void With_UnknownFactOrValue_Throws()
    {
        Should.Throw<ArgumentException>(() => CaseFacts.None.With("weer", "mooi"));
        Should.Throw<ArgumentException>(() => CaseFacts.None.With(FactNames.Positie, "keizer"));
        Should.Throw<ArgumentException>(() => CaseFacts.None.With(FactNames.Positie, true));
    }

    [Fact]
    public void Parse_WhatAConditionPrints_IsTheSameCondition() => Prop.ForAll(Conditions, condition =>
    {
        var again = Condition.Parse(condition.ToString()!);
        return again.IsDone && Same(again.Value, condition);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Evaluate_AllFactsKnown_IsNeverUnknown() => Prop.ForAll(Conditions, condition =>
    {
        var facts = FactNames.All.Aggregate(CaseFacts.None, (known, name) => known.With(name, FactNames.ValuesOf(name)[0]));
        return condition.Evaluate(facts) is not null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Evaluate_OneFactMore_NeverTurnsYesIntoNo() => Prop.ForAll(Conditions, Facts, (condition, fact) =>
    {
        var before = CaseFacts.None.With(FactNames.OrLid, true);
        if (fact.Name == FactNames.OrLid) return true;
        var (without, with) = (condition.Evaluate(before), condition.Evaluate(before.With(fact.Name, fact.Value)));
        return without is null || without == with;
    }).QuickCheckThrowOnFailure();

    private static readonly string[] Names = [FactNames.OrLid, FactNames.Spoed, FactNames.Gegrond, FactNames.MelderBekend];

    private static Arbitrary<(string Name, string Value)> Facts
        => Gen.Elements(Names).SelectMany(name => Gen.Elements(CaseFacts.Yes, CaseFacts.No).Select(value => (name, value))).ToArbitrary();

    private static Arbitrary<Condition> Conditions => Gen.Sized(size => Tree(Math.Min(size, 6))).ToArbitrary();

    private static Gen<Condition> Tree(int depth)
    {
        var leaf = Gen.Elements("orLid", "spoed", "gegrond", "melderBekend", "gegrond=nee", "positie=wethouder").Select(text => Condition.Parse(text).Value);
        if (depth <= 0) return leaf;
        var inner = Tree(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Select(part => Condition.Parse($"niet ({part})").Value),
            inner.SelectMany(left => inner.Select(right => Condition.Parse($"({left}) en ({right})").Value)),
            inner.SelectMany(left => inner.Select(right => Condition.Parse($"({left}) of ({right})").Value)));
    }

    /// <summary>The same answer for every combination of the facts they look at.</summary>
    private static bool Same(Condition one, Condition other)
    {
        var states = new List<CaseFacts> { CaseFacts.None };
        foreach (var name in Names)
            states = [.. states, .. states.Select(known => known.With(name, true)), .. states.Select(known => known.With(name, false))];
        states = [.. states, .. states.Select(known => known.With(FactNames.Positie, PositionNames.Wethouder))];
        return states.TrueForAll(known => one.Evaluate(known) == other.Evaluate(known));
    }
}
