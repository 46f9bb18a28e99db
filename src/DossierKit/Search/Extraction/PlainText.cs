using System.Text;

namespace DossierKit.Search;

/// <summary>Text without marks: notes, lists with commas, logs.</summary>
internal static class PlainText
{
    /// <summary>Reads text.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="encoding">What it is written in.</param>
    /// <param name="sink">Takes the text.</param>
    /// <param name="page">What a form feed does; <see langword="null"/>: it ends the line.</param>
    public static void Read(ReadOnlyMemory<byte> bytes, Encoding encoding, TextSink sink, Action? page = null)
    {
        using var reader = Charsets.Reader(bytes, encoding);
        var buffer = new char[Math.Clamp(bytes.Length, 1, 8 << 10)];
        int count;
        while (!sink.IsFull && (count = reader.Read(buffer)) > 0)
        {
            ReadOnlySpan<char> text = buffer.AsSpan(0, count);
            while (page is not null && text.IndexOf('\f') is >= 0 and var at)
            {
                sink.Append(text[..at]);
                page();
                text = text[(at + 1)..];
            }

            sink.Append(text);
        }

        sink.Flush();
    }
}
