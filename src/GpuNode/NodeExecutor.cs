using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AdvFit.Experiments;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>
/// The actor that owns the slots of a node: it starts attempts, reports periodically what runs, and stops what the coordinator
/// orders. The work itself runs on other threads.
/// </summary>
public sealed class NodeExecutor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<AttemptId, AttemptRun> _running = [];
    private readonly HashSet<AttemptId> _releasing = [];
    private readonly List<IActorRef> _waitingForIdle = [];
    private readonly string _name;
    private readonly int _slots;
    private readonly IActorRef _coordinator;
    private readonly IActorRef _shuffles;
    private readonly Func<RunShuffle, IShuffleExecutor> _createExecutor;
    private bool _isLeaving;
    private bool _isToReport;

    /// <param name="name">The node's name, as <see cref="Actors.NodeName"/> has it.</param>
    /// <param name="slots">Shuffles to run at once.</param>
    /// <param name="coordinator">The sweep coordinator.</param>
    /// <param name="shuffles">The shard region of the shuffles.</param>
    /// <param name="createExecutor">Creates the executor of an attempt; called on the thread of its slot.</param>
    public NodeExecutor(
        string name, int slots, IActorRef coordinator, IActorRef shuffles, Func<RunShuffle, IShuffleExecutor> createExecutor)
    {
        (_name, _slots, _coordinator, _shuffles, _createExecutor) = (name, slots, coordinator, shuffles, createExecutor);
        Receive<RunShuffle>(Begin);
        Receive<NodeOrders>(Obey);
        Receive<Ended>(End);
        Receive<Released>(released =>
        {
            _releasing.Remove(released.Attempt);
            AnswerWhenIdle();
        });
        Receive<Leave>(Stop);
        Receive<SlotFree>(_ =>
        {
            _isToReport = false;
            Report();
        });
        Receive<Tick>(_ =>
        {
            Report();
            foreach (var attempt in _releasing)
            {
                Release(attempt);
            }
        });
        Receive<Status.Failure>(_ => { });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Refuses new work, stops what runs, and answers <see cref="Done"/> once nothing runs any more.</summary>
    public sealed record Leave(AttemptStop How) : INoSerializationVerificationNeeded;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), new Tick(), TimeSpan.Zero, Interval);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var run in _running.Values)
        {
            run.Stop(AttemptStop.AtOnce);
        }
    }

    private void Begin(RunShuffle run)
    {
        if (run.Node != _name || _running.ContainsKey(run.Attempt) || _releasing.Contains(run.Attempt))
        {
            return;
        }

        if (_isLeaving || _running.Count >= _slots)
        {
            GiveBack(run.Attempt);
            return;
        }

        _log.Info("Begins {0}", run.Attempt);
        var (self, started) = (Self, new AttemptRun(run));
        _running.Add(run.Attempt, started);
        started.Start(_createExecutor, _shuffles, ending => self.Tell(new Ended(run.Attempt, ending)));
    }

    private void Obey(NodeOrders orders)
    {
        foreach (var (attempt, stop) in orders.Stop)
        {
            if (_running.TryGetValue(attempt, out var run))
            {
                run.Stop(stop);
            }
        }
    }

    private void End(Ended ended)
    {
        if (_running.Remove(ended.Attempt, out var run))
        {
            run.Dispose();
        }

        _log.Info("Ended {0}, {1}", ended.Attempt, ended.Ending == AttemptEnding.Settled ? "settled" : "given back");
        if (ended.Ending == AttemptEnding.GivenBack)
        {
            GiveBack(ended.Attempt);
        }
        else
        {
            ReportSoon();
        }

        AnswerWhenIdle();
    }

    private void GiveBack(AttemptId attempt)
    {
        // The coordinator has to know the free slot before it assigns the attempt again.
        Report();
        _releasing.Add(attempt);
        Release(attempt);
    }

    private void Release(AttemptId attempt) =>
        _coordinator.Ask<object>(new ReleaseAttempt(attempt), Interval).PipeTo(
            Self, success: _ => new Released(attempt), failure: error => new Status.Failure(error));

    private void Stop(Leave leave)
    {
        _isLeaving = true;
        _waitingForIdle.Add(Sender);
        foreach (var run in _running.Values)
        {
            run.Stop(leave.How);
        }

        Report();
        AnswerWhenIdle();
    }

    private void AnswerWhenIdle()
    {
        if (_running.Count == 0 && _releasing.Count == 0)
        {
            _waitingForIdle.ForEach(waiting => waiting.Tell(new Done()));
            _waitingForIdle.Clear();
        }
    }

    /// <summary>Reports once for all messages that are in the mailbox now.</summary>
    private void ReportSoon()
    {
        if (!_isToReport)
        {
            _isToReport = true;
            Self.Tell(new SlotFree());
        }
    }

    private void Report() => _coordinator.Tell(new NodeReport(
        _name, _slots, _isLeaving, _running.Values.Select(run => run.Progress).ToImmutableArray()));

    private sealed record SlotFree : INoSerializationVerificationNeeded;

    private sealed record Tick : INoSerializationVerificationNeeded;

    private sealed record Ended(AttemptId Attempt, AttemptEnding Ending) : INoSerializationVerificationNeeded;

    private sealed record Released(AttemptId Attempt) : INoSerializationVerificationNeeded;
}
