using DossierKit.Dossiers;
using DossierKit.Tests.Documents;

namespace DossierKit.Tests.Dossiers;

/// <summary>The tables of the README are written from the tables in code, so that nobody reads what no longer holds. DOSSIERKIT_WRITE_EXPECTED=1 writes them.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = RepositoryFiles.Sample("..", "src", "DossierKit", "README.md");

    [Fact]
    public void Readme_WhoMayDoWhat_IsTheTable() => Check("access", Access());

    [Fact]
    public void Readme_Events_AreTheTable() => Check("events", Events());

    private static void Check(string part, IEnumerable<string> lines)
    {
        var (open, close) = ($"<!-- {part} -->\n", $"<!-- /{part} -->");
        var text = File.ReadAllText(Readme);
        var (from, to) = (text.IndexOf(open, StringComparison.Ordinal) + open.Length, text.IndexOf(close, StringComparison.Ordinal));
        var wanted = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("DOSSIERKIT_WRITE_EXPECTED") == "1") File.WriteAllText(Readme, text = text[..from] + wanted + text[to..]);
        else text[from..to].ShouldBe(wanted);
        text.ShouldContain(wanted);
    }

    private static IEnumerable<string> Access()
    {
        yield return $"| role | relation | stage | {string.Join(" | ", Compartment.All)} |";
        yield return $"|---|---|---|{string.Concat(Compartment.All.Select(_ => "---|"))}";
        foreach (var group in AccessTable.Lines.GroupBy(line => (line.Role, line.Relation, line.Stage)))
        {
            var cells = Compartment.All.Select(compartment => group.FirstOrDefault(line => line.Compartment == compartment) is { } line ? line.Right.ToString()[..1] + (line.MayExport ? "E" : "") : "");
            yield return $"| {JsonShape.WordsOf(typeof(StaffRole))[(int)group.Key.Role]} | {Relation(group.Key.Relation)} | {Stage(group.Key.Stage)} | {string.Join(" | ", cells)} |";
        }
    }

    private static string Relation(Relation relation) => relation switch
    {
        DossierKit.Dossiers.Relation.Any => "any case",
        DossierKit.Dossiers.Relation.Appointed => "named in the case",
        _ => "office with authority",
    };

    private static string Stage(CaseStage stage) => stage switch
    {
        CaseStage.Always => "always",
        CaseStage.WhileOpen => "while open",
        CaseStage.OnceSubmitted => "once the opdracht was put forward",
        _ => "once it is judged",
    };

    private static IEnumerable<string> Events()
    {
        string[] common = ["datum", "kenmerk", "door", "toelichting"];
        yield return "| event | record | compartment | fields |";
        yield return "|---|---|---|---|";
        foreach (var kind in EventKind.All)
        {
            var fields = kind.IsWrittenByRegister ? [] : kind.Fields.Where(field => !common.Contains(field.Name)).Select(field => $"`{field.Name}`{(field.IsRequired ? "*" : "")}");
            var compartment = kind.Type == typeof(PersonAdded) ? "by role" : kind.Type == typeof(FileAdded) ? "of the file" : kind.Type == typeof(DocumentDrawnUp) || kind.Type == typeof(AnswersRecorded) ? "of the document" : kind.Compartment.Name;
            yield return $"| `{kind.Name}` | `{kind.Type.Name}` | {compartment} | {string.Join(", ", fields)} |";
        }
    }
}
