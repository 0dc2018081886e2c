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

/// <summary>A journal in memory that writes and reads as one in a database does, and can be made to fail.</summary>
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
        return !Faults.TryGetValue(_system, out var fault) ? base.WriteMessagesAsync(writes, cancellationToken)!
            : fault == JournalFault.Fails ? Task.FromException<IImmutableList<Exception?>>(new IOException("The database is away."))
            : Task.FromResult<IImmutableList<Exception?>>(
                [.. writes.Select(_ => new FormatException("It cannot be written."))]);
    }

    private object Again(object payload)
    {
        var serializer = new WireSerializer((ExtendedActorSystem)_system);
        return serializer.FromBinary(serializer.ToBinary(payload), serializer.Manifest(payload));
    }
}
