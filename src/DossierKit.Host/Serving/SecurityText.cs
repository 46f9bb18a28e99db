using System.Globalization;
using System.Text;

namespace DossierKit.Host.Serving;

/// <summary><c>/.well-known/security.txt</c> (RFC 9116), with the contact of the municipality from the settings, and <c>/robots.txt</c>: nothing here is for a search engine.</summary>
internal static class SecurityText
{
    public static void Map(IEndpointRouteBuilder routes, HostSettings settings)
    {
        routes.MapGet("/robots.txt", () => Results.Text("User-agent: *\nDisallow: /\n")).AllowAnonymous().ExcludeFromDescription();
        // A contact nobody named, or whose day has passed, is worse than none: the RFC says not to believe it.
        routes.MapGet("/.well-known/security.txt", (HttpContext http, TimeProvider clock)
            => settings.Security is { } contact && contact.Expires > clock.GetUtcNow() ? Results.Text(Of(contact, settings.Origin)) : Problems.NotThere(http)).AllowAnonymous().ExcludeFromDescription();
    }

    private static string Of(SecurityContact contact, Uri origin)
    {
        var text = new StringBuilder();
        foreach (var address in contact.Contact) text.Append("Contact: ").Append(address).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Expires: {contact.Expires.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\n");
        if (contact.Policy is { } policy) text.Append("Policy: ").Append(policy).Append('\n');
        text.Append("Preferred-Languages: nl, en\n");
        if (origin.Scheme == "https") text.Append("Canonical: ").Append(new Uri(origin, "/.well-known/security.txt")).Append('\n');
        return text.ToString();
    }
}
