using System.Text.Json;
using AdvFit.Experiments;
using AdvFit.Messages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AdvFit.Dashboard.Tests;

/// <summary>What is seen of a sweep, whatever happens to it.</summary>
public sealed class Polled_sweeps
{
    [Property(MaxTest = 200)]
    public Property It_does_not_matter_since_when_one_looks() => Prop.ForAll(Move.Lists(), Gen.Choose(1, 10).ToArbitrary(), (moves, step) =>
    {
        var sweep = Play(moves);
        var source = new MemorySource(sweep.Events) { Count = 0 };
        var poller = new SweepPoller(source, MemorySource.Id);
        for (source.Count = 0; source.Count < sweep.Events.Count; source.Count = Math.Min(source.Count + step, sweep.Events.Count))
        {
            poller.Poll(null);
        }

        var late = new SweepPoller(new MemorySource(sweep.Events), MemorySource.Id).Poll(null);

        Text(poller.Poll(null)).ShouldBe(Text(late));
        if (late is not null)
        {
            CheckSlots(late, sweep);
        }
    });

    [Property(MaxTest = 100)]
    public Property A_page_that_is_told_what_changed_shows_what_there_is() => Prop.ForAll(Move.Lists(), moves =>
    {
        var sweep = Play(moves);
        var source = new MemorySource(sweep.Events) { Count = 0 };
        var (poller, page) = (new SweepPoller(source, MemorySource.Id), new DashboardUpdates());
        var shown = new Dictionary<int, LiveShuffle>();
        for (var count = 0; count <= sweep.Events.Count; count += 3)
        {
            source.Count = count;
            var seen = poller.Poll(null);
            foreach (var (_, data) in page.Of(new DashboardSnapshot(null, null, seen, null)))
            {
                foreach (var shuffle in JsonSerializer.Deserialize(data, LiveJsonContext.Default.LiveSweep)!.Shuffles)
                {
                    shown[shuffle.Number] = shuffle;
                }
            }

            shown.Values.OrderBy(shuffle => shuffle.Number).ShouldBe(seen?.Shuffles ?? []);
            page.Of(new DashboardSnapshot(null, null, seen, null)).ShouldBeEmpty();
        }
    });

    [Fact]
    public void The_epochs_of_shuffles_at_work_are_found_among_the_latest_events()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start(Some.Spec with { Shuffles = 50 }));
        for (var shuffle = 1; shuffle <= 40; shuffle++)
        {
            sweep.Complete(shuffle);
        }

        sweep.Do(new AssignNext());
        sweep.Do(new AssignNext());
        sweep.Report(Some.Epoch(41, 1, 1));
        sweep.Report(Some.Epoch(42, 1, 1));
        var source = new MemorySource(sweep.Events);

        var seen = new SweepPoller(source, MemorySource.Id).Poll(null)!;

        seen.Slots.Select(slot => (slot.Shuffle, slot.TestAccuracy.Length)).ShouldBe([(41, 1), (42, 1)]);
        source.ShuffleReads.ShouldBe(0);
    }

    [Fact]
    public async Task A_sweep_that_is_quarantined_says_why_on_its_own_page_alone()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        var source = new MemorySource(sweep.Events) { Trouble = "It is damaged." };
        using var view = new SharedPoller(
            new DashboardSource("memory", _ => source, TimeSpan.Zero, TimeSpan.Zero), TimeProvider.System, CancellationToken.None);

        var own = await view.PollAsync(MemorySource.Id);
        var newest = await view.PollAsync(null);

        own.Sweep.ShouldBeNull();
        own.Trouble.ShouldBe("It is damaged.");
        newest.Sweeps!.Value.Select(each => each.Status).ShouldBe(["quarantined", "running"]);
        newest.Sweep!.Id.ShouldBe("other-01234567");
        newest.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_journal_that_contradicts_what_was_read_is_read_anew()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.Complete(1);
        var events = sweep.Events.ToList();
        var source = new MemorySource(events);
        using var view = new SharedPoller(
            new DashboardSource("memory", _ => source, TimeSpan.Zero, TimeSpan.Zero), TimeProvider.System, CancellationToken.None);
        (await view.PollAsync(null)).Sweep!.Completed.ShouldBe(1);

        // Restored from a backup, and gone on with otherwise.
        events.Clear();
        var other = new SimulatedSweep();
        other.Do(Some.Start());
        other.Complete(1);
        other.Complete(2);
        events.AddRange(other.Events);
        events.RemoveAt(sweep.Events.Count);
        source.Count = events.Count;

        (await view.PollAsync(null)).Trouble.ShouldNotBeNull();
        events.Clear();
        events.AddRange(other.Events);
        source.Count = events.Count;
        var snapshot = await view.PollAsync(null);
        snapshot.Trouble.ShouldBeNull();
        snapshot.Sweep!.Completed.ShouldBe(2);
    }

    private static SimulatedSweep Play(List<Move> moves)
    {
        var sweep = new SimulatedSweep();
        foreach (var move in moves)
        {
            move.Make(sweep);
        }

        return sweep;
    }

    /// <summary>Of each epoch that is done, the last that was recorded counts.</summary>
    private static void CheckSlots(LiveSweep seen, SimulatedSweep sweep)
    {
        seen.Slots.Select(slot => slot.Shuffle).ShouldBe(sweep.State.Running.Keys);
        foreach (var slot in seen.Slots)
        {
            var epochs = sweep.Events.OfType<FactRecorded>().Select(recorded => recorded.Fact).OfType<EpochTrained>()
                .Where(epoch => epoch.Shuffle == slot.Shuffle).ToLookup(epoch => epoch.Epoch);
            slot.TrainAccuracy.ShouldBe(Enumerable.Range(1, sweep.State.Shuffle(slot.Shuffle).Done.Steps)
                .Select(epoch => epochs[epoch].Last().TrainCorrect / (double)Some.Spec.Subsample!.Train));
        }
    }

    private static string Text(LiveSweep? sweep) =>
        sweep is null ? "" : JsonSerializer.Serialize(sweep, LiveJsonContext.Default.LiveSweep);
}
