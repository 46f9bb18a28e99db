using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace DossierKit.Benchmarks.Serving;

/// <summary>What the host acknowledged, what went wrong and how long everything took; compared with the host itself at the end.</summary>
internal sealed partial class Ledger
{
    private readonly ConcurrentDictionary<(string Dossier, string Marker), int> _notes = new();
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _times = new(StringComparer.Ordinal);
    private int _conflicts;

    public ConcurrentBag<string> Errors { get; } = [];

    public ConcurrentBag<(string Dossier, string Id, string Sha256)> Files { get; } = [];

    public IReadOnlyDictionary<string, ConcurrentBag<double>> Times => _times;

    public int Acknowledged => _notes.Count;

    public int Conflicts => _conflicts;

    public int Lost { get; private set; }

    /// <summary>Notes that are there more than once, or that have the number of another: written by somebody who had not seen it.</summary>
    public int Twice { get; private set; }

    public int WrongFiles { get; private set; }

    public void Took(string what, long from) => _times.GetOrAdd(what, _ => []).Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);

    public void Noted(string dossier, string marker) => _notes[(dossier, marker)] = 1;

    public void Conflict() => Interlocked.Increment(ref _conflicts);

    /// <summary>Reads everything back and looks for what is missing.</summary>
    public async Task CompareAsync(Uri address, BigVault vault)
    {
        using var client = await SignedClient.SignInAsync(address, "fi", $"Vergelijken na de proef met {vault.Dossiers} dossiers");
        foreach (var dossier in _notes.GroupBy(note => note.Key.Dossier, StringComparer.Ordinal))
        {
            var there = await Notes.ReadAsync(client, dossier.Key);
            Lost += dossier.Count(note => !there.Contains(note.Key.Marker, StringComparer.Ordinal));
            Twice += there.Count - there.Distinct(StringComparer.Ordinal).Count();
            var numbers = there.Select(marker => NumberIn().Match(marker).Value).ToList();
            Twice += numbers.Count - numbers.Distinct(StringComparer.Ordinal).Count();
        }

        foreach (var (dossier, id, sha256) in Files)
        {
            using var answer = await client.GetAsync($"/v1/dossiers/{dossier}/bestanden/{id}/inhoud", default);
            if (!answer.IsSuccessStatusCode || Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync())) != sha256) WrongFiles++;
        }
    }

    [GeneratedRegex("nummer [0-9]+")]
    private static partial Regex NumberIn();
}
