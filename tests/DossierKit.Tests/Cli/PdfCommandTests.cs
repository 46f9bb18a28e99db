using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using DossierKit.Tests.Documents.Engine;
using DossierKit.Tests.Programs;

namespace DossierKit.Tests.Cli;

/// <summary><c>--pdf</c> where everything is there, and where something is missing.</summary>
public sealed class PdfCommandTests(DemoVault demo) : IClassFixture<DemoVault>
{
    private const string InDemo = " --data demo-data --as fi --purpose \"Proef\"";

    [Fact]
    public async Task Assemble_Pdf_LiesBesideTheDocumentAndSealedInTheDossier()
    {
        SkipWithoutPrograms();
        using var program = demo.Copy();
        var made = await program.RunAsync("dossierkit assemble kennisgeving --dossier WL-2026-0001 --checked --pdf --out brief.docx" + InDemo);
        made.Exit.ShouldBe(0, made.ToString());
        var pdf = await File.ReadAllBytesAsync(program.At("brief.pdf"));
        pdf.AsSpan().StartsWith("%PDF-"u8).ShouldBeTrue();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(program.At("brief.pdf")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var files = await FilesAsync(program);
        var kept = files.Single(file => file.Name.EndsWith(".pdf", StringComparison.Ordinal) && file.Title.EndsWith("(pdf)", StringComparison.Ordinal));
        var got = await program.RunAsync($"dossierkit get {kept.Id} --dossier WL-2026-0001 --out uit.pdf" + InDemo);
        got.Exit.ShouldBe(0, got.ToString());
        (await File.ReadAllBytesAsync(program.At("uit.pdf"))).ShouldBe(pdf);
    }

    [Fact]
    public async Task Assemble_PdfOfAConcept_IsNotStored()
    {
        SkipWithoutPrograms();
        using var program = demo.Copy();
        var before = (await FilesAsync(program)).Count;
        var made = await program.RunAsync("dossierkit assemble kennisgeving --dossier WL-2026-0001 --concept --pdf --out concept.docx" + InDemo);
        made.Exit.ShouldBe(0, made.ToString());
        File.Exists(program.At("concept.pdf")).ShouldBeTrue();
        (await FilesAsync(program)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Assemble_PdfWithoutLibreOffice_GivesTheDocumentAndAHint()
    {
        // The letter must go out, also from a machine without LibreOffice: the document is made and sealed, and the command says how to get the rest.
        using var program = demo.Copy();
        var made = await program.RunAsync(DossierKitProcess.Words("assemble kennisgeving --dossier WL-2026-0001 --checked --pdf --out brief.docx --json" + InDemo), NoPrograms(program));
        made.Exit.ShouldBe(0, made.ToString());
        File.Exists(program.At("brief.docx")).ShouldBeTrue();
        File.Exists(program.At("brief.pdf")).ShouldBeFalse();
        made.Error.ShouldContain("LibreOffice ontbreekt op deze computer");
        made.Error.ShouldContain("apt install libreoffice-writer-nogui");
        using var json = JsonDocument.Parse(made.Out);
        json.RootElement.GetProperty("pdf").ValueKind.ShouldBe(JsonValueKind.Null);
        made.Error.ShouldMatch("get [0-9a-f]{8} --pdf");
    }

    [Fact]
    public async Task Get_Pdf_IsTheLetterAsPdf()
    {
        SkipWithoutPrograms();
        using var program = demo.Copy();
        var letter = (await FilesAsync(program)).First(file => file.Name.EndsWith("kennisgeving.docx", StringComparison.Ordinal));
        var got = await program.RunAsync($"dossierkit get {letter.Id} --pdf --dossier WL-2026-0001 --out uit.pdf" + InDemo);
        got.Exit.ShouldBe(0, got.ToString());
        (await File.ReadAllBytesAsync(program.At("uit.pdf"))).AsSpan().StartsWith("%PDF-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Get_PdfWithoutLibreOffice_SaysThatTheMachineLacksIt()
    {
        using var program = demo.Copy();
        var letter = (await FilesAsync(program)).First(file => file.Name.EndsWith("kennisgeving.docx", StringComparison.Ordinal));
        var got = await program.RunAsync(DossierKitProcess.Words($"get {letter.Id} --pdf --dossier WL-2026-0001 --out uit.pdf" + InDemo), NoPrograms(program));
        got.Exit.ShouldBe(4, got.ToString());
        got.Error.ShouldContain("apt install libreoffice-writer-nogui");
        File.Exists(program.At("uit.pdf")).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_PdfOfWhatIsNoDocument_IsWrongUse()
    {
        using var program = demo.Copy();
        var other = (await FilesAsync(program)).First(file => !file.Name.EndsWith(".docx", StringComparison.Ordinal));
        var got = await program.RunAsync($"dossierkit get {other.Id} --pdf --dossier WL-2026-0001 --out uit.pdf" + InDemo);
        got.Exit.ShouldBe(2, got.ToString());
    }

    [Fact]
    public async Task Render_Pdf_LiesBesideTheDocument()
    {
        SkipWithoutPrograms();
        using var program = new DossierKitProcess();
        await File.WriteAllBytesAsync(program.At("brief.docx"), TestDocx.With(TestDocx.P("Beste {{naam}}")).Build());
        await File.WriteAllTextAsync(program.At("w.json"), "{ \"naam\": \"Pim\" }");
        var answer = await program.RunAsync("dossierkit template render brief.docx --values w.json --out uit.docx --pdf");
        answer.Exit.ShouldBe(0, answer.ToString());
        File.Exists(program.At("uit.pdf")).ShouldBeTrue();
    }

    [Fact]
    public async Task Doctor_WithoutPrograms_SaysWhatIsMissing()
    {
        using var program = new DossierKitProcess();
        var answer = await program.RunAsync(["doctor"], NoPrograms(program));
        answer.Exit.ShouldBe(0, answer.ToString());
        answer.Out.ShouldContain("apt install libreoffice-writer-nogui");
        answer.Out.ShouldContain("apt install bubblewrap");
    }

    // Plaintext in a temp file outlives program and dossier. Inside the sandbox everything is memory (ProgramRunnerTests shows that nothing else can be written there);
    // here the kernel is asked what every process before and outside the walls opened for writing, while a letter became a PDF.
    [Fact]
    public async Task Assemble_PdfTraced_WritesNothingElsewhere()
    {
        SkipWithoutPrograms();
        Vault.Store.Strace.SkipWithout();
        using var program = demo.Copy();
        var start = new ProcessStartInfo("strace") { WorkingDirectory = program.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] words = ["-f", "--pidns-translation", "-e", "trace=open,openat,openat2,creat,execve,clone,clone3,fork,vfork", "-y", "-o", program.At("trace"), "dotnet", Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll"),
            .. DossierKitProcess.Words("assemble kennisgeving --dossier WL-2026-0001 --concept --pdf --out brief.docx" + InDemo)];
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["HOME"] = program.At("home");
        start.Environment["XDG_STATE_HOME"] = program.At("home/state");
        start.Environment["TMPDIR"] = program.At("home");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using (var process = Process.Start(start)!)
        {
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, await error);
        }

        File.Exists(program.At("brief.pdf")).ShouldBeTrue();
        var lines = (await File.ReadAllLinesAsync(program.At("trace"))).Select(line => Regex.Match(line, @"^(?<pid>\d+) +(?<call>.*)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Where(match => match.Success)
            .Select(match => (Pid: match.Groups["pid"].Value, Call: match.Groups["call"].Value)).ToList();
        var inside = new HashSet<string>(StringComparer.Ordinal);
        var building = new HashSet<string>(StringComparer.Ordinal);
        var (outsideWrites, buildingWrites, insideWrites) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (pid, call) in lines)
        {
            if (call.StartsWith("execve(\"/usr/bin/setpriv\"", StringComparison.Ordinal) || call.StartsWith("execve(\"/usr/bin/bwrap\"", StringComparison.Ordinal)) building.Add(pid);
            if (call.StartsWith("execve(\"/usr/bin/prlimit\"", StringComparison.Ordinal) && building.Contains(pid)) inside.Add(pid);
            if (Regex.Match(call, @"(clone|clone3|fork|vfork)\b.* = (\d+ /\* )?(?<child>\d+)( in strace's PID NS \*/)?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } born)
            {
                if (building.Contains(pid)) building.Add(born.Groups["child"].Value);
                if (inside.Contains(pid)) inside.Add(born.Groups["child"].Value);
            }

            if (Regex.Match(call, @"(O_WRONLY|O_RDWR|O_CREAT|creat\().* = \d+<(?<path>[^>]+)>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is not { Success: true } opened) continue;
            (inside.Contains(pid) ? insideWrites : building.Contains(pid) ? buildingWrites : outsideWrites).Add(opened.Groups["path"].Value);
        }

        insideWrites.ShouldContain(path => path.EndsWith("stuk.pdf", StringComparison.Ordinal), "the trace saw the sandbox");
        buildingWrites.ShouldNotBeEmpty();
        string[] allowed = [program.At("demo-data"), program.At("demo-data.state"), program.At("brief."), "/dev/", "/proc/", "/memfd:", "/sys/"];
        outsideWrites.Where(path => !allowed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).ShouldBeEmpty();
        // bubblewrap makes places to mount on, in the empty file system it built in memory, and writes who is who to /proc.
        buildingWrites.Where(path => !path.Contains("/proc/", StringComparison.Ordinal) && !path.StartsWith("/proc", StringComparison.Ordinal) && !path.Contains("newroot/", StringComparison.Ordinal) && !Regex.IsMatch(path, "^/?(dev|etc)/", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(program.At("home")).ShouldBeEmpty();
    }

    private static void SkipWithoutPrograms()
    {
        ProgramRunnerTests.SkipWithoutSandbox();
        Assert.SkipWhen(DossierKit.Programs.ProgramFolders.OfMachine.Find("soffice") is null, "soffice is not installed: apt-get install libreoffice-writer-nogui");
    }

    private static Dictionary<string, string> NoPrograms(DossierKitProcess program) => new(StringComparer.Ordinal) { ["PATH"] = program.At("home") };

    private static async Task<List<(string Id, string Name, string Title)>> FilesAsync(DossierKitProcess program)
    {
        var shown = await program.RunAsync("dossierkit show WL-2026-0001 --json" + InDemo);
        shown.Exit.ShouldBe(0, shown.ToString());
        using var json = JsonDocument.Parse(shown.Out);
        return [.. json.RootElement.GetProperty("bestanden").EnumerateArray().Select(file => (file.GetProperty("id").GetString()!, file.GetProperty("naam").GetString()!, file.GetProperty("titel").GetString()!))];
    }
}
