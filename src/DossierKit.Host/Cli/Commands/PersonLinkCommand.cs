using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Dossiers;
using DossierKit.Host.Serving;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>person link</c>: a one-time link by which a person makes a passkey for the web pages.</summary>
internal sealed class PersonLinkCommand : CliCommand
{
    private readonly Argument<string> _person = PersonOptions.Person();
    private readonly Option<string?> _origin = new("--origin") { Description = $"The address of the pages as users type it. Default: {HostSettings.DefaultUrl}.", HelpName = "URL" };

    public PersonLinkCommand()
        : base("link", "Make a one-time link by which a person makes a passkey. It works once, for ten minutes, and is shown this once only.",
            "dossierkit person link fi --data ./vault",
            "dossierkit person link onderzoeker-2 --data ./vault --origin https://integriteit.example.nl")
    {
        Add(_person);
        Add(_origin);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var id = PersonOptions.Parse(context.Get(_person)!);
        var origin = context.Get(_origin) ?? HostSettings.DefaultUrl;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"--origin '{origin}' is no address. Write it as {HostSettings.DefaultUrl}.");
        await using var session = await Session.OpenAsync(context, ct);
        var secret = (await session.Register.SignIns.MakeLinkAsync(session.Acting(), id, LinkUse.Enrol, ct)).OrRefuse();
        var link = $"{address.GetLeftPart(UriPartial.Authority)}/aanmelden/link/{secret}";
        context.Terminal.Line(link);
        context.Terminal.Note("Deze link werkt één keer, tien minuten lang. Geef hem alleen aan deze persoon zelf. Het programma moet draaien: dossierkit serve.");
        context.Terminal.Json(new JsonObject { ["persoon"] = id.Value, ["link"] = link });
        return ExitCode.Done;
    }
}
