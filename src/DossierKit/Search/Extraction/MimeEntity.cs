using System.Text;

namespace DossierKit.Search;

/// <summary>A mail, or a part of one: its header and its body, as slices of the file.</summary>
internal sealed class MimeEntity
{
    /// <summary>Characters kept of all header fields together; a mail of people has a few thousand.</summary>
    private const int MostHeader = 256 << 10;

    private const int MostBlanks = 200;

    private readonly List<(string Name, string Value)> _fields = [];

    private MimeEntity(ReadOnlyMemory<byte> body) => Body = body;

    /// <summary>The body as it was sent.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The media type in small letters; what a mail has that says nothing: <c>text/plain</c>.</summary>
    public string Type { get; private set; } = "text/plain";

    /// <summary>What stands behind the media type.</summary>
    public Dictionary<string, string> Parameters { get; private set; } = [];

    /// <summary>Whether it was sent as a file beside the message.</summary>
    public bool IsAttachment { get; private set; }

    /// <summary>The name of that file; may be empty.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Whether the fields were longer than is kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The values of a field, readable.</summary>
    public IEnumerable<string> Values(string name) => _fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => MimeWords.Decode(field.Value));

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">From the first field to the end of the body.</param>
    /// <param name="x">Counts.</param>
    public static MimeEntity Read(ReadOnlyMemory<byte> bytes, Extraction x)
    {
        var all = bytes.Span;
        var (at, kept, cut) = (0, 0, false);
        var fields = new List<(string Name, StringBuilder Value)>();
        while (at < all.Length)
        {
            x.Step();
            var end = all[at..].IndexOf((byte)'\n');
            var next = end < 0 ? all.Length : at + end + 1;
            var line = all[at..(end < 0 ? all.Length : at + end)];
            if (line is [.., (byte)'\r']) line = line[..^1];
            if (line.IsEmpty)
            {
                at = next;
                break;
            }

            if (kept + line.Length > MostHeader)
            {
                cut = true;
            }
            else if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (fields.Count > 0) fields[^1].Value.Append(' ').Append(Text(line).AsSpan().Trim());
                kept += line.Length;
            }
            else
            {
                var colon = line.IndexOf((byte)':');
                var name = colon > 0 ? line[..colon].TrimEnd((byte)' ') : [];
                if (name.IsEmpty || name.ContainsAny((byte)' ', (byte)'\t'))
                {
                    // The line of a mailbox that stands before a mail; anything else that is no field is where the body begins.
                    if (at > 0 || !line.StartsWith("From "u8)) break;
                }
                else
                {
                    fields.Add((Encoding.Latin1.GetString(name), new StringBuilder(Text(line[(colon + 1)..]).Trim())));
                    kept += line.Length;
                }
            }

            at = next;
        }

        var entity = new MimeEntity(bytes[Math.Min(at, bytes.Length)..]) { IsCut = cut };
        foreach (var (name, value) in fields) entity._fields.Add((name, value.ToString()));
        entity.ReadType();
        return entity;
    }

    /// <summary>The parts of a <c>multipart</c>: what stands between the lines of its boundary.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Split(Extraction x)
    {
        if (!Parameters.TryGetValue("boundary", out var text) || text.Length is 0 or > 500) yield break;
        var boundary = Encoding.Latin1.GetBytes($"--{text.TrimEnd()}");
        var (at, start) = (0, -1);
        while (at <= Body.Length)
        {
            x.Step();
            var (found, next, isLast) = Find(Body.Span, at, boundary);
            // Without its last line a mail was cut off: what there is, is the last part.
            if (start >= 0 && start <= (found < 0 ? Body.Length : found)) yield return Body[start..(found < 0 ? Body.Length : found)];
            if (found < 0 || isLast) yield break;
            (start, at) = (next, next);
        }
    }

    /// <summary>The next line that is the boundary.</summary>
    /// <returns>Where the part before it ends, where the next begins, and whether it is the last.</returns>
    private static (int Found, int Next, bool IsLast) Find(ReadOnlySpan<byte> body, int from, ReadOnlySpan<byte> boundary)
    {
        var at = from;
        while (body[at..].IndexOf(boundary) is >= 0 and var step)
        {
            at += step;
            if (at == 0 || body[at - 1] == '\n')
            {
                var after = body[(at + boundary.Length)..];
                var isLast = after.StartsWith("--"u8);
                if (isLast) after = after[2..];
                // Only blanks may follow, and not without end.
                var near = after[..Math.Min(after.Length, MostBlanks)];
                var lineEnd = near.IndexOf((byte)'\n');
                if ((lineEnd >= 0 || after.Length < MostBlanks) && (lineEnd < 0 ? near : near[..lineEnd]).TrimEnd(" \t\r"u8).IsEmpty)
                {
                    // The line end before a boundary is part of it.
                    var end = at > from && body[at - 1] == '\n' ? at - 1 : at;
                    if (end > from && body[end - 1] == '\r') end--;
                    return (end, lineEnd < 0 ? body.Length : body.Length - after.Length + lineEnd + 1, isLast);
                }
            }

            at += boundary.Length;
        }

        return (-1, 0, false);
    }

    private void ReadType()
    {
        var (type, parameters) = MimeWords.Parameters(First("Content-Type") ?? "");
        if (type.Contains('/', StringComparison.Ordinal)) (Type, Parameters) = (type.ToLowerInvariant(), parameters);
        var (disposition, also) = MimeWords.Parameters(First("Content-Disposition") ?? "");
        FileName = also.GetValueOrDefault("filename") ?? Parameters.GetValueOrDefault("name") ?? "";
        IsAttachment = disposition.Equals("attachment", StringComparison.OrdinalIgnoreCase) || FileName.Length > 0;
    }

    /// <summary>The body, as the sender had it.</summary>
    public ReadOnlyMemory<byte> Decode() => First("Content-Transfer-Encoding")?.Trim().ToLowerInvariant() switch
    {
        "base64" => MimeWords.FromBase64(Body.Span),
        "quoted-printable" => MimeWords.FromQuoted(Body.Span, inHeader: false),
        _ => Body,
    };

    private string? First(string name) => _fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Header fields should be ASCII; what is not, is what it looks like.</summary>
    private static string Text(ReadOnlySpan<byte> line) => line.ContainsAnyInRange((byte)0x80, (byte)0xff) ? Charsets.Guess(line).GetString(line) : Encoding.ASCII.GetString(line);
}
