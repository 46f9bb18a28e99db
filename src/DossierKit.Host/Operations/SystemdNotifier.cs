using System.Globalization;
using System.Net.Sockets;
using System.Text;

using DossierKit.Host.Serving;
using DossierKit.Vault;

namespace DossierKit.Host.Operations;

/// <summary>
/// Tells systemd how the service does (sd_notify): ready when it listens, stopping, and a sign of life for as long as the host answers its own health check,
/// so that one that hangs is started again (<c>WatchdogSec</c>). Does nothing where no systemd waits for word.
/// </summary>
internal sealed class SystemdNotifier(IHostApplicationLifetime life, DossierVault vault, TimeProvider clock) : BackgroundService
{
    private readonly string? _socket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(_socket)) return;
        life.ApplicationStarted.Register(() => Send("READY=1\nSTATUS=Serving."));
        life.ApplicationStopping.Register(() => Send("STOPPING=1\nSTATUS=Letting running requests end."));
        if (!long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) || microseconds <= 0) return;

        // Twice in each term, as systemd advises. A host whose threads are all stuck does not get here, and that is the point.
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 2.0), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A vault that takes no changes still shows dossiers: starting again is for the operator, who looks at the disk first.
            Send(HealthPage.State(vault, life) == "alleen-lezen" ? "WATCHDOG=1\nSTATUS=READ ONLY: the disk failed. See the log." : "WATCHDOG=1");
        }
    }

    private void Send(string message)
    {
        // An address that begins with @ is in the abstract namespace: a zero byte takes the place of the @.
        var address = _socket![0] == '@' ? $"\0{_socket[1..]}" : _socket;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(address));
            socket.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException)
        {
            // Whoever does not hear us takes its own measures; the dossiers go on.
        }
    }
}
