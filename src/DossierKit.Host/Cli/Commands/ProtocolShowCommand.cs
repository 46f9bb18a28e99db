using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>protocol show</c>: which protocols there are, and what one of them says, by article, in plain Dutch.</summary>
internal sealed class ProtocolShowCommand : CliCommand
{
    private readonly Argument<string?> _id = new("ID") { Description = "The protocol, such as waterlanden or waterlanden@2025. Without: list all.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _document = new("--document") { Description = "Only what belongs to this kind of document, such as kennisgeving.", HelpName = "KIND" };
    private readonly Option<string?> _article = new("--article") { Description = "Only articles with these words or this number, such as 6.2.", HelpName = "TEXT" };
    private readonly Option<bool> _articles = new("--articles") { Description = "One line for each article, without the text of the rules." };

    public ProtocolShowCommand()
        : base("show", "List the protocols, or show one: its rules by article, its choices, and what it leaves out. With --data also those you installed.",
            "dossierkit protocol show",
            "dossierkit protocol show waterlanden",
            "dossierkit protocol show waterlanden --document kennisgeving",
            "dossierkit protocol show waterlanden@2025 --article 6.2",
            "dossierkit protocol show waterlanden --articles",
            "dossierkit protocol show waterlanden --json")
    {
        Add(_id);
        foreach (var option in (Option[])[_document, _article, _articles, CommonOptions.As]) Add(option);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var library = await ProtocolChoice.LibraryAsync(context, ct);
        if (context.Get(_id) is not { } named)
        {
            List(library, context.Terminal);
            return ExitCode.Done;
        }

        var protocol = ProtocolChoice.Find(library, named);
        if (context.Get(_document) is { } kind) DossierOptions.RequireKind(kind);
        var entries = ProtocolEntry.Of(protocol)
            .Where(entry => context.Get(_document) is not { } document || entry.Document == document)
            .Where(entry => context.Get(_article) is not { } article || entry.Article.Contains(article, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var isWhole = context.Get(_document) is null && context.Get(_article) is null;
        if (!isWhole && entries.Count == 0)
        {
            throw new RefusedException(new Refusal(
                "Daar staat in dit protocol niets over.", $"{protocol} vraagt er niets over: zwijgen is ook een antwoord.", $"Bekijk alle artikelen: dossierkit protocol show {protocol.Id} --articles"));
        }

        if (context.Terminal.IsJson) context.Terminal.Json(ToJson(protocol, entries));
        else Write(protocol, entries, context.Get(_articles), isWhole, context.Terminal);
        return ExitCode.Done;
    }

    private static void List(ProtocolLibrary library, Terminal terminal)
    {
        var all = library.All.OrderBy(protocol => protocol.Id, StringComparer.Ordinal).ThenBy(protocol => protocol.InForceFrom).ToList();
        terminal.Table(["Protocol", "Versie", "Geldt", "Titel"], all.Select(protocol => (IReadOnlyList<string>)
            [protocol.Id, protocol.Version, Period(protocol), protocol.Base is { } below ? $"{protocol.Title} (bovenop {below.Id})" : protocol.Title]));
        terminal.Line();
        terminal.Line("Bekijk er een: dossierkit protocol show ID");
        terminal.Json(new JsonArray([.. all.Select(Head)]));
    }

    private static void Write(Protocol protocol, List<ProtocolEntry> entries, bool isShort, bool isWhole, Terminal terminal)
    {
        terminal.Line(protocol.ToString());
        terminal.Line($"Gemeente: {protocol.Municipality}. Geldt {Period(protocol)}.");
        foreach (var source in protocol.SourceDocuments) terminal.Line($"Bron {source.Id}: {source.Title}");
        foreach (var article in entries.GroupBy(entry => entry.Article, StringComparer.Ordinal))
        {
            if (isShort)
            {
                terminal.Line($"{article.Key}: {string.Join("; ", article.Select(entry => entry.Title).Distinct(StringComparer.Ordinal))}");
                continue;
            }

            terminal.Line();
            terminal.Line(article.Key);
            foreach (var entry in article) Write(entry, terminal);
        }

        if (!isWhole || isShort || protocol.LeftOut.Count == 0) return;
        terminal.Line();
        terminal.Line("Niet overgenomen");
        foreach (var left in protocol.LeftOut) terminal.Line($"  {string.Join("; ", left.Sources)}: {left.What} Waarom niet: {left.Reason}");
    }

    private static void Write(ProtocolEntry entry, Terminal terminal)
    {
        var strength = entry.Strength is { } known ? $" [{Word(known)}]" : entry.Part == ProtocolPart.Choice ? " [keuze]" : entry.Part == ProtocolPart.Term ? " [termijn]" : "";
        terminal.Line($"  {entry.Title}{strength}  ({entry.Id})");
        if (entry.When != Condition.Always) terminal.Line($"      Als: {entry.When}");
        if (entry.Text.Length > 0) terminal.Line($"      {entry.Text}");
        var origin = entry.Origin.Sources.Select(source => source.ToString()).ToList();
        if (entry.Origin.OwnChoice is { } own) origin.Add($"eigen keuze: {own}");
        terminal.Line($"      Bron: {string.Join("; ", origin)}");
    }

    private static JsonObject ToJson(Protocol protocol, List<ProtocolEntry> entries)
    {
        var json = Head(protocol);
        json["bronnen"] = new JsonArray([.. protocol.SourceDocuments.Select(source => new JsonObject { ["id"] = source.Id, ["titel"] = source.Title, ["link"] = source.Link })]);
        json["regels"] = new JsonArray([.. entries.Select(entry => new JsonObject
        {
            ["artikel"] = entry.Article,
            ["soort"] = PartWord(entry.Part),
            ["id"] = entry.Id,
            ["titel"] = entry.Title,
            ["tekst"] = entry.Text,
            ["kracht"] = entry.Strength is { } strength ? Word(strength) : null,
            ["als"] = entry.When == Condition.Always ? null : entry.When.ToString(),
            ["stuk"] = entry.Document,
            ["where"] = new JsonArray([.. entry.Where.Select(where => JsonValue.Create(where))]),
            ["bron"] = new JsonArray([.. entry.Origin.Sources.Select(source => JsonValue.Create(source.ToString()))]),
            ["eigenKeuze"] = entry.Origin.OwnChoice,
        })]);
        json["nietOvergenomen"] = new JsonArray([.. protocol.LeftOut.Select(left => new JsonObject
        {
            ["bron"] = new JsonArray([.. left.Sources.Select(source => JsonValue.Create(source.ToString()))]),
            ["wat"] = left.What,
            ["reden"] = left.Reason,
        })]);
        return json;
    }

    private static JsonObject Head(Protocol protocol) => new()
    {
        ["id"] = protocol.Id,
        ["versie"] = protocol.Version,
        ["gemeente"] = protocol.Municipality,
        ["titel"] = protocol.Title,
        ["vanaf"] = DutchText.Iso(protocol.InForceFrom),
        ["totEnMet"] = protocol.InForceTo is { } last ? DutchText.Iso(last) : null,
        ["bovenop"] = protocol.Base?.Id,
    };

    private static string Period(Protocol protocol)
        => protocol.InForceTo is { } last ? $"van {DutchText.Date(protocol.InForceFrom)} tot en met {DutchText.Date(last)}" : $"vanaf {DutchText.Date(protocol.InForceFrom)}";

    public static string Word(Strength strength) => strength switch
    {
        Strength.Must => "moet",
        Strength.AsARule => "in de regel",
        Strength.IfApplicable => "indien van toepassing",
        _ => "kan",
    };

    public static string PartWord(ProtocolPart part) => part switch
    {
        ProtocolPart.Authority => "bevoegdheid",
        ProtocolPart.Document => "stuk",
        ProtocolPart.Element => "element",
        ProtocolPart.Term => "termijn",
        ProtocolPart.Access => "inzage",
        ProtocolPart.Retention => "bewaring",
        ProtocolPart.Choice => "keuze",
        _ => "regel",
    };
}
