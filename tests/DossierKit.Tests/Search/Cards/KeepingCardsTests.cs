using System.Text;
using System.Text.Json;
using DossierKit.Dossiers;
using DossierKit.Host.Cli.Demo;
using DossierKit.Search;
using DossierKit.Tests.Documents;
using DossierKit.Vault;

namespace DossierKit.Tests.Search.Cards;

/// <summary>Making, approving and losing cards.</summary>
public sealed class KeepingCardsTests
{
    [Theory]
    [InlineData("fi", "plaatsvervanger")]
    [InlineData("plaatsvervanger", "fi")]
    [InlineData("verantwoordelijke", "fi")]
    [InlineData("fi", "verantwoordelijke")]
    public async Task Approve_ByASecondPerson_InAnyOrder(string first, string second)
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        var proposed = await fixture.ProposeAsync(first, number);
        proposed.Refusals.ShouldBeEmpty();
        proposed.Value.Status.ShouldBe(CardStatus.Proposed);

        (await fixture.ApproveAsync(first, number, proposed.Value)).Refusals.Single().Cause.ShouldBe(RefusalCause.NoRight);
        var approved = await fixture.ApproveAsync(second, number, proposed.Value);

        approved.Refusals.ShouldBeEmpty();
        approved.Value.Status.ShouldBe(CardStatus.Approved);
        approved.Value.ApprovedBy.ShouldBe(new PersonId(second));
        (await fixture.ApproveAsync("plaatsvervanger" == second ? "verantwoordelijke" : "plaatsvervanger", number, proposed.Value)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public async Task Approve_WithTheHashOfAnotherCard_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        var proposed = (await fixture.ProposeAsync("fi", number)).Value;

        var other = proposed.Card with { Measure = MeasureKind.Warning };
        other.Hash.ShouldNotBe(proposed.Hash);
        (await fixture.ApproveAsync("plaatsvervanger", number, proposed, other.Hash)).Refusals.Single().Cause.ShouldBe(RefusalCause.Changed);
        (await fixture.ApproveAsync("plaatsvervanger", number, proposed)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Propose_OfAnApprovedCard_VoidsTheApproval()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, card) = await fixture.ApprovedAsync();

        var again = (await fixture.ProposeAsync("fi", number, one => one with { Duration = DurationBand.Year })).Value;

        again.Id.ShouldNotBe(card.Id);
        using var dossier = await fixture.OpenAsync("fi", number);
        (await fixture.Cards.OfAsync(dossier, default)).ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Proposed);
        (await fixture.Cards.GoneAsync(fixture.Vault.As("fi"), default)).ShouldHaveSingleItem().Id.ShouldBe(card.Id);
    }

    [Fact]
    public async Task Propose_ByWhoeverInvestigatesOrHasNoTask_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.Vault.HireAsync("onderzoeker", "mevrouw A. Griendhorster", StaffRole.OnderzoekerIntern);
        var number = await fixture.Vault.ImportAsync("bouwkavel-noorderplas");

        (await fixture.Register.OpenAsync(number, fixture.Vault.As("archivaris"), "kaart", default)).ShouldBeNull();
        using var dossier = await fixture.Register.OpenAsync(number, fixture.Vault.As("onderzoeker"), "kaart", default);
        if (dossier is not null) (await fixture.Cards.ProposeAsync(dossier, CardFixture.Betrokkene, CardFixture.Filled, true, default)).Refusals.Single().Cause.ShouldBe(RefusalCause.NoRight);
    }

    [Fact]
    public async Task Propose_BeforeTheOordeel_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync();
        (await fixture.ProposeAsync("fi", number)).Refusals.Single().Subject.ShouldBe("oordeel");
    }

    [Fact]
    public async Task Propose_WithTheNameOfAnybodyOfTheCase_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        using var dossier = await fixture.OpenAsync("fi", number);
        var names = dossier.State.Persons.Select(person => person.Surname).OfType<string>().Append("Plassenberger").Append("Rietoeverink").ToList();
        names.Count.ShouldBeGreaterThan(4);
        foreach (var name in names)
        {
            var refused = await fixture.ProposeAsync("fi", number, card => card with { Summary = $"{CardFixture.Summary} Dat zei {name}." });
            refused.Refusals.ShouldContain(refusal => refusal.What.Contains("naam", StringComparison.Ordinal), name);
            refused.Refusals.ShouldAllBe(refusal => !refusal.ToString().Contains(name, StringComparison.OrdinalIgnoreCase));
            (await fixture.ProposeAsync("fi", number, card => card with { Deviation = $"Op verzoek van {name.ToUpperInvariant()}." })).IsDone.ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task Propose_WithTheNameOfTheMelder_TellsNothingToWhoeverMayNotKnow()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        using var dossier = await fixture.OpenAsync("fi", number);
        var melder = dossier.State.Melders.Select(person => person.Surname).OfType<string>().First();

        var refused = await fixture.ProposeAsync("verantwoordelijke", number, card => card with { Summary = $"{CardFixture.Summary} Dat zei {melder}." });

        refused.Refusals.Single().What.ShouldBe(ProtectedNames.NeutralRefusal.What);
        // Trying name after name tells nothing: of everybody the answer is the same.
        foreach (var name in new[] { "Rietoeverink", dossier.State.Betrokkenen[0].Surname! })
            (await fixture.ProposeAsync("verantwoordelijke", number, card => card with { Summary = $"{CardFixture.Summary} Dat zei {name}." })).Refusals.ShouldBe(refused.Refusals, name);
        (await fixture.Register.ReviewsAsync(fixture.Vault.As("fi"), default)).Value.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Op 3 maart gebeurde het.", "een dag of maand")]
    [InlineData("Het ging om € 1.250,00 aan spullen.", "een bedrag of aantal")]
    [InlineData("Hij is de enige met die sleutel.", "een woord dat zegt dat er maar één van is")]
    [InlineData("Het was bij de burgemeester.", "een ambt dat één mens heeft")]
    [InlineData("Het lag in de Oosterhaven bij het water.", "een naam van een plaats, afdeling of bedrijf")]
    [InlineData("Het was een voorman in de buitendienst.", "een functie, afdeling of plaats uit het dossier")]
    public async Task Propose_WithATraceOfOnePerson_AsksAPersonToConfirm(string trace, string what)
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        var summary = $"{CardFixture.Summary} {trace}";

        var refused = await fixture.ProposeAsync("fi", number, card => card with { Summary = summary }, confirmed: false);
        refused.Refusals.ShouldContain(refusal => refusal.Why.Contains(what, StringComparison.Ordinal));
        var confirmed = await fixture.ProposeAsync("fi", number, card => card with { Summary = summary });
        confirmed.Refusals.ShouldBeEmpty();
        confirmed.Value.Warnings.ShouldContain(warning => warning.What == what);
        (await fixture.ProposeAsync("fi", number, null, confirmed: false)).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Propose_WhatTheCaseDoesNotSay_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        await Refused(card => card with { Oordeel = Oordeel.Ongegrond }, "oordeel");
        await Refused(card => card with { Year = 2019 }, "jaar");
        await Refused(card => card with { Types = [ViolationType.Financial] }, "typen");
        await Refused(card => card with { Inquiry = false }, "onderzoek");
        await Refused(card => card with { Measure = MeasureKind.None }, "maatregel");
        await Refused(card => card with { Group = null }, "functiegroep");
        await Refused(card => card with { EarlierFounded = 1 }, "eerdereGegrondeZaken");
        await Refused(card => card with { Summary = "Te kort." }, "samenvatting");
        // The FI reads summaries and compares no measures.
        foreach (var measure in (string[])["is ontslagen", "kreeg strafontslag", "werd geschorst", "kreeg een berisping", "is overgeplaatst", "werd gewaarschuwd"])
            await Refused(card => card with { Summary = $"{CardFixture.Summary} Wie het deed, {measure}." }, "samenvatting");

        async Task Refused(Func<CaseCard, CaseCard> change, string field) => (await fixture.ProposeAsync("fi", number, change)).Refusals.ShouldContain(refusal => refusal.Subject == field, field);
    }

    [Fact]
    public async Task Propose_AfterAnEarlierOngegrondCase_CountsNoRecidive()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        using (var dossier = await fixture.OpenAsync("fi", number))
        {
            (await dossier.RecordAsync([new RegistrationUpdated { Date = new DateOnly(2026, 9, 1), Betrokkene = CardFixture.Betrokkene, RepeatOf = new DossierNumber("WL-2019-0001"), EarlierOordeel = Oordeel.Ongegrond }], default)).Refusals.ShouldBeEmpty();
        }

        (await fixture.ProposeAsync("fi", number, card => card with { EarlierFounded = 1 })).Refusals.Single().Why.ShouldContain("ongegronde zaak telt nooit");
        (await fixture.ProposeAsync("fi", number, card => card with { Aggravating = [Aggravating.Recidive] })).Refusals.ShouldContain(refusal => refusal.Subject == "verzwarend");
        (await fixture.ProposeAsync("fi", number)).Value.Card.EarlierFounded.ShouldBe(0);
    }

    [Fact]
    public async Task Propose_WhenTheTimeOfTheDossierIsOver_IsRefused()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("kas-van-het-zwembad");
        (await fixture.ProposeAsync("fi", number, card => card with { EarlierFounded = 1 })).Refusals.Single().Subject.ShouldBe("bewaartermijn");
    }

    [Fact]
    public async Task Card_GoesWithinItsOwnTerm_AndNeverAfterItsDossier()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, card) = await fixture.ApprovedAsync();
        // Judged 2021-06-07, measure 2021-06-21: seven years by the rules.
        card.Until.ShouldBe(new DateOnly(2028, 6, 21));
        // Closed without onderzoek: kept a year by its class (12.3), so the card goes then.
        var small = await fixture.Vault.ImportAsync("dienstauto-op-zondag");
        (await fixture.ProposeAsync("fi", small)).Value.Until.ShouldBe(new DateOnly(2027, 6, 8));

        (await fixture.Vault.EverythingAsync()).ShouldContain("kanariemateriaal");
        fixture.Vault.Clock.Now = new DateTimeOffset(2028, 6, 21, 8, 0, 0, TimeSpan.Zero);
        (await fixture.Cards.ListAsync(fixture.Vault.As("fi"), default)).ShouldBeEmpty();
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariemateriaal");
        (await fixture.Cards.GoneAsync(fixture.Vault.As("fi"), default)).Select(gone => gone.Cause).Distinct().ShouldBe(["de bewaartermijn is voorbij"]);
    }

    [Fact]
    public async Task Card_OverByAClockThatCannotBeRight_IsNotUsedAndNotDestroyed()
    {
        await using var fixture = await CardFixture.CreateAsync();
        await fixture.ApprovedAsync();
        // The clock was seen a year later, and was put back since.
        fixture.Vault.Clock.Now = new DateTimeOffset(2029, 6, 21, 8, 0, 0, TimeSpan.Zero);
        fixture.Vault.Vault.ObserveClock(fixture.Vault.Clock).IsTrusted.ShouldBeTrue();
        fixture.Vault.Clock.Now = new DateTimeOffset(2028, 6, 21, 8, 0, 0, TimeSpan.Zero);

        (await fixture.Cards.ListAsync(fixture.Vault.As("fi"), default)).ShouldBeEmpty();
        (await fixture.Cards.GoneAsync(fixture.Vault.As("fi"), default)).ShouldBeEmpty();
        (await fixture.Vault.EverythingAsync()).ShouldContain("kanariemateriaal");
    }

    [Fact]
    public async Task Warnings_PointOutNoWordOfTheMelder_ToWhoeverMayNotKnow()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        using var fi = await fixture.OpenAsync("fi", number);
        using var other = await fixture.OpenAsync("verantwoordelijke", number);
        var function = fi.State.Melders.Select(melder => melder.Function).OfType<string>().First(word => fi.State.Persons.Where(person => person.Compartment != Compartment.Melder).All(person => person.Function != word));

        (await WarningsOf(fi)).ShouldContain(warning => warning.Text == function);
        (await WarningsOf(other)).ShouldNotContain(warning => warning.Text.Contains(function, StringComparison.OrdinalIgnoreCase));
        // Nor on the card that the FI proposed.
        var proposed = await fixture.ProposeAsync("fi", number, card => card with { Summary = $"{CardFixture.Summary} Daar werkt een {function}." });
        proposed.Refusals.ShouldBeEmpty();
        (await fixture.Cards.OfAsync(other, default)).ShouldHaveSingleItem().Warnings.ShouldNotContain(warning => warning.Text.Contains(function, StringComparison.OrdinalIgnoreCase));

        async Task<IReadOnlyList<TraceWarning>> WarningsOf(OpenDossier dossier)
            => (await fixture.Cards.DraftAsync(dossier, CardFixture.Betrokkene, card => CardFixture.Filled(card) with { Summary = $"{CardFixture.Summary} Daar werkt een {function}." }, default)).Value.Warnings;
    }

    [Fact]
    public async Task DestroyDossier_WithoutAnyCards_MakesNoStream()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync("spullen-uit-de-loods");
        (await fixture.Cards.ListAsync(fixture.Vault.As("fi"), default)).ShouldBeEmpty();
        await (await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(number, default);
        var stream = fixture.Vault.Vault.WellKnown(StreamKind.ComparableCases).ToString();
        fixture.Vault.Store.Snapshot().Keys.ShouldNotContain(name => name.ToString().Contains(stream, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DestroyDossier_TakesItsCardsAlong_AndProvesIt()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, _) = await fixture.ApprovedAsync();
        var stream = (await fixture.Register.AllEntriesAsync(default)).Single(entry => entry.Number == number).Stream;
        var derived = fixture.Register.Derived.Single();
        (await derived.ProveGoneAsync(stream, default)).ShouldBeFalse();

        await (await fixture.Register.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(number, default);

        (await derived.ProveGoneAsync(stream, default)).ShouldBeTrue();
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariemateriaal");
        (await fixture.Cards.ListAsync(fixture.Vault.As("fi"), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DestroyDossier_ByAProcessThatKnowsNoCards_LeavesNoneToBeUsed()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, _) = await fixture.ApprovedAsync();
        var asking = await fixture.Vault.ImportAsync();
        (await fixture.CompareAsync("verantwoordelijke", asking)).Value.ShouldNotBeNull();
        var elsewhere = await fixture.Vault.OpenElsewhereAsync();
        await (await elsewhere.BeginTaskAsync(SystemTaskKind.Destroy, null, default)).DestroyDossierAsync(number, default);

        (await fixture.CompareAsync("verantwoordelijke", asking, new CaseProfile { Types = [ViolationType.MeansAndRules] })).Value.Nearest.ShouldBeEmpty();
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariemateriaal");
    }

    [Theory]
    [InlineData("oordeel")]
    [InlineData("eerherstel")]
    [InlineData("heropend")]
    public async Task RecordWhatChangesTheDecision_TakesTheCardAway(string what)
    {
        await using var fixture = await CardFixture.CreateAsync();
        var number = await fixture.Vault.ImportAsync(what == "heropend" ? "grappen-in-de-pauze" : "bouwkavel-noorderplas");
        var proposed = await fixture.ProposeAsync("fi", number, card => card with { Group = FunctionGroup.Leading, Measure = what == "heropend" ? MeasureKind.Warning : null });
        proposed.Refusals.ShouldBeEmpty();
        (await fixture.ApproveAsync("plaatsvervanger", number, proposed.Value)).Refusals.ShouldBeEmpty();
        var day = new DateOnly(2026, 9, 21);
        using (var dossier = await fixture.OpenAsync("fi", number))
        {
            if (what != "heropend")
            {
                // Something else in the case takes nothing away.
                (await dossier.RecordAsync([new JournalNoted { Date = day, Text = "Gebeld over de planning." }], default)).Refusals.ShouldBeEmpty();
                (await fixture.Cards.OfAsync(dossier, default)).ShouldHaveSingleItem();
            }

            DossierEvent happened = what switch
            {
                "oordeel" => new OordeelGiven { Date = day, Betrokkene = CardFixture.Betrokkene, Oordeel = Oordeel.Ongegrond, Reasons = "In beroep is anders beslist.", Office = "burgemeester" },
                "eerherstel" => new EerherstelGiven { Date = day, Betrokkene = CardFixture.Betrokkene, Manner = "Brief aan de afdeling." },
                _ => new DossierReopened { Date = day, Reason = "Er is een nieuw feit." },
            };
            (await dossier.RecordAsync([happened], default)).Refusals.ShouldBeEmpty();
            (await fixture.Cards.OfAsync(dossier, default)).ShouldBeEmpty();
        }

        (await fixture.Cards.GoneAsync(fixture.Vault.As("fi"), default)).ShouldHaveSingleItem().Cause.ShouldContain("veranderd");
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariemateriaal");
    }

    [Fact]
    public async Task Withdraw_ByOne_DestroysTheKey()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var (number, card) = await fixture.ApprovedAsync();
        using var dossier = await fixture.OpenAsync("verantwoordelijke", number);
        (await fixture.Cards.WithdrawAsync(dossier, card.Id[..8], default)).Value.Cause.ShouldBe("ingetrokken");
        (await fixture.Vault.EverythingAsync()).ShouldNotContain("kanariemateriaal");
    }

    [Fact]
    public async Task Samples_CardsAndComparisons_HoldNoNameOfAnybody()
    {
        await using var fixture = await CardFixture.CreateAsync();
        var numbers = await fixture.SamplesAsync();
        var asking = await fixture.Vault.ImportAsync();
        var output = new StringBuilder();
        foreach (var person in (string[])["fi", "verantwoordelijke"])
        {
            foreach (var type in Enum.GetValues<ViolationType>())
                output.Append(JsonSerializer.Serialize((await fixture.CompareAsync(person, asking, new CaseProfile { Types = [type] })).Value));
        }

        foreach (var (_, number) in numbers)
        {
            using var dossier = await fixture.OpenAsync("fi", number);
            foreach (var card in await fixture.Cards.OfAsync(dossier, default)) output.Append(JsonSerializer.Serialize(card.Card));
            output.ToString().ShouldNotContain(number.Value);
        }

        var names = new List<string>();
        foreach (var folder in numbers.Keys.Append("nevenwerk-groenonderhoud"))
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(RepositoryFiles.Sample(folder, "dossier.json")));
            names.AddRange(json.RootElement.GetProperty("personen").EnumerateArray().Select(person => person.TryGetProperty("achternaam", out var name) ? name.GetString() : null).OfType<string>());
        }

        names.Count.ShouldBeGreaterThan(30);
        output.Length.ShouldBeGreaterThan(1_000);
        foreach (var name in names.Distinct()) output.ToString().ShouldNotContain(name, Case.Insensitive);
        DemoCards.All.Count.ShouldBe(8);
    }
}
