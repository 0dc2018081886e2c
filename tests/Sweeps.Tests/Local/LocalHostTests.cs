using System.Collections.Concurrent;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Local;

public class LocalHostTests
{
    private static readonly string[] StagesOfOne = ["epoch 1", "epoch 2", "fgsm", "evaluate"];

    private readonly FakeJournal _journal = new();
    private readonly FakeExecutor _executor = new(Some.Spec);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_stage_of_every_shuffle_is_done_once_on_any_number_of_slots(int slots)
    {
        var summary = Run(slots);

        (summary.Completed, summary.Failed, summary.Stopped).ShouldBe((3, 0, false));
        _executor.Stages.ShouldBe(AllStages(), ignoreOrder: true);
        Outcomes(_journal).ShouldBe(Uninterrupted());
    }

    [Fact]
    public void Running_a_completed_sweep_again_makes_no_executor_and_no_events()
    {
        Run();
        var events = _journal.Entries.Count;

        Host().Run(Some.Start(), _ => throw new InvalidOperationException("Nothing is left to run.")).Completed.ShouldBe(3);

        _journal.Entries.Count.ShouldBe(events);
    }

    [Fact]
    public void A_fact_is_in_the_journal_when_its_report_returns()
    {
        var seen = new List<int>();
        _executor.Before = _ => seen.Add(_journal.Entries.Count);

        Run(slots: 1);

        seen.Take(3).ShouldBe([3, 4, 5]);
    }

    [Fact]
    public void A_stop_finishes_the_stage_in_hand_and_the_next_run_repeats_nothing()
    {
        using var host = Host(slots: 1);
        _executor.Before = stage =>
        {
            if (stage == "2: epoch 1")
            {
                host.RequestStop();
            }
        };

        var stopped = host.Run(Some.Start(), _ => _executor);

        (stopped.Completed, stopped.Stopped).ShouldBe((1, true));
        _executor.Stages.Last().ShouldBe("2: epoch 1");
        _journal.Entries[^1].Event.ShouldBe(new SessionStopped());

        _executor.Before = _ => { };
        Run(slots: 1).Completed.ShouldBe(3);
        _executor.Stages.ShouldBe(AllStages());
    }

    [Fact]
    public void Abandoning_loses_only_the_stage_in_hand()
    {
        using var host = Host(slots: 1);
        _executor.Before = stage =>
        {
            if (stage == "1: epoch 2")
            {
                host.Abandon();
                throw new OperationCanceledException();
            }
        };

        host.Run(Some.Start(), _ => _executor).Stopped.ShouldBeTrue();

        _executor.Before = _ => { };
        Run(slots: 1);
        _executor.Stages.ShouldBe(AllStages());
    }

    [Fact]
    public void A_cause_that_may_pass_is_tried_again()
    {
        var failures = 0;
        _executor.Before = stage =>
        {
            if (stage == "1: fgsm" && failures++ < 2)
            {
                throw new IOException("The network share is away.");
            }
        };

        Run(slots: 1).Completed.ShouldBe(3);

        _executor.Stages.ShouldBe(AllStages(), ignoreOrder: true);
        _journal.Entries.Select(entry => entry.Event).OfType<ShuffleAssigned>().Count(assigned => assigned.Shuffle == 1).ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cause_that_cannot_pass_fails_its_shuffle_alone(int slots)
    {
        _executor.Before = stage =>
        {
            if (stage == "2: epoch 2")
            {
                throw new ExperimentException("The loss is not a number.");
            }
        };

        var summary = Run(slots);

        (summary.Completed, summary.Failed, summary.Stopped).ShouldBe((2, 1, false));
        summary.State.Shuffle(2).Cause.ShouldBe("The loss is not a number.");
        summary.State.Shuffle(2).Attempt.ShouldBe(1);
    }

    [Fact]
    public void Memory_that_ran_out_is_tried_as_often_as_the_policy_says()
    {
        _executor.Before = stage =>
        {
            if (stage.StartsWith("3:", StringComparison.Ordinal))
            {
                throw new InsufficientMemoryException("Too big.");
            }
        };

        var summary = Run(slots: 2);

        (summary.Completed, summary.Failed).ShouldBe((2, 1));
        summary.State.Shuffle(3).Attempt.ShouldBe(RetryPolicy.AttemptsPerSession);
    }

    [Fact]
    public void An_unexpected_exception_says_what_it_was()
    {
        _executor.Before = _ => throw new DivideByZeroException("Oops.");

        Run().State.Shuffle(1).Cause.ShouldBe("Unexpected DivideByZeroException: Oops.");
    }

    [Fact]
    public void Stopping_without_being_asked_is_a_failure()
    {
        _executor.Before = _ => throw new OperationCanceledException("Who asked?");

        Run().State.Shuffle(1).Cause.ShouldBe("Unexpected OperationCanceledException: Who asked?");
    }

    [Fact]
    public void Returning_without_a_result_is_a_failure() =>
        Host().Run(Some.Start(), _ => new IdleExecutor()).State.Shuffle(1).Cause.ShouldBe("The executor returned without a result.");

    [Fact]
    public void A_full_disk_under_the_artifacts_stops_the_host_and_fails_no_shuffle()
    {
        _executor.Before = stage =>
        {
            if (stage == "2: fgsm")
            {
                throw new StoreException("The disk is full.");
            }
        };

        Should.Throw<StoreException>(() => Run(slots: 1)).Message.ShouldBe("The disk is full.");

        _journal.Entries[^1].Event.ShouldBe(new SessionStopped());
        _executor.Before = _ => { };
        Run(slots: 1).Completed.ShouldBe(3);
        _executor.Stages.ShouldBe(AllStages());
    }

    [Fact]
    public void An_executor_that_cannot_be_made_ends_the_session()
    {
        Should.Throw<ExperimentException>(() => Host().Run(Some.Start(), _ => throw new ExperimentException("No such network.")));

        _journal.Entries[^1].Event.ShouldBe(new SessionStopped());
    }

    [Fact]
    public void A_refused_start_records_nothing()
    {
        Run();
        var events = _journal.Entries.Count;
        var otherData = Some.Start() with { Data = Some.Data with { Sha256 = new string('e', 64) } };

        Should.Throw<SweepException>(() => Host().Run(otherData, _ => _executor)).Message.ShouldContain("The data changed");

        _journal.Entries.Count.ShouldBe(events);
    }

    [Fact]
    public void The_executor_is_made_for_the_whole_sweep_not_only_for_this_runs_spec()
    {
        Run();
        var weak = Some.Spec with { Attacks = [Some.Attack("weak", 0.01)] };
        FakeExecutor? made = null;

        Host(slots: 1).Run(Some.Start(weak), state => made = new FakeExecutor(state.Spec)).Completed.ShouldBe(3);

        made!.Stages.ShouldBe(["1: weak", "1: evaluate", "2: weak", "2: evaluate", "3: weak", "3: evaluate"]);
    }

    [Fact]
    public void The_observer_sees_every_event_in_order_and_the_progress_of_each_slot()
    {
        var observer = new Recorder();
        using var host = new LocalHost(_journal, 2, new EagerClock(), observer);

        host.Run(Some.Start(), _ => _executor);

        observer.Events.ShouldBe(_journal.Entries.Select(entry => entry.Event));
        observer.Slots.ShouldAllBe(slot => slot == 1 || slot == 2);
        observer.Slots.Count.ShouldBe(3 * Some.Epochs);
    }

    /// <summary>The append of every event of a whole run, before and after its write, on one slot and on two.</summary>
    public static TheoryData<int, Death, int> Deaths()
    {
        var whole = new LocalHostTests();
        whole.Run(slots: 1);
        var deaths = new TheoryData<int, Death, int>();
        for (var number = 1; number <= whole._journal.Entries.Count; number++)
        {
            foreach (var slots in new[] { 1, 2 })
            {
                deaths.Add(number, Death.BeforeWriting, slots);
                deaths.Add(number, Death.AfterWriting, slots);
            }
        }

        return deaths;
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public void A_death_at_any_event_costs_at_most_the_stages_in_hand(int number, Death death, int slots)
    {
        var dying = new FakeJournal { Dies = (number, death) };
        var first = new FakeExecutor(Some.Spec);
        Should.Throw<StoreException>(() => Run(dying, first, slots)).Message.ShouldBe("The disk is full.");

        var reopened = new FakeJournal(dying);
        var second = new FakeExecutor(Some.Spec);
        var summary = Run(reopened, second, slots);

        summary.Completed.ShouldBe(3);
        Outcomes(reopened).ShouldBe(Uninterrupted());
        var recorded = dying.Entries.Count(entry => entry.Event is FactRecorded);
        (recorded + second.Stages.Count).ShouldBe(AllStages().Count());
    }

    [Fact]
    public void A_real_journal_that_is_reopened_has_the_very_same_state()
    {
        using var folder = new TemporaryFolder();
        SweepState state;
        using (var store = SweepStore.OpenForWriting(folder.Path, Some.Time))
        {
            state = Run(store.Journal, _executor, slots: 2).State;
        }

        using var reopened = SweepStore.OpenForReading(folder.Path).ShouldNotBeNull();
        var replayed = SweepReplay.Of(reopened.Journal, reopened.Journal.Sweeps().ShouldHaveSingleItem());
        SimulatedSweep.Describe(replayed.State).ShouldBe(SimulatedSweep.Describe(state));
    }

    private static IEnumerable<string> AllStages() =>
        from shuffle in Enumerable.Range(1, 3)
        from stage in StagesOfOne
        select $"{shuffle}: {stage}";

    /// <summary>What the results are made of: everything but attempts and times.</summary>
    private static IEnumerable<string> Outcomes(FakeJournal journal) => ShuffleRecords
        .Outcomes(journal, "", SweepReplay.Of(journal, "").State.ShouldNotBeNull())
        .Select(outcome => System.Text.Json.JsonSerializer.Serialize(outcome));

    private static IEnumerable<string> Uninterrupted()
    {
        var whole = new LocalHostTests();
        whole.Run(slots: 1);
        return Outcomes(whole._journal);
    }

    private static HostSummary Run(IJournal journal, IShuffleExecutor executor, int slots)
    {
        using var host = new LocalHost(journal, slots, new EagerClock(), new Recorder());
        return host.Run(Some.Start(), _ => executor);
    }

    private HostSummary Run(int slots = 2) => Run(_journal, _executor, slots);

    private LocalHost Host(int slots = 2) => new(_journal, slots, new EagerClock(), new Recorder());

    private sealed class Recorder : ISweepObserver
    {
        public List<SweepEvent> Events { get; } = [];

        public ConcurrentQueue<int> Slots { get; } = [];

        public void Recorded(SweepEvent sweepEvent, SweepState state) => Events.Add(sweepEvent);

        public void Progressed(int slot, ShuffleProgress progress) => Slots.Enqueue(slot);
    }

    private sealed class IdleExecutor : IShuffleExecutor
    {
        public void Run(
            ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
            CancellationToken finishSafePoint, CancellationToken abandon)
        {
        }
    }
}
