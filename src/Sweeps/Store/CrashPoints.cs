using System.Diagnostics;
using System.Globalization;

namespace AdvFit.Sweeps.Store;

/// <summary>
/// The moments at which a crash would hurt most: before and after everything that the store writes, renames or deletes. A
/// test that sets the variable to n has the process killed, as by <c>kill -9</c>, when it comes to the n-th of them.
/// </summary>
internal static class CrashPoints
{
    /// <summary>The environment variable with the number of the fatal moment, from 1.</summary>
    public const string Variable = "ADVFIT_CRASH_AT";

    private static readonly long Fatal =
        long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;

    private static long _passed;

    /// <summary>Passes one of the moments, if it is not the fatal one.</summary>
    public static void Pass()
    {
        if (Fatal > 0 && Interlocked.Increment(ref _passed) == Fatal)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
