using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml;

namespace DossierKit.Documents;

/// <summary>A relationship of a part. <paramref name="Target"/> is a part's name without a leading slash, or an address when <paramref name="External"/>.</summary>
internal sealed record Relationship(string Id, string Type, string Target, bool External)
{
    /// <summary>The last word of the type, such as <c>header</c>.</summary>
    public string Kind => Type[(Type.LastIndexOf('/') + 1)..];
}

/// <summary>The parts of a .docx in memory, read with limits: a hostile zip costs no more than they allow.</summary>
internal sealed class DocxPackage
{
    public const int MaxParts = 2_000;
    public const long MaxPartBytes = 64L << 20;
    public const long MaxBytes = 128L << 20;

    /// <summary>Above this many times its packed size (and above 1 MiB) a part is a bomb; real XML of Word stays below 60.</summary>
    public const int MaxRatio = 250;

    private readonly Dictionary<string, byte[]> _parts;
    private readonly Dictionary<string, string> _types;
    private readonly Dictionary<string, string> _defaults;
    private readonly Dictionary<string, IReadOnlyList<Relationship>> _relationships = new(StringComparer.Ordinal);

    private DocxPackage(Dictionary<string, byte[]> parts, Dictionary<string, string> types, Dictionary<string, string> defaults)
    {
        _parts = parts;
        _types = types;
        _defaults = defaults;
    }

    public IReadOnlyDictionary<string, byte[]> Parts => _parts;

    /// <summary>The part the document's text is in; empty when there is none.</summary>
    public string MainPart { get; private set; } = "";

    /// <summary>Unzips; <see langword="null"/> with the reasons in <paramref name="problems"/> when the file is not a usable .docx.</summary>
    public static DocxPackage? Read(ReadOnlyMemory<byte> docx, string fileName, Problems problems)
    {
        var what = $"Het bestand '{fileName}' is geen bruikbaar Word-document.";
        if (docx.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            problems.Add("docx-versleuteld", what, "Het is met een wachtwoord versleuteld, of het is een oud .doc-bestand.",
                "Haal in Word het wachtwoord eraf, of sla het op als .docx.");
            return null;
        }

        var parts = Unzip(docx, what, problems);
        if (parts is null) return null;
        if (!parts.TryGetValue("[Content_Types].xml", out var contentTypes))
        {
            problems.Add("docx-geen", what, "Het is een zip-bestand zonder de inhoudsopgave die een .docx heeft.", "Kies een .docx-bestand.");
            return null;
        }

        try
        {
            var types = WordXml.Load(contentTypes);
            var ns = types.Name.Namespace;
            var overrides = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var item in types.Elements(ns + "Override")) overrides[Uri.UnescapeDataString((string?)item.Attribute("PartName") ?? "").TrimStart('/')] = (string?)item.Attribute("ContentType") ?? "";
            var defaults = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var item in types.Elements(ns + "Default")) defaults[(string?)item.Attribute("Extension") ?? ""] = (string?)item.Attribute("ContentType") ?? "";
            var package = new DocxPackage(parts, overrides, defaults);
            var main = package.Relationships("").FirstOrDefault(r => r.Kind == "officeDocument" && !r.External);
            if (main is null || !parts.ContainsKey(main.Target))
            {
                problems.Add("docx-geen", what, "Het heeft geen tekst: het hoofddeel ontbreekt.", "Kies een .docx-bestand.");
                return null;
            }

            package.MainPart = main.Target;
            if (!package.ContentType(main.Target).Contains("wordprocessingml", StringComparison.OrdinalIgnoreCase)
                && !package.ContentType(main.Target).Contains("ms-word", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add("docx-geen", what, "Het is een ander soort Office-bestand.", "Kies een .docx-bestand.");
                return null;
            }

            return package;
        }
        catch (XmlException)
        {
            problems.Add("docx-kapot", what, "De inhoudsopgave van het bestand is niet te lezen.", "Open het in Word en sla het opnieuw op als .docx.");
            return null;
        }
    }

    public string ContentType(string part)
        => _types.TryGetValue(part, out var type) ? type
            : _defaults.TryGetValue(Path.GetExtension(part).TrimStart('.'), out var fallback) ? fallback
            : "application/octet-stream";

    /// <summary>The relationships of a part, or of the package for an empty name, in the order of the file.</summary>
    /// <exception cref="XmlException">They are no well-formed XML.</exception>
    public IReadOnlyList<Relationship> Relationships(string part)
    {
        if (_relationships.TryGetValue(part, out var known)) return known;
        var slash = part.LastIndexOf('/') + 1;
        var list = new List<Relationship>();
        if (_parts.TryGetValue($"{part[..slash]}_rels/{part[slash..]}.rels", out var bytes))
        {
            foreach (var item in WordXml.Load(bytes).Elements().Where(e => e.Name.LocalName == "Relationship"))
            {
                var external = string.Equals((string?)item.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase);
                var target = (string?)item.Attribute("Target") ?? "";
                list.Add(new Relationship((string?)item.Attribute("Id") ?? "", (string?)item.Attribute("Type") ?? "", external ? target : Resolve(part, target), external));
            }
        }

        _relationships[part] = list;
        return list;
    }

    private static Dictionary<string, byte[]>? Unzip(ReadOnlyMemory<byte> docx, string what, Problems problems)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var stream = MemoryMarshal.TryGetArray(docx, out var array)
                ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                : new MemoryStream(docx.ToArray(), writable: false);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxParts) return Bomb($"Het heeft {zip.Entries.Count} delen; het hoogste aantal is {MaxParts}.");
            var total = 0L;
            foreach (var entry in zip.Entries)
            {
                if (entry.FullName.EndsWith('/')) continue;
                if (entry.IsEncrypted)
                {
                    problems.Add("docx-versleuteld", what, "Het zip-bestand is met een wachtwoord versleuteld.", "Sla het in Word op als .docx zonder wachtwoord.");
                    return null;
                }

                // In a zip a part's name stands as in an address, "foto%201.png"; some programs write it as it is read.
                var name = Uri.UnescapeDataString(entry.FullName).TrimStart('/');
                if (name.Contains('\\', StringComparison.Ordinal) || name.Split('/').Any(s => s is "" or "." or ".."))
                {
                    problems.Add("docx-kapot", what, "Een deel heeft een naam die buiten het bestand wijst.", "Open het in Word en sla het opnieuw op als .docx.");
                    return null;
                }

                var left = Math.Min(MaxPartBytes, MaxBytes - total);
                if (Inflate(entry, left) is not { } bytes) return Bomb("Uitgepakt wordt het te groot.");
                if (bytes.Length > 1 << 20 && bytes.Length / Math.Max(1, entry.CompressedLength) > MaxRatio) return Bomb("Een deel is verdacht sterk samengeperst.");
                total += bytes.Length;
                if (!parts.TryAdd(name, bytes))
                {
                    problems.Add("docx-kapot", what, "Twee delen hebben dezelfde naam.", "Open het in Word en sla het opnieuw op als .docx.");
                    return null;
                }
            }

            return parts;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            problems.Add(docx.Span.StartsWith("PK"u8) ? "docx-kapot" : "docx-geen", what,
                docx.Span.StartsWith("PK"u8) ? "Het zip-bestand is beschadigd of niet heel." : "Het is geen zip-bestand, en een .docx is dat wel.",
                "Open het in Word en sla het opnieuw op als .docx.");
            return null;
        }

        Dictionary<string, byte[]>? Bomb(string why)
        {
            problems.Add("docx-te-groot", what, why, "Haal grote plaatjes weg, of kies een ander bestand.");
            return null;
        }
    }

    /// <summary>Inflates at most <paramref name="limit"/> bytes, whatever length the entry claims; <see langword="null"/> when there is more.</summary>
    private static byte[]? Inflate(ZipArchiveEntry entry, long limit)
    {
        using var source = entry.Open();
        using var target = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = source.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (target.Length + read > limit) return null;
            target.Write(buffer, 0, read);
        }

        return target.ToArray();
    }

    private static string Resolve(string part, string target)
    {
        target = Uri.UnescapeDataString(target.Split('#')[0]);
        var path = new List<string>();
        if (!target.StartsWith('/')) path.AddRange(part.Split('/').SkipLast(1));
        foreach (var segment in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..") path.RemoveRange(Math.Max(0, path.Count - 1), Math.Min(1, path.Count));
            else if (segment != ".") path.Add(segment);
        }

        return string.Join('/', path);
    }
}
