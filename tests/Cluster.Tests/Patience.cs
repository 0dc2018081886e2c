using System.Diagnostics;

namespace AdvFit.Cluster.Tests;

/// <summary>Waits for what has to come about, on machines of any speed; what never does fails the test.</summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task Until(string what, Func<Task<bool>> condition)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Longest; await Task.Delay(Interval))
        {
            if (await condition())
            {
                return;
            }
        }

        throw new TimeoutException($"It did not come about: {what}.");
    }

    /// <summary>Waits for what may come about or not.</summary>
    public static async Task While(TimeSpan longest, Func<Task<bool>> hasNotComeAbout)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < longest && await hasNotComeAbout();)
        {
            await Task.Delay(Interval);
        }
    }

    public static Task Until(string what, Func<bool> condition) => Until(what, () => Task.FromResult(condition()));
}
