using System.Runtime.CompilerServices;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Local;

/// <summary>
/// What large sweeps must not cost, by counts and bytes; bench/Scale has the times, up to a million shuffles. They have the process
/// for themselves, because its memory is counted.
/// </summary>
[Collection(nameof(ScaleTests))]
[CollectionDefinition(nameof(ScaleTests), DisableParallelization = true)]
public class ScaleTests
{
    [Fact]
    public void A_shuffle_takes_less_than_200_bytes_of_the_state_in_the_middle_of_a_sweep()
    {
        const int shuffles = 20_000;
        var states = new SweepState?[1];
        FillWithMiddleOfSweep(states, shuffles);
        var with = GC.GetTotalMemory(forceFullCollection: true);
        states[0] = null;
        var without = GC.GetTotalMemory(forceFullCollection: true);

        ((with - without) / shuffles).ShouldBeInRange(50, 200);
    }

    /// <summary>Not inlined, lest its variables outlive it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillWithMiddleOfSweep(SweepState?[] states, int shuffles)
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start(Some.Spec with { Shuffles = shuffles }));
        for (var shuffle = 1; shuffle <= shuffles; shuffle++)
        {
            sweep.Do(new AssignNext());
            sweep.Report(Some.Epoch(shuffle, 1, 1));
            sweep.Do(new ReleaseShuffle(shuffle, 1));
            sweep.Do(new AssignNext());
            sweep.Report(sweep.NextFact(shuffle));
            sweep.Report(sweep.NextFact(shuffle));
            sweep.Report(sweep.NextFact(shuffle));
            sweep.Events.Clear();
        }

        states[0] = sweep.State;
        sweep.State.Completed.ShouldBe(shuffles);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(32, 4)]
    public void Slots_share_what_it_takes_to_make_their_facts_durable(int slots, int mostAppendsPerShuffle)
    {
        const int shuffles = 64;
        var spec = Some.Spec with { Shuffles = shuffles };
        var journal = new SlowJournal(slots);
        using var host = new LocalHost(journal, slots, new EagerClock(), NullObserver.Instance);

        host.Run(Some.Start(spec), _ => new FakeExecutor(spec)).Completed.ShouldBe(shuffles);

        journal.Appends.ShouldBeLessThanOrEqualTo(mostAppendsPerShuffle * shuffles + 3);
    }

    [Fact]
    public void A_long_journal_has_a_snapshot_and_few_events_after_it()
    {
        var spec = Some.Spec with { Shuffles = 5000 };
        var journal = new SlowJournal(1);
        using var host = new LocalHost(journal, 1, new EagerClock(), NullObserver.Instance);
        host.Run(Some.Start(spec), _ => new FakeExecutor(spec));

        journal.Saved.ShouldNotBeNull().Number.ShouldBe(journal.Count);
    }

    /// <summary>A journal that is as slow as a disk beside many slots: an append ends when as many others wait as can.</summary>
    private sealed class SlowJournal(int slots) : IJournal
    {
        private readonly List<TimedEvent> _events = [];

        public int Appends { get; private set; }

        public int Count => _events.Count;

        public JournalSnapshot? Saved { get; private set; }

        public IEnumerable<JournalEntry> Read(string sweep, long after = 0) => [];

        public IEnumerable<JournalEntry> ReadBriefly(string sweep, long after = 0) => [];

        public IEnumerable<JournalEntry> ReadShuffle(string sweep, int shuffle, Type? fact = null) => [];

        public JournalSnapshot? Snapshot(string sweep) => Saved;

        public void SaveSnapshot(string sweep, JournalSnapshot snapshot) => Saved = snapshot;

        public void Append(string sweep, long after, IReadOnlyList<TimedEvent> events)
        {
            Appends++;
            _events.AddRange(events);
            for (var turn = 0; turn < 50 * (slots - 1); turn++)
            {
                Thread.Yield();
            }
        }
    }
}
