using DossierKit.Dossiers;
using DossierKit.Host.Cli.Demo;
using DossierKit.Retention;
using DossierKit.Search;
using DossierKit.Tests.Dossiers;

namespace DossierKit.Tests.Search.Cards;

/// <summary>A vault with judged sample cases and those who make, approve and compare cards.</summary>
internal sealed class CardFixture : IAsyncDisposable
{
    public const string Summary = "Iemand nam meer dan eens kanariemateriaal van het werk mee naar huis en bracht het later terug.";

    private readonly List<CardRegister> _open = [];

    private CardFixture(RegisterFixture vault) => Vault = vault;

    public RegisterFixture Vault { get; }

    public DossierRegister Register => Vault.Register;

    public CardRegister Cards { get; private set; } = null!;

    public static PersonId Betrokkene { get; } = new("betrokkene-1");

    public static async Task<CardFixture> CreateAsync()
    {
        var fixture = new CardFixture(await RegisterFixture.CreateAsync());
        fixture.Vault.Clock.Now = new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);
        await fixture.Vault.HireAsync("plaatsvervanger", "mevrouw D. Rietoeverink", StaffRole.PlaatsvervangendFi);
        await fixture.Vault.HireAsync("archivaris", "de heer T. Moerasandijk", StaffRole.Archivaris);
        fixture.Cards = fixture.Open(fixture.Register);
        return fixture;
    }

    public CardRegister Open(DossierRegister register)
    {
        var cards = CardRegister.Of(register, async ct =>
        {
            var list = (await SelectielijstLibrary.LoadAsync(register, ct)).InUse;
            return entry => ActionDate.OfDossier(entry, list);
        });
        _open.Add(cards);
        return cards;
    }

    public async Task<OpenDossier> OpenAsync(string person, DossierNumber number) => await Vault.OpenAsync(person, number);

    public async Task<Outcome<KeptCard>> ProposeAsync(string person, DossierNumber number, Func<CaseCard, CaseCard>? change = null, bool confirmed = true)
    {
        using var dossier = await OpenAsync(person, number);
        return await Cards.ProposeAsync(dossier, Betrokkene, card => (change ?? (same => same))(Filled(card)), confirmed, default);
    }

    public async Task<Outcome<KeptCard>> ApproveAsync(string person, DossierNumber number, KeptCard card, string? seen = null)
    {
        using var dossier = await OpenAsync(person, number);
        return await Cards.ApproveAsync(dossier, card.Id, seen ?? card.Hash, default);
    }

    /// <summary>Imports the judged samples and makes their cards; gives the number of each by its folder.</summary>
    public async Task<IReadOnlyDictionary<string, DossierNumber>> SamplesAsync()
    {
        var numbers = new Dictionary<string, DossierNumber>(StringComparer.Ordinal);
        foreach (var demo in DemoCards.All)
        {
            if (!numbers.TryGetValue(demo.Folder, out var number)) numbers[demo.Folder] = number = await Vault.ImportAsync(demo.Folder);
            using var proposing = await OpenAsync("fi", number);
            var proposed = await Cards.ProposeAsync(proposing, new PersonId(demo.Betrokkene), demo.Fill, confirmed: true, default);
            proposed.Refusals.ShouldBeEmpty(demo.Folder);
            (await ApproveAsync("plaatsvervanger", number, proposed.Value)).Refusals.ShouldBeEmpty();
        }

        return numbers;
    }

    /// <summary>One approved card of the workshop case.</summary>
    public async Task<(DossierNumber Number, KeptCard Card)> ApprovedAsync()
    {
        var number = await Vault.ImportAsync("spullen-uit-de-loods");
        var proposed = await ProposeAsync("fi", number);
        proposed.Refusals.ShouldBeEmpty();
        var approved = await ApproveAsync("plaatsvervanger", number, proposed.Value);
        approved.Refusals.ShouldBeEmpty();
        return (number, approved.Value);
    }

    public async Task<Outcome<CaseComparison>> CompareAsync(string person, DossierNumber number, CaseProfile? asked = null)
    {
        using var dossier = await OpenAsync(person, number);
        return await Cards.CompareAsync(dossier, Betrokkene, asked, default);
    }

    public static CaseCard Filled(CaseCard card) => card with
    {
        Group = card.Group ?? FunctionGroup.Execution,
        Basis = [CardBasis.HouseRule],
        Intent = CardIntent.Intent,
        Duration = DurationBand.Months,
        Damage = DamageBand.Small,
        Measure = card.Measure ?? MeasureKind.Demotion,
        Aggravating = [],
        Mitigating = [Mitigating.MadeGood],
        Summary = Summary,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var cards in _open) cards.Dispose();
        await Vault.DisposeAsync();
    }
}
