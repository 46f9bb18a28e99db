using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DossierKit.Dossiers;

/// <summary>A JSON value that knows where it stands, so that every mistake can be shown with line and path.</summary>
internal sealed class LocatedJson
{
    private LocatedJson(JsonTokenType kind, string path, int line) => (Kind, Path, Line) = (kind, path, line);

    public JsonTokenType Kind { get; }

    /// <summary>JSON path from the root, such as <c>$.personen[0].id</c>.</summary>
    public string Path { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>The text of a string, the digits of a number; empty otherwise.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The members of an object, in order; names can repeat, which the shape refuses.</summary>
    public IReadOnlyList<(string Name, LocatedJson Value)> Members { get; private init; } = [];

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<LocatedJson> Items { get; private init; } = [];

    public LocatedJson? Find(string name) => Members.FirstOrDefault(member => member.Name == name).Value;

    /// <summary>Where this stands, for the second part of a refusal.</summary>
    public string Place(string file) => string.Create(CultureInfo.InvariantCulture, $"{file}, regel {Line}, {Path}.");

    /// <summary>Reads a whole file, or says where it is no JSON.</summary>
    public static Outcome<LocatedJson> Parse(ReadOnlySpan<byte> utf8, string file)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var lines = new List<int> { 0 };
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == '\n') lines.Add(i + 1);
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 32 });
            reader.Read();
            var root = Read(ref reader, "$", lines);
            // Anything after the root is an error too, and reading on is what finds it.
            while (reader.Read())
            {
            }

            return Outcome<LocatedJson>.Done(root);
        }
        catch (JsonException problem)
        {
            var (line, column) = (problem.LineNumber + 1, problem.BytePositionInLine + 1);
            return Outcome<LocatedJson>.Refused(new Refusal(
                "Dit bestand is geen geldige JSON.",
                string.Create(CultureInfo.InvariantCulture, $"{file}, regel {line}, teken {column}."),
                "Kijk daar naar een vergeten komma, aanhalingsteken of haakje."));
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to a string that is no valid UTF-8 or UTF-16.
            return Outcome<LocatedJson>.Refused(new Refusal("Dit bestand bevat tekens die geen UTF-8 zijn.", $"{file}.", "Sla het bestand op als UTF-8."));
        }
    }

    private static LocatedJson Read(ref Utf8JsonReader reader, string path, List<int> lines)
    {
        var found = lines.BinarySearch((int)reader.TokenStartIndex);
        var line = found >= 0 ? found + 1 : ~found;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<(string, LocatedJson)>();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Add((name, Read(ref reader, IsPlain(name) ? $"{path}.{name}" : $"{path}['{name}']", lines)));
                }

                return new LocatedJson(JsonTokenType.StartObject, path, line) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<LocatedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader, string.Create(CultureInfo.InvariantCulture, $"{path}[{items.Count}]"), lines));
                return new LocatedJson(JsonTokenType.StartArray, path, line) { Items = items };
            case JsonTokenType.String:
                return new LocatedJson(JsonTokenType.String, path, line) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new LocatedJson(JsonTokenType.Number, path, line) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            default:
                return new LocatedJson(reader.TokenType, path, line);
        }
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$' or '-');
}
