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

    /// <summary>What is wrong with the journal of this actor, as a part of a sentence; null where nothing is.</summary>
    protected string? Damage { get; set; }

    /// <summary>Recovers from events, all of them in their order: where one is missing, recovery fails.</summary>
    protected void RecoverEvents<TEvent>(Action<TEvent> apply) => Recover<TEvent>(recovered =>
    {
        if (Gap() is { } gap)
        {
            throw new InvalidOperationException($"The journal is damaged: {gap}.");
        }

        apply(recovered);
        _replayed = LastSequenceNr;
    });

    /// <summary>
    /// Recovers from events, all of them in their order, up to the first that is missing, cannot be read or contradicts those
    /// before it (an <see cref="InvalidOperationException"/>): then there is <see cref="Damage"/>.
    /// </summary>
    protected void RecoverSoundEvents(Action<JournaledEvent> apply)
    {
        Recover<JournaledEvent>(recovered =>
        {
            Damage ??= Gap();
            if (Damage is null)
            {
                try
                {
                    apply(recovered);
                    _replayed = LastSequenceNr;
                }
                catch (InvalidOperationException)
                {
                    Damage = $"event {LastSequenceNr} of {PersistenceId} in the journal contradicts those before it";
                }
            }
        });
        Recover<UnreadableEvent>(unreadable => Damage ??=
            Gap() ?? $"event {LastSequenceNr} of {PersistenceId} in the journal cannot be read: {unreadable.Problem.TrimEnd('.')}");
    }

    /// <summary>Answers what a damaged actor is told.</summary>
    /// <returns>Whether it is nothing that only others are told.</returns>
    protected virtual bool AnswerDamaged(object message) => false;

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message) =>
        (Damage is not null && !IsRecovering && AnswerDamaged(message)) || base.AroundReceive(receive, message);

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

    private string? Gap() => LastSequenceNr == _replayed + 1
        ? null
        : $"event {LastSequenceNr} of {PersistenceId} in the journal follows event {_replayed}, and what is between is missing";

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
