using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

using DossierKit.Host.Serving;

namespace DossierKit.Host.Operations;

/// <summary>
/// Runs the host as a Windows service when the service manager started it: tells that it starts, runs and stops, and stops when asked to, as letting running requests end takes.
/// Does nothing when it was started in another way (a window, the Task Scheduler). By the service functions of Windows themselves (advapi32).
/// </summary>
internal sealed partial class WindowsService(IHostApplicationLifetime life, HostSettings settings) : IHostedLifecycleService, IDisposable
{
    /// <summary>Of a process with one service Windows does not look at the name.</summary>
    private const string Name = "DossierKit";

    private readonly ManualResetEventSlim _ended = new();
    // Windows holds pointers to these for as long as the service runs.
    private ServiceMain? _main;
    private ServiceHandler? _handler;
    private nint _status;
    private uint _checkPoint;

    /// <summary>Whether this process may have been started by the service manager: there is nobody to talk to.</summary>
    [SupportedOSPlatformGuard("windows")]
    public static bool MayBeService => OperatingSystem.IsWindows() && !Environment.UserInteractive;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            // The dispatcher holds on to this thread until the service has stopped.
            _main = (_, _) => Serve(connected);
            var name = Marshal.StringToHGlobalUni(Name);
            try
            {
                ReadOnlySpan<ServiceTableEntry> table = [new(name, Marshal.GetFunctionPointerForDelegate(_main)), default];
                if (!StartServiceCtrlDispatcher(in table[0]))
                {
                    var error = Marshal.GetLastPInvokeError();
                    if (error == NotStartedByServiceManager) connected.TrySetResult();
                    else connected.TrySetException(new Win32Exception(error));
                }
            }
            finally
            {
                Marshal.FreeHGlobal(name);
            }
        })
        { IsBackground = true, Name = "Windows service" };
        thread.Start();
        return connected.Task.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Tell(ServiceState.Running, TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        Tell(ServiceState.StopPending, settings.ShutdownTimeout);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        // From here on the manager may end the process: nothing of the host runs any more.
        Tell(ServiceState.Stopped, TimeSpan.Zero);
        _ended.Set();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _ended.Set();
        _ended.Dispose();
    }

    private void Serve(TaskCompletionSource connected)
    {
        _handler = (control, _, _, _) =>
        {
            switch (control)
            {
                case ControlStop or ControlShutdown:
                    Tell(ServiceState.StopPending, settings.ShutdownTimeout);
                    life.StopApplication();
                    return NoError;
                case ControlInterrogate:
                    return NoError;
                default:
                    return NotImplemented;
            }
        };
        _status = RegisterServiceCtrlHandlerEx(Name, Marshal.GetFunctionPointerForDelegate(_handler), 0);
        if (_status == 0)
        {
            connected.TrySetException(new Win32Exception(Marshal.GetLastPInvokeError()));
            return;
        }

        Tell(ServiceState.StartPending, TimeSpan.FromSeconds(30));
        connected.TrySetResult();
        _ended.Wait();
    }

    private void Tell(ServiceState state, TimeSpan within)
    {
        if (_status == 0) return;
        var isPending = state is ServiceState.StartPending or ServiceState.StopPending;
        var status = new ServiceStatus
        {
            Type = OwnProcess,
            State = state,
            Accepts = state == ServiceState.Running ? AcceptStop | AcceptShutdown : 0,
            CheckPoint = isPending ? ++_checkPoint : 0,
            WaitHint = (uint)within.TotalMilliseconds,
        };
        _ = SetServiceStatus(_status, in status);
    }

    private const int NotStartedByServiceManager = 1063;
    private const uint NoError = 0;
    private const uint NotImplemented = 120;
    private const uint ControlStop = 1;
    private const uint ControlInterrogate = 4;
    private const uint ControlShutdown = 5;
    private const uint OwnProcess = 0x10;
    private const uint AcceptStop = 1;
    private const uint AcceptShutdown = 4;

    private delegate void ServiceMain(uint count, nint arguments);

    private delegate uint ServiceHandler(uint control, uint type, nint data, nint context);

    private enum ServiceState : uint
    {
        Stopped = 1,
        StartPending = 2,
        StopPending = 3,
        Running = 4,
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ServiceTableEntry(nint Name, nint Main);

    [StructLayout(LayoutKind.Sequential)]
    private struct ServiceStatus
    {
        public uint Type;
        public ServiceState State;
        public uint Accepts;
        public uint ExitCode;
        public uint OwnExitCode;
        public uint CheckPoint;
        public uint WaitHint;
    }

    [LibraryImport("advapi32.dll", EntryPoint = "StartServiceCtrlDispatcherW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool StartServiceCtrlDispatcher(in ServiceTableEntry table);

    [LibraryImport("advapi32.dll", EntryPoint = "RegisterServiceCtrlHandlerExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint RegisterServiceCtrlHandlerEx(string name, nint handler, nint context);

    [LibraryImport("advapi32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetServiceStatus(nint service, in ServiceStatus status);
}
