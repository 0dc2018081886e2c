using System.Runtime.CompilerServices;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Coordinator.Journal;

/// <summary>
/// Reads the events of a sweep with full facts. The sweep's actor journals facts in brief; the full ones are looked up among
/// the events of the shuffle's entity, which were recorded before. For one reader.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="materializer">Runs the queries.</param>
/// <param name="sweep">The sweep's id.</param>
internal sealed class SweepEventReader(SqlReadJournal journal, IMaterializer materializer, string sweep)
{
    // Shuffles are worked on in turn: facts of those long done are not needed again.
    private const int MostShuffles = 512;

    private readonly Dictionary<int, (ShuffleFacts Facts, long Last)> _shuffles = [];

    /// <summary>The events of the sweep so far, with brief facts.</summary>
    /// <param name="after">Number of the last event to leave out.</param>
    /// <param name="upTo">Number of the last event.</param>
    public IAsyncEnumerable<JournalEntry> ReadBriefly(long after, long upTo, CancellationToken cancellation) =>
        Entries(journal.CurrentEventsByPersistenceId(PersistenceIds.OfSweep(sweep), after + 1, upTo), cancellation);

    /// <summary>The events of the sweep with brief facts, those so far and then new ones as they come.</summary>
    public IAsyncEnumerable<JournalEntry> FollowBriefly(long after, CancellationToken cancellation) =>
        Entries(journal.EventsByPersistenceId(PersistenceIds.OfSweep(sweep), after + 1, long.MaxValue), cancellation);

    /// <summary>Replaces brief facts by full ones.</summary>
    /// <param name="entries">The events of the sweep.</param>
    /// <param name="shuffle">Drops the facts of all other shuffles; null for none.</param>
    /// <param name="endsWhereOneIsLost">Whether to end before a fact that the journal lacks.</param>
    /// <exception cref="StoreException">The journal lacks one.</exception>
    public async IAsyncEnumerable<JournalEntry> Complete(
        IAsyncEnumerable<JournalEntry> entries, int? shuffle, bool endsWhereOneIsLost,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            if (entry.Event is not FactRecorded { Fact: var fact })
            {
                yield return entry;
            }
            else if (shuffle is null || shuffle == fact.Shuffle)
            {
                if (await Complete(entry, fact.Shuffle, cancellation) is { } full)
                {
                    yield return entry with { Event = full };
                }
                else if (endsWhereOneIsLost)
                {
                    yield break;
                }
                else
                {
                    throw new StoreException(
                        $"The journal of shuffle {fact.Shuffle} of {sweep} lacks what event {entry.Number} of the sweep tells of; "
                        + "restore the database from a backup.");
                }
            }
        }
    }

    private async Task<SweepEvent?> Complete(JournalEntry entry, int shuffle, CancellationToken cancellation)
    {
        if (_shuffles.TryGetValue(shuffle, out var known) && known.Facts.Complete(entry.Event) is { } full)
        {
            return full;
        }

        if (_shuffles.Count >= MostShuffles)
        {
            _shuffles.Clear();
            known = default;
        }

        var (facts, last) = (known.Facts ?? new ShuffleFacts(), known.Last);
        var id = PersistenceIds.OfShuffle(sweep, shuffle);
        await foreach (var envelope in journal.CurrentEventsByPersistenceId(id, last + 1, long.MaxValue)
            .Run(materializer, cancellation))
        {
            if (envelope.Event is JournaledEvent journaled)
            {
                facts.Add(journaled.Event);
            }

            last = envelope.SequenceNr;
        }

        _shuffles[shuffle] = (facts, last);
        return facts.Complete(entry.Event);
    }

    private async IAsyncEnumerable<JournalEntry> Entries(
        Source<EventEnvelope, Akka.NotUsed> source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var envelope in source.Run(materializer, cancellation))
        {
            var (at, sweepEvent) = envelope.Event as JournaledEvent ?? throw new StoreException(
                $"Event {envelope.SequenceNr} of {sweep} cannot be read; restore the database from a backup.");
            yield return new JournalEntry(envelope.SequenceNr, envelope.SequenceNr, at, sweepEvent);
        }
    }
}
