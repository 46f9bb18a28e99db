using System.CommandLine;

using DossierKit.Host.Serving;

namespace DossierKit.Host.Cli.Commands;

/// <summary>How to serve, from the command line and the file it names; the command line wins.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = $"The addresses to listen on. Default: {HostSettings.DefaultUrl}, which only this machine reaches.",
        HelpName = "URL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _origin = new("--origin") { Description = "The address that users type, when a proxy or a name stands in between.", HelpName = "URL" };

    private readonly Option<string[]> _proxies = new("--proxy")
    {
        Description = "A proxy that is believed when it says who asks and that it came over https: its IP address or network. May be given more than once.",
        HelpName = "ADDRESS",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _certificate = new("--certificate") { Description = "The certificate for https: a PFX or PEM file, read again when it changes.", HelpName = "FILE" };
    private readonly Option<string?> _certificateKey = new("--certificate-key") { Description = "The private key (PEM), when it is not in the file of --certificate.", HelpName = "FILE" };
    private readonly Option<string?> _config = new("--config") { Description = "A JSON file with settings; the operations guide describes its keys.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_urls, _origin, _proxies, _certificate, _certificateKey, _config]) command.Add(option);
    }

    /// <summary>For a demo: where to listen and no more.</summary>
    public void AddUrlsTo(Command command) => command.Add(_urls);

    /// <summary>The settings, checked.</summary>
    /// <exception cref="UsageException">Something is not right; with every reason.</exception>
    public HostSettings Read(CommandContext context)
    {
        var problems = new List<string>();
        var settings = new HostSettings();
        if (context.Get(_urls) is { Length: > 0 } urls) settings = settings with { Urls = [.. urls.Select(url => HostSettingsText.Url(url, "--urls", problems)).OfType<Uri>()] };
        if (context.Get(_origin) is { } text && HostSettingsText.Url(text, "--origin", problems) is { } origin) settings = settings with { Origin = origin, HasOrigin = true };
        if (context.Get(_proxies) is { Length: > 0 } proxies) settings = settings with { Proxies = [.. proxies.Select(proxy => HostSettingsText.Network(proxy, "--proxy", problems)).OfType<System.Net.IPNetwork>()] };
        if (context.Get(_certificate) is { } certificate) settings = settings with { Certificate = new CertificateSettings(Path.GetFullPath(certificate), context.Get(_certificateKey) is { } key ? Path.GetFullPath(key) : null) };
        else if (context.Get(_certificateKey) is not null) problems.Add("--certificate-key was given without --certificate.");
        if (problems.Count == 0 && context.Get(_config) is { } file)
        {
            var given = new HostSettingsGiven(context.Get(_urls) is { Length: > 0 }, settings.HasOrigin, settings.Proxies.Count > 0, settings.Certificate is not null);
            settings = HostSettingsFile.Read(file).Over(settings, given, file);
        }

        if (problems.Count == 0) problems.AddRange(HostSettingsCheck.Problems(settings));
        return problems.Count == 0 ? settings : throw new UsageException(string.Join(Environment.NewLine, problems));
    }
}
