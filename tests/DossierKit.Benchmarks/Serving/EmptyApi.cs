using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DossierKit.Benchmarks.Serving;

/// <summary>The peer: a minimal API that does nothing but answer, in a process of its own.</summary>
internal static class EmptyApi
{
    public static async Task ServeAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.MapGet("/leeg", () => TypedResults.Text("ok"));
        await app.RunAsync();
    }
}
