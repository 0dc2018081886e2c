using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Cluster;

/// <summary>
/// A cluster in memory with one sweep: the pure parts do what the actors would have them do, and every message between two
/// processes is in a box until somebody delivers it, in whatever order, twice, or never.
/// </summary>
internal sealed class SimulatedCluster
{
    private const int MostMessages = 5_000;

    private readonly List<Action> _sent = [];
    private readonly Dictionary<int, List<SweepEvent>> _ofShuffles = [];
    private readonly Dictionary<int, ShuffleEntityState> _ledgers = [];
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private NodeDirectory _directory = NodeDirectory.Empty;
    private SweepReplay _replay = SweepReplay.Empty;
    private DateTimeOffset _now = Some.Time;
    private int _incarnations;

    /// <summary>Nodes whose process lives, members or not.</summary>
    public List<SimulatedNode> Nodes { get; } = [];

    public SweepState State => _replay.State.ShouldNotBeNull();

    /// <summary>The journal of the sweep's actor.</summary>
    public List<SweepEvent> Events { get; } = [];

    public int InFlight => _sent.Count;

    /// <summary>The sweep's events with the facts of its shuffles' entities in full.</summary>
    public IEnumerable<SweepEvent> Joined()
    {
        var facts = _ofShuffles.ToDictionary(shuffle => shuffle.Key, shuffle =>
        {
            var facts = new ShuffleFacts();
            shuffle.Value.ForEach(facts.Add);
            return facts;
        });
        return Events.Select(sweepEvent => sweepEvent is FactRecorded { Fact: var fact }
            ? facts[fact.Shuffle].Complete(sweepEvent).ShouldNotBeNull()
            : sweepEvent);
    }

    /// <summary>The journal of a shuffle's entity.</summary>
    public IReadOnlyList<SweepEvent> EventsOf(int shuffle) => _ofShuffles.GetValueOrDefault(shuffle, []);

    public void Send(Action message) => _sent.Add(message);

    /// <summary>Delivers a message; it may come once more later.</summary>
    public void Deliver(int index, bool again)
    {
        var message = _sent[index % _sent.Count];
        if (!again)
        {
            _sent.Remove(message);
        }

        message();
    }

    public void Drop(int index) => _sent.RemoveAt(index % _sent.Count);

    public void DeliverAll()
    {
        for (var delivered = 0; _sent.Count > 0; delivered++)
        {
            delivered.ShouldBeLessThan(MostMessages, "They do not stop talking.");
            Deliver(0, again: false);
        }
    }

    public SimulatedNode Join(int place, int slots)
    {
        var node = new SimulatedNode(this, place, ++_incarnations, slots);
        Nodes.Add(node);
        _members.Add(node.Name);
        return node;
    }

    /// <summary>A node's process dies; the cluster is yet to notice.</summary>
    public void Kill(SimulatedNode node) => Nodes.Remove(node);

    /// <summary>The cluster gives a node up: one that died, or that it cannot reach and that goes on regardless.</summary>
    public void GiveUp(string name)
    {
        _members.Remove(name);
        (_directory, var lost) = _directory.Remove(name);
        foreach (var attempt in lost)
        {
            Release(attempt);
        }
    }

    public IEnumerable<string> DeadMembers => _members.Except(Nodes.Select(node => node.Name));

    public bool IsMember(SimulatedNode node) => _members.Contains(node.Name);

    /// <summary>A second or more passes: everybody says again what was not answered.</summary>
    public void Tick(int seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        Nodes.ForEach(node => node.Tick());
        Dispatch();
        foreach (var orphan in _directory.Orphans(SweepOf(State), State, _members))
        {
            Release(orphan);
        }
    }

    /// <summary>Another process takes over: it knows what is in the journal, and of the nodes nothing.</summary>
    public void FailOver()
    {
        _directory = NodeDirectory.Empty;
        _replay = SweepReplay.Of(_replay.Snapshot());
        foreach (var shuffle in _ofShuffles)
        {
            _ledgers[shuffle.Key] = shuffle.Value.Aggregate(ShuffleEntityState.Empty, (ledger, each) => ledger.Apply(each));
        }

        _directory = _directory.Learn(SweepOf(State), State, _now);
    }

    /// <summary>The actor of the sweep comes back, and the coordinator with its directory was there all the time.</summary>
    public void RestartSweep()
    {
        _replay = SweepReplay.Of(_replay.Snapshot());
        _directory = _directory.Learn(SweepOf(State), State, _now);
    }

    public Decision Do(SweepCommand command)
    {
        var before = _replay.State;
        var decision = SweepDecisions.Decide(before, command, _now);
        var changed = new HashSet<int>();
        foreach (var sweepEvent in decision.Events)
        {
            changed.UnionWith(EventQueryOf(sweepEvent) is { } shuffle ? [shuffle] : _replay.State?.Running.Keys ?? []);
            _replay = _replay.Add(new TimedEvent(decision.At, sweepEvent));
            Events.Add(sweepEvent);
        }

        _directory = _directory.Follow(SweepOf(State), State, changed);
        if (!decision.Events.IsEmpty && State is { InSession: true, Running.IsEmpty: true } and ({ IsCancelled: true } or { IsHalted: true }))
        {
            Do(new StopSession());
        }

        return decision;
    }

    /// <summary>What a user asks; what waits then is done in a session.</summary>
    public void Control(SweepCommand command)
    {
        var decision = Do(command);
        if (command is ResumeSweep or RerunShuffles && !decision.IsRejected
            && State is { InSession: false, IsCancelled: false, Waiting.IsEmpty: false })
        {
            Do(new StartSweep(State.Spec, State.Data, Some.Session, State.FailFast));
        }
    }

    /// <summary>The coordinator gets a report.</summary>
    public void Hear(NodeReport report, SimulatedNode node)
    {
        if (!_members.Contains(report.Node))
        {
            return;
        }

        _directory = _directory.Hear(report, StateOf, _now);
        foreach (var attempt in _directory.Unstarted(report, _now))
        {
            _directory = _directory.Place(attempt, report.Node, _now);
            Begin(attempt, report.Node);
        }

        var orders = NodeDirectory.OrdersFor(report, StateOf);
        Send(() => node.Obey(orders));
        Dispatch();
    }

    /// <summary>The sweep hears that an attempt is given back, or lost.</summary>
    public void Release(AttemptId attempt)
    {
        Do(new ReleaseShuffle(attempt.Shuffle, attempt.Attempt));
        Dispatch();
    }

    /// <summary>The entity of a shuffle gets a fact.</summary>
    public void Record(ShuffleFact fact, Action<IWireMessage> answer)
    {
        switch (LedgerOf(fact.Shuffle).Decide(fact))
        {
            case ShuffleEntityState.FactDisposition.Record:
                Persist(fact.Shuffle, new FactRecorded(fact));
                PassOn(fact, answer);
                break;
            case ShuffleEntityState.FactDisposition.PassOn:
                PassOn(fact, answer);
                break;
            default:
                Send(() => answer(new AttemptFenced()));
                break;
        }
    }

    private void PassOn(ShuffleFact fact, Action<IWireMessage> answer) => Send(() =>
    {
        var decision = Do(new ReportFact(StageCompletion.Of(fact)));
        Dispatch();
        var verdict = decision.Rejection is { } reason ? new Refused(reason) : FactVerdict.Of(State, StageCompletion.Of(fact));
        if (verdict is FactAccepted && StageKey.Of(fact) is { } stage)
        {
            State.Plan.Has(State.Shuffle(fact.Shuffle).Done, stage).ShouldBeTrue();
        }

        Send(() => answer(verdict));
    });

    private void Dispatch()
    {
        if (!State.InSession)
        {
            return;
        }

        foreach (var node in _members.Order(StringComparer.Ordinal))
        {
            while (_directory.FreeSlots(node) > 0
                && Do(new AssignNext()).Events.OfType<ShuffleAssigned>().FirstOrDefault() is { } assigned)
            {
                var attempt = new AttemptId(SweepOf(State), assigned.Shuffle, assigned.Attempt);
                _directory = _directory.Place(attempt, node, _now);
                Begin(attempt, node);
            }
        }
    }

    private void Begin(AttemptId attempt, string node)
    {
        var begin = new BeginAttempt(
            attempt, node, State.Spec, State.Data.Sha256, CompletedStages.Of(State.Plan, State.Shuffle(attempt.Shuffle).Done));
        Send(() => Begin(begin));
    }

    private void Begin(BeginAttempt begin)
    {
        foreach (var sweepEvent in LedgerOf(begin.Attempt.Shuffle).Decide(begin))
        {
            Persist(begin.Attempt.Shuffle, sweepEvent);
        }

        var ledger = LedgerOf(begin.Attempt.Shuffle);
        if (ledger.Attempt != begin.Attempt.Attempt)
        {
            return;
        }

        if (ledger.End is { } end)
        {
            PassOn(end, _ => { });
            return;
        }

        // To whatever process has the address by then.
        var run = new RunShuffle(begin.Attempt, begin.Node, begin.Spec, begin.DataSha256, ledger.Record);
        var address = begin.Node.Split('#')[0];
        Send(() => Nodes.Find(node => node.Name.StartsWith(address + '#', StringComparison.Ordinal))?.Run(run));
    }

    private void Persist(int shuffle, SweepEvent sweepEvent)
    {
        _ledgers[shuffle] = LedgerOf(shuffle).Apply(sweepEvent);
        if (!_ofShuffles.TryGetValue(shuffle, out var events))
        {
            _ofShuffles.Add(shuffle, events = []);
        }

        events.Add(sweepEvent);
    }

    private ShuffleEntityState LedgerOf(int shuffle) => _ledgers.GetValueOrDefault(shuffle, ShuffleEntityState.Empty);

    private SweepState? StateOf(string sweep) => sweep == SweepOf(State) ? State : null;

    private static string SweepOf(SweepState state) => SweepId.Of(state.Spec);

    private static int? EventQueryOf(SweepEvent sweepEvent) => sweepEvent switch
    {
        FactRecorded recorded => recorded.Fact.Shuffle,
        ShuffleAssigned assigned => assigned.Shuffle,
        ShuffleReleased released => released.Shuffle,
        ShuffleReopened reopened => reopened.Shuffle,
        _ => null,
    };
}
