using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace DossierKit.Documents;

/// <summary>The templates that come with the program, for kinds a municipality installed none of.</summary>
public static class ShippedTemplates
{
    private const string Prefix = "DossierKit.Templates.";

    /// <summary>The kinds there is a template for, in ordinal order.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. typeof(ShippedTemplates).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The template of a kind.</summary>
    /// <param name="kind">The kind of document.</param>
    /// <returns>The bytes of the .docx file, or <see langword="null"/> when there is none.</returns>
    public static byte[]? Find(string kind)
    {
        using var stream = typeof(ShippedTemplates).Assembly.GetManifestResourceStream($"{Prefix}{kind}.docx");
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>Templates compiled once per content: a template is immutable, so its hash is all there is to know.</summary>
internal static class CompiledTemplates
{
    private const int Most = 64;

    private static readonly ConcurrentDictionary<string, DocumentTemplate> Cache = new(StringComparer.Ordinal);

    public static Outcome<DocumentTemplate> Get(byte[] docx, string fileName)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(docx));
        if (Cache.TryGetValue(key, out var known)) return Outcome<DocumentTemplate>.Done(known);
        var outcome = DocumentTemplate.Compile(docx, fileName);
        if (!outcome.IsDone) return outcome;

        // A municipality has some twenty templates; more than this many means somebody is trying out versions, and old ones may go.
        if (Cache.Count >= Most) Cache.Clear();
        Cache[key] = outcome.Value;
        return outcome;
    }
}
