using System.Security.Cryptography;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Accounts of the municipality's own sign-in that no person is bound to yet: whoever comes with one gets a short code, tells it to somebody who keeps the staff register,
/// and that person binds it by the code. In memory, for an hour.
/// </summary>
internal sealed class UnknownAccounts(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Account, DateTimeOffset Until)> _byCode = new(StringComparer.Ordinal);

    /// <summary>The code of an account; the same for as long as it is known.</summary>
    public string CodeOf(string account)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            foreach (var old in _byCode.Where(known => known.Value.Until < now).Select(known => known.Key).ToList()) _byCode.Remove(old);
            if (_byCode.FirstOrDefault(known => known.Value.Account == account) is { Key: { } code }) return code;
            if (_byCode.Count >= 1000) _byCode.Remove(_byCode.MinBy(known => known.Value.Until).Key);
            string made;
            do
            {
                made = RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8);
            }
            while (!_byCode.TryAdd(made, (account, now + Life)));
            return made;
        }
    }

    /// <summary>The account of a code; <see langword="null"/> when there is none.</summary>
    public string? Find(string code)
    {
        lock (_gate)
        {
            return _byCode.TryGetValue(code.Trim().ToUpperInvariant(), out var known) && known.Until >= clock.GetUtcNow() ? known.Account : null;
        }
    }
}
