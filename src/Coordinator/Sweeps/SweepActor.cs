using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using AdvFit.Api;
using AdvFit.Coordinator.Journal;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using Done = AdvFit.Sweeps.Cluster.Done;

namespace AdvFit.Coordinator.Sweeps;

/// <summary>
/// The actor of one sweep: decides by <see cref="SweepDecisions"/>, persists the events, and only then acts. It decides ahead
/// of the journal, as the local host does, so that events of many nodes are written together; nobody learns of a decision
/// before it is durable.
/// </summary>
public sealed class SweepActor : JournaledActor
{
    /// <summary>Prefix of the persistence ids of sweeps.</summary>
    public const string IdPrefix = "sweep:";

    // As often as the local host: more for sweeps whose snapshots are large.
    private const int EventsPerSnapshot = 20_000;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _sweep;
    private readonly IActorRef _shuffles;
    private readonly TimeProvider _clock;
    private readonly Func<SessionProvenance> _session;
    private readonly SortedSet<int> _changed = [];
    private SweepReplay _recorded = SweepReplay.Empty;
    private SweepState? _decided;
    private long _snapshotNumber;

    /// <param name="sweep">The sweep's id.</param>
    /// <param name="shuffles">The shard region of the shuffles.</param>
    /// <param name="clock">The time of events.</param>
    /// <param name="session">Describes this process and its nodes, for the journal.</param>
    /// <param name="fromEventsAlone">Whether to recover without the snapshot, which another version of AdvFit made.</param>
    public SweepActor(
        string sweep, IActorRef shuffles, TimeProvider clock, Func<SessionProvenance> session, bool fromEventsAlone)
    {
        (_sweep, _shuffles, _clock, _session) = (sweep, shuffles, clock, session);
        Recovery = fromEventsAlone ? new Recovery(SnapshotSelectionCriteria.None) : new Recovery();
        RecoverSnapshot(Restore);
        RecoverSoundEvents(journaled => _recorded = _recorded.Add(journaled.Timed));
        Recover<RecoveryCompleted>(_ =>
        {
            _decided = _recorded.State;
            Publish();
            if (Damage is null)
            {
                EndSession();
            }
        });
        Command<SubmitSweep>(Submit);
        Command<ControlSweep>(Control);
        Command<ReportStage>(Report);
        Command<ReleaseAttempt>(release => Release(release.Attempt, Sender));
        Command<AttemptLost>(lost => Release(lost.Attempt, ActorRefs.Nobody));
        Command<OfferSlot>(Assign);
        Command<ResendAttempt>(Resend);
        Command<LoadSweep>(Load);
        Command<AdoptSweep>(Adopt);
        Command<ShuffleDamaged>(damaged =>
        {
            Damage = damaged.Damage;
            Publish();
        });
        Command<AdoptionEnded>(_ => Publish());
        Command<SaveSnapshotSuccess>(saved => DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1)));
        Command<SaveSnapshotFailure>(failed => _log.Warning("No snapshot of {0} could be kept: {1}", _sweep, failed.Cause.Message));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failed => _log.Warning("Old snapshots of {0} stay: {1}", _sweep, failed.Cause.Message));
    }

    /// <inheritdoc/>
    public override string PersistenceId => IdPrefix + _sweep;

    /// <inheritdoc/>
    public override Recovery Recovery { get; }

    /// <inheritdoc/>
    /// <remarks>A sweep whose journal is damaged records nothing more: whoever works on it may stop, and who asks is told why.</remarks>
    protected override bool AnswerDamaged(object message)
    {
        switch (message)
        {
            case LoadSweep:
                Sender.Tell(new QuarantinedSweep(_recorded.State is null ? null : _recorded.Snapshot(), Reason));
                return true;
            case ReportStage:
                Sender.Tell(new AttemptFenced());
                return true;
            case ReleaseAttempt:
                Sender.Tell(new Done());
                return true;
            case ISweepMessage:
                Sender.Tell(new Refused(Reason));
                return true;
            case AdoptionEnded:
                Publish();
                return true;
            default:
                return message is OfferSlot or ResendAttempt or AttemptLost;
        }
    }

    private string Reason => QuarantinedSweep.ReasonOf(_sweep, Damage!);

    private void Restore(SnapshotOffer offer)
    {
        if (SweepReplay.TryRead((JournalSnapshot)offer.Snapshot) is not { } restored)
        {
            // This recovery skips the events before the snapshot: it fails, and the next one begins with them.
            Context.Parent.Tell(new IncompatibleSnapshot(_sweep));
            throw new InvalidOperationException($"The snapshot of {_sweep} is of another version of AdvFit; its events are read instead.");
        }

        _recorded = restored;
        _snapshotNumber = restored.Number;
    }

    private void Load(LoadSweep load)
    {
        if (_recorded.State is null)
        {
            Refuse($"There is no sweep `{_sweep}`.");
        }
        else
        {
            Sender.Tell(new LoadedSweep(_recorded.Snapshot()));
        }
    }

    private void Submit(SubmitSweep submit)
    {
        var (asker, isNew) = (Sender, _decided is null);
        Handle(
            new StartSweep(submit.Spec, submit.Data, _session(), submit.FailFast, JoinsSession: true),
            decision => asker.Tell(Answer(decision, new SweepAccepted(_sweep, isNew))));
    }

    private void Control(ControlSweep control)
    {
        var asker = Sender;
        var decision = Handle(control.Command, made => asker.Tell(Answer(made, new Done())));
        if (control.Command is ResumeSweep or RerunShuffles && !decision.IsRejected)
        {
            OpenSession();
        }
    }

    /// <summary>Begins a session for work that was resumed or is rerun, unless there is one.</summary>
    private void OpenSession()
    {
        if (_decided is { InSession: false, IsCancelled: false, Waiting.IsEmpty: false } state)
        {
            Handle(new StartSweep(state.Spec, state.Data, _session(), state.FailFast), _ => { });
        }
    }

    private void Report(ReportStage report)
    {
        var node = Sender;
        Handle(new ReportFact(report.Fact), decision =>
        {
            var answer = decision.IsRejected ? new Refused(decision.Rejection!) : FactVerdict.Of(_recorded.State!, report.Fact);
            node.Tell(answer);
        });
    }

    private void Release(AttemptId attempt, IActorRef asker) => Handle(
        new ReleaseShuffle(attempt.Shuffle, attempt.Attempt),
        decision => asker.Tell(Answer(decision, new Done())));

    private void Assign(OfferSlot offer) => Handle(new AssignNext(), decision =>
    {
        if (decision.Events.OfType<ShuffleAssigned>().FirstOrDefault() is not { } assigned)
        {
            Context.Parent.Tell(new SlotDeclined(_sweep, offer.Node));
            return;
        }

        var attempt = new AttemptId(_sweep, assigned.Shuffle, assigned.Attempt);
        Context.Parent.Tell(new SlotTaken(offer.Node, attempt));
        Begin(attempt, offer.Node);
    });

    private void Resend(ResendAttempt again)
    {
        var (attempt, node) = again;
        if (_recorded.State is { } state && state.Running.ContainsKey(attempt.Shuffle)
            && state.Shuffle(attempt.Shuffle).Attempt == attempt.Attempt)
        {
            Begin(attempt, node);
        }
    }

    private void Begin(AttemptId attempt, string node)
    {
        var state = _recorded.State!;
        _shuffles.Tell(new BeginAttempt(
            attempt, node, state.Spec, state.Data.Sha256, CompletedStages.Of(state.Plan, state.Shuffle(attempt.Shuffle).Done)));
    }

    private void Adopt(AdoptSweep adopt)
    {
        var asker = Sender;
        if (adopt.After > _recorded.Number)
        {
            Refuse($"The sweep {_sweep} lacks the events before {adopt.After + 1}.");
            return;
        }

        // Repeated events are recorded already.
        PersistAll(adopt.Events.Skip((int)(_recorded.Number - adopt.After)), Recorded);
        DeferAsync(adopt, _ =>
        {
            _decided = _recorded.State;
            asker.Tell(new Done());
        });
    }

    /// <summary>Decides, and continues once the decision, and all before it, is durable.</summary>
    private Decision Handle(SweepCommand command, Action<Decision> then)
    {
        var decision = SweepDecisions.Decide(_decided, command, _clock.GetUtcNow());
        foreach (var sweepEvent in decision.Events)
        {
            _decided = SweepState.Apply(_decided, sweepEvent, decision.At);
        }

        if (!decision.Events.IsEmpty)
        {
            PersistAllAsync(decision.Events.Select(sweepEvent => new JournaledEvent(decision.At, sweepEvent)), Recorded);
        }

        DeferAsync(decision, made =>
        {
            if (!made.Events.IsEmpty)
            {
                then(made);
                Publish();
                EndSession();
            }
            else if (command is AssignNext)
            {
                then(made);
            }
            else
            {
                // The journal has no say in it otherwise.
                WhenCurrent(() => then(made));
            }
        });
        return decision;
    }

    private void Recorded(JournaledEvent journaled)
    {
        var before = _recorded.State;
        _recorded = _recorded.Add(journaled.Timed);
        if (EventQuery.ShuffleOf(journaled.Event) is { } shuffle)
        {
            _changed.Add(shuffle);
        }
        else if (before is not null)
        {
            // The event may stop everything that runs.
            _changed.UnionWith(before.Running.Keys);
        }

        if (_recorded.Number - _snapshotNumber >= Math.Max(EventsPerSnapshot, _recorded.State!.Shuffles.Count / 2))
        {
            _snapshotNumber = _recorded.Number;
            SaveSnapshot(_recorded.Snapshot());
        }
    }

    /// <summary>Sends the state of the sweep to the coordinator.</summary>
    private void Publish()
    {
        if (Damage is not null)
        {
            Context.Parent.Tell(new SweepQuarantined(_sweep, _recorded.State, Reason));
        }
        else if (_recorded.State is { } state)
        {
            Context.Parent.Tell(new SweepChanged(_sweep, state, [.. _changed]));
            _changed.Clear();
        }
    }

    /// <summary>Ends the session of a cancelled or halted sweep once nothing runs any more.</summary>
    private void EndSession()
    {
        if (_decided is { InSession: true, Running.IsEmpty: true } and ({ IsCancelled: true } or { IsHalted: true }))
        {
            Handle(new StopSession(), _ => { });
        }
    }

    private static IWireMessage Answer(Decision decision, IWireMessage done) =>
        decision.Rejection is { } reason ? new Refused(reason) : done;
}
