using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The README beside the protocols tells what the code and the data do.</summary>
public partial class ProtocolsReadmeTests
{
    private const string Begin = "<!-- waterlanden:begin -->";
    private const string End = "<!-- waterlanden:end -->";

    private static readonly string Readme = File.ReadAllText(Path.Combine(Root(), "src", "DossierKit", "Protocols", "README.md"));

    [Fact]
    public void Readme_TableOfOrigins_IsWhatTheDataSays()
    {
        var wanted = Table(ProtocolLibrary.Shipped.Find("waterlanden", "2025")!);
        var written = Readme[(Readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..Readme.IndexOf(End, StringComparison.Ordinal)].Trim();
        written.ShouldBe(wanted, $"The table is stale. Put this between {Begin} and {End}:\n{wanted}\n");
    }

    [Fact]
    public void Readme_Facts_AreAllExplained()
    {
        foreach (var fact in FactNames.All) Readme.ShouldContain($"`{fact}`", Case.Sensitive);
    }

    [Fact]
    public void Readme_Example_LoadsOverWaterlandenAndRuns()
    {
        var json = Example().Match(Readme).Groups["json"].Value;
        var library = ProtocolLibrary.Shipped.With(Encoding.UTF8.GetBytes(json), "README.md");
        library.Refusals.ShouldBeEmpty();
        var protocol = library.Value.Find("waterlanden-klokkenluiders", "2025")!;
        var confirmed = new ProtocolEvent("ontvangst-bevestigd", new(2026, 3, 2), "m1") { Role = "melder" };
        Terms.Of([confirmed], protocol, CaseFacts.None.With(FactNames.SoortMelding, "misstand"), new(2026, 3, 3)).ShouldHaveSingleItem().Due.ShouldBe(new DateOnly(2026, 6, 2));
        Terms.Of([confirmed], protocol, CaseFacts.None.With(FactNames.SoortMelding, "klacht"), new(2026, 3, 3)).ShouldBeEmpty();
        protocol.FindDocument("kennisgeving").ShouldNotBeNull();
    }

    private static string Table(Protocol protocol)
    {
        var rows = new List<(string Article, string What, Origin Origin)>();
        rows.AddRange(protocol.Authorities.Select(authority => (authority.Article, $"bevoegd: {authority.Position}", authority.Origin)));
        rows.AddRange(protocol.Rules.Select(rule => (rule.Article, rule.Id, rule.Origin)));
        rows.AddRange(protocol.Documents.Select(document => (document.Article, $"stuk {document.Kind}", document.Origin)));
        rows.AddRange(protocol.Documents.SelectMany(document => document.Elements).Select(element => (element.Article, element.Id, element.Origin)));
        rows.AddRange(protocol.Terms.Select(term => (term.Article, $"termijn {term.Id}", term.Origin)));
        rows.AddRange(protocol.Access.Select(rule => (rule.Article, rule.Id, rule.Origin)));
        rows.AddRange(protocol.Retention.Select(rule => (rule.Article, rule.Id, rule.Origin)));
        rows.AddRange(protocol.Choices.Select(choice => (choice.Article, $"keuze {choice.Id}", choice.Origin)));

        var text = new StringBuilder("| Waterlanden | what | from | own |\n|---|---|---|---|\n");
        foreach (var article in rows.GroupBy(row => Number().Match(row.Article).Value).OrderBy(group => Version.Parse(group.Key)))
        {
            var what = string.Join(", ", article.Select(row => row.What).Distinct(StringComparer.Ordinal));
            var from = article.SelectMany(row => row.Origin.Sources).Select(source => source.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            var own = article.Any(row => row.Origin.OwnChoice is not null) ? "yes" : "";
            text.Append(CultureInfo.InvariantCulture, $"| art. {article.Key} | {what} | {string.Join("; ", from)} | {own} |\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DossierKit.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
