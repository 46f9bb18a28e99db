using System.Globalization;
using System.Text.Json.Nodes;

using DossierKit.Search;

namespace DossierKit.Host.Cli.Commands;

/// <summary>What the commands of the index share.</summary>
internal static class IndexCommands
{
    /// <summary>Progress of an update on a bar.</summary>
    internal sealed class Share(IProgress<double> bar) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value) => bar.Report(value.TotalDossiers == 0 ? 1 : (double)value.Dossiers / value.TotalDossiers);
    }
}

/// <summary><c>index status</c>: how far the search index is, in numbers; which files of a dossier cannot be searched stands on its own page.</summary>
internal sealed class IndexStatusCommand : CliCommand
{
    public IndexStatusCommand()
        : base("status", "How many files can be searched, wait to be read, or cannot be read. Numbers only: no names and no content.", "dossierkit index status --data ./demo-data")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var index = await DossierIndex.OpenAsync(session.Register, null, ct);
        var status = await Terminal.WithProgressAsync("Looking at the index", bar => index.StatusAsync(new IndexCommands.Share(bar), ct));
        context.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{status.Dossiers} dossiers, {status.Searchable} files can be searched, {status.Waiting} wait, {status.NotSearchable} hold no text that can be read, {status.WithGaps} were read in part."));
        context.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{status.Bytes} bytes of index."));
        foreach (var (gap, count) in status.Gaps) context.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{count,5}  {gap}"));
        if (status.Waiting > 0) context.Terminal.Line("Run 'dossierkit index rebuild', or let the host run: it reads what is new by itself.");
        context.Terminal.Json(new JsonObject
        {
            ["dossiers"] = status.Dossiers,
            ["searchable"] = status.Searchable,
            ["waiting"] = status.Waiting,
            ["notSearchable"] = status.NotSearchable,
            ["withGaps"] = status.WithGaps,
            ["bytes"] = status.Bytes,
            ["gaps"] = new JsonArray([.. status.Gaps.Select(gap => new JsonObject { ["text"] = gap.Text, ["count"] = gap.Count })]),
        });
        return ExitCode.Done;
    }
}

/// <summary><c>index rebuild</c>: reads every file anew and makes every segment anew.</summary>
internal sealed class IndexRebuildCommand : CliCommand
{
    public IndexRebuildCommand()
        : base("rebuild", "Read every file anew and build the whole search index: after a restore, or when a program that reads more kinds of files was installed. Work in the vault goes on meanwhile.",
            "dossierkit index rebuild --data ./demo-data")
    {
    }

    private protected override async ValueTask<ExitCode> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var session = await Session.OpenAsync(context, ct);
        using var index = await DossierIndex.OpenAsync(session.Register, null, ct);
        var report = await Terminal.WithProgressAsync("Building the index", bar => index.UpdateAsync(rebuild: true, new IndexCommands.Share(bar), ct));
        context.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{report.Dossiers} dossiers, {report.Files} files read, {report.WithGaps} of them not or not whole. See 'dossierkit index status'."));
        context.Terminal.Json(new JsonObject { ["dossiers"] = report.Dossiers, ["changed"] = report.Changed, ["files"] = report.Files, ["withGaps"] = report.WithGaps });
        return ExitCode.Done;
    }
}
