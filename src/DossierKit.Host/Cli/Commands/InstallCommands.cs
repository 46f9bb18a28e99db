using System.CommandLine;
using System.Text.Json.Nodes;

using DossierKit.Documents;
using DossierKit.Dossiers;
using DossierKit.Protocols;

namespace DossierKit.Host.Cli.Commands;

/// <summary><c>template install</c>: the municipality's own template takes the place of the shipped one; sealed and journalled.</summary>
internal sealed class TemplateInstallCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The Word template (.docx)." };
    private readonly Option<string?> _kind = new("--kind") { Description = "The kind of document. Default: the name of the file, such as kennisgeving for kennisgeving.docx.", HelpName = "KIND" };

    public TemplateInstallCommand()
        : base("install", "Put your own Word template into the vault; from then on it is used for its kind of document.",
            "dossierkit template install ./kennisgeving.docx --data ./vault --as fi",
            "dossierkit template install ./onze-brief.docx --kind kennisgeving --data ./vault --as fi")
    {
        Add(_file);
        Add(_kind);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_file)!;
        var bytes = await InputFile.ReadAsync(path, ct);
        var kind = DossierOptions.RequireKind(context.Get(_kind) ?? Path.GetFileNameWithoutExtension(path).ToLowerInvariant());
        DocumentTemplate.Compile(bytes, Path.GetFileName(path)).OrRefuse();
        await using var session = await Session.OpenAsync(context, ct);
        var item = (await session.Register.Templates.InstallAsync(session.Acting(), kind, Path.GetFileName(path), bytes, ct)).OrRefuse();
        context.Terminal.Line($"Vanaf nu wordt dit sjabloon gebruikt voor: {item.Kind}.");
        context.Terminal.Json(Installed.ToJson(item));
        return ExitCode.Done;
    }
}

/// <summary><c>protocol install</c>: a municipality's own protocol, checked first; sealed and journalled.</summary>
internal sealed class ProtocolInstallCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The protocol (.json)." };

    public ProtocolInstallCommand()
        : base("install", "Put your own protocol into the vault. Running dossiers keep the protocol they began with.",
            "dossierkit protocol install ./waterlanden-2026.json --data ./vault --as fi")
    {
        Add(_file);
        Add(CommonOptions.As);
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Get(_file)!;
        var bytes = await InputFile.ReadAsync(path, ct);
        ProtocolLoader.Load(bytes, Path.GetFileName(path)).OrRefuse();
        await using var session = await Session.OpenAsync(context, ct);
        var item = (await session.Register.Protocols.InstallAsync(session.Acting(), Path.GetFileName(path), bytes, ct)).OrRefuse();
        context.Terminal.Line($"Dit protocol is opgenomen in de kluis: {item.Kind}.");
        context.Terminal.Json(Installed.ToJson(item));
        return ExitCode.Done;
    }
}

file static class Installed
{
    public static JsonObject ToJson(InstalledItem item) => new()
    {
        ["kind"] = item.Kind,
        ["file"] = item.FileName,
        ["sha256"] = item.Sha256,
        ["by"] = item.By.Value,
    };
}
