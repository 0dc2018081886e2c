using Akka.Actor;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Local;

namespace AdvFit.GpuNode;

/// <summary>How an attempt ended in its slot.</summary>
public enum AttemptEnding
{
    /// <summary>The sweep knows its end, or another attempt has replaced it.</summary>
    Settled,

    /// <summary>It was stopped, and is to be given back to the sweep.</summary>
    GivenBack,
}

/// <summary>Runs an attempt in a slot, on a thread of its own outside the actors' dispatchers.</summary>
/// <param name="run">The attempt and its work.</param>
public sealed class AttemptRun(RunShuffle run) : IDisposable
{
    private readonly CancellationTokenSource _safePoint = new();
    private readonly CancellationTokenSource _abandon = new();
    private volatile ShuffleProgress? _progress;

    /// <summary>The attempt and its progress.</summary>
    public AttemptProgress Progress => new(run.Attempt, _progress);

    /// <summary>Starts the thread.</summary>
    /// <param name="createExecutor">Creates the executor; called on the new thread.</param>
    /// <param name="shuffles">The shard region of the shuffles.</param>
    /// <param name="ended">Called at the end, on the new thread.</param>
    public void Start(Func<RunShuffle, IShuffleExecutor> createExecutor, IActorRef shuffles, Action<AttemptEnding> ended)
    {
        var thread = new Thread(() => ended(Work(createExecutor, shuffles)))
        {
            IsBackground = true,
            Name = run.Attempt.ToString(),
        };
        thread.Start();
    }

    /// <summary>Asks it to stop. Must not be called after <see cref="Dispose"/>.</summary>
    public void Stop(AttemptStop how)
    {
        _safePoint.Cancel();
        if (how == AttemptStop.AtOnce)
        {
            _abandon.Cancel();
        }
    }

    /// <summary>Releases it. Must only be called once it has ended.</summary>
    public void Dispose()
    {
        _safePoint.Dispose();
        _abandon.Dispose();
    }

    private AttemptEnding Work(Func<RunShuffle, IShuffleExecutor> createExecutor, IActorRef shuffles)
    {
        var reporter = new FactReporter(shuffles, run.Attempt.Sweep, _abandon.Token);
        var assignment = new ShuffleAssignment(run.Attempt.Shuffle, run.Attempt.Attempt, run.Record);
        try
        {
            var concluded = false;
            try
            {
                createExecutor(run).Run(
                    assignment,
                    fact =>
                    {
                        reporter.Report(fact);
                        concluded |= fact is ShuffleEvaluated;
                    },
                    progress => _progress = progress, _safePoint.Token, _abandon.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                reporter.Report(AttemptFailures.Of(assignment, error));
                return AttemptEnding.Settled;
            }

            if (!concluded)
            {
                reporter.Report(AttemptFailures.WithoutResult(assignment));
            }

            return AttemptEnding.Settled;
        }
        catch (AttemptFencedException)
        {
            return AttemptEnding.Settled;
        }
        catch (Exception error) when (error is OperationCanceledException or ExperimentException)
        {
            // Where the failure was refused as well, the next attempt finds out.
            return AttemptEnding.GivenBack;
        }
    }
}
