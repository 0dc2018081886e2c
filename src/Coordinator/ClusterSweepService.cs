using System.Collections.Immutable;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using AdvFit.Actors;
using AdvFit.Api;
using AdvFit.Coordinator.Journal;
using AdvFit.Learning.Data;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using NodeSnapshot = AdvFit.Api.NodeSnapshot;

namespace AdvFit.Coordinator;

/// <summary>Implements the operations by the actors of the cluster and its journal. Every coordinator has one.</summary>
/// <param name="started">Gets the actor system of this process once it is started.</param>
/// <param name="artifacts">The folder of artifacts that all processes share.</param>
/// <param name="data">Where data sets lie, and which folders a spec may name.</param>
/// <param name="journal">The database of the journal.</param>
public sealed class ClusterSweepService(
    Func<ActorSystem> started, string artifacts, DatasetFolders data, JournalSettings journal) : ISweepService
{
    private const int EventsPerPart = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lazy<ActorSystem> _system = new(started);

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> Sweeps(CancellationToken cancellation) =>
        (await Ask<SweepList>(Actor<CoordinatorKey>(), new ListSweeps(), cancellation)).Sweeps;

    /// <inheritdoc/>
    public async Task<SweepSnapshot?> Find(string sweep, CancellationToken cancellation)
    {
        var (stands, trouble) = await Ask<IWireMessage>(Actor<CoordinatorKey>(), new LoadSweep(sweep), cancellation) switch
        {
            LoadedSweep loaded => (loaded.Snapshot, null),
            QuarantinedSweep { Snapshot: var sound, Reason: var reason } => (sound ?? throw new SweepException(reason), reason),
            _ => ((JournalSnapshot?)null, (string?)null),
        };
        if (stands is null)
        {
            return null;
        }

        var replay = SweepReplay.Of(stands);
        return new SweepSnapshot(replay.State!, replay.History, replay.Number, trouble is null && replay.State!.InSession)
        {
            Trouble = trouble,
        };
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> Read(
        string sweep, EventQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var events = Events(sweep);
        var entries = events.ReadBriefly(query.After, query.SoundUpTo ?? long.MaxValue, cancellation);
        var selected = query.Brief ? entries : events.Complete(entries, query.Shuffle, query.SoundUpTo is not null, cancellation);
        await foreach (var entry in selected.WithCancellation(cancellation))
        {
            if (query.Brief || query.Selects(entry.Event))
            {
                yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEntry> Follow(string sweep, long after, CancellationToken cancellation)
    {
        var events = Events(sweep);
        return events.Complete(events.FollowBriefly(after, cancellation), shuffle: null, endsWhereOneIsLost: false, cancellation);
    }

    /// <inheritdoc/>
    public async Task<SubmitResult> Submit(SweepSpec spec, bool failFast, CancellationToken cancellation)
    {
        var sweep = SweepId.Of(spec);
        // Reads and checks the data, which takes a while.
        var inputs = await Task.Run(() => SweepInputs.Of(sweep, spec, data), cancellation);
        return await Ask<IWireMessage>(
            Actor<CoordinatorKey>(), new SubmitSweep(sweep, spec, inputs.Data.Provenance, failFast), cancellation) switch
        {
            SweepAccepted accepted => new SubmitResult(accepted.Sweep, accepted.IsNew),
            Refused refused => throw new SweepException(refused.Reason),
            var other => throw Unexpected(other),
        };
    }

    /// <inheritdoc/>
    public Task Perform(string sweep, SweepCommand command, CancellationToken cancellation) =>
        RequireDone(Actor<CoordinatorKey>(), new ControlSweep(sweep, command), cancellation);

    /// <inheritdoc/>
    public async Task Forget(string sweep, CancellationToken cancellation)
    {
        await RequireDone(Actor<CoordinatorKey>(), new ForgetSweep(sweep, IsErased: false), cancellation);
        var eraser = new JournalEraser(journal);
        foreach (var shuffle in await Task.Run(() => eraser.ShufflesOf(sweep), cancellation))
        {
            await RequireDone(Actor<ShufflesKey>(), new ForgetShuffle(sweep, shuffle), cancellation);
        }

        await Task.Run(() => eraser.Erase(sweep), cancellation);
        var files = SweepFolders.Of(artifacts, sweep);
        if (Directory.Exists(files))
        {
            Directory.Delete(files, recursive: true);
        }

        var erased = new ForgetSweep(sweep, IsErased: true);
        await RequireDone(Actor<AnalysisKey>(), erased, cancellation);
        await RequireDone(Actor<CoordinatorKey>(), erased, cancellation);
    }

    /// <inheritdoc/>
    public async Task<ResultsDocument> Results(string sweep, CancellationToken cancellation)
    {
        var snapshot = (await Find(sweep, cancellation))?.RequireSound() ?? throw new SweepException($"There is no sweep `{sweep}`.");
        var json = new List<byte>();
        long? edition = null;
        while (true)
        {
            switch (await Ask<IWireMessage>(Actor<AnalysisKey>(), new LoadResults(sweep, snapshot.Number, json.Count, edition), cancellation))
            {
                case ResultsPart part when edition is not null && part.Edition != edition:
                    // There are newer results meanwhile: begin again.
                    (edition, json) = (null, []);
                    break;
                case ResultsPart part:
                    edition = part.Edition;
                    json.AddRange(part.Bytes);
                    if (json.Count >= part.Total)
                    {
                        return new ResultsDocument([.. json]);
                    }

                    break;
                case Refused refused:
                    throw new SweepException(refused.Reason);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<NodeSnapshot>> Nodes(CancellationToken cancellation)
    {
        var unreachable = Cluster.Get(_system.Value).State.Unreachable.Select(member => NodeName.Of(member.UniqueAddress)).ToHashSet();
        var nodes = await Ask<NodeList>(Actor<CoordinatorKey>(), new ListNodes(), cancellation);
        return
        [
            .. nodes.Nodes.Select(node => new NodeSnapshot(
                NodeName.ShortOf(node.Node),
                unreachable.Contains(node.Node) ? NodeStatus.Unreachable : node.IsLeaving ? NodeStatus.Leaving : NodeStatus.Up,
                node.Slots, node.Heard,
                [
                    .. node.Running.Select((running, slot) => (running, slot))
                        .Where(each => each.running.Progress is not null)
                        .Select(each => new SlotSnapshot(
                            each.slot, each.running.Attempt.Sweep, each.running.Attempt.Attempt, each.running.Progress!)),
                ])),
        ];
    }

    /// <inheritdoc/>
    public async Task Import(SweepImportRequest import, CancellationToken cancellation)
    {
        if (await Find(import.Sweep, cancellation) is not null)
        {
            throw new SweepException($"There is a sweep {import.Sweep} already; forget it first, or keep it.");
        }

        foreach (var spec in import.Events.Select(timed => (timed.Event as SweepPlanned)?.Spec ?? (timed.Event as SweepExtended)?.Spec))
        {
            if (spec is not null)
            {
                data.RequireWithin(spec.Dataset);
            }
        }

        var brief = import.Events.Select(timed => Journaled(
            timed.Event is FactRecorded recorded
                ? timed with { Event = new FactRecorded(Experiments.StageCompletion.Of(recorded.Fact)) }
                : timed)).ToList();
        var journal = HashOf(brief);
        await RequireDone(Actor<CoordinatorKey>(), new AdoptSweep(import.Sweep, journal, 0, [], IsLast: false), cancellation);
        foreach (var shuffle in import.Events.GroupBy(timed => EventQuery.ShuffleOf(timed.Event)).Where(group => group.Key is not null))
        {
            var events = shuffle.Where(timed => timed.Event is not ShuffleReleased).Select(Journaled).ToList();
            foreach (var (after, part) in Parts(events))
            {
                await RequireDone(Actor<ShufflesKey>(), new AdoptShuffle(import.Sweep, shuffle.Key!.Value, after, part), cancellation);
            }
        }

        foreach (var (after, part) in Parts(brief))
        {
            await RequireDone(Actor<CoordinatorKey>(), new AdoptSweep(import.Sweep, journal, after, part, IsLast: false), cancellation);
        }

        await RequireDone(Actor<CoordinatorKey>(), new AdoptSweep(import.Sweep, journal, brief.Count, [], IsLast: true), cancellation);
    }

    /// <inheritdoc/>
    public ArtifactStore ArtifactsOf(string sweep) =>
        new(SweepFolders.Of(artifacts, sweep), $"{Environment.MachineName}-{Environment.ProcessId}");

    private SweepEventReader Events(string sweep)
    {
        try
        {
            return new SweepEventReader(
                PersistenceQuery.Get(_system.Value).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier),
                _system.Value.Materializer(), sweep);
        }
        catch (AggregateException error) when (error.InnerException is AskTimeoutException)
        {
            throw new ServiceUnavailableException("This coordinator has no journal yet; it is worth trying again.", error);
        }
    }

    private IActorRef Actor<T>() => ActorRegistry.For(_system.Value).TryGet<T>(out var actor)
        ? actor
        : throw new ServiceUnavailableException("This coordinator has only just begun; it is worth trying again.");

    private static JournaledEvent Journaled(TimedEvent timed) => new(timed.At, timed.Event);

    private static string HashOf(IEnumerable<JournaledEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var journaled in events)
        {
            hash.AppendData(WireFormat.Write(journaled));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(int After, ImmutableArray<JournaledEvent> Part)> Parts(IReadOnlyCollection<JournaledEvent> events) =>
        events.Chunk(EventsPerPart).Select((part, i) => (i * EventsPerPart, part.ToImmutableArray()));

    private static async Task RequireDone(IActorRef actor, IWireMessage message, CancellationToken cancellation)
    {
        switch (await Ask<IWireMessage>(actor, message, cancellation))
        {
            case AdvFit.Sweeps.Cluster.Done:
                return;
            case Refused refused:
                throw new SweepException(refused.Reason);
            case var other:
                throw Unexpected(other);
        }
    }

    private static async Task<T> Ask<T>(IActorRef actor, IWireMessage message, CancellationToken cancellation)
    {
        try
        {
            return await actor.Ask<T>(message, Patience, cancellation);
        }
        catch (AskTimeoutException error)
        {
            throw new ServiceUnavailableException(
                "No coordinator leads just now, or its database is away; it is worth trying again.", error);
        }
    }

    private static InvalidOperationException Unexpected(IWireMessage answer) =>
        new($"The cluster answered with {answer.GetType().Name}.");
}
