using System.Diagnostics;

namespace AdvFit.Learning.Benchmarks;

/// <summary>Times short actions on a machine that others use too.</summary>
public static class Timing
{
    private const int WarmUpRuns = 10;

    /// <summary>
    /// Seconds of the fastest of many runs. Other programs only ever make a run slower, so the fastest one says most about
    /// the code.
    /// </summary>
    /// <param name="action">Run over and over; at least <see cref="WarmUpRuns"/> times before it is timed.</param>
    /// <param name="budget">How long to go on.</param>
    public static double Fastest(Action action, TimeSpan budget)
    {
        var all = Stopwatch.StartNew();
        for (var run = 0; run < WarmUpRuns; run++)
        {
            action();
        }

        // Runs are timed in groups that are long against the clock's resolution.
        var group = 1 + (int)(1e-4 / Math.Max(all.Elapsed.TotalSeconds / WarmUpRuns, 1e-9));
        var fastest = double.PositiveInfinity;
        do
        {
            var start = Stopwatch.GetTimestamp();
            for (var run = 0; run < group; run++)
            {
                action();
            }

            // Not by TimeSpan, which counts in steps of 100 ns.
            fastest = Math.Min(fastest, (Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency / group);
        }
        while (all.Elapsed < budget);
        return fastest;
    }
}
