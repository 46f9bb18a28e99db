using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

using DossierKit.Dossiers;

namespace DossierKit.Host.SignIn;

/// <summary>The sessions of this host. The cookie holds 256 random bits and nothing else; kept here is their hash.</summary>
internal sealed class Sessions(DossierRegister register, TimeProvider clock) : IDisposable
{
    /// <summary>Without a request for so long, a session ends.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a session ends after so long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(10);

    private readonly ConcurrentDictionary<string, Visitor> _visitors = new(StringComparer.Ordinal);

    /// <summary>Sessions kept now, also those about to be swept away.</summary>
    public int Count => _visitors.Count;

    /// <summary>Begins a session and gives its token, for the cookie. Always a new one: a token from before signing in is worth nothing after it.</summary>
    public string Begin(ActingPerson acting, SignInMethod method)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var token = SignIn.Visitor.NewToken();
        var name = register.Staff.Find(acting.Id)?.DisplayName ?? acting.Id.ToString();
        _visitors[HashOf(token)] = new Visitor(acting, name, method, register, now);
        return token;
    }

    /// <summary>The session of a token, if it is still in force; a person whose account was taken away is out at once.</summary>
    public bool TryFind(string token, [NotNullWhen(true)] out Visitor? visitor)
    {
        var now = clock.GetUtcNow();
        if (!_visitors.TryGetValue(HashOf(token), out visitor)) return false;
        if (now - visitor.LastSeen > IdleLimit || now - visitor.SignedInAt > Limit || !register.Staff.SignIn(visitor.Person, visitor.Acting.Account).IsDone)
        {
            End(token);
            return false;
        }

        visitor.Seen(now);
        return true;
    }

    /// <summary>Ends a session; its dossiers are closed.</summary>
    public void End(string token)
    {
        if (_visitors.TryRemove(HashOf(token), out var visitor)) visitor.Dispose();
    }

    public void Dispose()
    {
        foreach (var visitor in _visitors.Values) visitor.Dispose();
        _visitors.Clear();
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, visitor) in _visitors)
        {
            if (now - visitor.LastSeen > IdleLimit && _visitors.TryRemove(key, out var ended)) ended.Dispose();
        }
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
