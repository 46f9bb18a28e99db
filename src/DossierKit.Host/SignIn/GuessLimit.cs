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

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<IPAddress, (int Count, DateTimeOffset Since)> _failures = new();

    /// <summary>The answer to an address that failed too often; <see langword="null"/>: go on.</summary>
    public IResult? Refusal(HttpContext http)
    {
        if (!_failures.TryGetValue(AddressOf(http), out var failures) || failures.Count < Most || clock.GetUtcNow() - failures.Since > Window) return null;
        http.Response.Headers.RetryAfter = ((int)(failures.Since + Window - clock.GetUtcNow()).TotalSeconds + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "Er is van hier te vaak iets geprobeerd dat niet klopte.", "Wacht tien minuten en probeer het dan opnieuw.");
    }

    public void Failed(HttpContext http)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count > 10_000)
        {
            foreach (var (old, seen) in _failures.Where(entry => now - entry.Value.Since > Window)) _failures.TryRemove(KeyValuePair.Create(old, seen));
        }

        _failures.AddOrUpdate(AddressOf(http), (1, now), (_, before) => now - before.Since > Window ? (1, now) : (before.Count + 1, before.Since));
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
