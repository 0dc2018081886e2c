using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Carries out a command on a sweep of a store: sends it to the process that holds the store, or, where none does, decides
/// and records it in this process. Same decisions, same journal.
/// </summary>
/// <param name="folder">The store's folder.</param>
/// <param name="clock">The clock of requests, and of the wait for an answer.</param>
public sealed class StoreRequests(string folder, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Carries out a command.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="command">One that other processes may give: pause, resume, cancel, rerun.</param>
    /// <returns>The process that did it; null where this one did.</returns>
    /// <exception cref="SweepException">It is refused.</exception>
    /// <exception cref="StoreException">The store cannot be used, or the process that holds it does not answer.</exception>
    public StoreHolder? Do(string sweep, SweepCommand command)
    {
        while (true)
        {
            if (StoreLock.Holder(folder) is not { } holder)
            {
                using var store = SweepStore.OpenForWriting(folder, clock.GetUtcNow());
                Apply(store, sweep, command);
                return null;
            }

            if (Ask(sweep, command, holder))
            {
                return holder;
            }
        }
    }

    /// <summary>Does a command in a store that this process holds.</summary>
    /// <exception cref="SweepException">It is refused.</exception>
    /// <exception cref="StoreException">The journal cannot be written.</exception>
    public void Apply(SweepStore store, string sweep, SweepCommand command) =>
        new SweepRecorder(store.Journal, new Lock(), sweep, clock, NullObserver.Instance).Handle(command);

    /// <summary>False if the holder went away without an answer.</summary>
    private bool Ask(string sweep, SweepCommand command, StoreHolder holder)
    {
        using var journal = SqliteJournal.Open(SweepStore.JournalOf(folder));
        var request = journal.AddRequest(sweep, clock.GetUtcNow(), command);
        try
        {
            for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience; Thread.Sleep(Interval))
            {
                if (journal.AnswerTo(request) is { } answer)
                {
                    return answer.Length == 0 ? true : throw new SweepException(answer);
                }

                if (StoreLock.Holder(folder) is null)
                {
                    return false;
                }
            }
        }
        finally
        {
            journal.RemoveRequest(request);
        }

        throw new StoreException(
            $"Process {holder.ProcessId} on {holder.Machine} holds the store {folder} and does not answer; "
            + "see whether it is stopped, or end it and try again.");
    }
}
