using DossierKit.Benchmarks;
using DossierKit.Benchmarks.Serving;

// One class a question; each prints a Markdown table with its peers in the same run.
// dotnet run -c Release --project tests/DossierKit.Benchmarks -- NAME [--save]   (--save also writes Results/NAME.md)
var questions = new Dictionary<string, Func<Report, Task>>(StringComparer.Ordinal)
{
    ["events"] = Events.RunAsync,
    ["catalogue"] = CatalogueOpening.RunAsync,
    ["plan"] = RetentionPlanning.RunAsync,
    ["destroy"] = Destroying.RunAsync,
    ["streams"] = StreamThroughput.RunAsync,
    ["rendering"] = Rendering.RunAsync,
    ["pdf"] = PdfMaking.RunAsync,
    ["start"] = StartUp.RunAsync,
    ["api"] = ApiThroughput.RunAsync,
    ["load"] = MixedLoad.RunAsync,
    ["upload"] = LargeUpload.RunAsync,
    ["backup"] = BackupInUse.RunAsync,
};

if (args is ["--child", .. var child]) return await Children.RunAsync(child);
if (args is not [var name, ..] || !questions.TryGetValue(name, out var run))
{
    Console.Error.WriteLine($"Which question? One of: {string.Join(", ", questions.Keys.Order(StringComparer.Ordinal))}.");
    return 2;
}

var report = new Report(name);
await run(report);
report.Print();
if (args.Contains("--save")) report.Save();
return 0;
