using AdvFit.Messages;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Journal;

/// <summary>One event as the journal holds it.</summary>
/// <param name="Sequence">Its place among the events of all sweeps, from 1.</param>
/// <param name="Number">Its place among the events of its sweep, from 1, without gaps.</param>
/// <param name="At">When it was recorded, in UTC.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(long Sequence, long Number, DateTimeOffset At, SweepEvent Event);

/// <summary>An event that is to be recorded.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Event">What happened.</param>
public readonly record struct TimedEvent(DateTimeOffset At, SweepEvent Event);

/// <summary>
/// What the events of a sweep up to one of them amount to, so that they need not all be read again. It can always be made
/// anew from them.
/// </summary>
/// <param name="Number">Number of the last event in it.</param>
/// <param name="Body">The state, as <see cref="SnapshotFormat"/> writes it.</param>
public sealed record JournalSnapshot(long Number, string Body);

/// <summary>Read access to the journal. One call at a time.</summary>
public interface IJournalReader
{
    /// <summary>The events of a sweep in order; none where it is unknown.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="after">Number of the last event to leave out; 0 for none.</param>
    /// <exception cref="StoreException">The journal is damaged or cannot be read; the message names the event.</exception>
    IEnumerable<JournalEntry> Read(string sweep, long after = 0);

    /// <summary>The same, with every fact in brief: all that the state of a sweep needs, much faster.</summary>
    /// <inheritdoc cref="Read"/>
    IEnumerable<JournalEntry> ReadBriefly(string sweep, long after = 0);

    /// <summary>The events of one shuffle of a sweep in order, without reading the others.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="shuffle">The shuffle's number.</param>
    /// <param name="fact">Facts of this type alone; null for every event.</param>
    /// <exception cref="StoreException">The journal is damaged or cannot be read; the message names the event.</exception>
    IEnumerable<JournalEntry> ReadShuffle(string sweep, int shuffle, Type? fact = null);

    /// <summary>The snapshot of a sweep, if there is one that is whole and fits the events.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    JournalSnapshot? Snapshot(string sweep);
}

/// <summary>The append-only record of what happened; the only truth about a sweep. One call at a time.</summary>
public interface IJournal : IJournalReader
{
    /// <summary>Appends events, all or none; they are on the disk when it returns.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="after">Number of the last event that the writer knows of; 0 before the first.</param>
    /// <param name="events">What happened.</param>
    /// <exception cref="StoreException">The disk is full, the journal has other events by now, ..; nothing is appended.</exception>
    void Append(string sweep, long after, IReadOnlyList<TimedEvent> events);

    /// <summary>Keeps a snapshot instead of the one before.</summary>
    /// <exception cref="StoreException">The disk is full, ..</exception>
    void SaveSnapshot(string sweep, JournalSnapshot snapshot);
}
