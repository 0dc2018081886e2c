using System.Runtime.ExceptionServices;

namespace AdvFit.Experiments;

/// <summary>Independent pieces of one stage, on one or several threads.</summary>
internal static class Chunks
{
    /// <summary>Runs the action for 0 to count - 1; what it computes must not depend on the order.</summary>
    /// <param name="clock">Is told the processor time of the threads that help.</param>
    /// <exception cref="OperationCanceledException">Cancellation was requested.</exception>
    public static void ForEach(
        int count, int threads, StageClock clock, Action<int> action, CancellationToken cancellation)
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
                    var before = StageClock.ThreadSeconds();
                    action(i);
                    if (Environment.CurrentManagedThreadId != stageThread)
                    {
                        clock.AddCpuSeconds(StageClock.ThreadSeconds() - before);
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
