using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Tests.Local;

/// <summary>What others ask of a host while it works, through the store that it holds.</summary>
public sealed class RequestTests : IDisposable
{
    private static readonly string Sweep = SweepId.Of(Some.Spec);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeExecutor _executor = new(Some.Spec);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_paused_host_gives_its_shuffles_back_and_goes_on_when_resumed()
    {
        Before("1: epoch 2", () => Ask(new PauseSweep()));
        var resumed = Task.CompletedTask;
        var observer = new Observer(sweepEvent =>
        {
            if (sweepEvent is ShuffleReleased)
            {
                resumed = Task.Run(() => Ask(new ResumeSweep()));
            }
        });

        var summary = Run(observer);

        await resumed;
        summary.Completed.ShouldBe(3);
        observer.Events.OfType<SweepPaused>().Count().ShouldBe(1);
        observer.Events.OfType<ShuffleReleased>().ShouldBe([new ShuffleReleased(1, 1)]);
        observer.Events.OfType<FactRecorded>().Count().ShouldBe(3 * 4);
        Left().ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_host_ends_with_what_is_done()
    {
        Before("2: epoch 2", () => Ask(new CancelSweep()));

        var summary = Run(new Observer(_ => { }));

        (summary.Completed, summary.State.Cancelled, summary.State.InSession).ShouldBe((1, 2, false));
    }

    [Fact]
    public void A_host_does_a_shuffle_again_when_asked_and_refuses_what_it_is_working_on()
    {
        Before("3: fgsm", () =>
        {
            Ask(new RerunShuffles([1], OnlyFailed: false, "attack:fgsm"));
            Should.Throw<SweepException>(() => Ask(new RerunShuffles([3], OnlyFailed: false, null)))
                .Message.ShouldContain("Shuffle 3 is being worked on");
        });

        Run(new Observer(_ => { })).Completed.ShouldBe(3);

        _executor.Stages.Where(stage => stage.StartsWith("1:", StringComparison.Ordinal))
            .ShouldBe(["1: epoch 1", "1: epoch 2", "1: fgsm", "1: evaluate", "1: fgsm", "1: evaluate"]);
    }

    [Fact]
    public void A_request_for_another_sweep_of_the_store_is_done_too()
    {
        var other = Some.Spec with { Name = "other" };
        using (var store = Open())
        {
            store.Journal.Add(SweepId.Of(other), 0, Some.Time, [new SweepPlanned(other, Some.Data)]);
        }

        Before("1: epoch 2", () => new StoreRequests(_folder.Path, TimeProvider.System).Do(SweepId.Of(other), new CancelSweep()));
        Run(new Observer(_ => { })).Completed.ShouldBe(3);

        using var reader = SweepStore.OpenForReading(_folder.Path).ShouldNotBeNull();
        new SweepCatalog(reader).Load(SweepId.Of(other)).Status.ShouldBe(SweepStatus.Cancelled);
    }

    [Fact]
    public void Without_a_host_the_asker_does_it_itself()
    {
        using (var store = Open())
        {
            store.Journal.Add(Sweep, 0, Some.Time, [new SweepPlanned(Some.Spec, Some.Data)]);
        }

        new StoreRequests(_folder.Path, TimeProvider.System).Do(Sweep, new PauseSweep()).ShouldBeNull();

        using var reader = SweepStore.OpenForReading(_folder.Path).ShouldNotBeNull();
        new SweepCatalog(reader).Load(Sweep).Status.ShouldBe(SweepStatus.Paused);
    }

    [Fact]
    public void What_was_asked_of_a_host_that_is_gone_is_not_done_later()
    {
        using (var store = Open())
        {
            store.Journal.AddRequest(Sweep, Some.Time, new CancelSweep());
        }

        Run(new Observer(_ => { })).Completed.ShouldBe(3);
        Left().ShouldBeEmpty();
    }

    private void Before(string stage, Action action)
    {
        var isDone = false;
        _executor.Before = current =>
        {
            if (current == stage && !isDone)
            {
                isDone = true;
                action();
            }
        };
    }

    private void Ask(SweepCommand command) =>
        new StoreRequests(_folder.Path, TimeProvider.System).Do(Sweep, command).ShouldNotBeNull().ProcessId.ShouldBe(Environment.ProcessId);

    private HostSummary Run(Observer observer)
    {
        using var store = Open();
        using var host = new LocalHost(store.Journal, 1, TimeProvider.System, observer);
        return host.Run(Some.Start(), _ => _executor);
    }

    private ImmutableArray<SweepRequest> Left()
    {
        using var journal = SqliteJournal.Open(SweepStore.JournalOf(_folder.Path));
        return journal.Requests();
    }

    private SweepStore Open() => SweepStore.OpenForWriting(_folder.Path, TimeProvider.System.GetUtcNow());

    private sealed class Observer(Action<SweepEvent> recorded) : ISweepObserver
    {
        public List<SweepEvent> Events { get; } = [];

        public void Recorded(SweepEvent sweepEvent, SweepState state)
        {
            Events.Add(sweepEvent);
            recorded(sweepEvent);
        }

        public void Progressed(int slot, ShuffleProgress progress)
        {
        }
    }
}
