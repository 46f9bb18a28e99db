using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DossierKit.Faults;

/// <summary>
/// Kills the program (SIGKILL) at a random moment while it imports dossiers, again and again in the same vault. After each kill: every dossier the program
/// had acknowledged is there, whole, and verify finds nothing wrong; what was not acknowledged can be imported again.
/// </summary>
internal static partial class KillDuringImport
{
    private const int PerImport = 3;
    private const int PerVault = 25;

    /// <param name="times">How many imports.</param>
    /// <param name="seed">Makes the moments of killing the same again, as far as the machine is.</param>
    /// <param name="minutes">Stops earlier, after the import that passes this; the report says how many there were.</param>
    /// <param name="save">Where the report goes; <see langword="null"/>: nowhere.</param>
    public static async Task<int> RunAsync(int times, int seed, int minutes, string? save)
    {
        var random = new Random(seed);
        var (sitting, asked) = (Stopwatch.StartNew(), times);
        var (killed, acknowledged, unacknowledged, leftovers, failures) = (0, 0, 0, 0, new List<string>());
        DossierkitProgram? program = null;
        var known = new HashSet<string>(StringComparer.Ordinal);
        var usual = 1500.0;
        try
        {
            for (var i = 0; i < times; i++)
            {
                if (sitting.Elapsed > TimeSpan.FromMinutes(minutes))
                {
                    times = i;
                    break;
                }

                if (i % PerVault == 0)
                {
                    program?.Dispose();
                    program = new DossierkitProgram();
                    known.Clear();
                    await program.InitAsync();
                    usual = await TimeAnImportAsync(program, known);
                }

                var numbers = Enumerable.Range(1, PerImport).Select(n => string.Create(CultureInfo.InvariantCulture, $"WL-2026-{i:0000}{n}")).ToList();
                var folder = program!.WriteDossiers($"in-{i}", i % 2 == 0 ? "nevenwerk-groenonderhoud" : "dienstbus-weekend", numbers);
                using var process = program.Start("import", folder, "--as", "fi", "--purpose", "proef");
                process.StandardInput.Close();
                var (heard, error) = (new Heard(process.StandardOutput), process.StandardError.ReadToEndAsync());
                // However busy the machine is: a while after none, one or two of the three were acknowledged.
                var wait = heard.WaitAsync(random.Next(PerImport), TimeSpan.FromMilliseconds(random.NextDouble() * usual / PerImport));
                if (await Task.WhenAny(wait, process.WaitForExitAsync()) == wait && !process.HasExited)
                {
                    process.Kill();
                    killed++;
                }

                await process.WaitForExitAsync();
                await error;
                var said = NumberIn().Matches(await heard.AllAsync()).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
                acknowledged += said.Count;
                known.UnionWith(said);

                var (listCode, list, listError) = await program.RunAsync("list", "--as", "fi", "--purpose", "proef", "--json");
                if (listCode != 0)
                {
                    failures.Add($"{i}: list ended with {listCode}: {listError}");
                    continue;
                }

                var there = JsonDocument.Parse(list).RootElement.EnumerateArray().Select(dossier => dossier.GetProperty("nummer").GetString()!).ToHashSet(StringComparer.Ordinal);
                foreach (var lost in known.Except(there)) failures.Add($"{i}: {lost} was acknowledged and is gone");
                unacknowledged += there.Except(known).Count();
                foreach (var number in numbers.Where(there.Contains))
                {
                    // There means whole: the dossier opens and shows its state.
                    var (code, _, text) = await program.RunAsync("show", number, "--as", "fi", "--purpose", "proef", "--json");
                    if (code != 0) failures.Add($"{i}: {number} is listed and does not open: {text}");
                }

                known.UnionWith(there);
                var (verifyCode, verify, _) = await program.RunAsync("verify", "--json");
                if (verifyCode != 0) failures.Add($"{i}: verify ended with {verifyCode}: {verify}");
                leftovers = Math.Max(leftovers, LeftoverIn().Count(verify));
                Console.Error.WriteLine($"{i + 1}/{times}: {killed} killed, {acknowledged} dossiers acknowledged, {failures.Count} failures{(failures.Count > 0 ? $", the last: {failures[^1]}" : "")}");
                Directory.Delete(folder, recursive: true);
            }
        }
        finally
        {
            program?.Dispose();
        }

        var summary = string.Create(CultureInfo.InvariantCulture, $"{times} imports of {PerImport} dossiers, {killed} killed while running; {acknowledged} dossiers acknowledged, {unacknowledged} committed in the instant before their acknowledgement, {failures.Count} failures, at most {leftovers} harmless leftovers in a vault.");
        foreach (var failure in failures) Console.WriteLine(failure);
        Console.WriteLine(summary);
        if (save is not null) await File.WriteAllTextAsync(save, Report(times, asked, seed, minutes, sitting.Elapsed, summary, failures));
        return failures.Count == 0 && killed > times / 4 ? 0 : 1;
    }

    private static string Report(int times, int asked, int seed, int minutes, TimeSpan lasted, string summary, List<string> failures) => string.Create(CultureInfo.InvariantCulture, $"""
        # Killed during import
        `dotnet run --project tests/DossierKit.Faults -- kill --times {asked} --seed {seed} --minutes {minutes} --save tests/DossierKit.Faults/Results/kill.md`

        - {DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {lasted.TotalMinutes:0} minutes{(times < asked ? $"; stopped after {times} of {asked} because its time was up" : "")}
        - {summary}

        After every kill (SIGKILL at a random moment after none, one or two of its dossiers were acknowledged): every dossier that was ever acknowledged is listed, what is listed opens, and `verify` finds no damage.
        A new vault every {PerVault} imports.
        {string.Concat(failures.Select(failure => $"\n- FAILED {failure}"))}

        """);

    private static async Task<double> TimeAnImportAsync(DossierkitProgram program, HashSet<string> known)
    {
        var folder = program.WriteDossiers("in-first", "nevenwerk-groenonderhoud", Enumerable.Range(1, PerImport).Select(n => $"WL-2025-000{n}"));
        var watch = Stopwatch.StartNew();
        var (code, output, error) = await program.RunAsync("import", folder, "--as", "fi", "--purpose", "proef");
        if (code != 0) throw new InvalidOperationException($"An import that nobody disturbed ended with {code}: {error}");
        known.UnionWith(NumberIn().Matches(output).Select(match => match.Value));
        return watch.Elapsed.TotalMilliseconds * 1.1;
    }

    /// <summary>What a program said so far.</summary>
    private sealed class Heard
    {
        private readonly StringBuilder _text = new();
        private readonly Task _reading;

        public Heard(StreamReader output) => _reading = Task.Run(async () =>
        {
            var buffer = new char[1024];
            while (await output.ReadAsync(buffer) is > 0 and var count)
            {
                lock (_text) _text.Append(buffer, 0, count);
            }
        });

        /// <summary>Waits until so many numbers were named, and then a while.</summary>
        public async Task WaitAsync(int numbers, TimeSpan further)
        {
            while (!_reading.IsCompleted && NumberIn().Count(Text) < numbers) await Task.Delay(2);
            await Task.Delay(further);
        }

        public async Task<string> AllAsync()
        {
            await _reading;
            return Text;
        }

        private string Text
        {
            get
            {
                lock (_text) return _text.ToString();
            }
        }
    }

    [GeneratedRegex("WL-20[0-9]{2}-[0-9]{4,6}")]
    private static partial Regex NumberIn();

    [GeneratedRegex("\"leftover\"", RegexOptions.IgnoreCase)]
    private static partial Regex LeftoverIn();
}
