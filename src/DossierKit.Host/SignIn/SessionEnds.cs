using DossierKit.Dossiers;
using DossierKit.Vault;

namespace DossierKit.Host.SignIn;

/// <summary>
/// Ends sessions that ran out, each minute, and keeps in the log that they ended: by themselves, from elsewhere, or because an account was taken away. Whoever signs out is logged there
/// and then. Their dossiers are closed with them, also when nobody comes by any more.
/// </summary>
internal sealed class SessionEnds(Sessions sessions, DossierRegister register, TimeProvider clock) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <summary>Ends and writes what there is now.</summary>
    public async ValueTask WriteAsync(CancellationToken ct)
    {
        if (!sessions.HasEnded()) return;
        try
        {
            while (sessions.TryPeekEnded(out var acting))
            {
                await register.LogSignInAsync(SignInAct.SessionEnded, acting.Id, acting.Kind, ct);
                sessions.TakeEnded();
            }
        }
        catch (Exception failure) when (failure is VaultException or IOException)
        {
            // The log takes nothing now, and the operator knows. They stay, for the next minute.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left is written there.
        }
    }
}
