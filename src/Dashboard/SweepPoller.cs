using System.Collections.Immutable;
using AdvFit.Api.Text;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>Polls one sweep, reading only new events. Not thread-safe.</summary>
/// <param name="source">The source of the sweep.</param>
/// <param name="sweep">The sweep's id.</param>
internal sealed class SweepPoller(ISweepSource source, string sweep)
{
    private readonly RunningEpochs _epochs = new(source.Journal, sweep);
    private SweepReplay _replay = SweepReplay.Empty;
    private (long Number, SweepStatus Status, bool IsLive, string Nodes) _basis;

    /// <summary>The sweep after the latest poll; null before. The same object until something changes.</summary>
    public LiveSweep? Latest { get; private set; }

    /// <summary>Reads new events; returns null where there is no such sweep.</summary>
    /// <param name="nodes">The nodes that may work on it; null for a store, which has none.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public LiveSweep? Poll(ImmutableArray<LiveNode>? nodes)
    {
        Read();
        if (_replay.State is not { } state)
        {
            return null;
        }

        var isLive = source.IsLive(sweep, state);
        var status = SweepStatuses.Of(state, isLive);
        var workers = NodesOf(nodes ?? []);
        var basis = (
            _replay.Number, status, isLive,
            $"{Capacity(nodes)} {string.Join(' ', workers.Select(each => $"{each.Key.Shuffle}/{each.Key.Attempt}={each.Value}"))}");
        if (Latest is null || basis != _basis)
        {
            Latest = Describe(state, status, isLive, nodes, workers);
            _basis = basis;
        }

        return Latest;
    }

    private void Read()
    {
        if (_replay.State is null)
        {
            _replay = SweepReplay.Of(source.Journal, sweep);
            if (_replay.State is { } begun)
            {
                _epochs.SeekLatest(begun, _replay.Number);
            }

            return;
        }

        foreach (var entry in source.Journal.Read(sweep, _replay.Number))
        {
            _replay = After(entry);
            _epochs.Add(entry.Event);
        }

        _epochs.Forget(_replay.State!);
    }

    private SweepReplay After(JournalEntry entry)
    {
        try
        {
            return _replay.Add(new TimedEvent(entry.At, entry.Event));
        }
        catch (InvalidOperationException error)
        {
            throw new StoreException(
                $"The event {entry.Number} of the sweep {sweep} in {source.Place} contradicts those before it.", error);
        }
    }

    private LiveSweep Describe(
        SweepState state, SweepStatus status, bool isLive, ImmutableArray<LiveNode>? nodes,
        SortedDictionary<(int Shuffle, int Attempt), string> workers)
    {
        var remaining = new RemainingTime(state, _replay.History.Stages);
        var session = Session(isLive, nodes);
        // A process that died has left its shuffles assigned.
        ImmutableArray<LiveAttempt> attempts = isLive
            ? [.. state.Running.Keys.Select(number => Attempt(state, number, remaining, workers.GetValueOrDefault((number, state.Shuffle(number).Attempt))))]
            : [];
        return new LiveSweep(
            sweep, state.Spec.Name, status.Word(), isLive, state.IsPaused, state.IsCancelled, state.Completed, state.Failed,
            state.Cancelled, state.Shuffles.Count, state.Created, state.Updated, session,
            remaining.Stages, state.Spec.Training.Epochs, remaining.SecondsLeft(session?.Slots ?? 1), Shuffles(state), attempts, [.. Errors(state)]);
    }

    /// <summary>The latest session; in a cluster with the present nodes, which come and go within a session.</summary>
    private LiveSession? Session(bool isLive, ImmutableArray<LiveNode>? nodes)
    {
        if (_replay.History.Sessions.LastOrDefault() is not { Provenance: var provenance } session)
        {
            return null;
        }

        return isLive && nodes is { } present
            ? new LiveSession(Format.Count(present.Count(node => node.Works), "node"), "", Capacity(nodes), session.Began)
            : new LiveSession(provenance.Machine, provenance.Processor, provenance.Slots, session.Began);
    }

    private static int Capacity(ImmutableArray<LiveNode>? nodes) => nodes?.Where(node => node.Works).Sum(node => node.Slots) ?? 0;

    private SortedDictionary<(int Shuffle, int Attempt), string> NodesOf(ImmutableArray<LiveNode> nodes)
    {
        var workers = new SortedDictionary<(int, int), string>();
        foreach (var (node, work) in nodes.SelectMany(node => node.Working.Select(work => (node, work))))
        {
            if (work.Sweep == sweep)
            {
                workers[(work.Shuffle, work.Attempt)] = node.Name;
            }
        }

        return workers;
    }

    private static ImmutableArray<LiveShuffle> Shuffles(SweepState state) =>
    [
        .. state.Shuffles.Select((shuffle, i) =>
            new LiveShuffle(i + 1, shuffle.Status.Word(), state.Doing(i + 1), RemainingTime.DoneOf(state, shuffle))),
    ];

    private LiveAttempt Attempt(SweepState state, int number, RemainingTime remaining, string? node)
    {
        var shuffle = state.Shuffle(number);
        var epochs = _epochs.Of(state, number);
        var sizes = state.Spec.Subsample ?? new Subsample(state.Data.Train, state.Data.Test);
        return new LiveAttempt(
            number, shuffle.Attempt, node, state.Doing(number),
            epochs.IsEmpty ? null : 60 / Math.Max(epochs[^1].Cost.WallSeconds, 1e-3),
            remaining.SecondsLeft(shuffle),
            [.. epochs.Select(epoch => (double)epoch.TestCorrect / sizes.Test)],
            [.. epochs.Select(epoch => (double)epoch.TrainCorrect / sizes.Train)],
            epochs.IsEmpty ? null : epochs[^1].MeanLoss);
    }

    private static IEnumerable<LiveError> Errors(SweepState state)
    {
        var number = 0;
        foreach (var shuffle in state.Shuffles)
        {
            number++;
            if (shuffle.Cause is not { } cause)
            {
                continue;
            }

            yield return new LiveError(number, shuffle.Attempt, cause, shuffle.Status switch
            {
                ShuffleStatus.Failed => "It is not tried again by itself. Mend the cause, then rerun what failed; what was done of it is kept.",
                ShuffleStatus.Planned when state.Delays.TryGetValue(number, out var due) =>
                    $"It is tried again at {due.ToUniversalTime():HH:mm:ss} UTC; what was done of it is kept.",
                ShuffleStatus.Planned => "It waits to be tried again; what was done of it is kept.",
                ShuffleStatus.Cancelled => "The sweep was cancelled; resuming it tries again.",
                _ => "It is being tried again.",
            });
        }
    }
}
