using System.Collections.Concurrent;
using System.Collections.Immutable;
using AdvFit.Actors;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AdvFit.Coordinator.Tests;

/// <summary>What a journal does instead of writing.</summary>
public enum JournalFault
{
    /// <summary>It fails, as one whose database is away.</summary>
    Fails,

    /// <summary>It refuses the event, as one that cannot be serialized.</summary>
    Rejects,
}

/// <summary>
/// A journal in memory that writes and reads as one in a database does: each number of an actor's events once. It can be made
/// to fail.
/// </summary>
public sealed class UnreliableJournal : MemoryJournal
{
    private static readonly ConcurrentDictionary<ActorSystem, JournalFault> Faults = [];

    private readonly ActorSystem _system = Context.System;

    /// <summary>Has the journal of a system fail from now on; null mends it.</summary>
    public static void Set(ActorSystem system, JournalFault? fault)
    {
        if (fault is { } set)
        {
            Faults[system] = set;
        }
        else
        {
            Faults.TryRemove(system, out _);
        }
    }

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception?>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.Select(write => new AtomicWrite(
            ((IImmutableList<IPersistentRepresentation>)write.Payload).Select(each => each.WithPayload(Again(each.Payload))).ToImmutableList())).ToList();
        return !Faults.TryGetValue(_system, out var fault) ? WriteOnce(writes, cancellationToken)
            : fault == JournalFault.Fails ? Task.FromException<IImmutableList<Exception?>>(new IOException("The database is away."))
            : Task.FromResult<IImmutableList<Exception?>>(
                [.. writes.Select(_ => new FormatException("It cannot be written."))]);
    }

    private async Task<IImmutableList<Exception?>> WriteOnce(List<AtomicWrite> writes, CancellationToken cancellation)
    {
        foreach (var write in writes.DistinctBy(write => write.PersistenceId))
        {
            if (await ReadHighestSequenceNrAsync(write.PersistenceId, 0, cancellation) >= write.LowestSequenceNr)
            {
                throw new IOException($"The journal has event {write.LowestSequenceNr} of {write.PersistenceId}.");
            }
        }

        return (await base.WriteMessagesAsync(writes, cancellation))!;
    }

    private object Again(object payload)
    {
        var serializer = new WireSerializer((ExtendedActorSystem)_system);
        return serializer.FromBinary(serializer.ToBinary(payload), serializer.Manifest(payload));
    }
}
