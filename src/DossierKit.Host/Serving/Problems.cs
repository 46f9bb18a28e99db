using System.Text.Json;
using System.Text.Json.Serialization;

using DossierKit.Host.Cli;
using DossierKit.Host.Web.Fouten;
using DossierKit.Vault;

using Microsoft.AspNetCore.Http.HttpResults;

namespace DossierKit.Host.Serving;

/// <summary>What went wrong, for a client (RFC 9457) or as a page: the one place where a refusal or a failure becomes an answer.</summary>
internal static class Problems
{
    /// <summary>An answer with one reason.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="what">What was refused.</param>
    /// <param name="whatNow">What the user can do.</param>
    public static IResult Of(int status, string what, string whatNow) => new ProblemResult(new Problem { Status = status, Title = what, Detail = whatNow });

    /// <summary>The status of a page or answer with these refusals: 403 where the person has no right to it, 400 for any other, 200 without.</summary>
    public static int StatusOf(IReadOnlyList<Refusal> refusals)
        => refusals.Count == 0 ? StatusCodes.Status200OK : refusals[0].Cause == RefusalCause.NoRight ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;

    /// <summary>Every reason of a refusal. Without a status of its own: <see cref="StatusOf"/>.</summary>
    public static IResult Of(IReadOnlyList<Refusal> refusals, int? status = null) => new ProblemResult(new Problem
    {
        Status = status ?? StatusOf(refusals),
        Title = refusals[0].What,
        Detail = $"{refusals[0].Why} {refusals[0].WhatNow}",
        Reasons = [.. refusals.Select(refusal => new Reason(refusal.What, refusal.Why, refusal.WhatNow, refusal.Subject))],
    });

    /// <summary>The one answer for "not there" and "not for you".</summary>
    public static IResult NotThere(HttpContext http)
    {
        var refusal = RefusedException.NotThere().Refusals[0];
        _ = http;
        return Of(StatusCodes.Status404NotFound, refusal.What, $"{refusal.Why} {refusal.WhatNow}");
    }

    /// <summary>Turns what a handler throws, and answers without a body, into a problem.</summary>
    public static void Use(WebApplication app)
        => app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
                if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentLength is null && http.Response.ContentType is null)
                    await Bare(http).ExecuteAsync(http);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Nobody is there to answer any more.
            }
            catch (Exception failure) when (!http.Response.HasStarted)
            {
                var headers = http.Response.Headers.ToList();
                http.Response.Clear();
                foreach (var header in headers.Where(header => header.Key is not ("Content-Type" or "Content-Length" or "Content-Encoding" or "ETag"))) http.Response.Headers[header.Key] = header.Value;
                http.RequestServices.GetRequiredService<FailureLog>().Write(http, failure);
                await Of(failure, http).ExecuteAsync(http);
            }
        });

    private static IResult Of(Exception failure, HttpContext http) => failure switch
    {
        RefusedException refused => Of(refused.Refusals),
        UploadException upload => Of([upload.Refusal], upload.Status),
        ObjectDestroyedException => NotThere(http),
        JournalConflictException => Of(StatusCodes.Status409Conflict, "Iemand anders schreef op hetzelfde moment in dit dossier.", "Er is niets opgeslagen. Bekijk het opnieuw en probeer het nog een keer."),
        BadHttpRequestException bad => Of(bad.StatusCode, "Deze aanvraag is niet goed van vorm.", "Kijk na wat u stuurde, en hoe groot het is."),
        VaultException => Of(StatusCodes.Status503ServiceUnavailable, "Het programma kan nu niet bij de dossiers.", "Er is niets verloren. Waarschuw de beheerder: die ziet de oorzaak."),
        _ => Of(StatusCodes.Status500InternalServerError, "Er ging iets mis in het programma.", "Er is niets opgeslagen dat niet als klaar is gemeld. Probeer het nog eens; blijft het misgaan, waarschuw dan de beheerder."),
    };

    private static IResult Bare(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => NotThere(http),
        StatusCodes.Status405MethodNotAllowed => Of(StatusCodes.Status405MethodNotAllowed, "Dit kan hier niet.", "Kijk welke handelingen dit adres kent."),
        StatusCodes.Status415UnsupportedMediaType => Of(StatusCodes.Status415UnsupportedMediaType, "Dit soort inhoud wordt hier niet aangenomen.", "Stuur wat de beschrijving van de API noemt."),
        var status => Of(status, "Dit is niet gelukt.", "Kijk na wat u stuurde en probeer het nog eens."),
    };

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = problem.Status;
            return IsApi(http.Request)
                ? http.Response.WriteAsJsonAsync(problem, ProblemJson.Default.Problem, "application/problem+json", http.RequestAborted)
                : new RazorComponentResult<FoutPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(FoutPage.Problem)] = problem }) { StatusCode = problem.Status }.ExecuteAsync(http);
        }

        private static bool IsApi(HttpRequest request)
            => request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) || request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A problem, as RFC 9457 has it, with every reason.</summary>
public sealed record Problem
{
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    [JsonPropertyName("redenen")] public IReadOnlyList<Reason>? Reasons { get; init; }
}

/// <summary>One reason: what, why, what now.</summary>
public sealed record Reason(
    [property: JsonPropertyName("wat")] string What, [property: JsonPropertyName("waarom")] string Why, [property: JsonPropertyName("watNu")] string WhatNow,
    [property: JsonPropertyName("onderwerp")] string? Subject);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
