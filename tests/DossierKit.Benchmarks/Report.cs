using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DossierKit.Benchmarks;

/// <summary>The result of one question as Markdown: machine, date, one table, notes.</summary>
internal sealed class Report(string name)
{
    private readonly List<string[]> _rows = [];
    private readonly List<string> _notes = [];
    private string[] _head = [];

    public void Columns(params string[] head) => _head = head;

    public void Row(params string[] cells)
    {
        _rows.Add(cells);
        Console.Error.WriteLine(string.Join("  ", cells));
    }

    public void Note(string text) => _notes.Add(text);

    public void Print() => Console.WriteLine(Text());

    public void Save() => File.WriteAllText(Path.Combine(ProjectFolder(), "Results", name + ".md"), Text());

    public static string Number(double value, int decimals = 1) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string ProjectFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DossierKit.Benchmarks.csproj"))) return folder.FullName;
        }

        throw new InvalidOperationException("The benchmarks do not run from within their project.");
    }

    private string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {name}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project tests/DossierKit.Benchmarks -- {name} --save`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, .NET {Environment.Version}.").AppendLine();
        text.Append("| ").AppendJoin(" | ", _head).AppendLine(" |");
        text.Append("| ").AppendJoin(" | ", _head.Select(_ => "---")).AppendLine(" |");
        foreach (var row in _rows) text.Append("| ").AppendJoin(" | ", row).AppendLine(" |");
        if (_notes.Count > 0) text.AppendLine();
        foreach (var note in _notes) text.AppendLine(note);
        return text.ToString();
    }
}
