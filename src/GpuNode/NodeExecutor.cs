using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AdvFit.Experiments;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>
/// Owns the slots of a node: begins what it is given, says again and again what it works on, and obeys the answers. It does
/// no work itself.
/// </summary>
public sealed class NodeExecutor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<AttemptId, AttemptRun> _running = [];
    private readonly HashSet<AttemptId> _releasing = [];
    private readonly List<IActorRef> _waitForRest = [];
    private readonly string _name;
    private readonly int _slots;
    private readonly IActorRef _coordinator;
    private readonly IActorRef _shuffles;
    private readonly Func<RunShuffle, IShuffleExecutor> _createExecutor;
    private bool _isLeaving;
    private bool _isToReport;

    /// <param name="name">The node's name, as <see cref="Actors.NodeName"/> has it.</param>
    /// <param name="slots">Shuffles to work on at once.</param>
    /// <param name="coordinator">The way to the coordinator.</param>
    /// <param name="shuffles">The way to the entities of the shuffles.</param>
    /// <param name="createExecutor">Makes what does the work of an attempt; called on the thread of its slot.</param>
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
            AnswerWhenAtRest();
        });
        Receive<Leave>(Rest);
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

    /// <summary>Takes no more work, has what runs stopped, and answers <see cref="Done"/> once all is at rest.</summary>
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

        AnswerWhenAtRest();
    }

    private void GiveBack(AttemptId attempt)
    {
        // The coordinator shall know how this node stands before it gives the attempt to somebody.
        Report();
        _releasing.Add(attempt);
        Release(attempt);
    }

    private void Release(AttemptId attempt) =>
        _coordinator.Ask<object>(new ReleaseAttempt(attempt), Interval).PipeTo(
            Self, success: _ => new Released(attempt), failure: error => new Status.Failure(error));

    private void Rest(Leave leave)
    {
        _isLeaving = true;
        _waitForRest.Add(Sender);
        foreach (var run in _running.Values)
        {
            run.Stop(leave.How);
        }

        Report();
        AnswerWhenAtRest();
    }

    private void AnswerWhenAtRest()
    {
        if (_running.Count == 0 && _releasing.Count == 0)
        {
            _waitForRest.ForEach(waiting => waiting.Tell(new Done()));
            _waitForRest.Clear();
        }
    }

    /// <summary>Has one report made for all that is in the mailbox now.</summary>
    private void ReportSoon()
    {
        if (!_isToReport)
        {
            _isToReport = true;
            Self.Tell(new SlotFree());
        }
    }

    private void Report() => _coordinator.Tell(new NodeReport(
        _name, _slots, _isLeaving, _running.Values.Select(run => run.Standing).ToImmutableArray()));

    private sealed record SlotFree : INoSerializationVerificationNeeded;

    private sealed record Tick : INoSerializationVerificationNeeded;

    private sealed record Ended(AttemptId Attempt, AttemptEnding Ending) : INoSerializationVerificationNeeded;

    private sealed record Released(AttemptId Attempt) : INoSerializationVerificationNeeded;
}
