using AdvFit.Api.Client;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Cli.Running;

/// <summary>Shows what gets done of a sweep that others work on, until nobody does.</summary>
/// <param name="found">The sweep.</param>
/// <param name="stop">Ends the following earlier.</param>
internal sealed class SweepFollowing(FoundSweep found, CancellationToken stop)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300), RemoteInterval = TimeSpan.FromSeconds(1);

    /// <summary>The sweep as it was seen last.</summary>
    public SweepFollower Follower { get; } = new(found.Source, found.Details.Id);

    /// <summary>Follows it.</summary>
    /// <param name="isPlain">Plain lines instead of a live display.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(bool isPlain)
    {
        if (isPlain)
        {
            var progress = new PlainProgress(Console.Out);
            Follow(progress, () => { });
            if (progress.Failure is { } failure)
            {
                throw failure;
            }

            return;
        }

        var monitor = new RunMonitor(TimeProvider.System);
        var work = Task.Run(() => FollowLive(monitor));
        new LiveProgress(Terminal.Out, monitor).Follow(work);
        work.GetAwaiter().GetResult();
    }

    private void FollowLive(RunMonitor monitor)
    {
        if (found.Source is RemoteSweeps remote)
        {
            var progress = new NodeProgress(monitor, Follower.State, found.Details.Id);
            Follow(progress, () => progress.Look(remote.Control.Nodes(), Follower.State));
        }
        else
        {
            Follow(new JournalProgress(monitor, Follower.State), () => { });
        }
    }

    private void Follow(ISweepObserver observer, Action look)
    {
        var interval = found.Source is RemoteSweeps ? RemoteInterval : Interval;
        while (true)
        {
            var isLive = Follower.IsLive;
            foreach (var (sweepEvent, state) in Follower.Look())
            {
                observer.Recorded(sweepEvent, state);
            }

            // What was written last was read after those who did were seen to be gone.
            if (!isLive && !Follower.IsLive)
            {
                return;
            }

            look();
            stop.WaitHandle.WaitOne(interval);
            stop.ThrowIfCancellationRequested();
        }
    }
}
