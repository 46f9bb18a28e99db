namespace DossierKit.Benchmarks;

/// <summary>What a benchmark runs in a process of its own, so that its system calls and memory can be counted apart.</summary>
internal static class Children
{
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["event", var folder, var stream]:
                await Events.AppendOnceAsync(folder, stream);
                return 0;
            case ["open", var folder]:
                await CatalogueOpening.OpenOnceAsync(folder);
                return 0;
            case ["plan", var folder]:
                await RetentionPlanning.PlanOnceAsync(folder);
                return 0;
            case ["empty-api", var url]:
                await Serving.EmptyApi.ServeAsync(url);
                return 0;
            default:
                return 2;
        }
    }
}
