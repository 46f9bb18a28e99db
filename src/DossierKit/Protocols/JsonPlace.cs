using System.Text.Json;
using System.Text.Unicode;

namespace DossierKit.Protocols;

/// <summary>A JSON value that remembers where it stands, so that a mistake can be named by line and path.</summary>
internal sealed class JsonPlace
{
    /// <summary>Protocol files are flat; deeper than this is a mistake or an attack.</summary>
    public const int MaxDepth = 16;

    private JsonPlace(JsonTokenType kind, string path, int line, string text)
    {
        Kind = kind;
        Path = path;
        Line = line;
        Text = text;
    }

    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>Such as <c>$.termijnen[3].lengte</c>.</summary>
    public string Path { get; }

    /// <summary>The line it starts on, from 1.</summary>
    public int Line { get; }

    /// <summary>The text of a string, the digits of a number; empty for others.</summary>
    public string Text { get; }

    public List<(string Name, JsonPlace Value)> Members { get; } = [];

    public List<JsonPlace> Items { get; } = [];

    /// <summary>What the value is, Dutch, for messages.</summary>
    public string KindInDutch => Kind switch
    {
        JsonTokenType.StartObject => "een object { }",
        JsonTokenType.StartArray => "een lijst [ ]",
        JsonTokenType.String => "een tekst",
        JsonTokenType.Number => "een getal",
        JsonTokenType.Null => "null",
        _ => "true of false",
    };

    /// <summary>Reads a whole file.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="fileName">For messages.</param>
    public static Outcome<JsonPlace> Parse(ReadOnlySpan<byte> json, string fileName)
    {
        if (json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) json = json[3..];
        if (!Utf8.IsValid(json))
        {
            return Outcome<JsonPlace>.Refused(new Refusal(
                "Het bestand is geen UTF-8.", $"{fileName}.", "Sla het bestand op als UTF-8; in de meeste editors kan dat bij 'Opslaan als'."));
        }

        try
        {
            var lines = LineStarts(json);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            var place = Read(ref reader, "$", lines);
            reader.Read();
            return Outcome<JsonPlace>.Done(place);
        }
        catch (JsonException fault)
        {
            var (line, column) = ((fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
            return Outcome<JsonPlace>.Refused(new Refusal(
                "Het bestand is geen geldige JSON.",
                FormattableString.Invariant($"{fileName}, regel {line}, teken {column}."),
                "Kijk op en vlak voor deze plaats: er ontbreekt vaak een komma, een aanhalingsteken of een haakje, of er staat een komma te veel.")
            {
                Subject = "$",
            });
        }
    }

    private static JsonPlace Read(ref Utf8JsonReader reader, string path, List<int> lines)
    {
        var line = LineOf((int)reader.TokenStartIndex, lines);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var obj = new JsonPlace(JsonTokenType.StartObject, path, line, "");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    obj.Members.Add((name, Read(ref reader, $"{path}.{name}", lines)));
                }

                return obj;
            case JsonTokenType.StartArray:
                var array = new JsonPlace(JsonTokenType.StartArray, path, line, "");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    array.Items.Add(Read(ref reader, FormattableString.Invariant($"{path}[{array.Items.Count}]"), lines));
                return array;
            case JsonTokenType.String:
                return new JsonPlace(JsonTokenType.String, path, line, reader.GetString()!);
            default:
                return new JsonPlace(reader.TokenType, path, line, System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static List<int> LineStarts(ReadOnlySpan<byte> json)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < json.Length; i++)
            if (json[i] == '\n') starts.Add(i + 1);
        return starts;
    }

    private static int LineOf(int offset, List<int> starts)
    {
        var at = starts.BinarySearch(offset);
        return at >= 0 ? at + 1 : ~at;
    }
}
