using System.Security.Cryptography;

using DossierKit.Dossiers;

namespace DossierKit.Host.SignIn;

/// <summary>How somebody signed in.</summary>
public enum SignInMethod
{
    Demo,
    Passkey,
    OpenIdConnect,
    RecoveryCode,
    Token,
}

/// <summary>
/// Somebody signed in: one session, kept in memory alone. A restart of the host ends it; forms that were being filled in are kept elsewhere.
/// Several requests of one session run side by side.
/// </summary>
internal sealed class Visitor : IDisposable
{
    private long _lastSeen;
    private long _steppedUp;
    private Flash? _flash;
    private Welcome? _welcome;

    public Visitor(ActingPerson acting, string displayName, SignInMethod method, DossierRegister register, DateTimeOffset now)
    {
        (Acting, DisplayName, Method, SignedInAt) = (acting, displayName, method, now);
        Desk = new Desk(register, acting);
        Archive = new ArchiveDesk(register, acting);
        Seen(now);
        // Signing in is itself a proof of presence.
        StepUp(now);
    }

    /// <summary>Who.</summary>
    public ActingPerson Acting { get; }

    /// <summary>The handle.</summary>
    public PersonId Person => Acting.Id;

    /// <summary>The name on the screen.</summary>
    public string DisplayName { get; }

    /// <summary>How.</summary>
    public SignInMethod Method { get; }

    /// <summary>The dossiers this session has open.</summary>
    public Desk Desk { get; }

    /// <summary>What this session searched for.</summary>
    public SearchNotes Searches { get; } = new();

    /// <summary>The archive, for who may see it.</summary>
    public ArchiveDesk Archive { get; }

    /// <summary>What forms of this session carry, so that no other site can send one.</summary>
    public string FormToken { get; } = NewToken();

    /// <summary>Form tokens of sessions of this person that ran out: in other tabs stand pages that carry them.</summary>
    public IReadOnlyList<string> EarlierFormTokens { get; init; } = [];

    /// <summary>Names the session in a list of one's own sessions; opens nothing.</summary>
    public string Id { get; } = NewToken()[..16];

    /// <summary>The browser and system it was begun with, as far as they say.</summary>
    public string Device { get; init; } = "";

    /// <summary>What the first page after signing in tells: when this was done before, and what is still to do. Told once.</summary>
    public Welcome? Welcome
    {
        get => Volatile.Read(ref _welcome);
        set => Volatile.Write(ref _welcome, value);
    }

    /// <summary>How much was done on the server itself, as last counted; <see langword="null"/>: to be counted. Counting goes back through the log, which is too much for every page.</summary>
    public ServerWorkCount? ServerWork { get; set; }

    /// <summary>For signing out at the municipality's own sign-in as well.</summary>
    public string? IdToken { get; set; }

    /// <summary>Takes what the first page tells.</summary>
    public Welcome? TakeWelcome() => Interlocked.Exchange(ref _welcome, null);

    /// <summary>When the session began.</summary>
    public DateTimeOffset SignedInAt { get; }

    /// <summary>When the last request came.</summary>
    public DateTimeOffset LastSeen => new(Interlocked.Read(ref _lastSeen), TimeSpan.Zero);

    /// <summary>When the person last proved to be there.</summary>
    public DateTimeOffset SteppedUpAt => new(Interlocked.Read(ref _steppedUp), TimeSpan.Zero);

    public void Seen(DateTimeOffset now) => Interlocked.Exchange(ref _lastSeen, now.UtcTicks);

    public void StepUp(DateTimeOffset now) => Interlocked.Exchange(ref _steppedUp, now.UtcTicks);

    /// <summary>Says something on the next page, once: what was done just before it. Never content of a dossier.</summary>
    public void Tell(string text, FlashKind kind = FlashKind.Done) => Interlocked.Exchange(ref _flash, new Flash(text, kind));

    /// <summary>What was to be told, if anything; after this it is told.</summary>
    public Flash? TakeFlash() => Interlocked.Exchange(ref _flash, null);

    public void Dispose()
    {
        Desk.Dispose();
        Archive.Dispose();
    }

    /// <summary>256 random bits as text for a cookie, a link or a form.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

/// <summary>How a message of one time sounds.</summary>
internal enum FlashKind
{
    Done,
    Info,
    Warning,
}

/// <summary>A message shown once, on the page after a form was carried out.</summary>
internal sealed record Flash(string Text, FlashKind Kind);
/// <summary>What the first page after signing in tells.</summary>
/// <param name="Before">When and how this person signed in the time before; <see langword="null"/>: never.</param>
/// <param name="Work">For the FI and the FG: what was done on the server itself since they last looked; <see langword="null"/>: nothing, or not for this person.</param>
/// <param name="NeedsRecoveryCodes">Whether no recovery codes were made yet.</param>
internal sealed record Welcome(LastSignIn? Before, DirectWork? Work, bool NeedsRecoveryCodes);

/// <summary>How much was done on the server itself since a person last looked.</summary>
/// <param name="Count">How much.</param>
/// <param name="IsMore">Whether there was more than was counted.</param>
/// <param name="At">When it was counted.</param>
internal sealed record ServerWorkCount(int Count, bool IsMore, DateTimeOffset At);

/// <summary>Who makes the request.</summary>
internal static class VisitorFeature
{
    /// <summary>The visitor; <see langword="null"/> when nobody is signed in.</summary>
    public static Visitor? VisitorOrNull(this HttpContext http) => http.Features.Get<Visitor>();

    /// <summary>The visitor of a route that only signed-in people reach.</summary>
    public static Visitor Visitor(this HttpContext http) => http.Features.Get<Visitor>() ?? throw new InvalidOperationException("This route was reached without signing in.");
}
