using DossierKit.Host.Serving;
namespace DossierKit.Host.Operations;

/// <summary>Keeps the search index up to date while the host runs: reads what was filed, one file at a time, so that people at work do not notice.</summary>
internal sealed partial class IndexKeeper(SearchDesk desk, HostSettings settings, TimeProvider clock, ILogger<IndexKeeper> log) : BackgroundService
{
    // A disk that stays full is told once, not every ten seconds.
    private string _told = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IndexEvery == Timeout.InfiniteTimeSpan) return;
        using var timer = new PeriodicTimer(settings.IndexEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await UpdateAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was made stays, the rest is made next time.
        }
    }

    private async Task UpdateAsync(CancellationToken ct)
    {
        try
        {
            await (await desk.IndexAsync(ct)).UpdateAsync(rebuild: false, null, ct);
            _told = "";
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // Whoever searches finds what is there, and is told what waits. The next round tries again.
            if (_told != failure.GetType().Name) NotUpdated(log, _told = failure.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The search index could not be brought up to date ({Failure}). It is tried again; see 'dossierkit index status' and 'dossierkit verify'.")]
    private static partial void NotUpdated(ILogger logger, string failure);
}
