using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DossierKit.Tests.Walks;

/// <summary>
/// What a sample dossier could leave behind in clear: each word of six letters or more of its values and files, its number, its names of files and folders
/// (plain, as UTF-16 in both orders, as base64 in all three phases), and each run of 64 bytes of its files. Searched byte by byte.
/// </summary>
internal sealed partial class Fingerprints
{
    private const int Window = 64;
    private const int Gram = 6;
    private readonly Dictionary<ulong, List<(byte[] Pattern, string What)>> _patterns = [];
    private readonly HashSet<ulong> _windows = [];
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);

    public int Words => _words.Count;

    public IEnumerable<string> WordsOf(int length) => _words.Where(word => word.Length == length && word.All(char.IsAscii));

    public static Fingerprints Of(string samples)
    {
        var all = new Fingerprints();
        foreach (var file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories).Where(file => Path.GetDirectoryName(file) != samples.TrimEnd('/')))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var part in Path.GetRelativePath(samples, file).Split('/', '\\')) all.AddText(part, whole: true);
            if (Path.GetFileName(file) == "dossier.json") all.AddJson(JsonDocument.Parse(bytes).RootElement);
            else if (file.EndsWith(".docx", StringComparison.Ordinal)) all.AddDocx(bytes);
            else if (file.EndsWith(".eml", StringComparison.Ordinal)) all.AddText(Encoding.UTF8.GetString(bytes));
            all.AddWindows(bytes);
        }

        return all;
    }

    /// <summary>Everything of the samples found in these bytes.</summary>
    public IEnumerable<string> FoundIn(byte[] bytes)
    {
        for (var at = 0; at + Gram <= bytes.Length; at++)
        {
            if (_patterns.TryGetValue(Key(bytes.AsSpan(at)), out var candidates))
            {
                foreach (var (pattern, what) in candidates)
                {
                    if (StartsWith(bytes.AsSpan(at), pattern)) yield return $"{what} at {at}";
                }
            }

            if (at + Window <= bytes.Length && _windows.Contains(Hash(bytes.AsSpan(at, Window)))) yield return $"64 bytes of a file at {at}";
        }
    }

    private void AddJson(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) AddText(value.GetString()!, whole: DossierNumber().IsMatch(value.GetString()!));
        if (value.ValueKind == JsonValueKind.Array) foreach (var item in value.EnumerateArray()) AddJson(item);
        if (value.ValueKind == JsonValueKind.Object) foreach (var member in value.EnumerateObject()) AddJson(member.Value);
    }

    private void AddDocx(byte[] bytes)
    {
        // A file that arrived damaged has no words to read; its runs of bytes are searched like those of any other.
        if (bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8) < 0) return;
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var body = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        AddText(Tag().Replace(body.ReadToEnd(), " "));
    }

    private void AddText(string text, bool whole = false)
    {
        if (whole && text.Length >= Gram) Add(text);
        foreach (Match word in LongWord().Matches(text)) Add(word.Value);
    }

    private void Add(string word)
    {
        if (!_words.Add(word)) return;
        AddPattern(Encoding.UTF8.GetBytes(word), $"'{word}'");
        AddPattern(Encoding.Unicode.GetBytes(word), $"'{word}' in UTF-16LE");
        AddPattern(Encoding.BigEndianUnicode.GetBytes(word), $"'{word}' in UTF-16BE");
        for (var phase = 0; phase < 3; phase++)
        {
            // In base64 a word's first and last characters mix with its neighbours: the characters that the word alone decides are those between.
            var text = Convert.ToBase64String([.. new byte[phase], .. Encoding.UTF8.GetBytes(word)]).TrimEnd('=');
            var mixedAtEnd = (phase + Encoding.UTF8.GetByteCount(word)) % 3 == 0 ? 0 : 1;
            AddPattern(Encoding.ASCII.GetBytes(text[(phase == 0 ? 0 : phase + 1)..^mixedAtEnd]), $"'{word}' in base64");
        }
    }

    private void AddPattern(byte[] pattern, string what)
    {
        var key = Key(pattern);
        if (!_patterns.TryGetValue(key, out var list)) _patterns[key] = list = [];
        list.Add((pattern, what));
    }

    private void AddWindows(byte[] bytes)
    {
        for (var at = 0; at + Window <= bytes.Length; at++)
        {
            // Runs of one byte, such as silence or padding zeros, are nobody's.
            if (bytes.AsSpan(at, Window).ContainsAnyExcept(bytes[at])) _windows.Add(Hash(bytes.AsSpan(at, Window)));
        }
    }

    private static ulong Key(ReadOnlySpan<byte> bytes)
    {
        var key = 0UL;
        for (var i = 0; i < Gram; i++) key = (key << 8) | Lower(bytes[i]);
        return key;
    }

    private static bool StartsWith(ReadOnlySpan<byte> bytes, byte[] pattern)
    {
        if (bytes.Length < pattern.Length) return false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (Lower(bytes[i]) != Lower(pattern[i])) return false;
        }

        return true;
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value + 32) : value;

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        // FNV-1a over eight words: a collision would be a false alarm, never a miss.
        var hash = 14695981039346656037UL;
        foreach (var word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(bytes)) hash = (hash ^ word) * 1099511628211UL;
        return hash;
    }

    [GeneratedRegex(@"\p{L}{6,}")]
    private static partial Regex LongWord();

    [GeneratedRegex(@"^[A-Z]{2,}-[0-9]{4}-[0-9]+$")]
    private static partial Regex DossierNumber();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
