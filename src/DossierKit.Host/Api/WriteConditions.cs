using System.Security.Cryptography;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;

using Microsoft.Net.Http.Headers;

namespace DossierKit.Host.Api;

/// <summary>
/// Versions of a dossier in requests and answers (RFC 9110). Whoever changes something says which version he decided on (<c>If-Match</c>), so that nobody overwrites what he
/// did not see; whether it still holds is decided at the commit itself.
/// </summary>
internal static class WriteConditions
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Tells the version; <see langword="true"/>: the asker has it, and 304 is all there is to say.</summary>
    public static bool IsKnown(HttpContext http, AtDossier at) => IsKnown(http, at.Dossier.Version);

    /// <summary>Tells the version of something else than a dossier; <see langword="true"/>: the asker has it.</summary>
    public static bool IsKnown(HttpContext http, string current)
    {
        var version = $"\"{current}\"";
        http.Response.Headers.ETag = version;
        var known = http.Request.Headers.IfNoneMatch;
        if (known.Count == 0) return false;
        if (known.Count == 1 && known[0] == version) return true;
        return EntityTagHeaderValue.TryParseList(known, out var tags) && tags.Any(tag => tag.Tag == "*" || tag.Tag == version);
    }

    /// <summary>Tells the version after a change.</summary>
    public static void Tell(HttpContext http, AtDossier at) => Tell(http, at.Dossier.Version);

    /// <summary>Tells the version of something else than a dossier, after a change.</summary>
    public static void Tell(HttpContext http, string current) => http.Response.Headers.ETag = $"\"{current}\"";

    /// <summary>On what terms a request changes a dossier, or the problem with what it says.</summary>
    public static (WriteTerms Terms, IResult? Problem) Read(HttpContext http, AtDossier at, ReadOnlySpan<byte> body) => Read(http, at.Dossier.Version, body);

    /// <summary>On what terms a request changes something that has this version now, or the problem with what it says.</summary>
    public static (WriteTerms Terms, IResult? Problem) Read(HttpContext http, string current, ReadOnlySpan<byte> body)
    {
        if (http.Request.Headers.IfMatch.Count == 0)
        {
            return (new WriteTerms(), Problems.Of(
                StatusCodes.Status428PreconditionRequired, "Zeg op welke versie van het dossier u afgaat.",
                "Geef de ETag van uw laatste antwoord mee in de header If-Match; '*' als een ander intussen iets veranderd mag hebben."));
        }

        // Weak tags never match here (RFC 9110, 13.1.1); then no version is right.
        var expected = !EntityTagHeaderValue.TryParseList(http.Request.Headers.IfMatch, out var tags) ? NoVersion
            : tags.Any(tag => tag.Tag == "*") ? null
            : tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"')).OrderByDescending(tag => tag == current).FirstOrDefault() ?? NoVersion;
        return (new WriteTerms(KeyOf(http, body), expected), null);
    }

    /// <summary>The key of a request, with what it asked; <see langword="null"/>: it is done as often as it comes.</summary>
    public static RequestKey? KeyOf(HttpContext http, ReadOnlySpan<byte> body)
        => http.Request.Headers[KeyHeader].ToString() is not { Length: > 0 } key ? null
            : body.IsEmpty ? new RequestKey(key)
            : new RequestKey(key, $"{http.Request.Path} {Convert.ToHexStringLower(SHA256.HashData(body))}");

    /// <summary>Refusals as an answer, each kind with its own status.</summary>
    public static IResult Refuse(HttpContext http, IReadOnlyList<Refusal> refusals) => refusals[0].Cause switch
    {
        RefusalCause.NotThere => Problems.NotThere(http),
        RefusalCause.Changed => Problems.Of(refusals, StatusCodes.Status412PreconditionFailed),
        RefusalCause.RequestReused => Problems.Of(refusals, StatusCodes.Status409Conflict),
        _ => Problems.Of(refusals),
    };

    private const string NoVersion = "-";
}
