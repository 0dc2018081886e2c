using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// How other processes ask something of the one that holds the store: they put a request in, it answers, and they take the
/// answer out. What is asked becomes part of a sweep only by the events that the answer rests on. One call at a time.
/// </summary>
public interface IRequestInbox
{
    /// <summary>Puts a request in; durable when this returns.</summary>
    /// <returns>The request's id.</returns>
    /// <exception cref="StoreException">The store is read-only, full, ..</exception>
    long AddRequest(string sweep, DateTimeOffset at, SweepCommand command);

    /// <summary>The requests that nobody has answered yet, in order.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    ImmutableArray<SweepRequest> Requests();

    /// <summary>Answers a request.</summary>
    /// <param name="request">Its id.</param>
    /// <param name="answer">Empty if it is done, else why not, in a sentence for a person.</param>
    /// <exception cref="StoreException">The journal cannot be written.</exception>
    void Answer(long request, string answer);

    /// <summary>The answer to a request; null where there is none yet.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    string? AnswerTo(long request);

    /// <summary>Removes a request, answered or not; no error where there is none.</summary>
    /// <exception cref="StoreException">The journal cannot be written.</exception>
    void RemoveRequest(long request);

    /// <summary>Removes requests older than a time: their senders have given up waiting.</summary>
    /// <exception cref="StoreException">The journal cannot be written.</exception>
    void RemoveRequestsBefore(DateTimeOffset time);
}
