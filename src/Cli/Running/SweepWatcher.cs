using AdvFit.Api.Client;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Cli.Running;

/// <summary>Shows the progress of a sweep that other processes run, until none does.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="stop">Stops watching.</param>
internal sealed class SweepWatcher(OpenedSweep sweep, CancellationToken stop)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300), RemoteInterval = TimeSpan.FromSeconds(1);

    /// <summary>The latest state of the sweep.</summary>
    public SweepFollower Follower { get; } = new(sweep.Source, sweep.Details.Id);

    /// <summary>Watches the sweep.</summary>
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
        if (sweep.Source is RemoteSweeps remote)
        {
            var progress = new NodeProgress(monitor, Follower.State, sweep.Details.Id);
            Follow(progress, () => progress.Update(remote.Control.Nodes(), Follower.State));
        }
        else
        {
            Follow(new JournalProgress(monitor, Follower.State), () => { });
        }
    }

    private void Follow(ISweepObserver observer, Action update)
    {
        var interval = sweep.Source is RemoteSweeps ? RemoteInterval : Interval;
        while (true)
        {
            var isLive = Follower.IsLive;
            foreach (var (sweepEvent, state) in Follower.Look())
            {
                observer.Recorded(sweepEvent, state);
            }

            // The last events were read after the processes were seen to be gone.
            if (!isLive && !Follower.IsLive)
            {
                return;
            }

            update();
            stop.WaitHandle.WaitOne(interval);
            stop.ThrowIfCancellationRequested();
        }
    }
}
