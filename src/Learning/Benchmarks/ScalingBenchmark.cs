using System.Diagnostics;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Benchmarks;

/// <summary>How much more several trainings at once get done than one alone.</summary>
/// <param name="Network">What is trained.</param>
/// <param name="Threads">Trainings at once, a thread each.</param>
/// <param name="Alone">Training steps per second of one thread, the others idle.</param>
/// <param name="Together">Training steps per second of all threads, added up.</param>
public sealed record ScalingTimings(NetworkDefinition Network, int Threads, double Alone, double Together)
{
    /// <summary>As many times one thread's work as all threads do; at best their number.</summary>
    public double Ratio => Together / Alone;
}

/// <summary>Measures independent trainings, one per core: the way shuffles run.</summary>
public static class ScalingBenchmark
{
    private const int Rounds = 4;

    /// <summary>
    /// Alternates between one thread and all of them, and keeps the fastest round of each, for the reason that
    /// <see cref="Timing.Fastest"/> gives.
    /// </summary>
    /// <param name="threads">Threads to use at once; at least 1.</param>
    /// <param name="budget">How long to measure one thread, and as long again all.</param>
    public static ScalingTimings Run(NetworkDefinition definition, VectorWidth width, int threads, TimeSpan budget)
    {
        var steps = Enumerable.Range(0, threads).Select(_ => new RepeatedStep(definition, width)).ToArray();
        Rate(steps, budget / Rounds);
        var (alone, together) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            alone = Math.Max(alone, Rate(steps[..1], budget / Rounds));
            together = Math.Max(together, Rate(steps, budget / Rounds));
        }

        return new ScalingTimings(definition, threads, alone, together);
    }

    /// <summary>Steps per second, added up over the threads, which begin together.</summary>
    private static double Rate(RepeatedStep[] steps, TimeSpan time)
    {
        var rates = new double[steps.Length];
        using var start = new Barrier(steps.Length);
        var threads = steps.Select((step, i) => new Thread(() =>
        {
            start.SignalAndWait();
            var clock = Stopwatch.StartNew();
            var count = 0;
            for (; clock.Elapsed < time; count++)
            {
                step.Take();
            }

            rates[i] = count / clock.Elapsed.TotalSeconds;
        })
        { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return rates.Sum();
    }
}
