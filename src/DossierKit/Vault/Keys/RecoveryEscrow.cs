using System.Globalization;
using System.Security.Cryptography;

namespace DossierKit.Vault;

/// <summary>
/// The recovery key over several holders: none of them can open the vault alone, and one of them may be away. The shares say nothing of the key as long as fewer than the threshold are together.
/// </summary>
public static class RecoveryEscrow
{
    /// <summary>The most shares: more are not looked after.</summary>
    public const int MaximumShares = 16;

    /// <summary>Splits the key. Each call gives other shares; those of an earlier splitting stay good, so have them destroyed.</summary>
    /// <param name="key">The recovery key.</param>
    /// <param name="escrow">Names this splitting.</param>
    /// <param name="shares">How many shares, at most 16.</param>
    /// <param name="threshold">How many of them give the key, at least 2.</param>
    /// <returns>The shares, in order of number.</returns>
    public static IReadOnlyList<RecoveryShare> Split(RecoveryKey key, OpaqueId escrow, int shares, int threshold)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shares, MaximumShares);
        using var scalar = key.ExportScalar();
        var values = Shamir.Split(scalar.Span, shares, threshold);
        try
        {
            return [.. values.Select((value, i) => new RecoveryShare(escrow, key.Id, threshold, i + 1, value))];
        }
        finally
        {
            foreach (var value in values) CryptographicOperations.ZeroMemory(value);
        }
    }

    /// <summary>
    /// Puts the key together from shares that were typed. Every share that is given counts: one too many must fit the others as well.
    /// </summary>
    /// <param name="shares">At least as many as the threshold they name.</param>
    /// <returns>The key, whose fingerprint is the one on every share, or why not; the caller disposes it.</returns>
    public static Outcome<RecoveryKey> Combine(IReadOnlyList<RecoveryShare> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.Count == 0) return No("Er zijn geen delen gegeven.", "Zonder delen is er geen sleutel.", "Geef de delen van de houders op.");
        var first = shares[0];
        if (shares.Any(share => share.Splitting != first.Splitting || share.KeyFingerprint != first.KeyFingerprint || share.Threshold != first.Threshold))
            return No("Deze delen horen niet bij elkaar.", "Ze komen van verschillende verdelingen van de sleutel, of van verschillende sleutels.", "Gebruik bladen waarop dezelfde verdeling staat.");
        if (shares.Select(share => share.Number).Distinct().Count() != shares.Count)
            return No("Een deel is twee keer gegeven.", "Elk deel telt één keer mee.", "Geef delen met verschillende nummers.");
        if (shares.Count < first.Threshold)
            return No("Er zijn te weinig delen.", string.Create(CultureInfo.InvariantCulture, $"Voor deze sleutel zijn {first.Threshold} delen nodig; dit zijn er {shares.Count}."), "Vraag nog een houder om zijn deel.");
        var used = shares.Take(first.Threshold).Select(share => ((byte)share.Number, share.Value)).ToList();
        foreach (var extra in shares.Skip(first.Threshold))
        {
            var expected = Shamir.Interpolate(used, (byte)extra.Number);
            var fits = CryptographicOperations.FixedTimeEquals(expected, extra.Value.Span);
            CryptographicOperations.ZeroMemory(expected);
            if (!fits) return Wrong();
        }

        var scalar = Shamir.Interpolate(used, 0);
        try
        {
            if (RecoveryKey.FromScalar(scalar) is { } key)
            {
                if (key.Id.ToString().StartsWith(first.KeyFingerprint, StringComparison.Ordinal)) return Outcome<RecoveryKey>.Done(key);
                key.Dispose();
            }

            return Wrong();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }

        static Outcome<RecoveryKey> Wrong() => No(
            "Deze delen vormen niet de sleutel.", "Elk deel klopt op zichzelf, maar samen geven ze een andere sleutel dan op de bladen staat: een van de bladen is vervangen of nagemaakt.",
            "Probeer het met andere houders, en zoek uit welk blad niet echt is.");

        static Outcome<RecoveryKey> No(string what, string why, string now) => Outcome<RecoveryKey>.Refused(new Refusal(what, why, now) { Subject = "deel" });
    }
}
