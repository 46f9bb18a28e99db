using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DossierKit.Faults;

/// <summary>
/// Kills the program (SIGKILL) at a random moment while it makes a backup, restores one, or renews the ring key, again and again in the same vault. After each kill the same command goes on and
/// ends well; the vault verifies; a restore that was killed is no vault that opens; and the register of the vault knows every set of keys that lies at the place.
/// </summary>
internal static class KillDuringBackup
{
    private const int PerPlace = 10;
    private static int _made;

    /// <param name="times">How many rounds; each kills a backup, a restore and a rotation.</param>
    /// <param name="seed">Makes the moments of killing the same again, as far as the machine is.</param>
    /// <param name="minutes">Stops earlier, after the round that passes this; the report says how many there were.</param>
    /// <param name="save">Where the report goes; <see langword="null"/>: nowhere.</param>
    public static async Task<int> RunAsync(int times, int seed, int minutes, string? save)
    {
        var (random, sitting, asked, failures) = (new Random(seed), Stopwatch.StartNew(), times, new List<string>());
        var killed = new Dictionary<string, int>(StringComparer.Ordinal) { ["backup"] = 0, ["restore"] = 0, ["rotate"] = 0 };
        var usual = new Dictionary<string, double>(StringComparer.Ordinal) { ["backup"] = 1500, ["restore"] = 2000, ["rotate"] = 800 };
        using var program = new DossierkitProgram();
        await program.InitAsync();
        await ImportAsync(program, "eerste", 12);
        for (var i = 0; i < times; i++)
        {
            if (sitting.Elapsed > TimeSpan.FromMinutes(minutes))
            {
                times = i;
                break;
            }

            await ImportAsync(program, string.Create(CultureInfo.InvariantCulture, $"ronde-{i}"), 1);
            var place = Path.Combine(program.Folder, $"kopie-{i / PerPlace}");
            await KillAndGoOnAsync("backup", "backup", place, "--keep-keys", "1");
            await CompareAsync(program, place, i, failures);

            // An empty machine: killed, it is no vault; the same command makes it one.
            program.Vault = $"terug-{i}";
            await KillAndGoOnAsync("restore", "restore", place);
            await MustAsync("verify", "--json");
            foreach (var folder in (string[])[program.Vault, $"{program.Vault}-state"]) Directory.Delete(Path.Combine(program.Folder, folder), recursive: true);
            program.Vault = "data";

            await KillAndGoOnAsync("rotate", "keys", "rotate");
            var status = JsonDocument.Parse(await MustAsync("keys", "status", "--json")).RootElement;
            if (status.GetProperty("streamsUnderOlderKey").GetInt32() != 0) failures.Add($"{i}: streams are left under an older ring key");
            await MustAsync("verify", "--json");
            Console.Error.WriteLine($"{i + 1}/{times}: killed {string.Join(", ", killed.Select(pair => $"{pair.Key} {pair.Value}"))}; {failures.Count} failures{(failures.Count > 0 ? $", the last: {failures[^1]}" : "")}");
            if (failures.Count > 20) break;

            async Task KillAndGoOnAsync(string what, params string[] command)
            {
                using (var process = program.Start(command))
                {
                    process.StandardInput.Close();
                    var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
                    // Most of the time goes into starting: the kill comes in what follows.
                    var wait = Task.Delay(TimeSpan.FromMilliseconds(usual[what] * (0.2 + (0.9 * random.NextDouble()))));
                    var wasKilled = await Task.WhenAny(wait, process.WaitForExitAsync()) == wait && !process.HasExited;
                    if (wasKilled)
                    {
                        process.Kill();
                        killed[what]++;
                    }

                    await process.WaitForExitAsync();
                    await Task.WhenAll(output, error);
                    if (!wasKilled && process.ExitCode != 0) failures.Add($"{i}: {what} ended with {process.ExitCode}: {await error}");
                    if (!wasKilled && what == "restore") return; // a second one into the same folder is refused, as it should be
                    if (wasKilled && what == "restore")
                    {
                        var (code, _, _) = await program.RunAsync("list", "--as", "fi");
                        // It opens when the kill came after the last step, and then it must be whole: verify below says so.
                        if (code == 0 && Directory.Exists(Path.Combine(program.Folder, program.Vault, "restore")) && Directory.EnumerateFiles(Path.Combine(program.Folder, program.Vault, "restore")).Any())
                            failures.Add($"{i}: a restore that was killed opens as a vault");
                        if (code == 0) return;
                    }
                }

                var watch = Stopwatch.StartNew();
                await MustAsync(command);
                usual[what] = (usual[what] * 0.7) + (watch.Elapsed.TotalMilliseconds * 0.3);
            }

            async Task<string> MustAsync(params string[] command)
            {
                var (code, output, error) = await program.RunAsync(command);
                if (code != 0) failures.Add($"{i}: {string.Join(' ', command)} ended with {code}: {error}{output}");
                return output;
            }
        }

        var summary = string.Create(CultureInfo.InvariantCulture,
            $"{times} rounds; killed while running: {killed["backup"]} backups, {killed["restore"]} restores, {killed["rotate"]} rotations; {failures.Count} failures.");
        foreach (var failure in failures) Console.WriteLine(failure);
        Console.WriteLine(summary);
        if (save is not null) await File.WriteAllTextAsync(save, Report(times, asked, seed, minutes, sitting.Elapsed, summary, failures));
        return failures.Count == 0 && killed.Values.All(count => count > times / 4) ? 0 : 1;
    }

    /// <summary>What the vault knows of this place is what lies there.</summary>
    private static async Task CompareAsync(DossierkitProgram program, string place, int round, List<string> failures)
    {
        var (_, list, _) = await program.RunAsync("backup", "list", "--json");
        var (_, there, _) = await program.RunAsync("restore", place, "--list", "--json");
        var lying = JsonDocument.Parse(there).RootElement.EnumerateArray().ToList();
        if (lying.Any(set => !set.GetProperty("whole").GetBoolean())) failures.Add($"{round}: a set of a killed run is left");
        var known = JsonDocument.Parse(list).RootElement.EnumerateArray().Where(set => set.GetProperty("holdsKeys").GetBoolean()).Select(set => set.GetProperty("id").GetString()!).ToHashSet(StringComparer.Ordinal);
        foreach (var set in lying.Select(set => set.GetProperty("id").GetString()!).Where(set => !known.Contains(set))) failures.Add($"{round}: set {set} lies there and the register does not know it");
    }

    private static async Task ImportAsync(DossierkitProgram program, string name, int count)
    {
        var numbers = Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture, $"WL-2026-{++_made:00000}")).ToList();
        var folder = program.WriteDossiers(name, "nevenwerk-groenonderhoud", numbers);
        var (code, _, error) = await program.RunAsync("import", folder, "--as", "fi", "--purpose", "proef");
        if (code != 0) throw new InvalidOperationException($"An import ended with {code}: {error}");
        Directory.Delete(folder, recursive: true);
    }

    private static string Report(int times, int asked, int seed, int minutes, TimeSpan lasted, string summary, List<string> failures) => string.Create(CultureInfo.InvariantCulture, $"""
        # Killed during backup, restore and rotation
        `dotnet run --project tests/DossierKit.Faults -- kill-backup --times {asked} --seed {seed} --minutes {minutes} --save tests/DossierKit.Faults/Results/kill-backup.md`

        - {DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {lasted.TotalMinutes:0} minutes{(times < asked ? $"; stopped after {times} of {asked} because its time was up" : "")}
        - {summary}

        After every kill (SIGKILL at a random moment) the same command is run again and ends well; the vault and what was restored verify; a restore that was killed does not open; no set of a
        killed run is left at the place, and the register of the vault knows every set that lies there. A new place every {PerPlace} rounds.
        {string.Concat(failures.Select(failure => $"\n- FAILED {failure}"))}

        """);
}
