using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DossierKit.Vault;

/// <summary>
/// A passphrase: Unicode NFC, UTF-8, PBKDF2-HMAC-SHA512 (RFC 8018) with a random salt. At least <see cref="MinimumLength"/> characters for a new slot.
/// </summary>
public sealed record PassphraseSecret : UnlockSecret
{
    /// <summary>The fewest characters of a new passphrase: 12.</summary>
    public const int MinimumLength = 12;

    /// <summary>The fewest and the default iterations: 600,000, well above the 210,000 of OWASP's password storage cheat sheet for SHA-512.</summary>
    public const int MinimumIterations = 600_000;

    /// <summary>The most iterations of one slot: 10,000,000. More in a slot was planted, to make us spin.</summary>
    public const int MaximumIterations = 10_000_000;

    private const int SaltSize = 32;
    private const int MinimumDistinct = 5;
    private const int MaximumLength = 1024;

    private readonly string _passphrase;
    private readonly int _iterations = MinimumIterations;

    /// <summary>Takes a passphrase as typed.</summary>
    /// <param name="passphrase">The text; case, spaces and accents count, the way an accent was typed does not.</param>
    public PassphraseSecret(string passphrase)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        _passphrase = passphrase;
    }

    /// <summary>Iterations for a new slot, from <see cref="MinimumIterations"/> (the default) to <see cref="MaximumIterations"/>; an existing slot keeps its own.</summary>
    public int Iterations
    {
        get => _iterations;
        init => _iterations = value is >= MinimumIterations and <= MaximumIterations
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"From {MinimumIterations} to {MaximumIterations} iterations.");
    }

    /// <inheritdoc/>
    public override UnlockKind Kind => UnlockKind.Passphrase;

    /// <summary>Says, for the person who chooses it, what is wrong with a new passphrase.</summary>
    /// <param name="passphrase">The text as typed.</param>
    /// <returns>A Dutch refusal without the passphrase in it, or <see langword="null"/> when it will do.</returns>
    public static Refusal? Check(string passphrase)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        if (Normalise(passphrase) is not { } text)
            return new Refusal("Deze wachtwoordzin kan niet.", "Er staat een teken in dat geen geldige tekst is, of de zin is langer dan 1.024 tekens.", "Typ de wachtwoordzin opnieuw, met gewone letters.");
        var runes = text.EnumerateRunes().ToList();
        if (runes.Count < MinimumLength)
            return new Refusal("Deze wachtwoordzin is te kort.", $"Een wachtwoordzin heeft ten minste {MinimumLength} tekens; deze heeft er {runes.Count}.", "Kies bijvoorbeeld vijf woorden die niets met elkaar te maken hebben.");
        return runes.Distinct().Count() < MinimumDistinct
            ? new Refusal("Deze wachtwoordzin is te makkelijk te raden.", $"Er staan minder dan {MinimumDistinct} verschillende tekens in.", "Kies bijvoorbeeld vijf woorden die niets met elkaar te maken hebben.")
            : null;
    }

    internal override void EnsureStrong()
    {
        if (Check(_passphrase) is not null)
            throw new VaultEnvironmentException(
                $"The passphrase is too weak: a new one has at least {MinimumLength} characters, {MinimumDistinct} of them different, and is valid text. Choose a longer one, five unrelated words for instance.");
    }

    internal override SecretKey NewKey(OpaqueId vault, OpaqueId slot, out byte[] parameters)
    {
        parameters = new byte[4 + SaltSize];
        BinaryPrimitives.WriteInt32BigEndian(parameters, Iterations);
        RandomNumberGenerator.Fill(parameters.AsSpan(4));
        return Stretch(parameters.AsSpan(4), Iterations) ?? throw new VaultEnvironmentException("The passphrase is not valid text. Type it anew.");
    }

    internal override SecretKey? TryKey(UnlockSlot slot) => Stretch(slot.Parameters.Span[4..], IterationsOf(slot));

    /// <summary>The iterations a slot asks for, checked before anyone spends them.</summary>
    internal static int IterationsOf(UnlockSlot slot)
    {
        if (slot.Parameters.Length != 4 + SaltSize) throw slot.Damaged("its passphrase parameters have the wrong length");
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(slot.Parameters.Span);
        return iterations is >= MinimumIterations and <= MaximumIterations
            ? (int)iterations
            : throw slot.Damaged($"it asks for {iterations} iterations, outside {MinimumIterations} to {MaximumIterations}");
    }

    private static string? Normalise(string text)
    {
        if (text.Length > MaximumLength) return null;
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return null; // A lone surrogate.
        }
    }

    private SecretKey? Stretch(ReadOnlySpan<byte> salt, int iterations)
    {
        if (Normalise(_passphrase) is not { } text) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> key = stackalloc byte[SecretKey.Size];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(bytes, salt, key, iterations, HashAlgorithmName.SHA512);
            return SecretKey.CopyOf(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
