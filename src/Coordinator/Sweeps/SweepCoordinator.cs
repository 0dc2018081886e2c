using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Persistence;
using AdvFit.Actors;
using AdvFit.Coordinator.Journal;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using Done = AdvFit.Sweeps.Cluster.Done;

namespace AdvFit.Coordinator.Sweeps;

/// <summary>
/// The singleton that schedules: it offers the free slots of nodes to sweeps, the earliest begun first, and returns the
/// attempts of lost nodes to their sweeps. Each sweep is a child, a <see cref="SweepActor"/>; <see cref="NodeDirectory"/> knows
/// which node has which attempt.
/// </summary>
public sealed class SweepCoordinator : JournaledActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeforeRestart = TimeSpan.FromSeconds(3);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _shuffles;
    private readonly TimeProvider _clock;
    private readonly Func<int, SessionProvenance> _session;
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _adopting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IActorRef> _actors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _foreignSnapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SweepState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SweepQuarantined> _quarantined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgetting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declined = new(StringComparer.Ordinal);
    private readonly SlotOffers _offers = new();
    private NodeDirectory _nodes = NodeDirectory.Empty;
    private (object? State, HashSet<string> Names) _members = (null, []);
    private bool _isToDispatch;

    /// <param name="shuffles">The shard region of the shuffles.</param>
    /// <param name="clock">The time of reports and retries.</param>
    /// <param name="session">Describes this process, with a number of slots, for the journal.</param>
    public SweepCoordinator(IActorRef shuffles, TimeProvider clock, Func<int, SessionProvenance> session)
    {
        (_shuffles, _clock, _session) = (shuffles, clock, session);
        RecoverEvents<SweepRegistered>(Add);
        RecoverEvents<AdoptionBegun>(begun => _adopting.Add(begun.Sweep, begun.Journal));
        RecoverEvents<ForgettingBegun>(GiveUp);
        RecoverEvents<SweepForgotten>(forgotten => _forgetting.Remove(forgotten.Sweep));
        Recover<RecoveryCompleted>(_ =>
        {
            foreach (var sweep in _registered)
            {
                ActorOf(sweep);
            }
        });
        Command<SubmitSweep>(Submit);
        Command<AdoptSweep>(Adopt);
        Command<ForgetSweep>(Forget);
        Command<ISweepMessage>(Forward);
        Command<ListSweeps>(_ => Sender.Tell(List()));
        Command<ListNodes>(_ => Sender.Tell(new NodeList([.. _nodes.Nodes.Values])));
        Command<NodeReport>(Hear);
        Command<SweepChanged>(Follow);
        Command<SweepQuarantined>(Quarantine);
        Command<SlotTaken>(Place);
        Command<SlotDeclined>(declined =>
        {
            _offers.Remove(declined.Sweep, declined.Node);
            _declined.Add(declined.Sweep);
            DispatchSoon();
        });
        Command<FreeSlots>(_ => Dispatch());
        Command<ClusterEvent.MemberRemoved>(removed => Lose(removed.Member));
        Command<ClusterEvent.CurrentClusterState>(_ => { });
        Command<Tick>(_ => Check());
        Command<Terminated>(Restart);
        Command<RestartSweep>(revive =>
        {
            if (!_forgetting.Contains(revive.Sweep))
            {
                ActorOf(revive.Sweep);
            }
        });
        Command<IncompatibleSnapshot>(foreign => _foreignSnapshots.Add(foreign.Sweep));
    }

    /// <inheritdoc/>
    public override string PersistenceId => "sweeps";

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _cluster.Subscribe(Self, typeof(ClusterEvent.MemberRemoved));
        Timers.StartPeriodicTimer(nameof(Tick), new Tick(), Interval);
        base.PreStart();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        base.PostStop();
    }

    private HashSet<string> Members
    {
        get
        {
            var members = _cluster.State.Members;
            if (!ReferenceEquals(members, _members.State))
            {
                _members = (members, members.Where(member => member.HasRole(ClusterRoles.Node))
                    .Select(member => NodeName.Of(member.UniqueAddress)).ToHashSet(StringComparer.Ordinal));
            }

            return _members.Names;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A sweep's actor that fails is stopped, and restarted by <see cref="Restart"/>.</remarks>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private void Submit(SubmitSweep submit)
    {
        if (_forgetting.Contains(submit.Sweep))
        {
            Sender.Tell(new Refused(ForgettingReasonOf(submit.Sweep)));
            return;
        }

        if (_adopting.ContainsKey(submit.Sweep))
        {
            Sender.Tell(new Refused($"An import of the sweep {submit.Sweep} is not whole yet; finish it, by the same command again."));
            return;
        }

        Register(submit.Sweep, () => ActorOf(submit.Sweep).Forward(submit));
    }

    private void Register(string sweep, Action then)
    {
        if (_registered.Contains(sweep))
        {
            then();
            return;
        }

        Persist(new SweepRegistered(sweep), registered =>
        {
            Add(registered);
            then();
        });
    }

    private void Add(SweepRegistered registered)
    {
        _registered.Add(registered.Sweep);
        _adopting.Remove(registered.Sweep);
    }

    private void Adopt(AdoptSweep adopt)
    {
        if (_registered.Contains(adopt.Sweep))
        {
            Sender.Tell(new Refused($"There is a sweep {adopt.Sweep} already."));
        }
        else if (_forgetting.Contains(adopt.Sweep))
        {
            Sender.Tell(new Refused(ForgettingReasonOf(adopt.Sweep)));
        }
        else if (!_adopting.TryGetValue(adopt.Sweep, out var journal))
        {
            Persist(new AdoptionBegun(adopt.Sweep, adopt.Journal), begun =>
            {
                _adopting.Add(begun.Sweep, begun.Journal);
                AdoptPart(adopt);
            });
        }
        else if (journal != adopt.Journal)
        {
            Sender.Tell(new Refused(
                $"An import of another journal of the sweep {adopt.Sweep} was cut off; only that one can be finished."));
        }
        else
        {
            AdoptPart(adopt);
        }
    }

    /// <summary>Adds events to an import. The sweep is registered with the last ones, so that nobody works on a part of it.</summary>
    private void AdoptPart(AdoptSweep adopt)
    {
        var actor = ActorOf(adopt.Sweep);
        if (!adopt.IsLast)
        {
            actor.Forward(adopt);
            return;
        }

        var asker = Sender;
        Register(adopt.Sweep, () =>
        {
            actor.Tell(new AdoptionEnded());
            asker.Tell(new Done());
        });
    }

    /// <summary>Gives a sweep up before its events are erased, or frees its id after that.</summary>
    private void Forget(ForgetSweep forget)
    {
        var (sweep, asker) = (forget.Sweep, Sender);
        if (_forgetting.Contains(sweep))
        {
            if (forget.IsErased)
            {
                Persist(new SweepForgotten(sweep), _ => _forgetting.Remove(sweep));
            }

            DeferAsync(forget, _ => asker.Tell(new Done()));
        }
        else if (!_registered.Contains(sweep))
        {
            Refuse($"There is no sweep `{sweep}`.");
        }
        else if (_states.TryGetValue(sweep, out var state) && state.InSession)
        {
            Refuse($"The sweep {sweep} is being worked on; cancel it before it is forgotten.");
        }
        else if (!_nodes.IsIdle(sweep, Members))
        {
            Refuse($"Not every node has said yet that it does not work on the sweep {sweep} any more; forget it a little later.");
        }
        else if (_states.ContainsKey(sweep) || _quarantined.ContainsKey(sweep))
        {
            Persist(new ForgettingBegun(sweep), begun =>
            {
                GiveUp(begun);
                asker.Tell(new Done());
            });
        }
    }

    private void GiveUp(ForgettingBegun begun)
    {
        var sweep = begun.Sweep;
        _registered.Remove(sweep);
        _forgetting.Add(sweep);
        Drop(sweep);
        _quarantined.Remove(sweep);
        if (_actors.Remove(sweep, out var actor))
        {
            Context.Stop(actor);
        }
    }

    private void Quarantine(SweepQuarantined quarantined)
    {
        if (_registered.Contains(quarantined.Sweep))
        {
            _log.Warning("{0}", quarantined.Reason);
            Drop(quarantined.Sweep);
            _quarantined[quarantined.Sweep] = quarantined;
            DispatchSoon();
        }
    }

    /// <summary>Nobody is to work on a sweep.</summary>
    private void Drop(string sweep)
    {
        _states.Remove(sweep);
        _offers.Forget(sweep);
        _nodes = _nodes.Forget(sweep);
    }

    /// <summary>The sweeps, the latest begun first; at the end those of which nothing is known any more.</summary>
    private SweepList List() => new(
    [
        .. ByAge(_states.Concat(
            from each in _quarantined
            where each.Value.State is not null
            select KeyValuePair.Create(each.Key, each.Value.State!))).Reverse(),
        .. _quarantined.Where(each => each.Value.State is null).Select(each => each.Key).Concat(_forgetting).Order(StringComparer.Ordinal),
    ]);

    private static string ForgettingReasonOf(string sweep) =>
        $"The sweep {sweep} is only half forgotten; finish it by `advfit forget {sweep}`.";

    private void Forward(ISweepMessage message)
    {
        if (_registered.Contains(message.Sweep))
        {
            ActorOf(message.Sweep).Forward(message);
        }
        else if (_forgetting.Contains(message.Sweep))
        {
            Sender.Tell(message is LoadSweep
                ? new QuarantinedSweep(null, ForgettingReasonOf(message.Sweep))
                : new Refused(ForgettingReasonOf(message.Sweep)));
        }
        else
        {
            Refuse($"There is no sweep `{message.Sweep}`.");
        }
    }

    private void Hear(NodeReport report)
    {
        // The report was sent before the cluster removed the node.
        if (!Members.Contains(report.Node))
        {
            return;
        }

        var now = _clock.GetUtcNow();
        _nodes = _nodes.Hear(report, StateOf, now);
        foreach (var attempt in _nodes.Unstarted(report, now))
        {
            _nodes = _nodes.Place(attempt, report.Node, now);
            ActorOf(attempt.Sweep).Tell(new ResendAttempt(attempt, report.Node));
        }

        Sender.Tell(NodeDirectory.OrdersFor(
            report, StateOf, sweep => _quarantined.ContainsKey(sweep) || _forgetting.Contains(sweep)));
        DispatchSoon();
    }

    private void Follow(SweepChanged changed)
    {
        if (_registered.Contains(changed.Sweep) && !_quarantined.ContainsKey(changed.Sweep))
        {
            _nodes = _states.ContainsKey(changed.Sweep)
                ? _nodes.Follow(changed.Sweep, changed.State, changed.Shuffles)
                : _nodes.Learn(changed.Sweep, changed.State, _clock.GetUtcNow());
            _states[changed.Sweep] = changed.State;
            _declined.Remove(changed.Sweep);
            DispatchSoon();
        }
    }

    private void Place(SlotTaken taken)
    {
        _offers.Remove(taken.Attempt.Sweep, taken.Node);
        if (Members.Contains(taken.Node))
        {
            _nodes = _nodes.Place(taken.Attempt, taken.Node, _clock.GetUtcNow());
        }
        else
        {
            ActorOf(taken.Attempt.Sweep).Tell(new AttemptLost(taken.Attempt));
        }
    }

    private void Lose(Member member)
    {
        (_nodes, var lost) = _nodes.Remove(NodeName.Of(member.UniqueAddress));
        foreach (var attempt in lost)
        {
            _log.Warning("{0} is gone; {1} is for another node", member.Address, attempt);
            ActorOf(attempt.Sweep).Tell(new AttemptLost(attempt));
        }
    }

    /// <summary>Offers slots once for all messages that are in the mailbox now.</summary>
    private void DispatchSoon()
    {
        if (!_isToDispatch)
        {
            _isToDispatch = true;
            Self.Tell(new FreeSlots());
        }
    }

    /// <summary>Offers each free slot to the earliest sweep that can use it.</summary>
    private void Dispatch()
    {
        _isToDispatch = false;
        var wanting = new Queue<string>(ByAge(_states.Where(sweep => Wanted(sweep.Key) > 0)));
        foreach (var node in _nodes.Nodes.Keys)
        {
            if (wanting.Count == 0)
            {
                return;
            }

            for (var free = _nodes.FreeSlots(node) - _offers.OfNode(node); free > 0 && wanting.TryPeek(out var sweep); free--)
            {
                _offers.Add(sweep, node);
                ActorOf(sweep).Tell(new OfferSlot(node));
                if (Wanted(sweep) <= 0)
                {
                    wanting.Dequeue();
                }
            }
        }
    }

    private int Wanted(string sweep) =>
        _states[sweep] is { InSession: true, WantsRest: false } state && !_declined.Contains(sweep)
            ? state.Waiting.Count - _offers.OfSweep(sweep)
            : 0;

    /// <summary>Handles what no message announces: retries that are due, and attempts that no node has.</summary>
    private void Check()
    {
        _declined.Clear();
        Dispatch();
        foreach (var orphan in _states.SelectMany(sweep => _nodes.Orphans(sweep.Key, sweep.Value, Members)))
        {
            _log.Warning("No node has {0}; it is for another attempt", orphan);
            ActorOf(orphan.Sweep).Tell(new AttemptLost(orphan));
        }
    }

    /// <summary>Restarts a sweep's actor after a while. It stops when the journal cannot be written.</summary>
    private void Restart(Terminated terminated)
    {
        foreach (var (sweep, _) in _actors.Where(actor => actor.Value.Equals(terminated.ActorRef)).ToList())
        {
            _actors.Remove(sweep);
            _states.Remove(sweep);
            _quarantined.Remove(sweep);
            _offers.Forget(sweep);
            Timers.StartSingleTimer(sweep, new RestartSweep(sweep), BeforeRestart);
        }
    }

    private IActorRef ActorOf(string sweep)
    {
        if (!_actors.TryGetValue(sweep, out var actor))
        {
            // Once: its next snapshot is of this version.
            var fromEventsAlone = _foreignSnapshots.Remove(sweep);
            actor = Context.Watch(Context.ActorOf(Props.Create(() => new SweepActor(
                sweep, _shuffles, _clock, () => _session(_nodes.Nodes.Values.Sum(node => node.Slots)), fromEventsAlone))));
            _actors.Add(sweep, actor);
        }

        return actor;
    }

    private SweepState? StateOf(string sweep) => _states.GetValueOrDefault(sweep);

    private static IEnumerable<string> ByAge(IEnumerable<KeyValuePair<string, SweepState>> sweeps) => sweeps.OrderBy(sweep => sweep.Value.Created)
        .ThenBy(sweep => sweep.Key, StringComparer.Ordinal).Select(sweep => sweep.Key);

    private sealed record FreeSlots : INoSerializationVerificationNeeded;

    private sealed record Tick : INoSerializationVerificationNeeded;

    private sealed record RestartSweep(string Sweep) : INoSerializationVerificationNeeded;
}
