using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DossierKit.Tests.Retention;
using DossierKit.Tests.Vault.Streams;
using DossierKit.Vault;

namespace DossierKit.Faults;

/// <summary>
/// Kills the program (SIGKILL) at a random moment while it carries out a list of destruction, starts it again, and kills it again, until the list is done. After each kill: what the list
/// calls destroyed, no key that is left opens; what is not on the list is there. At the end everything on the list is gone and verify finds nothing wrong.
/// </summary>
internal static class KillDuringDestruction
{
    private const int Cases = 6;
    private const int MostKills = 4;

    /// <param name="times">How many kills.</param>
    /// <param name="seed">Makes the moments of killing the same again, as far as the machine is.</param>
    /// <param name="minutes">Stops earlier, after the list that passes this; the report says how many kills there were.</param>
    /// <param name="save">Where the report goes; <see langword="null"/>: nowhere.</param>
    public static async Task<int> RunAsync(int times, int seed, int minutes, string? save)
    {
        var (random, sitting, failures) = (new Random(seed), Stopwatch.StartNew(), new List<string>());
        var (killed, lists, resumed, cutInside) = (0, 0, 0, 0);
        var usual = 1000.0;
        while (killed < times && sitting.Elapsed < TimeSpan.FromMinutes(minutes))
        {
            using var program = new DossierkitProgram(isDemo: true);
            var isLight = lists % 2 == 0;
            await PrepareAsync(program);
            var number = await ApproveAsync(program, isLight);
            var journal = await JournalOfListsAsync(program);
            var isDone = false;
            for (var kills = 0; !isDone;)
            {
                var before = Directory.GetFiles(journal).Length;
                using var run = Start(program, isLight, "destruction", "run", number, "--confirm", number, "--as", "fi", "--json");
                run.StandardInput.Close();
                var (output, error) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
                // However busy the machine is: from the moment that the journal of the lists says that the run began.
                while (!run.HasExited && Directory.GetFiles(journal).Length == before) await Task.Delay(2);
                var watch = Stopwatch.StartNew();
                // The last time it may end by itself.
                if (kills < MostKills) await Task.WhenAny(run.WaitForExitAsync(), Task.Delay(TimeSpan.FromMilliseconds(usual * random.NextDouble())));
                var isKilled = kills < MostKills && !run.HasExited;
                if (isKilled)
                {
                    run.Kill();
                    (killed, kills) = (killed + 1, kills + 1);
                }

                await run.WaitForExitAsync();
                await Task.WhenAll(output, error);
                if (!isKilled)
                {
                    isDone = true;
                    usual = (usual + watch.Elapsed.TotalMilliseconds) / 2;
                    if (kills > 0) resumed++;
                    // Killed after its end but before it said so: then there is nothing left to do.
                    if (run.ExitCode != 0 && !(await error).Contains("kan niet meer veranderen", StringComparison.Ordinal)) failures.Add($"{number} of list {lists}: run ended with {run.ExitCode}: {await error}");
                }

                var problems = await LookAsync(program, isLight, number, isDone);
                failures.AddRange(problems.Failures.Select(problem => $"list {lists}, after {kills} kills: {problem}"));
                if (isKilled && problems.IsHalfway) cutInside++;
            }

            lists++;
            Console.Error.WriteLine($"{killed}/{times} killed, {lists} lists, {cutInside} cut off halfway, {failures.Count} failures{(failures.Count > 0 ? $", the last: {failures[^1]}" : "")}");
            if (failures.Count > 20) break;
        }

        var summary = string.Create(CultureInfo.InvariantCulture,
            $"{killed} kills while {lists} lists of destruction were carried out, {cutInside} of them with a run that had begun and was not finished; every list was finished by a next run ({resumed}); {failures.Count} failures.");
        foreach (var failure in failures) Console.WriteLine(failure);
        Console.WriteLine(summary);
        if (save is not null) await File.WriteAllTextAsync(save, Report(times, seed, minutes, sitting.Elapsed, summary, failures));
        return failures.Count == 0 && killed > 0 && cutInside > 0 ? 0 : 1;
    }

    /// <summary>A demo vault (people for every role) with cases of which every recording is due, half of the cases themselves too.</summary>
    private static async Task PrepareAsync(DossierkitProgram program)
    {
        await MustAsync(program, "demo", "--no-serve", "--out", Path.Combine(program.Folder, "out"));
        for (var i = 1; i <= Cases; i++)
        {
            await ClosedCase.WriteAsync(
                Path.Combine(program.Folder, "in", $"case-{i}"), string.Create(CultureInfo.InvariantCulture, $"WL-2025-9{i:000}"), recordings: 2, transcripts: true, large: 400_000, selectielijst: i % 2 == 0 ? "12.1.7" : "12.3");
        }

        await MustAsync(program, "import", Path.Combine(program.Folder, "in"), "--as", "fi", "--purpose", "proef");
    }

    private static async Task<string> ApproveAsync(DossierkitProgram program, bool isLight)
    {
        var numbers = Enumerable.Range(1, Cases).Where(i => isLight || i % 2 == 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"WL-2025-9{i:000}"));
        var proposed = await MustAsync(program, ["destruction", "propose", isLight ? "--recordings" : "--dossiers", .. numbers, "--as", "fi", "--json"]);
        var number = JsonDocument.Parse(proposed).RootElement.GetProperty("lijst").GetString()!;
        await MustAsync(program, "destruction", "approve", number, "--as", "archivaris");
        if (isLight) return number;
        await MustAsync(program, "destruction", "approve", number, "--as", "medebeslisser");
        foreach (var person in new[] { "fi", "archivaris" })
        {
            using var confirm = program.StartLater(15, "destruction", "clock", "confirm", "--as", person);
            confirm.StandardInput.Close();
            var (output, error) = (confirm.StandardOutput.ReadToEndAsync(), confirm.StandardError.ReadToEndAsync());
            await confirm.WaitForExitAsync();
            if (confirm.ExitCode != 0) throw new InvalidOperationException($"The clock was not confirmed: {await error}{await output}");
        }

        return number;
    }

    /// <summary>The waiting time of a list of dossiers is passed by telling the program that it is later, and by two people who confirm that.</summary>
    private static Process Start(DossierkitProgram program, bool isLight, params string[] args) => isLight ? program.Start(args) : program.StartLater(15, args);

    private static async Task<(IReadOnlyList<string> Failures, bool IsHalfway)> LookAsync(DossierkitProgram program, bool isLight, string number, bool isDone)
    {
        var failures = new List<string>();
        var status = JsonDocument.Parse(await MustAsync(program, "destruction", "status", number, "--as", "fi", "--json")).RootElement;
        var items = status.GetProperty("onderdelen").EnumerateArray()
            .Select(item => (Dossier: item.GetProperty("dossier").GetString()!, Kind: item.GetProperty("kind").GetString()!, Outcome: item.GetProperty("uitkomst").GetString()!)).ToList();
        var everything = await EverythingAsync(program);
        foreach (var (dossier, kind, outcome) in items.Where(item => item.Outcome == "vernietigd"))
        {
            // One canary per item would need its id; of a dossier or a whole family all are gone when all its items are.
            if (items.Where(item => item.Dossier == dossier).All(item => item.Outcome == "vernietigd")
                && (everything.Contains($"kanariegeluid {dossier}", StringComparison.Ordinal) || everything.Contains($"kanarietekst {dossier}", StringComparison.Ordinal)))
                failures.Add($"{kind} in {dossier} is called {outcome} and a key that is left opens it");
        }

        for (var i = 1; i <= Cases; i++)
        {
            var dossier = string.Create(CultureInfo.InvariantCulture, $"WL-2025-9{i:000}");
            var mayGo = items.Exists(item => item.Dossier == dossier && item.Kind == "dossier");
            if (!mayGo && !everything.Contains($"kanarieinhoud {dossier}", StringComparison.Ordinal)) failures.Add($"{dossier} lost content that was on no list");
            if (!isLight && i % 2 == 0 && !everything.Contains($"kanariegeluid {dossier} 1", StringComparison.Ordinal)) failures.Add($"{dossier} lost a recording that was on no list");
        }

        if (isDone)
        {
            if (status.GetProperty("status").GetString() != "uitgevoerd") failures.Add($"the list ended as {status.GetProperty("status").GetString()}: {status.GetProperty("onderdelen")}");
            var (code, verify, _) = await program.RunAsync("verify", "--json");
            if (code != 0) failures.Add($"verify ended with {code}: {verify}");
            var statement = Path.Combine(program.Folder, "verklaring.json");
            await MustAsync(program, "destruction", "verklaring", number, "--out", statement, "--overwrite", "--as", "fi");
            var check = await program.RunAsync("destruction", "verify", statement);
            if (check.Code != 0) failures.Add($"the statement does not check out: {check.Error}");
        }

        var isHalfway = status.GetProperty("status").GetString() == "in-uitvoering";
        return (failures, isHalfway);
    }

    /// <summary>The folder of the commits of the stream of destruction.</summary>
    private static async Task<string> JournalOfListsAsync(DossierkitProgram program)
    {
        await using var vault = await OpenAsync(program);
        return Path.Combine(program.Folder, "data", "s", vault.WellKnown(StreamKind.Destruction).ToString(), "j");
    }

    private static async Task<DossierVault> OpenAsync(DossierkitProgram program)
    {
        var place = new VaultPlace(Path.Combine(program.Folder, "data"), Path.Combine(program.Folder, "state"));
        return await DossierVault.OpenAsync(place, new CredentialFileSecret(await File.ReadAllBytesAsync(Path.Combine(place.Data, "demo.unlock"))), default);
    }

    /// <summary>Every byte any key that is left opens, in the vault as it lies on disk now.</summary>
    private static async Task<string> EverythingAsync(DossierkitProgram program)
    {
        await using var vault = await OpenAsync(program);
        return string.Join('\n', (await EverythingReadable.CollectAsync(vault.Services, default)).Select(Encoding.Latin1.GetString));
    }

    private static async Task<string> MustAsync(DossierkitProgram program, params string[] args)
    {
        var (code, output, error) = await program.RunAsync(args);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', args)} ended with {code}: {error}{output}");
    }

    private static string Report(int times, int seed, int minutes, TimeSpan lasted, string summary, List<string> failures) => string.Create(CultureInfo.InvariantCulture, $"""
        # Killed while destroying
        `dotnet run -c Release --project tests/DossierKit.Faults -- kill-destroy --times {times} --seed {seed} --minutes {minutes} --save tests/DossierKit.Faults/Results/kill-destroy.md`

        - {DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {lasted.TotalMinutes:0} minutes
        - {summary}

        After every kill (SIGKILL at a random moment of the run, up to {MostKills} times per list) every key that is left is tried on everything that is left: nothing that the list calls destroyed opens, and nothing
        that is on no list is gone. The next run goes on where the last was cut off. At the end `verify` finds no damage and the signed statement checks out.
        {string.Concat(failures.Select(failure => $"\n- FAILED {failure}"))}

        """);
}
