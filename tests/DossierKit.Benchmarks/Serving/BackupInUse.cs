using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Benchmarks.Serving;

/// <summary>
/// People work, and a first backup of gigabytes runs beside them: how much longer does everything take? And how long do a second backup (nothing new), and a drill that restores and verifies
/// all of it on an empty machine?
/// </summary>
internal static class BackupInUse
{
    public static async Task RunAsync(Report report)
    {
        var (users, rate) = (Arguments.Number("--users", 20), Arguments.Number("--rate", 0));
        var gigabytes = Arguments.Number("--gigabytes", 10);
        var think = TimeSpan.FromMilliseconds(Arguments.Number("--think", 1000));
        var least = TimeSpan.FromSeconds(Arguments.Number("--seconds", 120));
        var original = await BigVault.GetAsync(Arguments.Number("--dossiers", 200), Arguments.Number("--documents", 100));
        var vault = await original.CopyAsync("backup");
        await AddRecordingsAsync(vault, gigabytes);
        // A new place each time: one that was emptied is refused, as it should be.
        var place = "";
        foreach (var left in Directory.EnumerateDirectories(Path.GetDirectoryName(vault.Folder)!, "backup-place-*")) Directory.Delete(left, recursive: true);

        using var served = await ServedProgram.StartAsync(vault.Data, vault.State);
        await LoadAsync(served, vault, users, think, _ => Task.Delay(TimeSpan.FromSeconds(20))); // everything is compiled and cached before anything is measured
        var quiet = await LoadAsync(served, vault, users, think, _ => Task.Delay(least));
        var (runs, first, finished) = (0, TimeSpan.Zero, new Stopwatch());
        var busy = await LoadAsync(served, vault, users, think, async watch =>
        {
            while (watch.Elapsed < least || runs == 0)
            {
                if (place.Length > 0) Directory.Delete(place, recursive: true);
                place = Path.Combine(Path.GetDirectoryName(vault.Folder)!, $"backup-place-{Guid.NewGuid():n}");
                finished.Restart();
                await ProgramAsync(["backup", place, "--data", vault.Data, "--state", vault.State, .. rate > 0 ? (string[])["--rate", rate.ToString(CultureInfo.InvariantCulture)] : []]);
                if (runs++ == 0) first = finished.Elapsed;
            }
        });

        report.Columns("what", "requests", "p99 alone", "p99 with a backup", "ratio", "median alone", "median with a backup");
        foreach (var (what, alone, with) in quiet.Times.Where(pair => busy.Times.ContainsKey(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Order().ToArray(), busy.Times[pair.Key].Order().ToArray())))
            Row(what, alone, with);
        Row("**all**", [.. quiet.Times.SelectMany(pair => pair.Value).Order()], [.. busy.Times.SelectMany(pair => pair.Value).Order()]);

        finished.Restart();
        await ProgramAsync(["backup", place, "--data", vault.Data, "--state", vault.State]);
        var second = finished.Elapsed;
        var empty = Path.Combine(Path.GetDirectoryName(vault.Folder)!, "backup-drill");
        finished.Restart();
        await ProgramAsync(["restore", place, "--drill", empty, "--unlock-file", Path.Combine(vault.Data, "demo.unlock")]);
        report.Note(string.Create(CultureInfo.InvariantCulture,
            $"{vault.Dossiers} dossiers and {gigabytes} GB of recordings; {users} people, on average {think.TotalMilliseconds:0} ms between an answer and the next request; clients, host and backup share {Environment.ProcessorCount} cores and one disk{(rate > 0 ? $"; --rate {rate}" : "")}."));
        report.Note(string.Create(CultureInfo.InvariantCulture, $"First backup while they work: {first.TotalSeconds:0} s ({runs} in the measured time). One with nothing new: {second.TotalSeconds:0.0} s. Drill (restore, open, verify every byte, remove), one command: {finished.Elapsed.TotalSeconds:0} s."));
        report.Note($"Errors: {quiet.Errors.Count} alone, {busy.Errors.Count} with a backup.");

        void Row(string what, double[] alone, double[] with)
            => report.Row(what, $"{alone.Length}, {with.Length}", Millis(alone, 0.99), Millis(with, 0.99), Report.Number(At(with, 0.99) / At(alone, 0.99), 2), Millis(alone, 0.5), Millis(with, 0.5));

        static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

        static string Millis(double[] sorted, double share) => $"{Report.Number(At(sorted, share), 0)} ms";
    }

    private static async Task<Ledger> LoadAsync(ServedProgram served, BigVault vault, int users, TimeSpan think, Func<Stopwatch, Task> until)
    {
        var (ledger, watch, over) = (new Ledger(), Stopwatch.StartNew(), false);
        var people = Enumerable.Range(0, users).Select(i => Task.Run(() => new LoadUser(served.Address, i, vault, ledger, think).RunAsync(() => !Volatile.Read(ref over)))).ToList();
        await until(watch);
        Volatile.Write(ref over, true);
        await Task.WhenAll(people);
        return ledger;
    }

    /// <summary>Recordings of half a gigabyte of random bytes, as large as conversations become.</summary>
    private static async Task AddRecordingsAsync(BigVault vault, int gigabytes)
    {
        await using var opened = await DossierVault.OpenAsync(new VaultPlace(vault.Data, vault.State), UnlockSecret.FromFile(Path.Combine(vault.Data, "demo.unlock")), default);
        using var register = await DossierRegister.LoadAsync(opened, TimeProvider.System, default);
        var fi = register.Staff.SignIn(new PersonId("fi"), "os:bench").Value;
        for (var i = 0; i < gigabytes * 2; i++)
        {
            using var dossier = await register.OpenAsync(new DossierNumber(BigVault.Number(2 + i)), fi, "Opname toevoegen", default) ?? throw new InvalidOperationException("A dossier does not open.");
            using var content = new RandomStream(500_000_000);
            var added = await dossier.AddFileAsync(new NewFile($"opname-{i}.bin", "Opname", FileKind.Evidence, Compartment.Onderzoek, new DateOnly(2026, 2, 1)), content, default);
            if (!added.IsDone) throw new InvalidOperationException(added.Refusals[0].ToString());
        }
    }

    private static async Task ProgramAsync(string[] arguments)
    {
        string[] command = [.. ServedProgram.Program(), .. arguments];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}: {await error}{await output}");
    }

    private sealed class RandomStream(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            RandomNumberGenerator.Fill(buffer[..count]);
            _left -= count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
