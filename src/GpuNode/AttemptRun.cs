using Akka.Actor;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Local;

namespace AdvFit.GpuNode;

/// <summary>How an attempt left its slot.</summary>
public enum AttemptEnding
{
    /// <summary>The sweep knows how it ended, or another attempt counts.</summary>
    Settled,

    /// <summary>It stopped because it was asked to, and is to be given back.</summary>
    GivenBack,
}

/// <summary>An attempt that has a slot: its work goes on on a thread of its own, outside the dispatchers of the actors.</summary>
public sealed class AttemptRun : IDisposable
{
    private readonly CancellationTokenSource _safePoint = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly RunShuffle _run;
    private volatile ShuffleProgress? _progress;

    /// <param name="run">What to do.</param>
    public AttemptRun(RunShuffle run) => _run = run;

    /// <summary>The attempt, and what it does just now.</summary>
    public AttemptProgress Standing => new(_run.Attempt, _progress);

    /// <summary>Begins to work.</summary>
    /// <param name="createExecutor">Makes what does the work; called on the new thread.</param>
    /// <param name="shuffles">The way to the entities of the shuffles.</param>
    /// <param name="ended">Told at the end, from the new thread.</param>
    public void Start(Func<RunShuffle, IShuffleExecutor> createExecutor, IActorRef shuffles, Action<AttemptEnding> ended)
    {
        var thread = new Thread(() => ended(Work(createExecutor, shuffles)))
        {
            IsBackground = true,
            Name = _run.Attempt.ToString(),
        };
        thread.Start();
    }

    /// <summary>Asks it to stop; not once it is disposed of.</summary>
    public void Stop(AttemptStop how)
    {
        _safePoint.Cancel();
        if (how == AttemptStop.AtOnce)
        {
            _abandon.Cancel();
        }
    }

    /// <summary>Only once it has ended.</summary>
    public void Dispose()
    {
        _safePoint.Dispose();
        _abandon.Dispose();
    }

    private AttemptEnding Work(Func<RunShuffle, IShuffleExecutor> createExecutor, IActorRef shuffles)
    {
        var channel = new FactChannel(shuffles, _run.Attempt.Sweep, _abandon.Token);
        var assignment = new ShuffleAssignment(_run.Attempt.Shuffle, _run.Attempt.Attempt, _run.Record);
        try
        {
            var concluded = false;
            try
            {
                createExecutor(_run).Run(
                    assignment,
                    fact =>
                    {
                        channel.Report(fact);
                        concluded |= fact is ShuffleEvaluated;
                    },
                    progress => _progress = progress, _safePoint.Token, _abandon.Token);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                channel.Report(AttemptFailures.Of(assignment, error));
                return AttemptEnding.Settled;
            }

            if (!concluded)
            {
                channel.Report(AttemptFailures.WithoutResult(assignment));
            }

            return AttemptEnding.Settled;
        }
        catch (AttemptFencedException)
        {
            return AttemptEnding.Settled;
        }
        catch (Exception error) when (error is OperationCanceledException or ExperimentException)
        {
            // What cannot be told either, for it is refused as well, is for the next attempt to find out.
            return AttemptEnding.GivenBack;
        }
    }
}
