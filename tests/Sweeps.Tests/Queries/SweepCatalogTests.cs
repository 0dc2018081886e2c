using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Queries;

public sealed class SweepCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SweepStore _store;
    private readonly SweepCatalog _catalog;

    public SweepCatalogTests()
    {
        _store = SweepStore.OpenForWriting(_folder.File("store"), Some.Time);
        _catalog = new SweepCatalog(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Sweeps_are_listed_with_their_progress_the_latest_begun_first()
    {
        var finished = Record(Some.Spec, sweep => sweep.CompleteAll());
        var running = Record(Some.Spec with { Name = "other" }, sweep => sweep.Complete(1));

        _store.List().ShouldBe(
        [
            new SweepSummary(running, "other", SweepStatus.Running, 1, 0, 3, Some.Time, Some.Time),
            new SweepSummary(finished, "quick", SweepStatus.Completed, 3, 0, 3, Some.Time, Some.Time),
        ]);
    }

    [Fact]
    public void A_sweep_is_loaded_with_its_history()
    {
        var id = Record(Some.Spec, sweep =>
        {
            sweep.Complete(1);
            sweep.Do(Some.Start());
            sweep.Do(new StopSession());
            sweep.Do(Some.Start());
            sweep.CompleteAll();
        });

        var details = _catalog.Load(id);

        details.Status.ShouldBe(SweepStatus.Completed);
        details.State.Completed.ShouldBe(3);
        details.History.Sessions.Select(session => session.Ending)
            .ShouldBe([SessionEnding.Lost, SessionEnding.Stopped, SessionEnding.Finished]);
        details.History.Interruptions.ShouldBe(2);
        details.History.Stages.ShouldBe(
        [
            new StageHistory("train", 6, new StageCost(6, 12)),
            new StageHistory("attack fgsm", 3, new StageCost(9, 12)),
            new StageHistory("evaluate", 3, new StageCost(15, 18)),
        ]);
    }

    [Fact]
    public void A_session_that_nobody_works_on_any_more_is_lost()
    {
        var id = Record(Some.Spec, sweep => sweep.Complete(1));
        _catalog.Load(id).History.Sessions.ShouldHaveSingleItem().Ending.ShouldBe(SessionEnding.Running);
        _store.Dispose();

        using var reader = SweepStore.OpenForReading(_folder.File("store")).ShouldNotBeNull();
        var details = new SweepCatalog(reader).Load(id);

        details.Status.ShouldBe(SweepStatus.Interrupted);
        details.History.Sessions.ShouldHaveSingleItem().Ending.ShouldBe(SessionEnding.Lost);
    }

    [Fact]
    public void A_sweep_can_be_asked_for_by_id_by_name_by_the_start_of_its_id_and_by_its_spec()
    {
        var id = Record(Some.Spec);
        var later = Record(Some.Spec with { Seed = 1 });
        File.WriteAllText(_folder.File("quick.yaml"), "a spec");

        Resolve(id).ShouldBe(id);
        Resolve("quick").ShouldBe(later);
        Resolve(id[..8]).ShouldBe(id);
        Resolve(_folder.File("quick.yaml")).ShouldBe(id);
    }

    [Theory]
    [InlineData("qui", "`qui` could be any of quick-")]
    [InlineData("quikc", "There is no sweep `quikc` in ")]
    public void A_sweep_that_is_unclear_or_unknown_is_told_so(string asked, string message)
    {
        Record(Some.Spec);
        Record(Some.Spec with { Seed = 1 });

        Should.Throw<SweepException>(() => Resolve(asked)).Message.ShouldStartWith(message);
    }

    [Fact]
    public void An_empty_store_says_how_to_start()
    {
        Should.Throw<SweepException>(() => Resolve("x")).Message.ShouldEndWith("holds none; start one with `advfit run SPEC`.");
        Should.Throw<SweepException>(() => _catalog.Load("x-1"));
    }

    [Fact]
    public void A_spec_that_was_never_run_says_how_to_start_it()
    {
        File.WriteAllText(_folder.File("quick.yaml"), "a spec");

        Should.Throw<SweepException>(() => Resolve(_folder.File("quick.yaml"))).Message.ShouldContain("start it with `advfit run ");
    }

    public static TheoryData<SweepStatus, string> Words => new()
    {
        { SweepStatus.Planned, "planned" },
        { SweepStatus.Running, "running" },
        { SweepStatus.Interrupted, "interrupted" },
        { SweepStatus.Completed, "completed" },
        { SweepStatus.Failed, "failed" },
        { SweepStatus.Paused, "paused" },
        { SweepStatus.Cancelled, "cancelled" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_status_has_its_word(SweepStatus status, string word) => status.Word().ShouldBe(word);

    [Fact]
    public void The_status_follows_from_the_journal_and_the_lock()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        var here = new StoreHolder(1, "here", Some.Time);

        SweepStatuses.Of(SweepState.Apply(null, new SweepPlanned(Some.Spec, Some.Data), Some.Time), here).ShouldBe(SweepStatus.Planned);
        SweepStatuses.Of(sweep.State, here).ShouldBe(SweepStatus.Running);
        SweepStatuses.Of(sweep.State, null).ShouldBe(SweepStatus.Interrupted);
        SweepStatuses.Of(sweep.State, here with { Since = Some.Time.AddSeconds(1) }).ShouldBe(SweepStatus.Interrupted);
        sweep.Do(new AssignNext());
        sweep.Report(new AttemptFailed(1, 1, "NaN.", false));
        sweep.CompleteAll();
        SweepStatuses.Of(sweep.State, here).ShouldBe(SweepStatus.Failed);
    }

    private string Resolve(string asked) => _catalog.Resolve(asked, _ => Some.Spec);

    private string Record(SweepSpec spec, Action<SimulatedSweep>? work = null)
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start(spec));
        work?.Invoke(sweep);
        var id = SweepId.Of(spec);
        _store.Journal.Add(id, 0, Some.Time, sweep.Events);
        return id;
    }
}
