using System.Text;

namespace DossierKit.Documents;

/// <summary>What is painted on a page of a PDF.</summary>
internal static class PdfContent
{
    /// <summary>
    /// Marks lines and filled shapes that belong to nothing as decoration (an artifact), which a screen reader passes over. Text and pictures are never marked:
    /// hiding those from a reader who cannot see would be worse than a file that fails its check.
    /// </summary>
    /// <param name="operators">The content stream.</param>
    /// <returns>The stream with marks; <see langword="null"/> when there was nothing to mark, or it holds what is not read here (an inline picture).</returns>
    public static byte[]? MarkLines(byte[] operators)
    {
        var inserts = new List<(int At, string Text)>();
        int depth = 0, path = -1, operands = -1;
        for (var at = 0; at < operators.Length;)
        {
            var start = at;
            at = Skip(operators, at);
            if (IsSpace(operators[start])) continue;
            if (operands < 0) operands = start;
            if (!IsOperator(operators[start])) continue;
            switch (Encoding.Latin1.GetString(operators, start, at - start))
            {
                case "BI":
                    return null;
                case "BDC" or "BMC":
                    depth++;
                    path = -1;
                    break;
                case "EMC":
                    depth--;
                    path = -1;
                    break;
                case "m" or "re" when depth == 0 && path < 0:
                    path = operands;
                    break;
                case "n":
                    path = -1;
                    break;
                case "S" or "s" or "f" or "F" or "f*" or "B" or "B*" or "b" or "b*" when depth == 0 && path >= 0:
                    inserts.Add((path, "/Artifact BMC\n"));
                    inserts.Add((at, "\nEMC"));
                    path = -1;
                    break;
            }

            operands = -1;
        }

        if (inserts.Count == 0) return null;
        using var marked = new MemoryStream();
        var done = 0;
        foreach (var (place, text) in inserts)
        {
            marked.Write(operators, done, place - done);
            marked.Write(Encoding.Latin1.GetBytes(text));
            done = place;
        }

        marked.Write(operators, done, operators.Length - done);
        return marked.ToArray();
    }

    private static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsOperator(byte b) => b is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (byte)'\'' or (byte)'"';

    private static bool IsDelimiter(byte b) => b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    /// <summary>The place behind the token (or space) that begins here.</summary>
    private static int Skip(byte[] text, int at)
    {
        switch (text[at])
        {
            case (byte)'(':
                var open = 0;
                for (; at < text.Length; at++)
                {
                    if (text[at] == '\\') at++;
                    else if (text[at] == '(') open++;
                    else if (text[at] == ')' && --open == 0) return at + 1;
                }

                return text.Length;
            case (byte)'<' when at + 1 < text.Length && text[at + 1] == '<':
            case (byte)'>' when at + 1 < text.Length && text[at + 1] == '>':
                return at + 2;
            case (byte)'<':
                var end = Array.IndexOf(text, (byte)'>', at);
                return end < 0 ? text.Length : end + 1;
            case (byte)'%':
                var line = Array.IndexOf(text, (byte)'\n', at);
                return line < 0 ? text.Length : line + 1;
            case (byte)'/':
                at++;
                break;
            case var delimiter when IsDelimiter(delimiter) || IsSpace(delimiter):
                return at + 1;
        }

        while (at < text.Length && !IsSpace(text[at]) && !IsDelimiter(text[at])) at++;
        return at;
    }
}
