using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using AdvFit.Actors;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Coordinator;

/// <summary>
/// Records what is done of one shuffle, and fences out what older attempts report. It does no work: it is moved between
/// coordinators and put to sleep as the cluster likes. What it decides is <see cref="ShuffleEntityState"/>'s.
/// </summary>
public sealed class ShuffleEntity : JournaledActor
{
    /// <summary>Begins the persistence id of every shuffle.</summary>
    public const string IdPrefix = "shuffle:";

    private readonly IActorRef _coordinator;
    private readonly TimeProvider _clock;
    private ShuffleEntityState _ledger = ShuffleEntityState.Empty;

    /// <param name="id">As <see cref="ShuffleMessageExtractor.IdOf"/> makes it.</param>
    /// <param name="coordinator">The way to the sweeps.</param>
    /// <param name="clock">Tells the time of events.</param>
    public ShuffleEntity(string id, IActorRef coordinator, TimeProvider clock)
    {
        (PersistenceId, _coordinator, _clock) = (IdPrefix + id, coordinator, clock);
        RecoverEvents<JournaledEvent>(journaled => _ledger = _ledger.Apply(journaled.Event));
        Command<BeginAttempt>(Begin);
        Command<RecordFact>(Record);
        Command<AdoptShuffle>(Adopt);
        Command<Rest>(_ => Context.Stop(Self));
    }

    /// <inheritdoc/>
    /// <remarks>It keeps no snapshots, and looks for none.</remarks>
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    private void Begin(BeginAttempt begin)
    {
        var events = _ledger.Decide(begin);
        Persist(events, () =>
        {
            if (begin.Attempt.Attempt == _ledger.Attempt)
            {
                GoOn(begin);
            }
        });
    }

    /// <summary>Has the node do the rest, or the sweep know of the end: told again, either changes nothing.</summary>
    private void GoOn(BeginAttempt begin)
    {
        if (_ledger.End is { } end)
        {
            PassOn(begin.Attempt.Sweep, end, ActorRefs.Nobody);
            return;
        }

        Context.ActorSelection(NodeName.ExecutorOf(begin.Node)).Tell(
            new RunShuffle(begin.Attempt, begin.Node, begin.Spec, begin.DataSha256, _ledger.Record));
    }

    private void Record(RecordFact record)
    {
        var node = Sender;
        if (record.Fact.Attempt > _ledger.Attempt)
        {
            Refuse($"Attempt {record.Fact.Attempt} of shuffle {record.Fact.Shuffle} has not begun.");
            return;
        }

        switch (_ledger.Decide(record.Fact))
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
    /// The sweep answers the node: it may go on when both know. With the attempt at its end nothing more is to come but
    /// repetitions, which wake the entity again.
    /// </summary>
    private void PassOn(string sweep, ShuffleFact fact, IActorRef node)
    {
        _coordinator.Tell(new ReportStage(sweep, Workflow.Brief(fact)), node);
        if (_ledger.End is not null)
        {
            Context.Parent.Tell(new Passivate(new Rest()));
        }
    }

    private void Adopt(AdoptShuffle adopt)
    {
        var asker = Sender;
        if (adopt.After > _ledger.Events)
        {
            Refuse($"Shuffle {adopt.Shuffle} of {adopt.Sweep} lacks the events before {adopt.After + 1}.");
            return;
        }

        // What is told again is here already.
        PersistAll(adopt.Events.Skip(_ledger.Events - adopt.After), journaled => _ledger = _ledger.Apply(journaled.Event));
        DeferAsync(adopt, _ => asker.Tell(new Sweeps.Cluster.Done()));
    }

    private void Persist(ImmutableArray<SweepEvent> events, Action then)
    {
        var now = _clock.GetUtcNow();
        PersistAll(
            events.Select(sweepEvent => new JournaledEvent(now, sweepEvent)),
            journaled => _ledger = _ledger.Apply(journaled.Event));
        DeferAsync(now, _ => then());
    }

    private sealed record Rest : INoSerializationVerificationNeeded;
}
