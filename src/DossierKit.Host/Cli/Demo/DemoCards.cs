using DossierKit.Dossiers;
using DossierKit.Search;

namespace DossierKit.Host.Cli.Demo;

/// <summary>The cards of the demo: of every judged sample whose keeping allows one. The FI proposes, the deputy approves, each through the dossier like in a real vault.</summary>
internal static class DemoCards
{
    /// <summary>What the FI fills in that a case does not tell, by the folder of the sample.</summary>
    public static IReadOnlyList<DemoCard> All { get; } =
    [
        new("bouwkavel-noorderplas", "betrokkene-1", card => card with
        {
            Basis = [CardBasis.Law, CardBasis.Code], Intent = CardIntent.Gross, Duration = DurationBand.Once, Damage = DamageBand.None, Aggravating = [Aggravating.Function, Aggravating.Image], Mitigating = [],
            Summary = "Iemand uit het bestuur besliste mee over een verkoop aan een bedrijf van familie en meldde dat niet. De prijs was niet te laag.",
        }),
        new("bouwkavel-noorderplas", "betrokkene-2", card => card with
        {
            Group = FunctionGroup.Policy, Basis = [CardBasis.HouseRule], Intent = CardIntent.None, Duration = DurationBand.Once, Damage = DamageBand.None, Aggravating = [], Mitigating = [],
            Summary = "Een stuk ontbrak bij een voorstel. Het was op tijd aangeleverd; de oorzaak was een storing.",
        }),
        new("dienstauto-op-zondag", "betrokkene-1", card => card with
        {
            Basis = [CardBasis.HouseRule], Duration = DurationBand.Once, Damage = DamageBand.None,
            Summary = "Iemand uit het bestuur reed met een auto van het werk buiten werktijd. Het bleek een dienstrit te zijn.",
        }),
        new("grappen-in-de-pauze", "betrokkene-1", card => card with
        {
            Group = FunctionGroup.Leading, Basis = [CardBasis.Code], Intent = CardIntent.Gross, Duration = DurationBand.Year, Damage = DamageBand.None, Measure = MeasureKind.Warning,
            Aggravating = [Aggravating.Repeated, Aggravating.Function, Aggravating.Dependent], Mitigating = [Mitigating.CleanRecord, Mitigating.Precedent],
            Summary = "Een leidinggevende maakte een tijd lang kwetsende opmerkingen over uiterlijk en afkomst van collega's. Straffen via het rooster bleken niet.",
        }),
        new("inhuur-adviesbureau", "betrokkene-1", card => card with
        {
            Basis = [CardBasis.Law, CardBasis.Code, CardBasis.HouseRule], Intent = CardIntent.Intent, Duration = DurationBand.Years, Damage = DamageBand.Large, Measure = MeasureKind.Dismissal,
            Aggravating = [Aggravating.Repeated, Aggravating.Function], Mitigating = [Mitigating.Confession],
            Summary = "Een leidinggevende gaf steeds opdrachten aan een bedrijf van een bekende, zonder andere offertes, en keurde rekeningen goed zonder dat er iets was geleverd.",
        }),
        new("pas-in-het-cafe", "betrokkene-1", card => card with
        {
            Group = FunctionGroup.Administration, Basis = [CardBasis.Code], Intent = CardIntent.None, Duration = DurationBand.Once, Damage = DamageBand.None, Aggravating = [], Mitigating = [],
            Summary = "Iemand zou buiten werktijd een pas van het werk hebben gebruikt om indruk te maken. Dat bleek niet.",
        }),
        new("spullen-uit-de-loods", "betrokkene-1", card => card with
        {
            Group = FunctionGroup.Execution, Basis = [CardBasis.HouseRule], Intent = CardIntent.Intent, Duration = DurationBand.Months, Damage = DamageBand.Small, Measure = MeasureKind.Demotion,
            Aggravating = [Aggravating.Repeated], Mitigating = [Mitigating.UnclearRules, Mitigating.MadeGood],
            Summary = "Iemand nam meer dan eens materiaal van het werk mee naar huis zonder toestemming, en bracht het later terug.",
        }),
        new("tip-over-een-controle", "betrokkene-1", card => card with
        {
            Group = FunctionGroup.Enforcement, Basis = [CardBasis.Oath, CardBasis.Code], Intent = CardIntent.Gross, Duration = DurationBand.Months, Damage = DamageBand.None, Measure = MeasureKind.Reprimand,
            Aggravating = [Aggravating.Repeated, Aggravating.Function], Mitigating = [Mitigating.Confession],
            Summary = "Iemand met een toezichttaak vertelde bekenden vooraf wanneer er werd gekeken. Dat er iets tegenover stond, bleek niet.",
        }),
    ];

    /// <summary>Makes and approves them; gives how many there are.</summary>
    public static async ValueTask<int> MakeAsync(CardRegister cards, DossierRegister register, IReadOnlyList<DemoCase> cases, ActingPerson fi, ActingPerson second, CancellationToken ct)
    {
        var made = 0;
        foreach (var (demo, one) in All.Join(cases, card => card.Folder, one => one.Folder, (card, one) => (card, one)))
        {
            using var proposing = await register.OpenAsync(one.Number, fi, "Kaart maken voor het voorbeeld", ct) ?? throw RefusedException.NotThere();
            var proposed = await cards.ProposeAsync(proposing, new PersonId(demo.Betrokkene), demo.Fill, confirmed: true, ct);
            // Its time is over on a machine whose clock stands long after the story.
            if (proposed is { IsDone: false, Refusals: [{ Subject: "bewaartermijn" }] }) continue;
            using var approving = await register.OpenAsync(one.Number, second, "Kaart goedkeuren voor het voorbeeld", ct) ?? throw RefusedException.NotThere();
            (await cards.ApproveAsync(approving, proposed.OrRefuse().Id, proposed.Value.Hash, ct)).OrRefuse();
            made++;
        }

        return made;
    }
}

/// <summary>What is filled in on one card.</summary>
/// <param name="Folder">The folder of the sample.</param>
/// <param name="Betrokkene">About whom.</param>
/// <param name="Fill">Fills it in.</param>
internal sealed record DemoCard(string Folder, string Betrokkene, Func<CaseCard, CaseCard> Fill);
