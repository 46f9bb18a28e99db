using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using DossierKit.Host.Cli;
using DossierKit.Host.SignIn;
using DossierKit.Vault;

namespace DossierKit.Host.Serving;

/// <summary>
/// Counts and durations of requests, by the pattern of their route, and how the process does, as Prometheus reads them at <c>/metrics</c>: never a name, a number of a dossier or an
/// address. For this machine, or with the token of the settings.
/// </summary>
internal sealed class Metrics(TimeProvider clock)
{
    // Seconds; the page of a large dossier is to stay under a quarter.
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Series> _series = new();
    private readonly long _startedAt = clock.GetTimestamp();
    private long _running;

    /// <summary>Counts every request, and logs it where the settings ask for that.</summary>
    public static void Use(WebApplication app, HostSettings settings)
    {
        var metrics = app.Services.GetRequiredService<Metrics>();
        var log = settings.LogsRequests ? app.Services.GetRequiredService<RequestLog>() : null;
        app.Use(async (http, next) =>
        {
            var from = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref metrics._running);
            try
            {
                await next(http);
            }
            finally
            {
                Interlocked.Decrement(ref metrics._running);
                var took = Stopwatch.GetElapsedTime(from);
                metrics._series.GetOrAdd((MethodOf(http.Request.Method), RouteOf(http), http.Response.StatusCode), static _ => new Series()).Add(took.TotalSeconds);
                log?.Write(http, took);
            }
        });
    }

    /// <exception cref="EnvironmentFailureException">The file with the token cannot be read.</exception>
    public static void Map(IEndpointRouteBuilder routes, HostSettings settings)
    {
        var token = TokenOf(settings);
        routes.MapGet("/metrics", (HttpContext http, Metrics metrics, Sessions sessions, DossierVault vault, IHostApplicationLifetime life)
            => MayRead(http, token) ? Results.Text(metrics.Text(sessions.Count, HealthPage.State(vault, life) == "gezond"), "text/plain; version=0.0.4; charset=utf-8") : Problems.NotThere(http)).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The pattern of the route that answered, such as <c>/dossiers/{nummer}</c>.</summary>
    public static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { Length: > 0 } pattern ? pattern : "(none)";

    /// <summary>The method, if it is one: a client may send any word.</summary>
    public static string MethodOf(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" ? method : "(other)";

    private static bool MayRead(HttpContext http, byte[]? token)
        => Proxies.IsOfThisMachine(http)
            || (token is not null && http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var given] && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), token));

    private static byte[]? TokenOf(HostSettings settings)
    {
        if (settings.MetricsTokenFile is not { } file) return null;
        try
        {
            var text = File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
            return text.Length >= 16 ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : throw new EnvironmentFailureException($"The token in '{file}' is too short to be one. Put at least 16 random characters on its first line (metrics.tokenFile).");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFailureException($"The token file '{file}' cannot be read: {failure.Message} Check metrics.tokenFile and that this account may read it.", failure);
        }
    }

    private string Text(int sessions, bool isWell)
    {
        var text = new StringBuilder(16 << 10);
        Gauge("dossierkit_up", "Whether the host takes work: 0 while it is read only or stopping.", isWell ? 1 : 0);
        Gauge("dossierkit_sessions", "Sessions of people signed in.", sessions);
        Gauge("dossierkit_requests_running", "Requests being answered.", Interlocked.Read(ref _running));
        Gauge("dossierkit_uptime_seconds", "Seconds since the host was built.", clock.GetElapsedTime(_startedAt).TotalSeconds);
        using var process = Process.GetCurrentProcess();
        Gauge("process_resident_memory_bytes", "Memory of the process.", process.WorkingSet64);
        Counter("process_cpu_seconds_total", "Processor time of the process.", process.TotalProcessorTime.TotalSeconds);
        Gauge("dotnet_gc_heap_bytes", "Memory of live objects.", GC.GetTotalMemory(forceFullCollection: false));
        Counter("dotnet_gc_allocated_bytes_total", "Memory ever allocated.", GC.GetTotalAllocatedBytes());
        Counter("dotnet_gc_pause_seconds_total", "Time stood still for the collection of garbage.", GC.GetTotalPauseDuration().TotalSeconds);
        Gauge("dotnet_threadpool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        Gauge("dotnet_threadpool_queue", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount);
        Head("dossierkit_request_seconds", "Duration of requests by route and status.", "histogram");
        foreach (var ((method, route, status), series) in _series.OrderBy(pair => pair.Key.Route, StringComparer.Ordinal).ThenBy(pair => pair.Key.Method, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status))
        {
            var labels = string.Create(CultureInfo.InvariantCulture, $"method=\"{method}\",route=\"{route.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\",status=\"{status}\"");
            var below = 0L;
            for (var i = 0; i < Bounds.Length; i++)
            {
                below += Interlocked.Read(ref series.Counts[i]);
                text.Append(CultureInfo.InvariantCulture, $"dossierkit_request_seconds_bucket{{{labels},le=\"{Bounds[i]}\"}} {below}\n");
            }

            below += Interlocked.Read(ref series.Counts[^1]);
            text.Append(CultureInfo.InvariantCulture, $"dossierkit_request_seconds_bucket{{{labels},le=\"+Inf\"}} {below}\n");
            text.Append(CultureInfo.InvariantCulture, $"dossierkit_request_seconds_sum{{{labels}}} {Interlocked.Read(ref series.Microseconds) / 1e6}\n");
            text.Append(CultureInfo.InvariantCulture, $"dossierkit_request_seconds_count{{{labels}}} {below}\n");
        }

        return text.ToString();

        void Gauge(string name, string help, double value)
        {
            Head(name, help, "gauge");
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        }

        void Counter(string name, string help, double value)
        {
            Head(name, help, "counter");
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        }

        void Head(string name, string help, string type) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
    }

    private sealed class Series
    {
        public readonly long[] Counts = new long[Bounds.Length + 1];
        public long Microseconds;

        public void Add(double seconds)
        {
            var i = 0;
            while (i < Bounds.Length && seconds > Bounds[i]) i++;
            Interlocked.Increment(ref Counts[i]);
            Interlocked.Add(ref Microseconds, (long)(seconds * 1e6));
        }
    }
}
