using DossierKit.Dossiers;
using DossierKit.Host.Cli.Doctor;
using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>serve</c>: the web pages and the HTTP API.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly ServeOptions _options = new();

    public ServeCommand()
        : base("serve", "Serve the web pages and the HTTP API of a vault.",
            "dossierkit serve --data ./demo-data",
            "dossierkit serve --data ./demo-data --urls http://localhost:5081",
            "dossierkit serve --data /srv/dossiers --proxy 127.0.0.1 --origin https://dossiers.waterlanden.example",
            "dossierkit serve --data /srv/dossiers --config /etc/dossierkit/settings.json")
        => _options.AddTo(this);

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var settings = _options.Read(context) with { Surroundings = VaultSurroundings.Of(context) };
        await using var session = await Session.OpenAsync(context, ct);
        await RunAsync(settings, session.Vault, session.Register, context, ct);
        return ExitCode.Done;
    }

    /// <summary>Serves until it is asked to stop.</summary>
    /// <exception cref="EnvironmentFailureException">It cannot listen: the port is taken, or not for this account.</exception>
    public static async ValueTask RunAsync(HostSettings settings, DossierVault vault, DossierRegister register, CommandContext context, CancellationToken ct, Func<ValueTask>? listening = null)
    {
        await using var app = DossierHost.Build(settings, vault, register, context.Clock);
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception failure) when (Listening.Explain(failure, settings) is { } text)
        {
            throw new EnvironmentFailureException(text, failure);
        }

        context.Terminal.Line($"DossierKit luistert op {string.Join(", ", settings.Urls.Select(HostSettingsCheck.Text))}. Stoppen: Ctrl-C.");
        if (listening is not null) await listening();
        await app.WaitForShutdownAsync(ct);
    }
}
