using DossierKit.Protocols;

namespace DossierKit.Tests.Protocols;

/// <summary>The pages that say where every rule comes from and where it is carried out are those of the data.</summary>
public sealed class ProtocolTraceTests
{
    private static readonly string Folder = Path.GetDirectoryName(Documents.RepositoryFiles.Sample("..", "src", "DossierKit", "Protocols", "README.md"))!;

    private static IReadOnlyList<Protocol> Shipped => [.. ProtocolLibrary.Shipped.All.OrderBy(protocol => protocol.Id, StringComparer.Ordinal).ThenBy(protocol => protocol.InForceFrom)];

    private static bool Writes => Environment.GetEnvironmentVariable("DOSSIERKIT_WRITE_EXPECTED") == "1";

    public static TheoryData<string, string> All => [.. Shipped.Select(protocol => (protocol.Id, protocol.Version))];

    [Theory]
    [MemberData(nameof(All))]
    public void Page_OfAShippedProtocol_IsWhatTheDataSays(string id, string version)
    {
        var protocol = ProtocolLibrary.Shipped.Find(id, version)!;
        var path = Path.Combine(Folder, "Trace", ProtocolTrace.NameOf(protocol));
        var wanted = ProtocolTrace.Page(protocol);
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, wanted);
        }

        (File.Exists(path) ? File.ReadAllText(path) : "").ShouldBe(wanted, "Write it with DOSSIERKIT_WRITE_EXPECTED=1.");
    }

    [Fact]
    public void Pages_OfProtocolsThatNoLongerShip_AreGone()
    {
        var names = Shipped.Select(ProtocolTrace.NameOf).ToHashSet(StringComparer.Ordinal);
        Directory.GetFiles(Path.Combine(Folder, "Trace")).Select(path => Path.GetFileName(path)).ShouldBeSubsetOf(names);
    }

    [Fact]
    public void Readme_OverviewOfProtocols_IsWhatTheDataSays() => Check("protocols", ProtocolTrace.Overview(Shipped));

    [Fact]
    public void Readme_RulesThatMustBeKept_AreWhatTheDataSays() => Check("musts", ProtocolTrace.Musts(Shipped));

    [Fact]
    public void Entries_OfEveryProtocol_HoldEveryIdOnceWithPlaceTitleAndArticle()
    {
        foreach (var protocol in Shipped)
        {
            var entries = ProtocolEntry.Of(protocol);
            entries.Where(entry => entry.Part != ProtocolPart.Authority).Select(entry => entry.Id).ShouldBe(protocol.AllIds(), ignoreOrder: true);
            entries.Count(entry => entry.Part == ProtocolPart.Authority).ShouldBe(protocol.Authorities.Count);
            entries.ShouldAllBe(entry => entry.Where.Count > 0 && entry.Title.Length > 0 && entry.Article.Length > 0);
        }
    }

    private static void Check(string part, string wanted)
    {
        var readme = Path.Combine(Folder, "README.md");
        var (open, close) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var text = File.ReadAllText(readme);
        var (from, to) = (text.IndexOf(open, StringComparison.Ordinal) + open.Length, text.IndexOf(close, StringComparison.Ordinal));
        if (Writes) File.WriteAllText(readme, text = text[..from] + wanted + text[to..]);
        text.ShouldContain($"{open}{wanted}{close}", Case.Sensitive, "Write it with DOSSIERKIT_WRITE_EXPECTED=1.");
    }
}
