using System.Text;
using System.Text.RegularExpressions;
using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The README beside the protocols tells what the code and the data do.</summary>
public partial class ProtocolsReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root(), "src", "DossierKit", "Protocols", "README.md"));

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

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DossierKit.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
