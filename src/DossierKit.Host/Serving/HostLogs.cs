using System.Runtime.Versioning;

using DossierKit.Host.Operations;

using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging.EventLog;

namespace DossierKit.Host.Serving;

/// <summary>
/// What the host tells its operator, on standard error: lines of this program alone. What the framework logs is left out, because its lines quote addresses, header values and
/// messages of exceptions, and those can hold the number of a dossier, a token or a name.
/// </summary>
internal static class HostLogs
{
    public static void Configure(ILoggingBuilder logging, HostSettings settings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.None);
        logging.AddFilter("DossierKit", LogLevel.Information);
        // Here the framework speaks through handlers of this program.
        logging.AddFilter("DossierKit.Host.SignIn", LogLevel.Warning);
        if (settings.LogsJson) logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        else logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat, console.ColorBehavior) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' ", LoggerColorBehavior.Disabled));
        // A service of Windows has nobody who reads its standard error.
        if (WindowsService.MayBeService) logging.AddEventLog(EventLog());
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    [SupportedOSPlatform("windows")]
    private static EventLogSettings EventLog() => new() { SourceName = "DossierKit" };
}

/// <summary>A line for every request, where the settings ask for it: method, pattern of the route, status, time. Never an address: it can hold a number or a token.</summary>
internal sealed partial class RequestLog(ILogger<RequestLog> log)
{
    public void Write(HttpContext http, TimeSpan took)
    {
        var (method, route, milliseconds) = (Metrics.MethodOf(http.Request.Method), Metrics.RouteOf(http), (long)took.TotalMilliseconds);
        Request(log, method, route, http.Response.StatusCode, milliseconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} {Milliseconds} ms")]
    private static partial void Request(ILogger log, string method, string route, int status, long milliseconds);
}
