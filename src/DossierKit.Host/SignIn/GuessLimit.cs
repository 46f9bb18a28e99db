using System.Collections.Concurrent;
using System.Net;

using DossierKit.Host.Serving;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Slows down who guesses: so many failures from one address within ten minutes, and then nothing more from there for a while. What is guessed at is random and long, so nobody
/// is locked out by what a stranger does elsewhere.
/// </summary>
internal sealed class GuessLimit(TimeProvider clock)
{
    public const int Most = 30;

    /// <summary>
    /// How many questions one address may have asked of it in a minute before signing in: each is kept until it is answered, and who asks without end would push out those of others.
    /// </summary>
    public const int MostQuestions = 120;

    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan QuestionWindow = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> _failures = new();
    private readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> _questions = new();

    /// <summary>The answer to an address that failed too often; <see langword="null"/>: go on.</summary>
    public IResult? Refusal(HttpContext http)
        => _failures.TryGetValue(AddressOf(http), out var failures) && failures.Count >= Most && clock.GetUtcNow() - failures.Since <= Window
            ? Wait(http, failures.Since + Window, "Er is van hier te vaak iets geprobeerd dat niet klopte.", "Wacht tien minuten en probeer het dan opnieuw.")
            : null;

    public void Failed(HttpContext http) => Count(_failures, AddressOf(http), Window);

    /// <summary>Counts a question asked by somebody who is not signed in; the answer to an address that asked too many, <see langword="null"/>: go on.</summary>
    public IResult? Question(HttpContext http)
    {
        var asked = Count(_questions, AddressOf(http), QuestionWindow);
        return asked.Count > MostQuestions ? Wait(http, asked.Since + QuestionWindow, "Er is van hier te vaak begonnen met aanmelden.", "Wacht een minuut en probeer het dan opnieuw.") : null;
    }

    private IResult Wait(HttpContext http, DateTimeOffset until, string what, string whatNow)
    {
        http.Response.Headers.RetryAfter = ((int)(until - clock.GetUtcNow()).TotalSeconds + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, what, whatNow);
    }

    private (int Count, DateTimeOffset Since) Count(ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> counts, IPAddress address, TimeSpan window)
    {
        var now = clock.GetUtcNow();
        if (counts.Count > MostAddresses)
        {
            foreach (var (old, seen) in counts.Where(entry => now - entry.Value.Since > window)) counts.TryRemove(KeyValuePair.Create(old, seen));
        }

        return counts.AddOrUpdate(address, (1, now), (_, before) => now - before.Since > window ? (1, now) : (before.Count + 1, before.Since));
    }

    // Of IPv6 the network: one household or office has 2^64 addresses.
    private static IPAddress AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
