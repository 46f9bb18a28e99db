using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Tests.Documents;

/// <summary>Who may get which document, whose answers count in it, and where it is kept.</summary>
public class ReaderTests
{
    private const string Report = "feitenrapportage";

    [Fact]
    public async Task Make_ReportForTheBetrokkene_IsRefusedUntilTheVerantwoordelijkeDecides()
    {
        // Waterlanden art. 11.4, Heerlen 2020 art. 13: the report is not for the betrokkene, unless the verantwoordelijke decides otherwise.
        var sample = await FullCase.ReadAsync(Find("waterlanden"));
        var request = new AssemblyRequest { AddresseePerson = new("betrokkene-1"), OwnAnswers = FullCase.AnswersTo(sample.Protocol, Report) };
        var refusal = sample.Make(Report, request).Refusals.ShouldHaveSingleItem();
        refusal.Why.ShouldContain("Waterlanden art. 11.4");
        refusal.WhatNow.ShouldContain("inzage.rapport-betrokkene");

        var signed = new ProtocolDeviated { Date = new(2026, 5, 1), Rule = "inzage.rapport-betrokkene", Reasons = "Hij moet zich kunnen verweren.", SignedBy = new("verantwoordelijke") };
        var made = sample.With(signed).Make(Report, request);
        made.Refusals.ShouldBeEmpty();
        var text = SampleCase.Text(made.Value.Bytes);
        text.ShouldContain("getuige 1");
        foreach (var (name, role) in FullCase.Names.Where(name => name.Value is not (CaseRole.Betrokkene or CaseRole.Raadsman))) text.ShouldNotContain(name, Case.Insensitive, role.ToString());

        // Somebody else's signature takes nothing out of the way.
        sample.With(signed with { SignedBy = new("fi") }).Make(Report, request).Refusals.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("heerenveen", "Geef dit stuk alleen als erom is gevraagd")]
    public async Task Make_ReportOnRequest_SaysThatItIsOnRequest(string protocol, string remark)
    {
        var sample = await FullCase.ReadAsync(Find(protocol));
        var made = sample.Make(Report, new AssemblyRequest { AddresseePerson = new("betrokkene-1"), OwnAnswers = FullCase.AnswersTo(sample.Protocol, Report) });
        made.Refusals.ShouldBeEmpty();
        made.Value.Remarks.ShouldContain(text => text.StartsWith(remark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prepare_DocumentThatNamesAMelder_LiesInMelder()
    {
        var sample = await FullCase.ReadAsync(Find("waterlanden"));
        Compartment Of(string kind, string? person, string? to = null) => sample.Prepare(kind, new AssemblyRequest { AddresseePerson = person is null ? null : new PersonId(person), Addressee = to, Betrokkene = new("betrokkene-1") }).Value.Compartment;
        Of("afsluitbericht", "melder-1").ShouldBe(Compartment.Melder);
        Of("afsluitbericht", "melder-2").ShouldBe(Compartment.Melder);
        Of("afsluitbericht", "getuige-1").ShouldBe(Compartment.Besluit);
        Of(Report, null).ShouldBe(Compartment.Onderzoek);

        // The full report, with the melder: only where the protocol lets the verantwoordelijke know, and then never in onderzoek.
        var rule = sample.Protocol.Access[0] with { Id = "inzage.melder-verantwoordelijke", Who = "verantwoordelijke", What = "identiteit-melder", Answer = AccessAnswer.Yes, When = Condition.Always, From = [] };
        var knowing = sample.Under(sample.Protocol with { Access = [.. sample.Protocol.Access, rule] });
        var prepared = knowing.Prepare(Report, new AssemblyRequest { OwnAnswers = FullCase.AnswersTo(sample.Protocol, Report) }).Value;
        prepared.Compartment.ShouldBe(Compartment.Melder);
        SampleCase.Text(DocumentRendering.Render(prepared, new AssemblyRequest()).Value.Bytes).ShouldContain("Kwelderhof");
        SampleCase.Text(sample.Make(Report, new AssemblyRequest { OwnAnswers = FullCase.AnswersTo(sample.Protocol, Report) }).Value.Bytes).ShouldNotContain("Kwelderhof");
    }

    [Fact]
    public async Task Make_AnswerForNobodyInParticular_IsAskedForWhom()
    {
        // Story: what one getuige said, written without a handle, must not end up in the verslag of another.
        var sample = await FullCase.ReadAsync(Find("heerlen"));
        var plain = SampleCase.Answering(("gespreksverslag.weergave", "Hij zag drie bonnen."), ("brief.datum", "2026-06-01")) with { Conversation = "gesprek-1" };
        var refusal = sample.Make("gespreksverslag", plain).Refusals.ShouldHaveSingleItem();
        refusal.AnswerPath.ShouldBe("gespreksverslag.weergave@gesprek-1");

        var both = SampleCase.Answering(("gespreksverslag.weergave@gesprek-1", "Hij zag drie bonnen."), ("gespreksverslag.weergave@gesprek-3", "Zij zag er geen."), ("brief.datum", "2026-06-01"));
        var first = sample.Make("gespreksverslag", both with { Conversation = "gesprek-1" }).Value;
        var third = sample.Make("gespreksverslag", both with { Conversation = "gesprek-3" }).Value;
        SampleCase.Text(first.Bytes).ShouldContain("Hij zag drie bonnen.");
        SampleCase.Text(first.Bytes).ShouldNotContain("Zij zag er geen.");
        SampleCase.Text(third.Bytes).ShouldContain("Zij zag er geen.");
        (first.FileName, third.FileName).ShouldBe(("WL-2026-0001-gespreksverslag-1.docx", "WL-2026-0001-gespreksverslag-3.docx"), "the place in the dossier, never a handle");
    }

    [Fact]
    public async Task Make_SeveralConversations_AsksWhich()
        => (await FullCase.ReadAsync(Find("waterlanden"))).Make("gespreksverslag").Refusals.ShouldContain(refusal => refusal.WhatNow.Contains("gesprek-1", StringComparison.Ordinal));

    [Fact]
    public async Task Make_OutcomeForAGetuige_IsRefused()
    {
        var sample = await FullCase.ReadAsync(Find("waterlanden"));
        var request = new AssemblyRequest { AddresseePerson = new("getuige-1"), Betrokkene = new("betrokkene-1"), OwnAnswers = FullCase.AnswersTo(sample.Protocol, "afsluitbericht") };
        sample.Make("afsluitbericht", request).Refusals.ShouldContain(refusal => refusal.Subject == "afsluitbericht.uitkomst" && refusal.Why.Contains("mag dit niet weten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Make_OpdrachtOfAnEarlierDay_TellsNothingOfLater()
    {
        // Story: an opdracht made on paper a month later listed the questions of its extension.
        var sample = await FullCase.ReadAsync(Find("waterlanden"));
        var answers = FullCase.AnswersTo(sample.Protocol, "onderzoeksopdracht").With("onderzoeksopdracht.vragen", null).With("onderzoeksopdracht.methoden", null);
        string On(string day) => SampleCase.Text(sample.Make("onderzoeksopdracht", new AssemblyRequest { OwnAnswers = answers.With("brief.datum", day) }).Value.Bytes);
        On("2026-02-19").ShouldNotContain("Wie tekende de bonnen?");
        On("2026-02-19").ShouldNotContain("e-mail en internetgebruik");
        On("2026-06-01").ShouldContain("Wie tekende de bonnen?");
    }

    private static Protocol Find(string id) => ProtocolLibrary.Shipped.Find(id, null)!;
}
