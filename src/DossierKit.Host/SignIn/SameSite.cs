using System.Security.Cryptography;
using System.Text;

using DossierKit.Host.Serving;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Keeps out what another site sends: an unsafe request must come from a page of this host (Sec-Fetch-Site, else Origin), and with a session it carries the form token,
/// in the header <c>X-CSRF-Token</c> or the form field <c>formulier</c>. A route that reads its own body (an upload) checks the field itself, before the first byte of content.
/// </summary>
internal static class SameSite
{
    public const string Field = "formulier";
    public const string Header = "X-CSRF-Token";

    public static void Use(WebApplication app)
        => app.Use(async (http, next) =>
        {
            if (IsSafe(http.Request.Method) || http.Features.Get<TokenVisit>() is not null)
            {
                await next(http);
                return;
            }

            // Whoever reads it later, signed in or not: a form that cannot be read is refused here.
            if (IsPlainForm(http.Request) && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<ReadsOwnBody>() is null && !await CanReadAsync(http))
            {
                await Problems.Of(StatusCodes.Status400BadRequest, "Dit formulier is niet te lezen.", "Het heeft te veel velden, of het is in een tekenset die hier niet wordt gebruikt. Er is niets gedaan. Open de pagina opnieuw.").ExecuteAsync(http);
                return;
            }

            if (!IsFromHere(http) || !await HasTokenAsync(http))
            {
                await Problems.Of(StatusCodes.Status403Forbidden, "Dit formulier kwam niet van een pagina van dit programma.", "Open de pagina opnieuw en vul het formulier daar in.").ExecuteAsync(http);
                return;
            }

            // A form of another kind is read by nobody: the framework would put its files on disk in clear, and would fall over one without a kind.
            if (!IsPlainForm(http.Request) && http.GetEndpoint()?.Metadata.GetMetadata<ReadsOwnBody>() is null) http.Request.Form = FormCollection.Empty;
            await next(http);
        });

    /// <summary>Whether a token is that of the session, or of one of the same person that ended by itself: the pages it left open in other tabs can still be sent.</summary>
    public static bool Matches(Visitor visitor, string? token)
        => token is not null && (IsSame(token, visitor.FormToken) || visitor.EarlierFormTokens.Any(earlier => IsSame(token, earlier)));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Whether a request carries fields and nothing else, and says so in a way that can be read.</summary>
    public static bool IsPlainForm(HttpRequest request)
        => request.HasFormContentType && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static async ValueTask<bool> CanReadAsync(HttpContext http)
    {
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return true;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or NotSupportedException or ArgumentException)
        {
            // Too many fields, or one too long; a character set of which the platform knows the name and nothing more (utf-7).
            return false;
        }
    }

    private static bool IsFromHere(HttpContext http)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;
        var settings = http.RequestServices.GetRequiredService<HostSettings>();
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && (Same(from, settings.Origin) || settings.Urls.Any(url => Same(from, url)));
    }

    private static bool Same(Uri a, Uri b) => Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static async ValueTask<bool> HasTokenAsync(HttpContext http)
    {
        // Without a session there is nothing a forged request could use.
        if (http.VisitorOrNull() is not { } visitor) return true;
        if (http.Request.Headers[Header].ToString() is { Length: > 0 } header) return Matches(visitor, header);
        if (http.GetEndpoint()?.Metadata.GetMetadata<ReadsOwnBody>() is not null) return true;
        // Never a multipart form: the framework would put its files on disk in clear.
        return IsPlainForm(http.Request) && Matches(visitor, (await http.Request.ReadFormAsync(http.RequestAborted))[Field]);
    }
}

/// <summary>Marks a route that reads its body itself and checks the form token in it before anything else.</summary>
internal sealed class ReadsOwnBody;

/// <summary>A request by a token in the Authorization header: no browser sends that by itself.</summary>
internal sealed class TokenVisit;
