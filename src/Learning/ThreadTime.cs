using System.Runtime.InteropServices;

namespace AdvFit.Learning;

/// <summary>Processor time of single threads, of which .NET itself has only the sum over the process.</summary>
public static partial class ThreadTime
{
    /// <summary>Processor time of the calling thread in seconds.</summary>
    public static double Seconds()
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
