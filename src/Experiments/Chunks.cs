using System.Runtime.ExceptionServices;
using AdvFit.Learning;
using AdvFit.Learning.Kernels;

namespace AdvFit.Experiments;

/// <summary>Independent pieces of one stage, on one or several threads.</summary>
internal static class Chunks
{
    /// <summary>
    /// Samples between two looks at the cancellation and the work of other threads: enough to keep the lanes of a tile
    /// filled to the end.
    /// </summary>
    private const int MostSamples = 256;

    /// <summary>Chunks per thread, so that no thread waits long for the last one.</summary>
    private const int ChunksPerThread = 4;

    /// <summary>How many samples to put into a chunk: whole tiles, and work for every thread.</summary>
    public static int LengthFor(int samples, int threads)
    {
        var tiles = samples / (Tile.Lanes * ChunksPerThread * Math.Max(threads, 1));
        return Math.Clamp(tiles * Tile.Lanes, Tile.Lanes, MostSamples);
    }

    /// <summary>Runs the action for 0 to count - 1; what it computes must not depend on the order.</summary>
    /// <param name="addCpuSeconds">Called with the processor seconds of each helping thread when it is done.</param>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static void ForEach(
        int count, int threads, Action<double>? addCpuSeconds, Action<int> action, CancellationToken cancellation)
    {
        if (threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                action(i);
            }

            return;
        }

        var stageThread = Environment.CurrentManagedThreadId;
        try
        {
            Parallel.For(
                0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
                {
                    var before = ThreadTime.Seconds();
                    action(i);
                    if (Environment.CurrentManagedThreadId != stageThread)
                    {
                        addCpuSeconds?.Invoke(ThreadTime.Seconds() - before);
                    }
                });
        }
        catch (AggregateException error)
        {
            // One cause is enough to say, and the caller knows the kinds.
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
