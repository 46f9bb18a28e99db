using DossierKit.Vault;

namespace DossierKit.Host.Operations;

/// <summary>Looks at the clock every minute while the host runs, so that one that is set back or ahead is noticed before anything is destroyed by it.</summary>
internal sealed partial class ClockObserver(DossierVault vault, TimeProvider clock, ILogger<ClockObserver> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var told = ClockDoubt.None;
        do
        {
            try
            {
                var reading = vault.ObserveClock(clock);
                if (reading.Doubt != told && !reading.IsTrusted) Doubtful(log, reading.Doubt);
                told = reading.Doubt;
            }
            catch (VaultException failure)
            {
                // The state folder cannot be written now: whatever needs it says so itself, and nothing is destroyed meanwhile.
                NotSeen(log, failure.GetType().Name);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The clock of this machine is in doubt ({Doubt}): nothing is destroyed until it is right, or two people said that it is. See 'dossierkit destruction clock show'.")]
    private static partial void Doubtful(ILogger logger, ClockDoubt doubt);

    [LoggerMessage(2, LogLevel.Warning, "The clock could not be remembered ({Failure}). Check that the state folder can be written.")]
    private static partial void NotSeen(ILogger logger, string failure);
}
