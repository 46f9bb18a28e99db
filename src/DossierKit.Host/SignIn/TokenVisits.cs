using System.Collections.Concurrent;

using DossierKit.Dossiers;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Programs that use the API with a token: each request shows it again, and what the program has open stays open between requests, as with a session. A token that was revoked
/// is out at once.
/// </summary>
internal sealed class TokenVisits(DossierRegister register, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Visitor> _visitors = new(StringComparer.Ordinal);

    /// <summary>Who sent a token; <see langword="null"/> when it does not hold.</summary>
    public async ValueTask<Visitor?> FindAsync(string secret, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await register.SignIns.SignInByTokenAsync(secret, ct) is not { } acting) return null;
        Sweep(now);
        var visitor = _visitors.GetOrAdd(acting.Account, _ => new Visitor(acting, register.Staff.Find(acting.Id)?.DisplayName ?? acting.Id.Value, SignInMethod.Token, register, now));
        // A program that shows a token proves nothing about who sits at it: final acts are done by people.
        visitor.StepUp(DateTimeOffset.MinValue);
        visitor.Seen(now);
        return visitor;
    }

    public void Dispose()
    {
        foreach (var visitor in _visitors.Values) visitor.Dispose();
        _visitors.Clear();
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (account, visitor) in _visitors)
        {
            // However busy the program is: after so long it says again what it opens a dossier for, and that is logged.
            if ((now - visitor.LastSeen > Sessions.IdleLimit || now - visitor.SignedInAt > Sessions.Limit) && _visitors.TryRemove(account, out var idle)) idle.Dispose();
        }
    }
}
