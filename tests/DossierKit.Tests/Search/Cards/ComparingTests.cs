using System.Text;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Search;

namespace DossierKit.Tests.Search.Cards;

/// <summary>Who sees what of earlier cases, and what is kept of the asking.</summary>
public sealed class ComparingTests
{
    private static readonly CaseProfile Means = new() { Types = [ViolationType.MeansAndRules], Group = FunctionGroup.Execution };

    [Fact]
    public async Task Compare_ByWhoeverImposes_ShowsMeasures_TheFiNever()
    {
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.SamplesAsync();
        var asking = await fixture.Vault.ImportAsync();

        var imposes = (await fixture.CompareAsync("verantwoordelijke", asking, Means)).Value;
        imposes.Compares.ShouldBe(new ComparisonRight(true, true, true));
        imposes.Nearest[0].Card.Measure.ShouldBe(MeasureKind.Demotion);
        imposes.Nearest[0].Outcome.ShouldBe("maatregel:terugplaatsing");
        imposes.Motivering.ShouldContain("evenredig");

        var fi = (await fixture.CompareAsync("fi", asking, Means)).Value;
        fi.Compares.ShouldBe(new ComparisonRight(true, true, false));
        fi.Nearest.ShouldNotBeEmpty();
        fi.Nearest.Concat(fi.CounterExamples).ShouldAllBe(card => card.Card.Measure == null && card.Card.Deviation == null);
        fi.Nearest[0].Card.Oordeel.ShouldBe(Oordeel.Gegrond);
        fi.Nearest[0].Outcome.ShouldBe("gegrond-geheel-of-deels");
        fi.Numbers.ShouldAllBe(number => !number.Outcome.StartsWith("maatregel", StringComparison.Ordinal));
        fi.Motivering.ShouldNotContain("maatregel");
    }

    [Fact]
    public async Task Compare_ByADirector_ShowsOnlyWhetherAnOnderzoekWasStarted()
    {
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.SamplesAsync();
        await fixture.Vault.HireAsync("directeur", "de heer B. Polderhuizer", StaffRole.Directeur);
        var asking = await fixture.Vault.ImportAsync();
        using (var dossier = await fixture.OpenAsync("fi", asking))
        {
            (await dossier.RecordAsync([new OpdrachtSubmitted { Date = new DateOnly(2026, 9, 1), To = [new PersonId("directeur")] }], default)).Refusals.ShouldBeEmpty();
        }

        var seen = (await fixture.CompareAsync("directeur", asking, Means)).Value;

        seen.Compares.ShouldBe(new ComparisonRight(true, false, false));
        seen.Nearest.Count.ShouldBeGreaterThan(1);
        seen.Nearest.Concat(seen.CounterExamples).ShouldAllBe(card => card.Card.Oordeel == null && card.Card.Measure == null && card.Card.Intent == null && card.Card.Summary.Length == 0 && card.Card.Mitigating == null && card.Card.EarlierFounded == null);
        seen.Here.EarlierFounded.ShouldBeNull();
        seen.Nearest.Select(card => card.Outcome).Distinct().Order().ShouldBe(["geen-onderzoek", "onderzoek"]);
        seen.CounterExamples.ShouldAllBe(card => card.Outcome != seen.Nearest[0].Outcome);
        seen.CounterExamples.ShouldNotBeEmpty();
        seen.Motivering.ShouldNotContain("BPI", customMessage: "an article of another regulation does not belong in this case");
        // What he does not see weighs nothing either.
        seen.Nearest.SelectMany(card => card.Likeness.Lines).Where(line => line.Factor.Id is "opzet" or "verzachtend").ShouldAllBe(line => line.Match == FactorMatch.Unknown);
    }

    [Fact]
    public async Task Compare_ByTheOnderzoeker_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.ApprovedAsync();
        await fixture.Vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var asking = await fixture.Vault.ImportAsync();
        (await fixture.CompareAsync("onderzoeker", asking, Means)).Refusals.Single().Cause.ShouldBe(RefusalCause.NoRight);
    }

    [Fact]
    public async Task Compare_CardsThatWait_AreNotShown()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        var proposed = (await fixture.ProposeAsync("fi", number)).Value;
        var asking = await fixture.Vault.ImportAsync();
        (await fixture.CompareAsync("verantwoordelijke", asking, Means)).Value.Nearest.ShouldBeEmpty();
        (await fixture.ApproveAsync("plaatsvervanger", number, proposed)).Refusals.ShouldBeEmpty();
        (await fixture.CompareAsync("verantwoordelijke", asking, Means)).Value.Nearest.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Compare_CardsOfCasesOneIsPartOf_ChangeNothing()
    {
        // Story: the verantwoordelijke is getuige in an earlier case. What he is shown is, byte for byte, what it would be without that case.
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.SamplesAsync();
        var asking = await fixture.Vault.ImportAsync();
        var part = await fixture.Vault.ImportAsync("declaraties-gemeentesecretaris");
        var number = (await fixture.Register.AllEntriesAsync(default)).Single(entry => entry.Number.Value == "WL-2021-0004").Number;
        var with = await SeenAsync();
        with.ShouldContain("terugplaatsing");
        using (var dossier = await fixture.OpenAsync("fi", number))
        {
            var added = new CasePerson { Id = new PersonId("getuige-9"), Role = CaseRole.Getuige, Initials = "S.", Surname = "Dijkgravenhuis", Position = Position.Gemeentesecretaris, Staff = new PersonId("verantwoordelijke") };
            (await dossier.RecordAsync([new PersonAdded { Date = new DateOnly(2026, 9, 1), Person = added }], default)).Refusals.ShouldBeEmpty();
        }

        var hidden = await SeenAsync();
        hidden.ShouldNotBe(with);
        hidden.ShouldNotContain("terugplaatsing");
        using (var dossier = await fixture.OpenAsync("fi", number))
        {
            foreach (var card in await fixture.Cards.OfAsync(dossier, default)) (await fixture.Cards.WithdrawAsync(dossier, card.Id, default)).IsDone.ShouldBeTrue();
        }

        (await SeenAsync()).ShouldBe(hidden);
        part.ShouldNotBe(number);

        async Task<string> SeenAsync() => JsonSerializer.Serialize((await fixture.CompareAsync("verantwoordelijke", asking, Means)).Value);
    }

    [Fact]
    public async Task Compare_ItsOwnCase_IsNotThere()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, _) = await fixture.ApprovedAsync();
        (await fixture.CompareAsync("verantwoordelijke", number)).Value.Nearest.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compare_IsLogged_AndThePurposeGoesWithTheCaseItWasFor()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (_, card) = await fixture.ApprovedAsync();
        var asking = await fixture.Vault.ImportAsync();
        using (var dossier = await fixture.Register.OpenAsync(asking, fixture.Vault.As("verantwoordelijke"), "kanariedoel van de vergelijking", default))
        {
            (await fixture.Cards.CompareAsync(dossier!, CardFixture.Betrokkene, Means, default)).Refusals.ShouldBeEmpty();
        }

        var act = (await fixture.Cards.ActsAsync(fixture.Vault.As("fi"), default)).ShouldHaveSingleItem();
        act.Person.ShouldBe(new PersonId("verantwoordelijke"));
        act.Cards.ShouldBe([card.Id]);
        act.Purpose.ShouldBe("kanariedoel van de vergelijking");
        (await fixture.Cards.ActsAsync(fixture.Vault.As("archivaris"), default)).ShouldBeEmpty();
        (await fixture.Vault.EverythingAsync()).ShouldContain("kanariedoel");
        Stored(fixture).ShouldNotContain("kanariedoel");

        await (await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(asking, default);
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariedoel");
        var left = (await fixture.Cards.ActsAsync(fixture.Vault.As("fi"), default)).ShouldHaveSingleItem();
        (left.Dossier, left.Purpose).ShouldBe((null, null));
        left.Cards.ShouldBe([card.Id]);
    }

    [Fact]
    public async Task Ask_ForMore_IsDecidedByAnother_ForATime()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, card) = await fixture.ApprovedAsync();
        await fixture.Vault.HireAsync("burgemeester", "mevrouw L. Meerkoetering", StaffRole.Verantwoordelijke);
        var asking = await fixture.Vault.ImportAsync("bouwkavel-noorderplas");
        using var mine = await fixture.OpenAsync("burgemeester", asking);
        using var theirs = await fixture.OpenAsync("verantwoordelijke", number);
        (await fixture.Register.OpenAsync(number, fixture.Vault.As("burgemeester"), "meer weten", default)).ShouldBeNull();
        // Ids cannot be tried: only what was shown to him.
        (await fixture.Cards.AskAsync(mine, card.Id, "Waarom is hier teruggeplaatst?", default)).Refusals.Single().Cause.ShouldBe(RefusalCause.NotThere);
        var seen = (await fixture.Cards.CompareAsync(mine, CardFixture.Betrokkene, Means, default)).Value;
        seen.Nearest.ShouldHaveSingleItem();

        var request = await fixture.Cards.AskAsync(mine, card.Id, "Waarom is hier teruggeplaatst?", default);
        request.Refusals.ShouldBeEmpty();
        request.Value.Dossier.ShouldBeNull();
        (await fixture.Cards.RequestsAsync(fixture.Vault.As("verantwoordelijke"), default)).ShouldHaveSingleItem().Dossier.ShouldBe(number);
        (await fixture.Cards.RequestsAsync(fixture.Vault.As("archivaris"), default)).ShouldBeEmpty();
        (await fixture.Cards.DecideAsync(mine, request.Value.Id, null, null, "nee", default)).IsDone.ShouldBeFalse();

        var file = theirs.State.Files.First(one => one.Compartment == Compartment.Onderzoek).Id;
        (await fixture.Cards.DecideAsync(theirs, request.Value.Id, file, new DateOnly(2026, 11, 2), "Vergelijking is nodig.", default)).Refusals.Single().Subject.ShouldBe("totEnMet");
        (await fixture.Cards.DecideAsync(theirs, request.Value.Id, file, new DateOnly(2026, 11, 1), "Vergelijking is nodig.", default)).Refusals.ShouldBeEmpty();

        using (var opened = await fixture.OpenAsync("burgemeester", number)) opened.State.Files.Select(one => one.Id).ShouldBe([file]);
        fixture.Vault.Clock.Now = new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
        (await fixture.Register.OpenAsync(number, fixture.Vault.As("burgemeester"), "meer weten", default)).ShouldBeNull();
        (await fixture.Cards.RequestsAsync(fixture.Vault.As("burgemeester"), default)).ShouldHaveSingleItem().IsGranted.ShouldBe(true);
    }

    [Fact]
    public async Task Everything_OnDisk_IsSealed()
    {
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.ApprovedAsync();
        foreach (var word in (string[])["kanariemateriaal", "terugplaatsing", "kaart-goedgekeurd", "betrokkene-1"])
            Stored(fixture).ShouldNotContain(word);
    }

    private static string Stored(CardFixture fixture) => string.Join('\n', fixture.Vault.Store.Snapshot().Values.Select(bytes => Encoding.Latin1.GetString(bytes.Span)));
}
