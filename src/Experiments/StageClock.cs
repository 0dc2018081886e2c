using System.Diagnostics;
using System.Runtime.InteropServices;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Measures what a stage takes: wall-clock time, and processor time of its threads.</summary>
internal sealed partial class StageClock
{
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly double _threadSeconds = ThreadSeconds();
    private readonly Lock _lock = new();
    private double _helperSeconds;

    private StageClock()
    {
    }

    public static StageClock Start() => new();

    /// <summary>Adds processor time of a thread other than the one that started the clock.</summary>
    public void AddCpuSeconds(double seconds)
    {
        lock (_lock)
        {
            _helperSeconds += seconds;
        }
    }

    /// <summary>To be called on the thread that started the clock.</summary>
    public StageCost Stop()
    {
        lock (_lock)
        {
            return new StageCost(
                _wall.Elapsed.TotalSeconds, ThreadSeconds() - _threadSeconds + _helperSeconds);
        }
    }

    /// <summary>Processor time of the calling thread in seconds; .NET itself tells only that of the whole process.</summary>
    public static double ThreadSeconds()
    {
        if (OperatingSystem.IsWindows())
        {
            return GetThreadTimes(GetCurrentThread(), out _, out _, out var kernel, out var user)
                ? TimeSpan.FromTicks(kernel + user).TotalSeconds
                : 0;
        }

        const int linux = 3, mac = 16;
        return ClockGetTime(OperatingSystem.IsMacOS() ? mac : linux, out var time) == 0
            ? time.Seconds + time.Nanoseconds * 1e-9
            : 0;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpecification time);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long creation, out long exit, out long kernel, out long user);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
