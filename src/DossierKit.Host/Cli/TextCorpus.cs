using System.Text;

using DossierKit.Host.Cli.Commands;
using DossierKit.Search;

namespace DossierKit.Host.Cli;

/// <summary>
/// A corpus as a file, given dossier by dossier although its lines stand in any order: a first pass notes where the lines of each dossier stand, so that no more than the text of one is in memory. The caller
/// disposes.
/// </summary>
internal sealed class TextCorpus : IDisposable
{
    private const int Columns = 8;

    private readonly FileStream _file;
    private readonly string _path;

    /// <exception cref="UsageException">There is no such file, or it cannot be read twice.</exception>
    public TextCorpus(string path)
    {
        (_file, _path) = (TextOptions.Open(path), path);
        if (_file.CanSeek) return;
        _file.Dispose();
        throw new UsageException($"'{path}' can be read only once, such as a pipe. Name a file.");
    }

    /// <summary>The fields of a document that can be searched in, as the columns are named.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["dossier", "type", "date", "violation", "function", "measure"];

    /// <summary>The documents by dossier, in the order in which each dossier is first seen.</summary>
    /// <param name="readable">The dossiers to give; <see langword="null"/>: all.</param>
    /// <exception cref="UsageException">A line has too few columns.</exception>
    public IEnumerable<IEnumerable<TextDocument>> Dossiers(IReadOnlySet<string>? readable)
    {
        var places = new List<List<(long From, int Length, long Line)>>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (from, length, line, dossier) in Lines())
        {
            if (readable is not null && !readable.Contains(dossier)) continue;
            if (!known.TryGetValue(dossier, out var place))
            {
                known[dossier] = place = places.Count;
                places.Add([]);
            }

            places[place].Add((from, length, line));
        }

        foreach (var place in places) yield return place.Select(one => Read(one.From, one.Length, one.Line));
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Where the lines stand, their numbers from 1, and the dossier of each; blank lines and a line with the names of the columns are passed over.</summary>
    private IEnumerable<(long From, int Length, long Line, string Dossier)> Lines()
    {
        var buffer = new byte[1 << 20];
        var (start, filled, number) = (0L, 0, 0L);
        _file.Position = 0;
        while (true)
        {
            var read = _file.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var at = 0;
            while (at < filled)
            {
                var end = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n');
                if (end < 0 && read > 0) break;
                if (end < 0) end = filled - at;
                number++;
                var (line, skipped) = Trimmed(buffer, at, end, number == 1);
                if (line > 0 && DossierOf(buffer.AsSpan(at + skipped, line), number) is { } dossier) yield return (start + at + skipped, line, number, dossier);
                at += end + 1;
            }

            if (read == 0) yield break;
            at = Math.Min(at, filled);
            Buffer.BlockCopy(buffer, at, buffer, 0, filled - at);
            (start, filled) = (start + at, filled - at);
            if (filled == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    /// <summary>The line without what ends it on Windows, and without a mark of the byte order before the first.</summary>
    private static (int Length, int Skipped) Trimmed(byte[] buffer, int at, int length, bool isFirst)
    {
        var skipped = isFirst && buffer.AsSpan(at, length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (length > skipped && buffer[at + length - 1] == '\r') length--;
        return (length - skipped, skipped);
    }

    private string? DossierOf(ReadOnlySpan<byte> line, long number)
    {
        if (number == 1 && line.StartsWith("id\tdossier\t"u8)) return null;
        if (line.Count((byte)'\t') < Columns - 1) throw new UsageException($"'{_path}', line {number}: it has {line.Count((byte)'\t') + 1} columns; {Columns} are needed: id, {string.Join(", ", Fields)}, text.");
        var rest = line[(line.IndexOf((byte)'\t') + 1)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'\t')]);
    }

    private TextDocument Read(long from, int length, long line)
    {
        var bytes = new byte[length];
        _file.Position = from;
        _file.ReadExactly(bytes);
        var columns = Encoding.UTF8.GetString(bytes).Split('\t', Columns);
        return new TextDocument(columns[0], line, columns[7].Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\f", "\f", StringComparison.Ordinal), columns[1..7]);
    }
}
