using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Journal;

/// <summary>A sweep as its journal has it.</summary>
/// <param name="State">The state after the last event; null where there is none.</param>
/// <param name="History">When and where it was worked on.</param>
/// <param name="Number">Number of the last event; 0 where there is none.</param>
public sealed record SweepReplay(SweepState? State, SweepHistory History, long Number)
{
    /// <summary>A sweep without events.</summary>
    public static SweepReplay Empty { get; } = new(null, SweepHistory.Empty, 0);

    /// <summary>Folds the events of a sweep, from its snapshot on where there is one.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public static SweepReplay Of(IJournalReader journal, string sweep)
    {
        var start = FromSnapshot(journal, sweep) ?? Empty;
        return start.Follow(journal, sweep);
    }

    /// <summary>The sweep as a snapshot has it.</summary>
    /// <exception cref="InvalidOperationException">Another version of AdvFit made it.</exception>
    public static SweepReplay Of(JournalSnapshot snapshot) => TryRead(snapshot) ?? throw new InvalidOperationException(
        "A snapshot is of another version of AdvFit.");

    /// <summary>The sweep as a snapshot has it; null where another version of AdvFit made the snapshot.</summary>
    public static SweepReplay? TryRead(JournalSnapshot snapshot) =>
        SnapshotFormat.Read(snapshot.Body) is var (state, history) ? new SweepReplay(state, history, snapshot.Number) : null;

    /// <summary>The sweep as it is now, from what was known of it before.</summary>
    /// <exception cref="StoreException">The journal is damaged or cannot be read.</exception>
    public SweepReplay Follow(IJournalReader journal, string sweep)
    {
        var (state, history, number) = this;
        foreach (var entry in journal.ReadBriefly(sweep, number))
        {
            try
            {
                state = SweepState.Apply(state, entry.Event, entry.At);
            }
            catch (InvalidOperationException error)
            {
                throw new StoreException(
                    $"The journal's event {entry.Number} of the sweep {sweep} contradicts those before it; {StoreFaults.JournalMend}.",
                    error);
            }

            history = history.Add(new TimedEvent(entry.At, entry.Event));
            number = entry.Number;
        }

        return new SweepReplay(state, history, number);
    }

    /// <summary>The sweep after one more event.</summary>
    public SweepReplay Add(TimedEvent timed) => new(
        SweepState.Apply(State, timed.Event, timed.At), History.Add(timed), Number + 1);

    /// <summary>A snapshot of a sweep that has events.</summary>
    public JournalSnapshot Snapshot() => new(Number, SnapshotFormat.Write(State!, History));

    private static SweepReplay? FromSnapshot(IJournalReader journal, string sweep) =>
        journal.Snapshot(sweep) is { } snapshot ? TryRead(snapshot) : null;
}
