using System.CommandLine;
using System.Globalization;

using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>similar</c>: a case beside earlier ones, for what the acting person decides or advises on.</summary>
internal sealed class SimilarCommand : CliCommand
{
    private readonly Argument<string> _number = new("NUMBER") { Description = "The number of the dossier that is decided on." };
    private readonly Option<string> _betrokkene = CardOptions.Betrokkene();
    private readonly CardFields _fields = new(isCard: false);

    public SimilarCommand()
        : base("similar", "Compare a case with earlier ones: the nearest cards with the reason for each, those that ended otherwise, and numbers with at least three cases behind each. "
            + "What is shown follows from your task in this case: the FI never sees measures.",
            "dossierkit similar WL-2026-0001 --data ./demo-data --as verantwoordelijke --purpose \"Maatregel afwegen\"",
            "dossierkit similar WL-2026-0001 --type misbruik-bedrijfsmiddelen-interne-regels --group uitvoering --data ./demo-data --as fi --purpose \"Oordeel voorbereiden\" --json")
    {
        Add(_number);
        Add(_betrokkene);
        _fields.AddTo(this);
        Add(CommonOptions.As);
        Add(CommonOptions.Purpose);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (betrokkene, asked) = (CardOptions.PersonOf(context.Get(_betrokkene)!), _fields.Profile(context));
        await using var session = await Session.OpenAsync(context, ct);
        using var dossier = await session.OpenDossierAsync(context.Get(_number)!, ct);
        var found = (await session.Cards.CompareAsync(dossier, betrokkene, asked, ct)).OrRefuse();
        Write(context.Terminal, found);
        context.Terminal.Json(CardJson.Of(found));
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, CaseComparison found)
    {
        terminal.Line($"U vergelijkt: {string.Join(", ", CardJson.Columns(found.Compares))}.");
        WriteCards(terminal, "De meest gelijkende zaken", found.Nearest);
        WriteFactors(terminal, found.Nearest);
        WriteCards(terminal, "Gelijkende zaken die anders afliepen", found.CounterExamples);
        WriteFactors(terminal, found.CounterExamples);
        terminal.Line();
        if (found.Numbers.Count == 0)
        {
            terminal.Line("Aantallen: geen. Achter elk aantal staan ten minste drie zaken; wat er niet staat, kan ook nul zijn.");
        }
        else
        {
            terminal.Line("Aantallen (ten minste drie zaken achter elk; wat er niet staat, kan ook nul zijn):");
            terminal.Table(["Soort schending", "Uitkomst", "Zaken"], found.Numbers.Select(number => (IReadOnlyList<string>)[Words.Of(number.Type), number.Outcome, DutchText.Number(number.Count)]));
        }

        terminal.Line();
        terminal.Line("Alinea om over te nemen:");
        terminal.Line(found.Motivering);
    }

    private static void WriteCards(Terminal terminal, string title, IReadOnlyList<ComparedCard> cards)
    {
        terminal.Line();
        terminal.Line(cards.Count == 0 ? $"{title}: geen." : $"{title}:");
        if (cards.Count == 0) return;
        terminal.Table(["Kaart", "Gelijkenis", "Uitkomst", "Jaar", "Protocol", "Samenvatting"], cards.Select(card => (IReadOnlyList<string>)
            [card.Id[..8], Percent(card), card.Outcome, card.Card.Year.ToString(CultureInfo.InvariantCulture), card.Card.Protocol, card.Card.Summary]));
    }

    /// <summary>Two or three side by side, a line a factor.</summary>
    private static void WriteFactors(Terminal terminal, IReadOnlyList<ComparedCard> cards)
    {
        var shown = cards.Take(3).ToList();
        if (shown.Count == 0) return;
        terminal.Table(["Factor", "Gewicht", "Deze zaak", .. shown.Select(card => card.Id[..8])], shown[0].Likeness.Lines.Select((line, i) => (IReadOnlyList<string>)
        [
            line.Factor.Title, DutchText.Number(line.Factor.Weight), Text(line.Here),
            .. shown.Select(card => card.Likeness.Lines[i]).Select(there => $"{Text(there.There)} ({CardJson.Word(there.Match)})"),
        ]));
    }

    private static string Text(IReadOnlyList<string> words) => words.Count == 0 ? "-" : string.Join(", ", words);

    private static string Percent(ComparedCard card) => string.Create(CultureInfo.InvariantCulture, $"{card.Likeness.Score * 100:0}%");
}
