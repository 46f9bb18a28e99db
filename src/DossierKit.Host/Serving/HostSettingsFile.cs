using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

using DossierKit.Host.Cli;

namespace DossierKit.Host.Serving;

/// <summary>
/// The file of <c>--config</c>: JSON, every key optional, an unknown key refused; comments and trailing commas are allowed. It holds no secret: where one is needed it names a file.
/// The keys stand in <c>Operations/README.md</c>.
/// </summary>
internal sealed record HostSettingsFile
{
    public IReadOnlyList<string>? Urls { get; init; }

    public string? Origin { get; init; }

    public IReadOnlyList<string>? Proxies { get; init; }

    public CertificateKeys? Certificate { get; init; }

    public SecurityKeys? Security { get; init; }

    public MetricsKeys? Metrics { get; init; }

    public OidcKeys? Oidc { get; init; }

    public LogKeys? Log { get; init; }

    public LimitKeys? Limits { get; init; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="UsageException">It cannot be read, is no JSON, or has a key or value that is not known.</exception>
    public static HostSettingsFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), HostSettingsJson.Default.HostSettingsFile) ?? new HostSettingsFile();
        }
        catch (JsonException wrong)
        {
            var place = wrong.LineNumber is { } line ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" line {line + 1}") : "";
            throw new UsageException($"The settings '{path}'{place}{(wrong.Path is { Length: > 1 } at ? $" at {at}" : "")} are not understood: {Reason(wrong)} The keys are described in the operations guide (Operations/README.md).");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The settings '{path}' cannot be read: {failure.Message} Check --config and that this account may read the file.");
        }
    }

    /// <summary>The settings with what the file says, where <paramref name="settings"/> (the command line) says nothing.</summary>
    public HostSettings Over(HostSettings settings, HostSettingsGiven given, string path)
    {
        var problems = new List<string>();
        if (!given.Urls && Urls is { Count: > 0 }) settings = settings with { Urls = [.. Urls.Select((url, i) => HostSettingsText.Url(url, $"urls[{i}]", problems)).OfType<Uri>()] };
        if (!given.Origin && Origin is not null && HostSettingsText.Url(Origin, "origin", problems) is { } origin) settings = settings with { Origin = origin, HasOrigin = true };
        if (!given.Proxies && Proxies is { Count: > 0 }) settings = settings with { Proxies = [.. Proxies.Select((proxy, i) => HostSettingsText.Network(proxy, $"proxies[{i}]", problems)).OfType<IPNetwork>()] };
        if (!given.Certificate && Certificate is { } certificate)
        {
            if (string.IsNullOrWhiteSpace(certificate.File)) problems.Add("certificate.file is missing: name the PFX or PEM file.");
            else settings = settings with { Certificate = new CertificateSettings(Beside(path, certificate.File)!, Beside(path, certificate.KeyFile), Beside(path, certificate.PasswordFile)) };
        }

        if (Security is { } security && SecurityOf(security, problems) is { } contact) settings = settings with { Security = contact };
        if (Metrics?.TokenFile is { } tokenFile) settings = settings with { MetricsTokenFile = Beside(path, tokenFile) };
        if (Oidc is { } oidc && OidcOf(oidc, path, problems) is { } provider) settings = settings with { Oidc = provider };
        if (Log?.Format is { } format)
        {
            if (format is not ("text" or "json")) problems.Add($"log.format '{format}' is not known: 'text' or 'json'.");
            settings = settings with { LogsJson = format == "json" };
        }

        if (Log?.Requests is { } requests) settings = settings with { LogsRequests = requests };
        if (Limits?.UploadMegabytes is { } megabytes) settings = settings with { MaxUpload = Positive(megabytes, "limits.uploadMegabytes", problems) << 20 };
        if (Limits?.Connections is { } connections) settings = settings with { MaxConnections = (int)Positive(connections, "limits.connections", problems) };
        if (Limits?.ShutdownSeconds is { } seconds) settings = settings with { ShutdownTimeout = TimeSpan.FromSeconds(Positive(seconds, "limits.shutdownSeconds", problems)) };
        return problems.Count == 0 ? settings : throw new UsageException($"The settings '{path}' are not right:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
    }

    private static SecurityContact? SecurityOf(SecurityKeys keys, List<string> problems)
    {
        var contacts = (keys.Contact ?? []).Select(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "mailto" or "https" or "tel" ? uri : null).ToList();
        if (contacts.Count == 0 || contacts.Contains(null)) problems.Add("security.contact must be a list of addresses such as 'mailto:security@waterlanden.example' or 'https://...'.");
        if (keys.Expires is null) problems.Add("security.expires is missing: say until when the contact is right, such as '2027-06-30T00:00:00Z' (RFC 9116 asks for it).");
        Uri? policy = null;
        if (keys.Policy is not null && (!Uri.TryCreate(keys.Policy, UriKind.Absolute, out policy) || policy.Scheme != "https")) problems.Add("security.policy must be an address that begins with https://.");
        return contacts.Count > 0 && !contacts.Contains(null) && keys.Expires is { } expires ? new SecurityContact([.. contacts.OfType<Uri>()], expires, policy) : null;
    }

    private static SignIn.OidcSettings? OidcOf(OidcKeys keys, string path, List<string> problems)
    {
        var before = problems.Count;
        if (!Uri.TryCreate(keys.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("https" or "http") || issuer.Query.Length > 0)
            problems.Add("oidc.issuer must be the address of the provider exactly as it names itself, such as 'https://aanmelden.waterlanden.example'.");
        else if (issuer.Scheme == "http" && !HostSettings.IsLoopback(issuer))
            problems.Add("oidc.issuer must begin with https://: who listens in between could sign in as anybody.");
        if (string.IsNullOrWhiteSpace(keys.ClientId)) problems.Add("oidc.clientId is missing: what the provider calls this program.");
        return problems.Count > before ? null : new SignIn.OidcSettings(issuer!, keys.ClientId!, Beside(path, keys.ClientSecretFile), keys.Name is { Length: > 0 } name ? name : "uw account van de gemeente");
    }

    private static long Positive(long value, string key, List<string> problems)
    {
        if (value is > 0 and <= 1 << 24) return value;
        problems.Add($"{key} must be a positive number.");
        return 1;
    }

    // A relative path counts from the settings, wherever the service was started.
    private static string? Beside(string settings, string? path) => path is null ? null : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settings))!, path);

    // The message of the parser quotes what it read; its first sentence does not go beyond a key.
    private static string Reason(JsonException wrong)
        => wrong.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "this key is not known." : wrong.InnerException is null ? "the value is of the wrong kind, or a key is not known." : "it is not well-formed JSON.";

    internal sealed record CertificateKeys(string? File = null, string? KeyFile = null, string? PasswordFile = null);

    internal sealed record SecurityKeys(IReadOnlyList<string>? Contact = null, DateTimeOffset? Expires = null, string? Policy = null);

    internal sealed record OidcKeys(string? Issuer = null, string? ClientId = null, string? ClientSecretFile = null, string? Name = null);

    internal sealed record MetricsKeys(string? TokenFile = null);

    internal sealed record LogKeys(string? Format = null, bool? Requests = null);

    internal sealed record LimitKeys(long? UploadMegabytes = null, int? Connections = null, int? ShutdownSeconds = null);
}

/// <summary>What the command line said itself: there the file is not asked.</summary>
internal readonly record struct HostSettingsGiven(bool Urls, bool Origin, bool Proxies, bool Certificate);

/// <summary>Addresses and networks as an operator types them.</summary>
internal static class HostSettingsText
{
    public static Uri? Url(string text, string where, List<string> problems)
    {
        // As Uri reads 'http://*:80', the star is a name.
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.AbsolutePath == "/" && url.Query.Length == 0 && url.UserInfo.Length == 0 && url.Host.Length > 0) return url;
        problems.Add($"{where} '{text}' is no address. Write it as {HostSettings.DefaultUrl}.");
        return null;
    }

    public static IPNetwork? Network(string text, string where, List<string> problems)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        problems.Add($"{where} '{text}' is no address of a proxy. Write an IP address such as 127.0.0.1, or a network such as 10.1.2.0/28.");
        return null;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(HostSettingsFile))]
internal sealed partial class HostSettingsJson : JsonSerializerContext;
