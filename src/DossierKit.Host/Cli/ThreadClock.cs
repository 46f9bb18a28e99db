using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DossierKit.Host.Cli;

/// <summary>The processor time that the calling thread has spent: for measuring on a machine that does other things as well. Where the system does not tell, the time that passed.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Milliseconds since some moment; only differences mean something.</summary>
    public static double Milliseconds => OperatingSystem.IsLinux() && ClockGetTime(ThreadCpuTime, out var time) == 0 ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6) : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
