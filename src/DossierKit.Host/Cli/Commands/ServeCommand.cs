using System.CommandLine;

using DossierKit.Dossiers;
using DossierKit.Host.Cli.Doctor;
using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>serve</c>: the web pages and the HTTP API.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly Option<string[]> _urls = UrlsOption();

    public ServeCommand()
        : base("serve", "Serve the web pages and the HTTP API of a vault.",
            "dossierkit serve --data ./demo-data",
            "dossierkit serve --data ./demo-data --urls http://localhost:5081")
    {
        Add(_urls);
    }

    public static Option<string[]> UrlsOption() => new("--urls")
    {
        Description = $"The addresses to listen on. Default: {HostSettings.DefaultUrl}, which only this machine reaches.",
        HelpName = "URL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var settings = Settings(context.Get(_urls)) with { Surroundings = VaultSurroundings.Of(context) };
        await using var session = await Session.OpenAsync(context, ct);
        await RunAsync(settings, session.Vault, session.Register, context, ct);
        return ExitCode.Done;
    }

    /// <summary>Serves until it is asked to stop.</summary>
    public static async ValueTask RunAsync(HostSettings settings, DossierVault vault, DossierRegister register, CommandContext context, CancellationToken ct)
    {
        await using var app = DossierHost.Build(settings, vault, register, context.Clock);
        await app.StartAsync(ct);
        context.Terminal.Line($"DossierKit luistert op {string.Join(", ", settings.Urls.Select(url => url.ToString().TrimEnd('/')))}. Stoppen: Ctrl-C.");
        await app.WaitForShutdownAsync(ct);
    }

    /// <summary>How to serve, from the command line.</summary>
    /// <exception cref="UsageException">An address is none.</exception>
    public static HostSettings Settings(string[]? urls)
        => urls is not { Length: > 0 } ? new HostSettings() : new HostSettings
        {
            Urls = [.. urls.Select(url => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? parsed
                : throw new UsageException($"--urls '{url}' is no address. Write it as {HostSettings.DefaultUrl}."))],
        };
}
