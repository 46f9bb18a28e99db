using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

using DossierKit.Dossiers;

namespace DossierKit.Host.SignIn;

/// <summary>
/// The sessions of this host. The cookie holds 256 random bits and nothing else; kept here is their hash. Of a session that ended, a trace stays for a day: enough to keep
/// the form that comes in too late for the person who filled it in.
/// </summary>
internal sealed class Sessions(DossierRegister register, TimeProvider clock) : IDisposable
{
    /// <summary>Without a request for so long, a session ends.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a session ends after so long.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(10);

    private static readonly TimeSpan TraceLife = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, Visitor> _visitors = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, EndedSession> _ended = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ActingPerson> _untold = new();

    /// <summary>Sessions kept now, also those about to be swept away.</summary>
    public int Count => _visitors.Count;

    /// <summary>Begins a session and gives its token, for the cookie. Always a new one: a token from before signing in is worth nothing after it.</summary>
    public string Begin(ActingPerson acting, SignInMethod method, string device = "") => Begin(acting, method, device, out _);

    /// <inheritdoc cref="Begin(ActingPerson, SignInMethod, string)"/>
    public string Begin(ActingPerson acting, SignInMethod method, string device, out Visitor visitor)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var token = SignIn.Visitor.NewToken();
        var name = register.Staff.Find(acting.Id)?.DisplayName ?? acting.Id.ToString();
        visitor = new Visitor(acting, name, method, register, now)
        {
            Device = device,
            EarlierFormTokens = [.. _ended.Values.Where(ended => ended.Person == acting.Id && ended.IsByItself).Select(ended => ended.FormToken)],
        };
        _visitors[HashOf(token)] = visitor;
        return token;
    }

    /// <summary>The session of a token, if it is still in force; a person whose account was taken away is out at once.</summary>
    public bool TryFind(string token, [NotNullWhen(true)] out Visitor? visitor)
    {
        var now = clock.GetUtcNow();
        if (!_visitors.TryGetValue(HashOf(token), out visitor)) return false;
        if (!IsInForce(visitor, now))
        {
            if (_visitors.TryRemove(HashOf(token), out var over)) Ended(HashOf(token), over, isByItself: true);
            return false;
        }

        visitor.Seen(now);
        return true;
    }

    /// <summary>The same session under a new token: after a proof of presence the old one is worth nothing.</summary>
    public string Renew(string token)
    {
        var renewed = SignIn.Visitor.NewToken();
        // Gone in between: then the new token opens nothing either.
        if (_visitors.TryRemove(HashOf(token), out var visitor)) _visitors[HashOf(renewed)] = visitor;
        return renewed;
    }

    /// <summary>Ends a session; its dossiers are closed.</summary>
    /// <param name="token">Its token.</param>
    /// <param name="isLogged">Whether the caller logged it already.</param>
    public void End(string token, bool isLogged = false)
    {
        if (_visitors.TryRemove(HashOf(token), out var visitor)) Ended(HashOf(token), visitor, isByItself: false, isLogged);
    }

    /// <summary>Ends every session of a person that a condition holds for.</summary>
    public void EndAll(PersonId person, Func<Visitor, bool> which)
    {
        foreach (var (key, visitor) in _visitors)
        {
            if (visitor.Person == person && which(visitor) && _visitors.TryRemove(key, out var ended)) Ended(key, ended, isByItself: false);
        }
    }

    /// <summary>The sessions of a person that are in force, newest first.</summary>
    public IReadOnlyList<Visitor> Of(PersonId person)
    {
        var now = clock.GetUtcNow();
        return [.. _visitors.Values.Where(visitor => visitor.Person == person && IsInForce(visitor, now)).OrderByDescending(visitor => visitor.LastSeen)];
    }

    /// <summary>The trace of a session that ended by itself.</summary>
    public bool TryFindEnded(string token, [NotNullWhen(true)] out EndedSession? ended) => _ended.TryGetValue(HashOf(token), out ended);

    public void Dispose()
    {
        foreach (var visitor in _visitors.Values) visitor.Dispose();
        _visitors.Clear();
    }

    private bool IsInForce(Visitor visitor, DateTimeOffset now)
        => now - visitor.LastSeen <= IdleLimit && now - visitor.SignedInAt <= Limit && register.Staff.SignIn(visitor.Person, visitor.Acting.Account).IsDone;

    /// <summary>Ends what is no longer in force; whether any session ended that stands in no log yet.</summary>
    public bool HasEnded()
    {
        Sweep(clock.GetUtcNow());
        return !_untold.IsEmpty;
    }

    /// <summary>Somebody whose session ended and is not in the log yet; stays until it is taken.</summary>
    public bool TryPeekEnded([NotNullWhen(true)] out ActingPerson? acting) => _untold.TryPeek(out acting);

    /// <summary>Takes the one that was looked at: it is in the log.</summary>
    public void TakeEnded() => _untold.TryDequeue(out _);

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, visitor) in _visitors)
        {
            if (!IsInForce(visitor, now) && _visitors.TryRemove(key, out var over)) Ended(key, over, isByItself: true);
        }

        foreach (var (key, ended) in _ended)
        {
            if (now - ended.At > TraceLife) _ended.TryRemove(key, out _);
        }
    }

    private void Ended(string key, Visitor visitor, bool isByItself, bool isLogged = false)
    {
        if (!isLogged) _untold.Enqueue(visitor.Acting);
        _ended[key] = new EndedSession(visitor.Person, visitor.FormToken, visitor.Desk.Purposes, clock.GetUtcNow(), isByItself);
        visitor.Dispose();
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>What is kept of a session that ended.</summary>
/// <param name="Person">Whose it was.</param>
/// <param name="FormToken">What its forms carry: without it nothing is kept.</param>
/// <param name="Purposes">What its dossiers were opened for.</param>
/// <param name="At">When it ended.</param>
/// <param name="IsByItself">Whether it ran out, and nobody ended it.</param>
internal sealed record EndedSession(PersonId Person, string FormToken, IReadOnlyDictionary<DossierNumber, string> Purposes, DateTimeOffset At, bool IsByItself);
