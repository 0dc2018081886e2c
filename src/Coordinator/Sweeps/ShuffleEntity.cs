using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using AdvFit.Actors;
using AdvFit.Coordinator.Journal;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using Done = AdvFit.Sweeps.Cluster.Done;

namespace AdvFit.Coordinator.Sweeps;

/// <summary>
/// The sharded entity of one shuffle: records its facts, and fences out those of older attempts. It does no work, so the
/// cluster can move and passivate it at any time. Its decisions are those of <see cref="ShuffleEntityState"/>.
/// </summary>
public sealed class ShuffleEntity : JournaledActor
{
    /// <summary>Prefix of the persistence ids of shuffles.</summary>
    public const string IdPrefix = "shuffle:";

    private readonly IActorRef _coordinator;
    private readonly TimeProvider _clock;
    private ShuffleEntityState _state = ShuffleEntityState.Empty;

    /// <param name="id">The entity's id, as of <see cref="ShuffleMessageExtractor.IdOf"/>.</param>
    /// <param name="coordinator">The sweep coordinator.</param>
    /// <param name="clock">The time of events.</param>
    public ShuffleEntity(string id, IActorRef coordinator, TimeProvider clock)
    {
        (PersistenceId, _coordinator, _clock) = (IdPrefix + id, coordinator, clock);
        RecoverSoundEvents(journaled => _state = _state.Apply(journaled.Event));
        Recover<RecoveryCompleted>(_ =>
        {
            if (Damage is { } damage)
            {
                var (sweep, shuffle) = ShuffleMessageExtractor.ShuffleOf(id);
                _coordinator.Tell(new ShuffleDamaged(sweep, shuffle, damage));
            }
        });
        Command<BeginAttempt>(Begin);
        Command<RecordFact>(Record);
        Command<AdoptShuffle>(Adopt);
        Command<Passivated>(_ => Context.Stop(Self));
        Command<ForgetShuffle>(_ => Stop());
    }

    /// <inheritdoc/>
    /// <remarks>It keeps no snapshots, and looks for none.</remarks>
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    /// <remarks>An entity whose journal is damaged records nothing more; its sweep is quarantined.</remarks>
    protected override bool AnswerDamaged(object message)
    {
        switch (message)
        {
            case ForgetShuffle:
                Stop();
                return true;
            case RecordFact:
                Sender.Tell(new AttemptFenced());
                return true;
            case AdoptShuffle:
                Sender.Tell(new Refused($"The shuffle cannot be brought in, for {Damage}; forget the sweep first."));
                return true;
            default:
                return message is BeginAttempt;
        }
    }

    private void Stop()
    {
        Sender.Tell(new Done());
        Context.Stop(Self);
    }

    private void Begin(BeginAttempt begin)
    {
        var events = _state.Decide(begin);
        Persist(events, () =>
        {
            if (begin.Attempt.Attempt == _state.Attempt)
            {
                Continue(begin);
            }
        });
    }

    /// <summary>Has the node do what is left, or tells the sweep of the end. Both are idempotent.</summary>
    private void Continue(BeginAttempt begin)
    {
        if (_state.End is { } end)
        {
            PassOn(begin.Attempt.Sweep, end, ActorRefs.Nobody);
            return;
        }

        Context.ActorSelection(NodeName.ExecutorOf(begin.Node)).Tell(
            new RunShuffle(begin.Attempt, begin.Node, begin.Spec, begin.DataSha256, _state.Record));
    }

    private void Record(RecordFact record)
    {
        var node = Sender;
        if (record.Fact.Attempt > _state.Attempt)
        {
            Refuse($"Attempt {record.Fact.Attempt} of shuffle {record.Fact.Shuffle} has not begun.");
            return;
        }

        switch (_state.Decide(record.Fact))
        {
            case ShuffleEntityState.FactDisposition.Record:
                Persist([new FactRecorded(record.Fact)], () => PassOn(record.Sweep, record.Fact, node));
                break;
            case ShuffleEntityState.FactDisposition.PassOn:
                PassOn(record.Sweep, record.Fact, node);
                break;
            default:
                node.Tell(new AttemptFenced());
                break;
        }
    }

    /// <summary>
    /// Passes a fact on to the sweep, which answers the node: it may go on once both have the fact. After the end of the attempt
    /// only repetitions are to come, so the entity is passivated.
    /// </summary>
    private void PassOn(string sweep, ShuffleFact fact, IActorRef node)
    {
        _coordinator.Tell(new ReportStage(sweep, StageCompletion.Of(fact)), node);
        if (_state.End is not null)
        {
            Context.Parent.Tell(new Passivate(new Passivated()));
        }
    }

    private void Adopt(AdoptShuffle adopt)
    {
        var asker = Sender;
        if (adopt.After > _state.Events)
        {
            Refuse($"Shuffle {adopt.Shuffle} of {adopt.Sweep} lacks the events before {adopt.After + 1}.");
            return;
        }

        // Repeated events are recorded already.
        PersistAll(adopt.Events.Skip(_state.Events - adopt.After), journaled => _state = _state.Apply(journaled.Event));
        DeferAsync(adopt, _ => asker.Tell(new Done()));
    }

    private void Persist(ImmutableArray<SweepEvent> events, Action then)
    {
        var now = _clock.GetUtcNow();
        PersistAll(
            events.Select(sweepEvent => new JournaledEvent(now, sweepEvent)),
            journaled => _state = _state.Apply(journaled.Event));
        DeferAsync(now, _ => then());
    }

    private sealed record Passivated : INoSerializationVerificationNeeded;
}
