using System.Runtime.CompilerServices;
using System.Text;

namespace DossierKit.Retention;

/// <summary>Reads a text line by line, as RFC 8493 ends them (LF, CR or both), without ever holding more than one.</summary>
internal static class BagLines
{
    /// <summary>Bytes of a line: a hash and the longest path.</summary>
    public const int Longest = 4 << 10;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads.</summary>
    /// <param name="content">The text.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>Each line; <see langword="null"/> for one that is too long.</returns>
    /// <exception cref="DecoderFallbackException">A line is no UTF-8.</exception>
    public static async IAsyncEnumerable<string?> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken ct)
    {
        var (buffer, line) = (new byte[1 << 16], new byte[Longest]);
        var (used, afterReturn) = (0, false);
        while (await content.ReadAsync(buffer, ct) is > 0 and var read)
        {
            for (var i = 0; i < read; i++)
            {
                var one = buffer[i];
                if (one == '\n' && afterReturn) afterReturn = false;
                else if (one is (byte)'\n' or (byte)'\r')
                {
                    yield return Text();
                    (used, afterReturn) = (0, one == '\r');
                }
                else
                {
                    afterReturn = false;
                    if (used < Longest) line[used] = one;
                    used = Math.Min(used + 1, Longest + 1);
                }
            }
        }

        if (used > 0) yield return Text();

        string? Text() => used > Longest ? null : Strict.GetString(line, 0, used);
    }
}
