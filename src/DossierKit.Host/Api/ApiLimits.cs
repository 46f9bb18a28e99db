using System.Globalization;
using System.Threading.RateLimiting;

using DossierKit.Host.Serving;
using DossierKit.Host.SignIn;

namespace DossierKit.Host.Api;

/// <summary>How much one person may ask of the API, so that a program gone wild does not hold up the others. Far above what people and well-behaved programs need.</summary>
internal sealed record ApiLimits
{
    /// <summary>Requests of one person at one time; half as many again wait.</summary>
    public int AtOnce { get; init; } = 48;

    /// <summary>Requests of one person that change something, in a burst.</summary>
    public int Changes { get; init; } = 600;

    /// <summary>How many of those come free again each second.</summary>
    public int ChangesPerSecond { get; init; } = 60;

    /// <summary>Letters and PDFs of one person being made at one time; twice as many wait.</summary>
    public int Heavy { get; init; } = 2;
}

/// <summary>Marks a route that takes seconds of a processor, of the API or a page.</summary>
internal sealed class HeavyRoute;

/// <summary>The limits at work: per person, whichever session or token.</summary>
internal static class RateLimits
{
    public static void AddServices(IServiceCollection services, ApiLimits limits)
        => services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => PersonOf(http) is not { } person || limits.AtOnce == 0 ? Free() : RateLimitPartition.GetConcurrencyLimiter(
                    person, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.AtOnce, QueueLimit = limits.AtOnce / 2 })),
                PartitionedRateLimiter.Create<HttpContext, string>(http => PersonOf(http) is not { } person || limits.Changes == 0 || IsSafe(http.Request.Method) ? Free() : RateLimitPartition.GetTokenBucketLimiter(
                    person, _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = limits.Changes,
                        TokensPerPeriod = limits.ChangesPerSecond,
                        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        AutoReplenishment = true,
                    })),
                PartitionedRateLimiter.Create<HttpContext, string>(http => http.VisitorOrNull()?.Person.Value is not { } person || limits.Heavy == 0 || http.GetEndpoint()?.Metadata.GetMetadata<HeavyRoute>() is null
                    ? Free()
                    : RateLimitPartition.GetConcurrencyLimiter(person, _ => new ConcurrencyLimiterOptions { PermitLimit = limits.Heavy, QueueLimit = limits.Heavy * 2 })));
            options.OnRejected = async (refused, ct) =>
            {
                var http = refused.HttpContext;
                var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
                http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
                await Problems.Of(StatusCodes.Status429TooManyRequests, "Dit zijn te veel aanvragen in korte tijd.", string.Create(CultureInfo.InvariantCulture, $"Er is niets gedaan. Wacht {wait} s en stuur de aanvraag dan opnieuw."))
                    .ExecuteAsync(http);
            };
        });

    private static RateLimitPartition<string> Free() => RateLimitPartition.GetNoLimiter("");

    private static string? PersonOf(HttpContext http) => ApiHost.IsApi(http.Request) ? http.VisitorOrNull()?.Person.Value : null;

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
