using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AdvFit.Analysis.Json;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Api.Tests;

/// <summary>A cluster of one: a store, and a host of this process that runs one sweep at a time with a fake executor.</summary>
internal sealed class LocalService : ISweepService, ISweepObserver, IAsyncDisposable
{
    private readonly string _folder;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ShuffleProgress> _progress = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _work = Task.CompletedTask;
    private LocalHost? _host;

    /// <param name="folder">The store's folder, where an empty one is begun.</param>
    public LocalService(string folder)
    {
        _folder = folder;
        SweepStore.OpenForWriting(folder, Some.Time).Dispose();
    }

    /// <summary>Called before each stage, to hold it up or to fail there.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Tells, before each call, why it cannot be answered; null where it can.</summary>
    public Func<ServiceUnavailableException?> Outage { get; set; } = () => null;

    /// <summary>Checks what is submitted, as a server does that reads the data.</summary>
    public Action<SweepSpec> Check { get; set; } = _ => { };

    public Task<ImmutableArray<string>> Sweeps(CancellationToken cancellation) => Task.FromResult(Look(store => store.Sweeps(), []));

    /// <summary>A sweep that is quarantined after so many events.</summary>
    public (string Sweep, long Sound, string Trouble)? Quarantined { get; set; }

    public Task<SweepSnapshot?> Find(string sweep, CancellationToken cancellation) => Task.FromResult(Look(
        store =>
        {
            if (Quarantined is { } quarantined && quarantined.Sweep == sweep)
            {
                var sound = store.Journal.ReadBriefly(sweep).Take((int)quarantined.Sound).Aggregate(
                    SweepReplay.Empty, (replay, entry) => replay.Add(new TimedEvent(entry.At, entry.Event)));
                return sound.State is null
                    ? throw new SweepException(quarantined.Trouble)
                    : new SweepSnapshot(sound.State, sound.History, sound.Number, IsLive: false) { Trouble = quarantined.Trouble };
            }

            return SweepReplay.Of(store.Journal, sweep) is { State: { } state } replay
                ? new SweepSnapshot(state, replay.History, replay.Number, store.IsLive(sweep, state))
                : null;
        },
        null));

    public async IAsyncEnumerable<JournalEntry> Read(
        string sweep, EventQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        var entries = Look(
            store => (query.Brief ? store.Journal.ReadBriefly(sweep) : store.Journal.Read(sweep)).ToList(), []);
        foreach (var entry in entries.Where(entry => entry.Number > query.After && entry.Number <= (query.SoundUpTo ?? long.MaxValue) && query.Selects(entry.Event)))
        {
            yield return entry;
        }
    }

    public async IAsyncEnumerable<JournalEntry> Follow(
        string sweep, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            await foreach (var entry in Read(sweep, new EventQuery(after), cancellation))
            {
                after = entry.Number;
                yield return entry;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    public Task<SubmitResult> Submit(SweepSpec spec, bool failFast, CancellationToken cancellation)
    {
        Check(spec);
        var id = SweepId.Of(spec);
        var isNew = !Look(store => store.Sweeps().Contains(id), false);
        Work(spec, failFast, null);
        return Task.FromResult(new SubmitResult(id, isNew));
    }

    public async Task Perform(string sweep, SweepCommand command, CancellationToken cancellation)
    {
        var standing = (await Find(sweep, cancellation))?.RequireSound() ?? throw new SweepException($"There is no sweep {sweep}.");
        if (standing.IsLive)
        {
            await Task.Run(() => new StoreRequests(_folder, TimeProvider.System).Do(sweep, command), cancellation);
        }
        else if (command is ResumeSweep or RerunShuffles)
        {
            Work(standing.State.Spec, failFast: false, command);
        }
        else
        {
            await _work;
            new StoreRequests(_folder, TimeProvider.System).Do(sweep, command);
        }
    }

    public async Task Forget(string sweep, CancellationToken cancellation)
    {
        await _work;
        using var store = SweepStore.OpenForWriting(_folder, Some.Time);
        store.Forget(sweep, Some.Time);
        Quarantined = Quarantined?.Sweep == sweep ? null : Quarantined;
    }

    public async Task<ResultsDocument> Results(string sweep, CancellationToken cancellation)
    {
        var standing = await Find(sweep, cancellation);
        return new ResultsDocument(ResultsJson.Write(Look(store => standing!.State.Analyze(new SweepCatalog(store).Outcomes(sweep, standing.State)), null!)));
    }

    public Task<ImmutableArray<NodeSnapshot>> Nodes(CancellationToken cancellation)
    {
        Look<object?>(_ => null, null);
        lock (_lock)
        {
            var sweep = Look(store => store.Sweeps().FirstOrDefault(), null);
            return Task.FromResult<ImmutableArray<NodeSnapshot>>(
            [
                new NodeSnapshot(
                    "here", NodeStatus.Up, 1, Some.Time,
                    [.. _progress.Select(slot => new SlotSnapshot(slot.Key - 1, sweep!, 1, slot.Value))]),
                new NodeSnapshot("there", NodeStatus.Unreachable, 2, Some.Time, []),
            ]);
        }
    }

    public async Task Import(SweepImportRequest import, CancellationToken cancellation)
    {
        await _work;
        using var store = SweepStore.OpenForWriting(_folder, Some.Time);
        store.Journal.Append(import.Sweep, 0, import.Events);
    }

    public ArtifactStore ArtifactsOf(string sweep) => new(Path.Combine(_folder, "sweeps", sweep));

    /// <summary>Waits until the work in hand has ended.</summary>
    public Task WorkAsync() => _work;

    public void Recorded(SweepEvent sweepEvent, SweepState state)
    {
        lock (_lock)
        {
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Progressed(int slot, ShuffleProgress progress)
    {
        lock (_lock)
        {
            _progress[slot] = progress;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _host?.Abandon();
        }

        await _work;
    }

    /// <summary>Runs a sweep in the background; it has begun when this returns.</summary>
    private void Work(SweepSpec spec, bool failFast, SweepCommand? first)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = _work;
        _work = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    before.Wait();
                    using var store = SweepStore.OpenForWriting(_folder, DateTimeOffset.UtcNow);
                    Run(store, spec, failFast, first, begun);
                    begun.TrySetResult();
                }
                catch (Exception error) when (error is SweepException or StoreException)
                {
                    begun.TrySetException(error);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        begun.Task.GetAwaiter().GetResult();
    }

    private void Run(SweepStore store, SweepSpec spec, bool failFast, SweepCommand? first, TaskCompletionSource begun)
    {
        if (first is not null)
        {
            new StoreRequests(_folder, TimeProvider.System).Apply(store, SweepId.Of(spec), first);
        }

        using var host = new LocalHost(store.Journal, 1, TimeProvider.System, this);
        _host = host;
        host.Run(
            new StartSweep(spec, Some.Data, Some.Session, failFast),
            state =>
            {
                begun.TrySetResult();
                return new StoringExecutor(state.Spec, store.ArtifactsOf(SweepId.Of(spec)), stage => Before(stage));
            });
        lock (_lock)
        {
            _progress.Clear();
            _host = null;
        }
    }

    private T Look<T>(Func<SweepStore, T> look, T otherwise)
    {
        if (Outage() is { } outage)
        {
            throw outage;
        }

        using var store = SweepStore.OpenForReading(_folder);
        return store is null ? otherwise : look(store);
    }
}
