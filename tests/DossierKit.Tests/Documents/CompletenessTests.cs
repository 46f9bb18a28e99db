using System.Text.RegularExpressions;
using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Host.Cli;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>The strengths of the protocol against the kennisgeving of the sample: what refuses, what asks, what never does.</summary>
public class CompletenessTests
{
    public static TheoryData<string> Must => Of(Strength.Must);

    public static TheoryData<string> AsARule => Of(Strength.AsARule);

    public static TheoryData<string> May => Of(Strength.May);

    [Theory]
    [MemberData(nameof(Must))]
    [MemberData(nameof(AsARule))]
    public async Task Make_TemplateWithoutThePassage_RefusesWithArticle(string element)
    {
        // Story: a municipality rewrote its letter in Word and lost the passage about the raadsman. Nobody noticed until the betrokkene's lawyer did.
        // An element counts only when the template has its content control.
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).WithTemplate(xml => xml.Replace($"element:{element}\"", $"zonder:{element}\"", StringComparison.Ordinal));
        var refusal = sample.Make().Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(element);
        refusal.What.ShouldContain("sjabloon");
        refusal.Why.ShouldContain(Article(sample, element));
    }

    [Theory]
    [MemberData(nameof(Must))]
    [MemberData(nameof(AsARule))]
    public async Task Make_PassageThatTurnsOutEmpty_RefusesWithArticle(string element)
    {
        // Story: the content control was still there, but somebody had put the text inside it under a condition that never holds (or wiped it).
        // The tag was counted, and the letter went out without the passage.
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).WithTemplate(xml => Regex.Replace(
            xml, $"(<w:tag w:val=\"element:{Regex.Escape(element)}\".*?<w:sdtContent>)(.*?)(</w:sdtContent>)",
            "$1<w:p><w:r><w:t>{{?geadresseerde.perAdres}}</w:t></w:r></w:p><w:p><w:r><w:t>Tekst</w:t></w:r></w:p><w:p><w:r><w:t>{{/geadresseerde.perAdres}}</w:t></w:r></w:p>$3", RegexOptions.Singleline));
        var refusal = sample.Make().Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(element);
        refusal.What.ShouldContain("leeg");
        refusal.Why.ShouldContain(Article(sample, element));
    }

    [Theory]
    [MemberData(nameof(Must))]
    public async Task Make_MustLeftOut_RefusesWithArticle(string element)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        sample.Make().Refusals.ShouldBeEmpty();
        var refusal = sample.Make(SampleCase.Answering((element, "nee"))).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(element);
        refusal.Why.ShouldContain(Article(sample, element));
    }

    [Theory]
    [MemberData(nameof(Must))]
    public async Task Make_MustWithAReasonOnly_StillRefuses(string element)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var request = SampleCase.Answering((element, "nee")) with { Reasons = new Dictionary<string, string> { [element] = "Dat leek ons beter." } };
        sample.Make(request).Refusals.ShouldContain(refusal => refusal.Subject == element && refusal.What.Contains("reden is niet genoeg", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fi")]
    [InlineData("betrokkene-1")]
    public async Task Make_DeviationNotSignedByTheVerantwoordelijke_StillRefuses(string signedBy)
    {
        // Story: a deviation was recorded with the betrokkene's own handle as its signatory, and the passage about the raadsman left the letter.
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).With(new ProtocolDeviated
        {
            Date = new DateOnly(2026, 3, 7),
            Rule = "kennisgeving.raadsman",
            Reasons = "De betrokkene weet dit al.",
            SignedBy = new PersonId(signedBy),
        });
        sample.Make(SampleCase.Answering(("kennisgeving.raadsman", "nee"))).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("kennisgeving.raadsman");
    }

    [Theory]
    [MemberData(nameof(Must))]
    public async Task Make_MustWithASignedDeviation_LeavesItOut(string element)
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).With(new ProtocolDeviated
        {
            Date = new DateOnly(2026, 3, 7),
            Rule = element,
            Reasons = "De betrokkene weet dit al.",
            SignedBy = new PersonId("verantwoordelijke"),
        });
        var given = sample.Prepare(SampleCase.Answering((element, "nee")));
        given.Judgement.Refusals.ShouldBeEmpty();
        given.Judgement.Omit.ShouldContain(element);
        given.Judgement.Reasons.Keys.ShouldContain(element);
    }

    [Fact]
    public async Task Make_WithoutOpdracht_RefusesOnceForTheElementAndNotForItsFields()
    {
        var refusals = (await SampleCase.ReadAsync(SampleCase.Complete)).Without<OpdrachtGiven>().Make().Refusals;
        refusals.Select(refusal => refusal.Subject).ShouldBe(["kennisgeving.onderzoek", "kennisgeving.gedraging"]);
        refusals[0].WhatNow.ShouldContain("opdracht-verstrekt");
    }

    [Theory]
    [MemberData(nameof(AsARule))]
    public async Task Make_AsARuleLeftOut_AsksAReasonAndRecordsIt(string element)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var refusal = sample.Make(SampleCase.Answering((element, "nee"))).Refusals.ShouldHaveSingleItem();
        refusal.Subject.ShouldBe(element);
        refusal.Why.ShouldContain(Article(sample, element));
        refusal.Remedies.ShouldBe(Remedies.Answer | Remedies.Reason);
        CommandAdvice.WhatNow(refusal).ShouldContain($"--reason {element}=");

        var request = SampleCase.Answering((element, "nee")) with { Reasons = new Dictionary<string, string> { [element] = "Dit hoort de betrokkene in het gesprek." } };
        var given = sample.Prepare(request);
        given.Judgement.Reasons[element].ShouldBe("Dit hoort de betrokkene in het gesprek.");
        given.Judgement.Omit.ShouldContain(element);
        sample.Make(request).Refusals.ShouldBeEmpty();
        SampleCase.Text(sample.Make(request).Value.Bytes).Length.ShouldBeLessThan(SampleCase.Text(sample.Make().Value.Bytes).Length);
    }

    [Theory]
    [MemberData(nameof(May))]
    public async Task Make_May_NeverRefuses(string element)
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        sample.Make(SampleCase.Answering((element, "nee"))).Refusals.ShouldBeEmpty();
        sample.WithTemplate(xml => xml.Replace($"element:{element}\"", $"zonder:{element}\"", StringComparison.Ordinal)).Make().Refusals.ShouldBeEmpty();
        sample.Without<LeidinggevendeInformed>().Without<VerantwoordelijkeInformed>().Make().Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Make_MayLeftOut_TakesThePassageWithItsHeading()
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        SampleCase.Text(sample.Make().Value.Bytes).ShouldContain("Wat vragen wij van u?");
        SampleCase.Text(sample.Make(SampleCase.Answering(("kennisgeving.geen-contact", "nee"))).Value.Bytes).ShouldNotContain("Wat vragen wij van u?");
    }

    [Fact]
    public async Task Make_IfApplicable_IsAskedAndThenRequired()
    {
        const string Element = "kennisgeving.ordemaatregel";
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).Without<OrdemaatregelImposed>();
        sample.Make().Refusals.ShouldHaveSingleItem().Subject.ShouldBe(Element);
        sample.Make().Refusals[0].WhatNow.ShouldContain("ja of nee");
        sample.Make(SampleCase.Answering((Element, "nee"))).Refusals.ShouldBeEmpty();
        sample.Make(SampleCase.Answering((Element, "ja"))).Refusals.ShouldHaveSingleItem().Why.ShouldContain("Waterlanden art. 6.5");
        SampleCase.Text(sample.Make(SampleCase.Answering((Element, "U werkt voorlopig thuis."))).Value.Bytes).ShouldContain("U werkt voorlopig thuis.");
    }

    [Fact]
    public async Task Make_NoAgainstTheDossier_Refuses()
        => (await SampleCase.ReadAsync(SampleCase.Complete)).Make(SampleCase.Answering(("kennisgeving.ordemaatregel", "nee"))).Refusals
            .ShouldHaveSingleItem().What.ShouldContain("klopt niet met het dossier");

    [Fact]
    public async Task Make_OrdemaatregelEndedOrOver_IsNotInTheLetter()
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var ended = sample.With(new OrdemaatregelEnded { Date = new DateOnly(2026, 3, 8), Betrokkene = new PersonId("betrokkene-1") });
        SampleCase.Text(ended.Make(SampleCase.Answering(("kennisgeving.ordemaatregel", "nee"))).Value.Bytes).ShouldNotContain("Geen toegang tot systemen");
        SampleCase.Text(sample.Make(SampleCase.Answering(("brief.datum", "2026-05-04"), ("kennisgeving.ordemaatregel", "nee"))).Value.Bytes).ShouldNotContain("Geen toegang tot systemen");
        var longer = sample.With(new OrdemaatregelExtended { Date = new DateOnly(2026, 3, 8), Betrokkene = new PersonId("betrokkene-1"), Until = new DateOnly(2026, 6, 30), Reason = "Het duurt langer." });
        SampleCase.Text(longer.Make().Value.Bytes).ShouldContain("30 juni 2026");
    }

    [Fact]
    public async Task Make_Postponed_RefusesBeforeTheReviewDate()
    {
        var sample = await SampleCase.ReadAsync(SampleCase.Complete);
        var early = new AssemblyRequest { Date = new DateOnly(2026, 3, 5) };
        sample.Make(early).Refusals.ShouldHaveSingleItem().Subject.ShouldBe("uitstel");
        sample.Make(early with { Reasons = new Dictionary<string, string> { ["uitstel"] = "De administratie is al veilig." } }).Refusals.ShouldBeEmpty();
        sample.Without<KennisgevingPostponed>().Make(early).Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Make_PostponedWithoutAnExplanation_AsksForIt()
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).Changing<AnswersRecorded>(recorded => recorded with
        {
            Answers = recorded.Answers.Where(answer => answer.Key != "kennisgeving.uitstel").ToDictionary(),
        });
        sample.Make().Refusals.ShouldHaveSingleItem().Subject.ShouldBe("kennisgeving.uitstel");
        sample.Without<KennisgevingPostponed>().Make().Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Make_PolitiekAmbtsdrager_GetsNoPassageForEmployees()
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).ChangingPerson("betrokkene-1", person => person with { Position = Position.Wethouder });
        SampleCase.Text(sample.Make().Value.Bytes).ShouldNotContain("Als medewerker van de gemeente moet u meewerken");
    }

    [Theory]
    [InlineData("kennisgeving.raadsmen", "kennisgeving.raadsman")]
    [InlineData("contact.telefon", "contact.telefoon")]
    public async Task Make_MistypedAnswer_SaysWhatWasProbablyMeant(string wrong, string meant)
        => (await SampleCase.ReadAsync(SampleCase.Complete)).Make(SampleCase.Answering((wrong, "x"))).Refusals.ShouldHaveSingleItem().WhatNow.ShouldContain(meant);

    [Theory]
    [InlineData("brief.datum", "9 maart 2026", "geen datum")]
    [InlineData("geadresseerde.naam", "iemand anders", "komt uit het dossier")]
    [InlineData("kennisgeving.onderzoekers", "twee mensen", "komt uit het dossier")]
    [InlineData("kennisgeving.raadsman", "U mag een advocaat meenemen.", "staat vast in het sjabloon")]
    [InlineData("melder.naam", "iemand", "mag dit niet weten")]
    [InlineData("kennisgeving.gedraging@betrokkene-9", "iets", "geen betrokkene|niet de aanduiding")]
    public async Task Make_AnswerThatCannotBe_IsRefused(string path, string answer, string why)
        => (await SampleCase.ReadAsync(SampleCase.Complete)).Make(SampleCase.Answering((path, answer))).Refusals
            .ShouldContain(refusal => refusal.Subject == path && why.Split('|').Any(part => refusal.Why.Contains(part, StringComparison.Ordinal)));

    [Fact]
    public async Task Make_ReasonForNothing_IsRefused()
        => (await SampleCase.ReadAsync(SampleCase.Complete)).Make(new AssemblyRequest { Reasons = new Dictionary<string, string> { ["kennisgeving.vervolgg"] = "Omdat." } })
            .Refusals.ShouldHaveSingleItem().WhatNow.ShouldContain("kennisgeving.vervolg");

    [Fact]
    public async Task Make_ManyProblems_TellsThemAllAtOnce()
    {
        var request = SampleCase.Answering(("kennisgeving.raadsman", "nee"), ("kennisgeving.rechten", "nee"), ("contact.telefon", "1"));
        var subjects = (await SampleCase.ReadAsync(SampleCase.Incomplete)).Make(request).Refusals.Select(refusal => refusal.Subject).ToList();
        string[] expected = ["contact.telefon", "kennisgeving.gedraging", "kennisgeving.raadsman", "kennisgeving.rechten", "kennisgeving.onderzoekers", "kennisgeving.vervolg", "kennisgeving.ondersteuning", "kennisgeving.ordemaatregel"];
        subjects.ShouldBe(expected, ignoreOrder: true);
    }

    private static string Article(SampleCase sample, string element) => sample.Protocol.FindElement(element)!.Article;

    private static TheoryData<string> Of(Strength strength)
        => [.. ProtocolLibrary.Shipped.Find("waterlanden", "2025")!.FindDocument("kennisgeving")!.Elements.Where(element => element.Strength == strength).Select(element => element.Id)];
}
