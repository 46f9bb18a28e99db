using System.Globalization;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// One share of the recovery key, as it stands on paper (FORMAT.md, "Shares"): five lines of five groups of four signs, the last group of each a check on the line, so that a typing error is
/// pointed at by line. It never prints itself.
/// </summary>
public sealed class RecoveryShare
{
    /// <summary>The number of lines to type.</summary>
    public const int LineCount = 5;

    private const byte Format = 1;
    private const int LineBytes = 10;
    private const int SignsPerLine = 20;
    private const int CheckSigns = 4;
    private const int BodyBytes = 1 + SplittingBytes + KeyIdBytes + 2 + SecretKey.Size;
    private const int SplittingBytes = 4;
    private const int KeyIdBytes = 8;
    private const int SumBytes = (LineCount * LineBytes) - BodyBytes;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly byte[] _body;

    private RecoveryShare(byte[] body) => _body = body;

    internal RecoveryShare(OpaqueId escrow, OpaqueId recoveryKey, int threshold, int number, ReadOnlySpan<byte> value)
    {
        _body = GC.AllocateArray<byte>(BodyBytes, pinned: true);
        _body[0] = Format;
        escrow.ToArray().AsSpan(0, SplittingBytes).CopyTo(_body.AsSpan(1));
        recoveryKey.ToArray().AsSpan(0, KeyIdBytes).CopyTo(_body.AsSpan(1 + SplittingBytes));
        (_body[ThresholdAt], _body[ThresholdAt + 1]) = (checked((byte)threshold), checked((byte)number));
        value.CopyTo(_body.AsSpan(ThresholdAt + 2));
    }

    private static int ThresholdAt => 1 + SplittingBytes + KeyIdBytes;

    /// <summary>The number of the share, from 1.</summary>
    public int Number => _body[ThresholdAt + 1];

    /// <summary>How many shares of this splitting give the key.</summary>
    public int Threshold => _body[ThresholdAt];

    /// <summary>Names the splitting: eight hexadecimal digits. Shares of different splittings do not fit each other.</summary>
    public string Splitting => Convert.ToHexStringLower(_body.AsSpan(1, SplittingBytes));

    /// <summary>Names the recovery key: the first sixteen digits of <see cref="RecoveryKey.Id"/>.</summary>
    public string KeyFingerprint => Convert.ToHexStringLower(_body.AsSpan(1 + SplittingBytes, KeyIdBytes));

    internal ReadOnlyMemory<byte> Value => _body.AsMemory(ThresholdAt + 2);

    /// <summary>The lines to print: five groups of four signs each.</summary>
    /// <returns>The lines, in order, without their numbers.</returns>
    public IReadOnlyList<string> ToLines()
    {
        byte[] all = [.. _body, .. SHA256.HashData(_body).AsSpan(0, SumBytes)];
        return [.. Enumerable.Range(1, LineCount).Select(line => LineOf(line, all.AsSpan((line - 1) * LineBytes, LineBytes)))];
    }

    /// <summary>Looks at one line as it was typed: capitals or not, spaces and hyphens as one likes, O for 0 and I or L for 1.</summary>
    /// <param name="number">Which line it should be, from 1.</param>
    /// <param name="typed">What was typed.</param>
    /// <returns>What is wrong with it; <see langword="null"/> when it is right.</returns>
    public static Refusal? CheckLine(int number, string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, LineCount);
        return Read(number, typed, out _);
    }

    /// <summary>Reads a share as it was typed; every line that is wrong is named at once.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>The share, or what is wrong by line.</returns>
    public static Outcome<RecoveryShare> Parse(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count != LineCount)
        {
            return Outcome<RecoveryShare>.Refused(new Refusal(
                "Dit deel is niet volledig.", string.Create(CultureInfo.InvariantCulture, $"Een deel heeft {LineCount} regels; dit zijn er {lines.Count}."), "Typ alle regels van het blad over.")
            { Subject = "deel" });
        }

        var (refusals, all) = (new List<Refusal>(), new byte[LineCount * LineBytes]);
        for (var line = 1; line <= LineCount; line++)
        {
            if (Read(line, lines[line - 1], out var bytes) is { } wrong) refusals.Add(wrong);
            else bytes.CopyTo(all, (line - 1) * LineBytes);
        }

        if (refusals.Count > 0) return Outcome<RecoveryShare>.Refused(refusals);
        var body = GC.AllocateArray<byte>(BodyBytes, pinned: true);
        all.AsSpan(0, BodyBytes).CopyTo(body);
        var isWhole = SHA256.HashData(body).AsSpan(0, SumBytes).SequenceEqual(all.AsSpan(BodyBytes));
        CryptographicOperations.ZeroMemory(all);
        if (!isWhole)
            return Outcome<RecoveryShare>.Refused(new Refusal("Deze regels horen niet bij elkaar.", "Elke regel klopt, maar samen zijn ze geen deel: ze komen van verschillende bladen.", "Typ alle regels van één blad.") { Subject = "deel" });
        if (body[0] != Format || body[ThresholdAt] < 2 || body[ThresholdAt + 1] == 0)
            return Outcome<RecoveryShare>.Refused(new Refusal("Dit deel is van een nieuwere versie van het programma.", "Deze versie kent die vorm niet.", "Gebruik de versie die het blad heeft gemaakt, of een nieuwere.") { Subject = "deel" });
        return Outcome<RecoveryShare>.Done(new RecoveryShare(body));
    }

    /// <summary>Names number and splitting only.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RecoveryShare({Number}, {Splitting})");

    private static string LineOf(int line, ReadOnlySpan<byte> bytes)
    {
        var signs = Encode(bytes) + Check(line, bytes);
        return string.Join(' ', Enumerable.Range(0, SignsPerLine / 4).Select(group => signs.Substring(group * 4, 4)));
    }

    private static Refusal? Read(int line, string typed, out byte[] bytes)
    {
        bytes = [];
        var signs = typed.ToUpperInvariant().Where(sign => sign is not (' ' or '-' or '\t')).Select(sign => sign switch { 'O' => '0', 'I' or 'L' => '1', _ => sign }).ToArray();
        var which = string.Create(CultureInfo.InvariantCulture, $"Regel {line}");
        if (signs.FirstOrDefault(sign => !Alphabet.Contains(sign, StringComparison.Ordinal)) is var strange && strange != default)
            return new Refusal($"{which} klopt niet.", $"Het teken '{(char.IsControl(strange) ? '?' : strange)}' komt in een deel niet voor.", "Vergelijk deze regel met het blad en typ haar opnieuw.") { Subject = which };
        if (signs.Length != SignsPerLine)
            return new Refusal($"{which} klopt niet.", string.Create(CultureInfo.InvariantCulture, $"Een regel heeft {SignsPerLine} tekens; dit zijn er {signs.Length}."), "Vergelijk deze regel met het blad en typ haar opnieuw.") { Subject = which };
        var content = Decode(signs.AsSpan(0, SignsPerLine - CheckSigns));
        var check = new string(signs, SignsPerLine - CheckSigns, CheckSigns);
        if (check == Check(line, content))
        {
            bytes = content;
            return null;
        }

        var other = Enumerable.Range(1, LineCount).FirstOrDefault(number => number != line && check == Check(number, content));
        return other > 0
            ? new Refusal($"{which} klopt niet.", string.Create(CultureInfo.InvariantCulture, $"Dit is regel {other} van een blad."), "Typ de regels in de volgorde van het blad.") { Subject = which }
            : new Refusal($"{which} klopt niet.", "In deze regel zit een tikfout: het controlegetal aan het einde past er niet bij.", "Vergelijk deze regel met het blad en typ haar opnieuw.") { Subject = which };
    }

    /// <summary>Twenty bits that a change of the line, or of its number, changes: an error goes unseen once in a million, and is then found by the sum of the whole.</summary>
    private static string Check(int line, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. "DossierKit share line"u8, (byte)line, .. bytes], hash);
        return Encode(hash[..5])[..CheckSigns];
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var signs = new char[bytes.Length * 8 / 5];
        for (var i = 0; i < signs.Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            signs[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(signs);
    }

    private static byte[] Decode(ReadOnlySpan<char> signs)
    {
        var bytes = new byte[signs.Length * 5 / 8];
        var (buffer, bits, at) = (0, 0, 0);
        foreach (var sign in signs)
        {
            buffer = ((buffer << 5) | Alphabet.IndexOf(sign, StringComparison.Ordinal)) & 0xFFFF;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[at++] = (byte)(buffer >> bits);
        }

        return bytes;
    }
}
