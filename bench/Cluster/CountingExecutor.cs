using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Cluster.Bench;

/// <summary>Runs shuffles by another executor, and tells when so many are done and durable.</summary>
internal sealed class CountingExecutor(IShuffleExecutor executor, int shuffles) : IShuffleExecutor
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = shuffles;

    /// <summary>Ends with the last shuffle.</summary>
    public Task All => _all.Task;

    public void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon)
    {
        executor.Run(assignment, report, progress, finishSafePoint, abandon);
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _all.SetResult();
        }
    }
}
