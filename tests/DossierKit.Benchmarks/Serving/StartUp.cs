namespace DossierKit.Benchmarks.Serving;

/// <summary>How long after the start of the process does a host over 2,000 dossiers give its first answer?</summary>
internal static class StartUp
{
    private const int Rounds = 7;

    public static async Task RunAsync(Report report)
    {
        var vault = await BigVault.GetAsync(Arguments.Number("--dossiers", 2000), 500);
        report.Columns("first answer after the start of the process", "median", "worst of 7");
        foreach (var (what, ask) in ((string, string)[])[("the sign-in page", "/aanmelden"), ("the health page", "/gezondheid")])
        {
            var millis = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                using var program = await ServedProgram.StartAsync(vault.Data, vault.State, ask);
                millis.Add(program.FirstAnswer.TotalMilliseconds);
            }

            report.Row(what, $"{Report.Number(Report.Median(millis), 0)} ms", $"{Report.Number(millis.Max(), 0)} ms");
        }

        report.Note("2,000 dossiers, one with 500 documents. A fresh process each time: unlock, key ring, catalogue, staff, protocols, web host, page. The client asks every 5 ms from the start. The bar: under 1 s.");
    }
}
