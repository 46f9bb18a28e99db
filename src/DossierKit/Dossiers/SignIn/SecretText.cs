using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Dossiers;

/// <summary>Secrets that people or programs carry as text. They are random and long, so that their plain SHA-256 tells nothing of them.</summary>
internal static class SecretText
{
    // Without I, L, O and U: nothing that is misread from paper, and no words.
    private const string Readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>256 random bits, base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>80 random bits to type from paper, such as <c>7K2M-Q9XA-0PD4-W3HT</c>.</summary>
    public static string NewCode()
    {
        var code = new StringBuilder();
        for (var i = 0; i < 16; i++)
        {
            if (i > 0 && i % 4 == 0) code.Append('-');
            code.Append(Readable[RandomNumberGenerator.GetInt32(Readable.Length)]);
        }

        return code.ToString();
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The same for a code as a person typed it: case, dashes and spaces are free, and what looks alike is alike.</summary>
    public static string HashCode(string typed)
    {
        var code = new StringBuilder();
        foreach (var c in typed.ToUpperInvariant())
        {
            var read = c switch { 'O' => '0', 'I' or 'L' => '1', _ => c };
            if (Readable.Contains(read, StringComparison.Ordinal)) code.Append(read);
        }

        return Hash(code.ToString());
    }
}
