using DossierKit.Documents;
using DossierKit.Dossiers;

namespace DossierKit.Tests.Documents;

/// <summary>
/// A melding came in, was recorded, and the melder was added after it, as the pages lead: the event names no melder. The confirmation of receipt then said that the melding
/// was still to be recorded, and nothing the FI could do on that page helped. With one melding and one melder it is his; with more nobody can tell.
/// </summary>
public class OnlyMelderTests
{
    [Fact]
    public async Task Letter_ToTheOnlyMelder_KnowsTheDayOfTheOnlyMelding()
    {
        var sample = await SampleAsync();
        var melding = sample.State.Melding!;
        sample.Make("ontvangstbevestiging", Request).Value.ShouldNotBeNull();
        SampleCase.Body(sample.Make("ontvangstbevestiging", Request).Value.Bytes).ShouldContain(DossierKit.Host.Cli.DutchText.Date(melding.Date));
    }

    [Fact]
    public async Task Letter_WithASecondMelding_IsNotTakenForAnybodys()
    {
        var sample = await SampleAsync();
        var again = sample.State.Melding! with { Date = new DateOnly(2026, 3, 9) };
        sample.With(again).Make("ontvangstbevestiging", Request).Refusals.ShouldContain(refusal => refusal.What.Contains("ontvangen", StringComparison.Ordinal));
    }

    private static AssemblyRequest Request => new() { OwnAnswers = DocumentAnswers.None.With("brief.datum", "2026-03-12").With("contact.telefoon", "(0999) 12 34 56").With("contact.email", "integriteit@waterlanden.example") };

    private static async Task<SampleCase> SampleAsync()
    {
        var sample = (await SampleCase.ReadAsync(SampleCase.Complete)).Changing<MeldingReceived>(melding => melding with { Melders = [] });
        sample.State.Melders.Count.ShouldBe(1);
        return sample;
    }
}
