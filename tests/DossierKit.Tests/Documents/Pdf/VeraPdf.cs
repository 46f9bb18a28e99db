using System.Diagnostics;

namespace DossierKit.Tests.Documents.Pdf;

/// <summary>
/// veraPDF, the validator of PDF/A and PDF/UA, out of a jar that an npm package ships, with the JAXB runtime of Debian. <c>.ci/run</c> puts the jar in place;
/// without it such tests are skipped, visibly.
/// </summary>
internal static class VeraPdf
{
    private static readonly string Jar = Environment.GetEnvironmentVariable("DOSSIERKIT_VERAPDF") ?? Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "dossierkit", "verapdf.jar");

    public static void SkipWithout()
    {
        Assert.SkipUnless(File.Exists(Jar), $"There is no {Jar}: .ci/run fetches it.");
        Assert.SkipUnless(File.Exists("/usr/share/java/jaxb-runtime.jar"), "veraPDF needs apt-get install default-jdk-headless libjaxb-java.");
    }

    /// <summary>What veraPDF says of each file: <c>PASS</c>, or <c>FAIL</c> with clauses.</summary>
    /// <param name="flavour"><c>2b</c> or <c>ua1</c>.</param>
    /// <param name="files">The files.</param>
    public static async Task<IReadOnlyList<string>> CheckAsync(string flavour, params IReadOnlyList<string> files)
    {
        var start = new ProcessStartInfo("java") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] jars = [Jar, .. new[] { "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2" }.Select(name => $"/usr/share/java/{name}.jar")];
        foreach (var word in (string[])["-cp", string.Join(':', jars), Path.Combine(AppContext.BaseDirectory, "Documents", "Pdf", "VeraPdfCheck.java"), flavour, .. files]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(files.Count);
        return lines;
    }
}
