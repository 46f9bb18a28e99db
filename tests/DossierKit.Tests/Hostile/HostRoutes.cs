using DossierKit.Dossiers;
using DossierKit.Host;
using DossierKit.Host.SignIn;
using DossierKit.Tests.Serving;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DossierKit.Tests.Hostile;

/// <summary>One way to reach the host: a method and a pattern, as the host itself knows them.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The pattern, such as <c>/dossiers/{nummer}/bestanden/{id}</c>.</param>
/// <param name="IsOpen">Whether it asks for no session.</param>
/// <param name="IsOfDossier">Whether it lies behind the door of a dossier.</param>
/// <param name="TakesFiles">Whether it reads its body itself: a form with files.</param>
internal sealed record HostRoute(string Method, string Pattern, bool IsOpen, bool IsOfDossier, bool TakesFiles)
{
    public bool IsUnsafe => Method is not ("GET" or "HEAD" or "OPTIONS");

    public bool IsApi => Pattern.StartsWith("/v1", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>Every route of a running host, and addresses for it: what is added later is tried too.</summary>
internal static class HostRoutes
{
    public static IReadOnlyList<HostRoute> Of(ServedVault served)
        => [.. served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => new HostRoute(
                method, $"/{endpoint.RoutePattern.RawText!.Trim('/')}", endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, endpoint.Metadata.GetMetadata<DossierRoute>() is not null,
                endpoint.Metadata.GetMetadata<ReadsOwnBody>() is not null)))
            .Distinct().OrderBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal)];

    /// <summary>Addresses of a route in one dossier: every parameter with values that exist there, some in each compartment.</summary>
    public static IReadOnlyList<string> AddressesOf(HostRoute route, DossierState dossier, string? number = null)
    {
        IEnumerable<string> addresses = [route.Pattern];
        foreach (var parameter in System.Text.RegularExpressions.Regex.Matches(route.Pattern, "\\{(?<name>[^}]+)\\}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups[1].Value))
        {
            if (parameter.EndsWith('?'))
            {
                addresses = [.. addresses.Select(address => address.Replace($"/{{{parameter}}}", "", StringComparison.Ordinal))];
                continue;
            }

            var values = ValuesOf(parameter, route.Pattern, dossier, number).ToList();
            addresses = [.. addresses.SelectMany(address => values.Select(value => address.Replace($"{{{parameter}}}", Uri.EscapeDataString(value), StringComparison.Ordinal)))];
        }

        return [.. addresses];
    }

    private static IEnumerable<string> ValuesOf(string parameter, string pattern, DossierState dossier, string? number)
    {
        // One of every compartment: what is hidden from somebody is among them.
        var files = dossier.Files.GroupBy(file => file.Compartment).Select(files => files.First().Id.ToString());
        var events = dossier.Events.GroupBy(recorded => recorded.Event.Compartment).Select(events => events.First().Entry.ToString());
        return parameter.Split(':')[0] switch
        {
            "nummer" => [number ?? dossier.Number.Value],
            "soort" when pattern.Contains("documenten", StringComparison.Ordinal) || pattern.Contains("sjablonen", StringComparison.Ordinal) => ["kennisgeving"],
            "soort" => ["melding-ontvangen", "journaal-aantekening"],
            "id" when pattern.Contains("bestanden", StringComparison.Ordinal) => files,
            "bestand" => files,
            "id" when pattern.Contains("gebeurtenissen", StringComparison.Ordinal) || pattern.Contains("tijdlijn", StringComparison.Ordinal) => events,
            "id" when pattern.Contains("personen", StringComparison.Ordinal) => ["melder-1", "betrokkene-1"],
            "persoon" => ["melder-1", "betrokkene-1"],
            "id" when pattern.Contains("protocollen", StringComparison.Ordinal) => ["waterlanden"],
            "id" when pattern.Contains("sjablonen", StringComparison.Ordinal) => ["kennisgeving"],
            "protocol" => ["waterlanden"],
            // A held form, a link and the like: random, and of somebody else.
            "naam" or "token" or "code" or "voorstel" => ["c2VjcmV0LW9mLXNvbWVib2R5LWVsc2UtYWx0b2dldGhlcg"],
            "file" => ["dossierkit.css"],
            _ => files,
        };
    }
}
