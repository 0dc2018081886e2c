using AdvFit.Coordinator.Sweeps;
using AdvFit.Coordinator.Journal;
using AdvFit.Actors;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Tests;
using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace AdvFit.Coordinator.Tests;

/// <summary>
/// Processes that share a journal in a database, and write the events of the same actors: in turn, as when the actors are moved
/// from one to the other and back, or at once, as when the cluster is cut in two.
/// </summary>
public abstract class Several_writers
{
    private static int _sweeps;

    private readonly WritingProcesses _processes;

    /// <summary>Each test has a sweep of its own.</summary>
    private readonly string _sweep = $"{SweepId.Of(Some.Spec)}{Interlocked.Increment(ref _sweeps)}";

    private protected Several_writers(WritingProcesses processes) => _processes = processes;

    [Fact]
    public async Task A_shuffle_that_goes_from_one_process_to_another_and_back_keeps_all_that_was_acknowledged()
    {
        var first = await ProcessOf("first");
        var second = await ProcessOf("second");

        var entity = Entity(first);
        Begun(first, entity, 1);
        Told(first, entity, Some.Epoch(2, 1, 1));
        Stop(first, entity);
        entity = Entity(second);
        Told(second, entity, Some.Epoch(2, 1, 2));
        Stop(second, entity);
        entity = Entity(first);
        Told(first, entity, Some.Crafted(2, 1, "fgsm"));
        Stop(first, entity);

        foreach (var process in new[] { second, first, await ProcessOf("third") })
        {
            entity = Entity(process);
            entity.Tell(Begin(process, 2), process.Sweeps);
            var record = process.Node.ExpectMsg<RunShuffle>().Record;
            record.Of<EpochTrained>().Select(epoch => epoch.Epoch).ShouldBe([1, 2]);
            record.Of<AttackCrafted>().Select(crafted => crafted.Outcome.Attack).ShouldBe(["fgsm"]);
            Stop(process, entity);
        }
    }

    [Fact]
    public async Task A_sweep_that_goes_from_one_process_to_another_and_back_keeps_all_that_was_acknowledged()
    {
        var first = await ProcessOf("first");
        var second = await ProcessOf("second");
        var sweep = SweepIn(first);
        Asked<SweepAccepted>(first, sweep, new SubmitSweep(_sweep, Some.Spec, Some.Data, FailFast: false));
        var number = 2;
        for (var epoch = 0; epoch < 6; epoch++)
        {
            foreach (var process in new[] { second, first })
            {
                Stop(process == first ? second : first, sweep);
                sweep = SweepIn(process);
                Asked<Done>(process, sweep, new ControlSweep(_sweep, process == first ? new ResumeSweep() : new PauseSweep()));
                Standing(process, sweep).Number.ShouldBe(++number);
            }
        }
    }

    [Fact]
    public async Task Of_two_that_write_at_once_one_is_acknowledged_and_the_other_recovers()
    {
        var first = await ProcessOf("first");
        var second = await ProcessOf("second");
        var awake = Entity(first);
        Begun(first, awake, 1);
        var stale = Entity(second);
        stale.Tell(Begin(second, 1), second.Sweeps);
        second.Node.ExpectMsg<RunShuffle>();
        Told(first, awake, Some.Epoch(2, 1, 1));
        second.Kit.Watch(stale);

        stale.Tell(new RecordFact(_sweep, Some.Epoch(2, 1, 2)), second.Node);

        second.Kit.ExpectTerminated(stale);
        second.Sweeps.ExpectNoMsg(TimeSpan.Zero);
        second.Node.ExpectNoMsg(TimeSpan.Zero);
        Told(first, awake, Some.Epoch(2, 1, 2));
        var recovered = Entity(second);
        recovered.Tell(Begin(second, 2), second.Sweeps);
        second.Node.ExpectMsg<RunShuffle>().Record.Of<EpochTrained>().Select(epoch => epoch.Epoch).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task One_that_was_overtaken_refuses_nothing_of_what_came_after_it()
    {
        var first = await ProcessOf("first");
        var second = await ProcessOf("second");
        var awake = Entity(first);
        Begun(first, awake, 1);
        var stale = Entity(second);
        stale.Tell(Begin(second, 1), second.Sweeps);
        second.Node.ExpectMsg<RunShuffle>();
        Begun(first, awake, 2);
        second.Kit.Watch(stale);

        // It knows of no second attempt.
        stale.Tell(new RecordFact(_sweep, Some.Epoch(2, 2, 1)), second.Node);

        second.Kit.ExpectTerminated(stale);
        second.Node.ExpectNoMsg(TimeSpan.Zero);
        Told(second, Entity(second), Some.Epoch(2, 2, 1));
    }

    [Fact]
    public async Task Snapshots_of_one_that_was_overtaken_hide_nothing()
    {
        var first = await ProcessOf("first");
        var second = await ProcessOf("second");
        var awake = SweepIn(first);
        Asked<SweepAccepted>(first, awake, new SubmitSweep(_sweep, Some.Spec, Some.Data, FailFast: false));
        var stale = SweepIn(second);
        var before = Standing(second, stale);
        Asked<Done>(first, awake, new ControlSweep(_sweep, new PauseSweep()));

        // It says how it stood, in the store that both have.
        KeepSnapshot(second, before);

        var third = await ProcessOf("third");
        Standing(third, SweepIn(third)).ShouldSatisfyAllConditions(
            replay => replay.Number.ShouldBe(3), replay => replay.State!.IsPaused.ShouldBeTrue());
    }

    [Fact]
    public async Task Of_a_sweep_that_is_erased_nothing_is_left_and_its_numbers_begin_anew()
    {
        var process = await ProcessOf("first");
        var submit = new SubmitSweep(_sweep, Some.Spec, Some.Data, FailFast: false);
        var sweep = SweepIn(process);
        Asked<SweepAccepted>(process, sweep, submit);
        Asked<Done>(process, sweep, new ControlSweep(_sweep, new PauseSweep()));
        KeepSnapshot(process, Standing(process, sweep));
        var entity = Entity(process);
        Begun(process, entity, 1);
        Told(process, entity, Some.Epoch(2, 1, 1));
        Stop(process, sweep);
        Stop(process, entity);
        var eraser = new JournalEraser(_processes.Journal);

        eraser.ShufflesOf(_sweep).ShouldBe([2]);
        eraser.Erase(_sweep);

        eraser.ShufflesOf(_sweep).ShouldBeEmpty();
        sweep = SweepIn(process);
        Asked<SweepAccepted>(process, sweep, submit).IsNew.ShouldBeTrue();
        Standing(process, sweep).Number.ShouldBe(2);
        entity = Entity(process);
        entity.Tell(Begin(process, 1), process.Sweeps);
        process.Node.ExpectMsg<RunShuffle>().Record.Stages.ShouldBeEmpty();
    }

    private void KeepSnapshot(WritingProcess process, SweepReplay replay)
    {
        Persistence.Instance.Apply(process.Host.System).SnapshotStoreFor("").Tell(
            new SaveSnapshot(new SnapshotMetadata(SweepActor.IdPrefix + _sweep, replay.Number, DateTime.UtcNow), replay.Snapshot()),
            process.Node);
        process.Node.ExpectMsg<SaveSnapshotSuccess>();
    }

    private Task<WritingProcess> ProcessOf(string name) => _processes.Of(name);

    private IActorRef Entity(WritingProcess process)
    {
        var (id, sweeps) = (ShuffleMessageExtractor.IdOf(_sweep, 2), process.Sweeps.Ref);
        return process.Host.System.ActorOf(Props.Create(() => new ShuffleEntity(id, sweeps, TimeProvider.System)));
    }

    private IActorRef SweepIn(WritingProcess process)
    {
        var sweeps = process.Sweeps.Ref;
        return process.Host.System.ActorOf(Props.Create(() => new SweepActor(
            _sweep, sweeps, TimeProvider.System, () => Some.Session, false)));
    }

    private static void Stop(WritingProcess process, IActorRef actor)
    {
        process.Kit.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        process.Kit.ExpectTerminated(actor);
    }

    private BeginAttempt Begin(WritingProcess process, int attempt) => new(
        new AttemptId(_sweep, 2, attempt), process.NodeName, Some.Spec, Some.Data.Sha256, new CompletedStages(Some.Epochs, ["attack:fgsm"]));

    private void Begun(WritingProcess process, IActorRef entity, int attempt)
    {
        entity.Tell(Begin(process, attempt), process.Sweeps);
        process.Node.ExpectMsg<RunShuffle>();
    }

    private void Told(WritingProcess process, IActorRef entity, ShuffleFact fact)
    {
        entity.Tell(new RecordFact(_sweep, fact), process.Node);
        process.Sweeps.ExpectMsg<ReportStage>().Fact.ShouldBe(StageCompletion.Of(fact));
    }

    private static T Asked<T>(WritingProcess process, IActorRef actor, object message)
    {
        actor.Tell(message, process.Node);
        return process.Node.ExpectMsg<T>();
    }

    private SweepReplay Standing(WritingProcess process, IActorRef sweep) =>
        SweepReplay.Of(Asked<LoadedSweep>(process, sweep, new LoadSweep(_sweep)).Snapshot);
}

/// <summary>A process, and who gets what its actors tell nodes and the coordinator.</summary>
internal sealed record WritingProcess(JournalHost Host, TestKit Kit, TestProbe Node, TestProbe Sweeps)
{
    public string NodeName { get; } = $"{((ExtendedActorSystem)Host.System).Provider.DefaultAddress}#1";
}

/// <summary>The processes of all tests of a class, which share a database.</summary>
public abstract class WritingProcesses : IAsyncLifetime
{
    private readonly Dictionary<string, WritingProcess> _processes = [];

    internal abstract JournalSettings Journal { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            await process.Host.DisposeAsync();
        }
    }

    /// <summary>A process, with nothing in its mailboxes.</summary>
    internal async Task<WritingProcess> Of(string name)
    {
        if (!_processes.TryGetValue(name, out var process))
        {
            var host = await JournalHost.StartAsync(Journal);
            var kit = new TestKit(host.System);
            process = new WritingProcess(host, kit, kit.CreateTestProbe(), kit.CreateTestProbe());
            var node = process.Node;
            host.System.ActorOf(Props.Create(() => new Forwarder(node)), ActorNames.NodeExecutor);
            _processes.Add(name, process);
        }

        process.Node.ReceiveWhile<object>(TimeSpan.Zero, message => message);
        process.Sweeps.ReceiveWhile<object>(TimeSpan.Zero, message => message);
        return process;
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(TestProbe to) => ReceiveAny(message => to.Forward(message));
    }
}

/// <summary>On SQLite.</summary>
public sealed class Several_writers_on_SQLite(SqliteProcesses processes) : Several_writers(processes), IClassFixture<SqliteProcesses>;

/// <summary>On PostgreSQL.</summary>
[Trait("Category", "Cluster")]
public sealed class Several_writers_on_PostgreSQL(PostgresProcesses processes) : Several_writers(processes), IClassFixture<PostgresProcesses>;

/// <summary>Processes with a database in a file.</summary>
public sealed class SqliteProcesses : WritingProcesses
{
    private readonly string _folder = Directory.CreateTempSubdirectory("advfit-writers-").FullName;

    internal override JournalSettings Journal => new()
    {
        Provider = "SQLite.MS",
        ConnectionString = $"Data Source={Path.Combine(_folder, "journal.db")};Pooling=False",
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Processes with a PostgreSQL of their own.</summary>
public sealed class PostgresProcesses : WritingProcesses, IDisposable
{
    private readonly Cluster.Tests.Postgres _postgres = new();

    public PostgresProcesses() => Journal = new JournalSettings { ConnectionString = _postgres.NewDatabase() };

    internal override JournalSettings Journal { get; }

    public void Dispose() => _postgres.Dispose();
}
