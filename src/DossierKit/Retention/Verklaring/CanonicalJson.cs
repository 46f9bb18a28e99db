using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DossierKit.Retention;

/// <summary>
/// One way only to write a JSON value as bytes, so that a signature or hash over it means the same to everybody: RFC 8785 (JCS), without its rules for fractions,
/// which nothing here has. Members are ordered by their names' UTF-16 code units, no white space, UTF-8, only what must be escaped is.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The bytes of a value.</summary>
    /// <exception cref="JsonException">It holds a number that is no whole number of at most 53 bits, or a text that is no Unicode.</exception>
    public static byte[] Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>SHA-256 of <see cref="Write(JsonNode?)"/>, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(JsonNode? node) => Convert.ToHexStringLower(SHA256.HashData(Write(node)));

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                var isFirst = true;
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(isFirst ? '{' : ',');
                    isFirst = false;
                    WriteText(text, name);
                    text.Append(':');
                    Write(text, value);
                }

                text.Append(isFirst ? "{}" : "}");
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Write(text, items[i]);
                }

                text.Append(']');
                break;
            default:
                WriteValue(text, node);
                break;
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                WriteText(text, Read(node));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                // As written: 1.0 and 1e3 are refused as well, there is one way to write a number.
                var written = node.ToJsonString();
                if (!long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number is < -(1L << 53) or > 1L << 53 || number.ToString(CultureInfo.InvariantCulture) != written)
                    throw new JsonException("A number that is no whole number has no canonical form here.");
                text.Append(written);
                break;
        }
    }

    private static string Read(JsonNode node)
    {
        try
        {
            return node.GetValue<string>();
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException("A text that is no Unicode has no canonical form.", problem); // half of a surrogate pair
        }
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
