using System.CommandLine;

using DossierKit.Dossiers;
using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary>Options that the commands on cards share.</summary>
internal static class CardOptions
{
    public static Option<string> Betrokkene() => new("--betrokkene") { Description = "About whom, by the handle in the case.", HelpName = "ID", DefaultValueFactory = _ => "betrokkene-1" };

    public static Argument<string> Card() => new("CARD") { Description = "The card, by at least the first 6 digits of its id." };

    public static PersonId PersonOf(string typed) => PersonId.TryParse(typed, out var person) ? person : throw new UsageException($"'{typed}' cannot be a handle: it has a-z, 0-9 and '-', such as 'betrokkene-1'.");
}

/// <summary>The fields of a case that are compared, as options.</summary>
internal sealed class CardFields
{
    private readonly Option<string[]> _types = Many<ViolationType>("--type", "Type of breach");
    private readonly Option<string[]> _basis = Many<CardBasis>("--basis", "Which kind of rule was broken");
    private readonly Option<string?> _group = One<FunctionGroup>("--group", "Kind of work");
    private readonly Option<string?> _intent = One<CardIntent>("--intent", "How far it was meant");
    private readonly Option<string?> _duration = One<DurationBand>("--duration", "How long it went on");
    private readonly Option<string?> _damage = One<DamageBand>("--damage", "What it cost, in euros");
    private readonly Option<int?> _earlier = new("--earlier") { Description = "How many earlier cases were gegrond; an ongegrond case never counts.", HelpName = "NUMBER" };
    private readonly Option<string[]> _aggravating = Many<Aggravating>("--aggravating", "What weighs heavier");
    private readonly Option<string[]> _mitigating = Many<Mitigating>("--mitigating", "What weighs lighter");
    private readonly Option<string?> _measure = One<MeasureKind>("--measure", "The heaviest measure");
    private readonly Option<string?> _deviation = new("--deviation") { Description = "Why was deviated from the line.", HelpName = "TEXT" };
    private readonly Option<string?> _summary = new("--summary") { Description = "A few sentences without names, places, days and amounts.", HelpName = "TEXT" };
    private readonly bool _isCard;

    public CardFields(bool isCard) => _isCard = isCard;

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_types, _basis, _group, _intent, _duration, _damage, _earlier, _aggravating, _mitigating]) command.Add(option);
        if (!_isCard) return;
        foreach (var option in (Option[])[_measure, _deviation, _summary]) command.Add(option);
    }

    /// <summary>What was said of the case.</summary>
    public CaseProfile Profile(CommandContext context) => new()
    {
        Types = Values<ViolationType>(context, _types) ?? [],
        Basis = Values<CardBasis>(context, _basis) ?? [],
        Group = Value<FunctionGroup>(context, _group),
        Intent = Value<CardIntent>(context, _intent),
        Duration = Value<DurationBand>(context, _duration),
        Damage = Value<DamageBand>(context, _damage),
        EarlierFounded = context.Get(_earlier),
        Aggravating = Values<Aggravating>(context, _aggravating),
        Mitigating = Values<Mitigating>(context, _mitigating),
    };

    /// <summary>Fills a card in with what was said. Circumstances that were not named are none.</summary>
    public Func<CaseCard, CaseCard> Fill(CommandContext context)
    {
        var said = Profile(context);
        var measure = Value<MeasureKind>(context, _measure);
        return card => card with
        {
            Types = said.Types.Count > 0 ? said.Types : card.Types,
            Basis = said.Basis.Count > 0 ? said.Basis : card.Basis,
            Group = said.Group ?? card.Group,
            Intent = said.Intent ?? card.Intent,
            Duration = said.Duration ?? card.Duration,
            Damage = said.Damage ?? card.Damage,
            EarlierFounded = said.EarlierFounded ?? card.EarlierFounded,
            Aggravating = said.Aggravating ?? [],
            Mitigating = said.Mitigating ?? [],
            Measure = measure ?? card.Measure,
            Deviation = context.Get(_deviation),
            Summary = context.Get(_summary) ?? "",
        };
    }

    private static Option<string[]> Many<T>(string name, string what)
        where T : struct, Enum => new(name) { Description = $"{what}, once for each: {string.Join(", ", Words.All<T>())}.", HelpName = "WORD" };

    private static Option<string?> One<T>(string name, string what)
        where T : struct, Enum => new(name) { Description = $"{what}: {string.Join(", ", Words.All<T>())}.", HelpName = "WORD" };

    private static IReadOnlyList<T>? Values<T>(CommandContext context, Option<string[]> option)
        where T : struct, Enum => context.Get(option) is { Length: > 0 } words ? [.. words.Select(word => Words.Parse<T>(word, option.Name))] : null;

    private static T? Value<T>(CommandContext context, Option<string?> option)
        where T : struct, Enum => context.Get(option) is { Length: > 0 } word ? Words.Parse<T>(word, option.Name) : null;
}
