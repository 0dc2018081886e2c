using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Coordinator.Journal;

/// <summary>
/// A persistent actor that stays right although another process may write its events as well: one that was paused wakes up, or
/// a cluster that is cut in two has each actor twice. The journal takes each sequence number once, so one that is behind can
/// append nothing: it stops, and recovers. What needs no event is answered only once the journal holds none that is not known.
/// </summary>
public abstract class JournaledActor : ReceivePersistentActor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _replayed;

    /// <summary>Sets up what every such actor does.</summary>
    protected JournaledActor() => Command<JournalEnd>(
        // The journal may have events of its own that it does not know to be there yet: after those.
        end => DeferAsync(end, Compare));

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        // Nobody may be told that it is durable, and what was decided on top of it is void.
        Context.Stop(Self);
    }

    /// <summary>Recovers from a snapshot.</summary>
    protected void RecoverSnapshot(Action<SnapshotOffer> restore) => Recover<SnapshotOffer>(offer =>
    {
        _replayed = offer.Metadata.SequenceNr;
        restore(offer);
    });

    /// <summary>Recovers from events, all of them in their order: where one is missing, recovery fails.</summary>
    protected void RecoverEvents<TEvent>(Action<TEvent> apply) => Recover<TEvent>(recovered =>
    {
        if (LastSequenceNr != _replayed + 1)
        {
            throw new InvalidOperationException(
                $"Event {LastSequenceNr} of {PersistenceId} follows event {_replayed}; the journal lacks what is between.");
        }

        _replayed = LastSequenceNr;
        apply(recovered);
    });

    /// <summary>
    /// Does something, such as answering, once it is certain that this actor knew all events when it was asked. Where it did
    /// not, it recovers, and nothing is done: whoever asked asks again.
    /// </summary>
    protected void WhenCurrent(Action then) => Persistence.Instance.Apply(Context.System).JournalFor(JournalPluginId)
        .Ask<object>(asker => new ReplayMessages(0, 0, 0, PersistenceId, asker), Patience, CancellationToken.None)
        .PipeTo(
            Self,
            success: answer => new JournalEnd((answer as RecoverySuccess)?.HighestSequenceNr, then),
            failure: _ => new JournalEnd(null, then));

    /// <summary>Refuses what the sender asks for; as what it is refused for may be out of date, only when current.</summary>
    protected void Refuse(string reason)
    {
        var asker = Sender;
        WhenCurrent(() => asker.Tell(new Refused(reason)));
    }

    private void Compare(JournalEnd end)
    {
        if (end.SequenceNr > LastSequenceNr)
        {
            _log.Warning(
                "{0} knows {1} events and the journal has {2}: another process has written; it recovers",
                PersistenceId, LastSequenceNr, end.SequenceNr);
            Context.Stop(Self);
        }
        else if (end.SequenceNr is not null)
        {
            end.Then();
        }
    }

    private sealed record JournalEnd(long? SequenceNr, Action Then) : INoSerializationVerificationNeeded;
}
