using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DossierKit.Host.Cli;

/// <summary>Reads a small file the user named.</summary>
internal static class InputFile
{
    /// <summary>More than any template, protocol or list of answers needs; recordings stream and do not pass here.</summary>
    private const long Most = 64L << 20;

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="UsageException">There is no such file, or it is too large to be what was asked for.</exception>
    public static async ValueTask<byte[]> ReadAsync(string path, CancellationToken ct)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new UsageException(Directory.Exists(path)
                ? $"'{path}' is a folder; a file is needed here. Name a file."
                : $"There is no file '{path}'. Check the path.");
        }

        if (file.Length > Most) throw new UsageException($"'{path}' has {file.Length >> 20} MiB; at most {Most >> 20} MiB is read here. Is it the right file?");
        return await File.ReadAllBytesAsync(path, ct);
    }

    /// <summary>A file that holds one JSON object. Comments and trailing commas are allowed: people write these files by hand.</summary>
    /// <exception cref="RefusedException">It is no JSON, or no object; with file and line.</exception>
    public static async ValueTask<JsonDocument> ReadJsonAsync(string path, CancellationToken ct)
    {
        var bytes = await ReadAsync(path, ct);
        var name = Path.GetFileName(path);
        try
        {
            var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            var json = JsonDocument.Parse(bytes.AsMemory(start), new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
            });
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
            throw Faulty($"{name}, regel 1: het bestand begint niet met een '{{'.");
        }
        catch (JsonException failure)
        {
            // The message of the parser may quote the file; the place says enough.
            throw Faulty(string.Create(CultureInfo.InvariantCulture, $"{name}, regel {(failure.LineNumber ?? 0) + 1}, teken {(failure.BytePositionInLine ?? 0) + 1}: hier klopt de JSON niet (denk aan een komma, een aanhalingsteken, of een veld dat twee keer voorkomt)."));
        }
    }

    private static RefusedException Faulty(string place) => new(new Refusal(
        "Dit bestand is geen geldige JSON.",
        place,
        "Verbeter deze plek. Verwacht wordt een object, zoals { \"veld\": \"waarde\" }.")
    { Subject = "json" });
}
