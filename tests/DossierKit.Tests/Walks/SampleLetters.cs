using System.Security.Cryptography;
using System.Text.Json;
using DossierKit.Tests.Cli;

namespace DossierKit.Tests.Walks;

/// <summary>One letter that the demo made, or did not make.</summary>
internal sealed record SampleLetter(string Dossier, string Folder, string Kind, string? To, string? Addressee, string? About, bool IsExpected, string? File, IReadOnlyList<string> Refusals)
{
    /// <summary>Such as <c>WL-2026-0001/07-kennisgeving</c>.</summary>
    public string Name => File is null ? $"{Dossier}/{Kind}" : $"{Dossier}/{Path.GetFileNameWithoutExtension(File)}";

    public override string ToString() => Name;
}

/// <summary>Every letter of every sample, made by the real program in two vaults of its own: two processes, two time zones and cultures.</summary>
public sealed class SampleLetters : IAsyncLifetime
{
    private readonly DossierKitProcess _first = new();
    private readonly DossierKitProcess _second = new();

    internal IReadOnlyList<SampleLetter> All { get; private set; } = [];

    internal IEnumerable<SampleLetter> Made => All.Where(letter => letter.File is not null);

    internal IReadOnlyList<string> Protocols { get; private set; } = [];

    /// <summary>The hash of the same letter from the other vault.</summary>
    internal string OtherHash(SampleLetter letter) => Hash(letter.File!.Replace(_first.Folder, _second.Folder, StringComparison.Ordinal));

    internal static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>A folder that goes with the letters.</summary>
    internal string Scratch => _first.At("scratch");

    public async ValueTask InitializeAsync()
    {
        var answer = await _first.RunAsync(["demo", "--no-serve", "--json"]);
        answer.Exit.ShouldBe(0, answer.ToString());
        (await _second.RunAsync(["demo", "--no-serve", "--json"], new Dictionary<string, string> { ["TZ"] = "Pacific/Kiritimati", ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8" })).Exit.ShouldBe(0);
        using var json = JsonDocument.Parse(answer.Out);
        var dossiers = json.RootElement.GetProperty("dossiers").EnumerateArray().ToList();
        Protocols = [.. dossiers.Select(dossier => dossier.GetProperty("protocol").GetString()!)];
        All = [.. dossiers.SelectMany(dossier => dossier.GetProperty("stukken").EnumerateArray().Select(letter => Read(dossier, letter)))];
        Directory.CreateDirectory(Scratch);
    }

    public ValueTask DisposeAsync()
    {
        _first.Dispose();
        _second.Dispose();
        return default;
    }

    private static SampleLetter Read(JsonElement dossier, JsonElement letter) => new(
        dossier.GetProperty("nummer").GetString()!,
        dossier.GetProperty("map").GetString()!,
        letter.GetProperty("soort").GetString()!,
        letter.GetProperty("aan").GetString(),
        letter.GetProperty("geadresseerde").GetString(),
        letter.GetProperty("betrokkene").GetString(),
        letter.GetProperty("verwacht").GetString() == "gemaakt",
        letter.GetProperty("document").GetString(),
        [.. letter.GetProperty("refusals").EnumerateArray().Select(refusal => $"{refusal.GetProperty("what").GetString()} {refusal.GetProperty("why").GetString()}")]);
}
