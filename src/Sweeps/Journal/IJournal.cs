using AdvFit.Messages;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Journal;

/// <summary>One event as the journal holds it.</summary>
/// <param name="Sequence">Its place among the events of all sweeps, from 1.</param>
/// <param name="Number">Its place among the events of its sweep, from 1, without gaps.</param>
/// <param name="At">When it was recorded, in UTC.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(long Sequence, long Number, DateTimeOffset At, SweepEvent Event);

/// <summary>The append-only record of what happened; the only truth about a sweep. One call at a time.</summary>
public interface IJournal
{
    /// <summary>The events of a sweep in order; none where it is unknown.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <exception cref="StoreException">The journal is damaged or cannot be read; the message names the event.</exception>
    IEnumerable<JournalEntry> Read(string sweep);

    /// <summary>Appends events, all or none; they are on the disk when it returns.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="after">Number of the last event that the writer knows of; 0 before the first.</param>
    /// <param name="at">When they happened.</param>
    /// <param name="events">What happened.</param>
    /// <exception cref="StoreException">The disk is full, the journal has other events by now, ..; nothing is appended.</exception>
    void Append(string sweep, long after, DateTimeOffset at, IReadOnlyList<SweepEvent> events);
}
