using System.Diagnostics;
using System.Text;

namespace DossierKit.Tests.Cli;

/// <summary>The passphrase typed at a real terminal: a pseudo-terminal that echoes, unless the program says otherwise.</summary>
public sealed class PassphrasePromptTests
{
    private const string Passphrase = "een molen draait zelden achteruit";
    private const string Init = "init --data vault --state state --recovery-key recovery.pem --municipality Waterlanden --street Dijkplein --postcode 9990AA --town Waterlanden"
        + " --telephone 0 --email a@waterlanden.example --number-prefix WL --protocol waterlanden --office gemeentesecretaris --signatory Zeekleidijk --signatory-function gemeentesecretaris"
        + " --fi-name Plassenberger --fi-account iemand --verantwoordelijke-name Zeekleidijk --verantwoordelijke-account ander";

    [Fact]
    public async Task Init_PassphraseTyped_IsAskedTwiceAndNeverShown()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "A pseudo-terminal is made with script (util-linux).");
        using var program = new DossierKitProcess();

        var (exit, screen) = await OnTerminalAsync(program, Init,
            ("New passphrase for the vault", "kort"),
            ("New passphrase for the vault", Passphrase),
            ("The same passphrase again", "een typefout hier gemaakt"),
            ("New passphrase for the vault", Passphrase),
            ("The same passphrase again", Passphrase));
        exit.ShouldBe(0, screen);
        screen.ShouldContain("Deze wachtwoordzin is te kort.");
        screen.ShouldContain("The two are not the same.");
        screen.ShouldNotContain("molen");
        screen.ShouldNotContain("typefout");

        var (opened, asked) = await OnTerminalAsync(program, "verify --data vault --state state", ("Passphrase of the vault", Passphrase));
        opened.ShouldBe(0, asked);
        asked.ShouldNotContain("molen");
    }

    // Answers each question when it is on the screen, as a person does: what is typed before echo is off would show.
    private static async Task<(int Exit, string Screen)> OnTerminalAsync(DossierKitProcess program, string line, params (string Question, string Answer)[] dialogue)
    {
        var start = new ProcessStartInfo("/usr/bin/script") { WorkingDirectory = program.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] words = ["-q", "-e", "-c", $"dotnet {Path.Combine(AppContext.BaseDirectory, "DossierKit.Host.dll")} {line}", "/dev/null"];
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["HOME"] = program.At("home");
        start.Environment["TERM"] = "xterm";
        using var process = Process.Start(start)!;
        var screen = new StringBuilder();
        var seen = 0;
        var buffer = new char[1024];
        foreach (var (question, answer) in dialogue)
        {
            int at;
            while ((at = screen.ToString().IndexOf(question, seen, StringComparison.Ordinal)) < 0 || !screen.ToString()[at..].Contains(": ", StringComparison.Ordinal))
            {
                var read = await process.StandardOutput.ReadAsync(buffer);
                if (read == 0) throw new InvalidOperationException($"'{question}' was never asked:\n{screen}");
                screen.Append(buffer, 0, read);
            }

            seen = at + question.Length;
            await Task.Delay(200);
            await process.StandardInput.WriteAsync(answer + "\n");
            await process.StandardInput.FlushAsync();
        }

        screen.Append(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, screen.ToString());
    }
}
