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
public abstract class Several_writers : IAsyncLifetime
{
    private static readonly string Sweep = SweepId.Of(Some.Spec);
    private readonly Dictionary<string, Process> _processes = [];

    /// <summary>A database of the tests of this class, with nothing in it.</summary>
    internal abstract JournalSettings Journal { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            await process.Host.DisposeAsync();
        }
    }

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
        Asked<SweepAccepted>(first, sweep, new SubmitSweep(Sweep, Some.Spec, Some.Data, FailFast: false));
        var number = 2;
        for (var epoch = 0; epoch < 6; epoch++)
        {
            foreach (var process in new[] { second, first })
            {
                Stop(process == first ? second : first, sweep);
                sweep = SweepIn(process);
                Asked<Done>(process, sweep, new ControlSweep(Sweep, process == first ? new ResumeSweep() : new PauseSweep()));
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

        stale.Tell(new RecordFact(Sweep, Some.Epoch(2, 1, 2)), second.Node);

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
        stale.Tell(new RecordFact(Sweep, Some.Epoch(2, 2, 1)), second.Node);

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
        Asked<SweepAccepted>(first, awake, new SubmitSweep(Sweep, Some.Spec, Some.Data, FailFast: false));
        var stale = SweepIn(second);
        var before = Standing(second, stale);
        Asked<Done>(first, awake, new ControlSweep(Sweep, new PauseSweep()));

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
        var submit = new SubmitSweep(Sweep, Some.Spec, Some.Data, FailFast: false);
        var sweep = SweepIn(process);
        Asked<SweepAccepted>(process, sweep, submit);
        Asked<Done>(process, sweep, new ControlSweep(Sweep, new PauseSweep()));
        KeepSnapshot(process, Standing(process, sweep));
        var entity = Entity(process);
        Begun(process, entity, 1);
        Told(process, entity, Some.Epoch(2, 1, 1));
        Stop(process, sweep);
        Stop(process, entity);
        var eraser = new JournalEraser(Journal);

        eraser.ShufflesOf(Sweep).ShouldBe([2]);
        eraser.Erase(Sweep);

        eraser.ShufflesOf(Sweep).ShouldBeEmpty();
        sweep = SweepIn(process);
        Asked<SweepAccepted>(process, sweep, submit).IsNew.ShouldBeTrue();
        Standing(process, sweep).Number.ShouldBe(2);
        entity = Entity(process);
        entity.Tell(Begin(process, 1), process.Sweeps);
        process.Node.ExpectMsg<RunShuffle>().Record.Stages.ShouldBeEmpty();
    }

    private static void KeepSnapshot(Process process, SweepReplay replay)
    {
        Persistence.Instance.Apply(process.Host.System).SnapshotStoreFor("").Tell(
            new SaveSnapshot(new SnapshotMetadata(SweepActor.IdPrefix + Sweep, replay.Number, DateTime.UtcNow), replay.Snapshot()),
            process.Node);
        process.Node.ExpectMsg<SaveSnapshotSuccess>();
    }

    private async Task<Process> ProcessOf(string name)
    {
        if (!_processes.TryGetValue(name, out var process))
        {
            var host = await JournalHost.StartAsync(Journal);
            var kit = new TestKit(host.System);
            process = new Process(host, kit, kit.CreateTestProbe(), kit.CreateTestProbe());
            var node = process.Node;
            host.System.ActorOf(Props.Create(() => new Forwarder(node)), ActorNames.NodeExecutor);
            _processes.Add(name, process);
        }

        return process;
    }

    private static IActorRef Entity(Process process)
    {
        var (id, sweeps) = (ShuffleMessageExtractor.IdOf(Sweep, 2), process.Sweeps.Ref);
        return process.Host.System.ActorOf(Props.Create(() => new ShuffleEntity(id, sweeps, TimeProvider.System)));
    }

    private static IActorRef SweepIn(Process process)
    {
        var sweeps = process.Sweeps.Ref;
        return process.Host.System.ActorOf(Props.Create(() => new SweepActor(
            Sweep, sweeps, TimeProvider.System, () => Some.Session, false)));
    }

    private static void Stop(Process process, IActorRef actor)
    {
        process.Kit.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        process.Kit.ExpectTerminated(actor);
    }

    private static BeginAttempt Begin(Process process, int attempt) => new(
        new AttemptId(Sweep, 2, attempt), process.NodeName, Some.Spec, Some.Data.Sha256, new CompletedStages(Some.Epochs, ["attack:fgsm"]));

    private static void Begun(Process process, IActorRef entity, int attempt)
    {
        entity.Tell(Begin(process, attempt), process.Sweeps);
        process.Node.ExpectMsg<RunShuffle>();
    }

    private static void Told(Process process, IActorRef entity, ShuffleFact fact)
    {
        entity.Tell(new RecordFact(Sweep, fact), process.Node);
        process.Sweeps.ExpectMsg<ReportStage>().Fact.ShouldBe(StageCompletion.Of(fact));
    }

    private static T Asked<T>(Process process, IActorRef actor, object message)
    {
        actor.Tell(message, process.Node);
        return process.Node.ExpectMsg<T>();
    }

    private static SweepReplay Standing(Process process, IActorRef sweep) =>
        SweepReplay.Of(Asked<LoadedSweep>(process, sweep, new LoadSweep(Sweep)).Snapshot);

    private sealed record Process(JournalHost Host, TestKit Kit, TestProbe Node, TestProbe Sweeps)
    {
        public string NodeName { get; } = $"{((ExtendedActorSystem)Host.System).Provider.DefaultAddress}#1";
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(TestProbe to) => ReceiveAny(message => to.Forward(message));
    }
}

/// <summary>On SQLite.</summary>
public sealed class Several_writers_on_SQLite : Several_writers
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

/// <summary>On PostgreSQL.</summary>
[Trait("Category", "Cluster")]
public sealed class Several_writers_on_PostgreSQL(Cluster.Tests.Postgres postgres)
    : Several_writers, IClassFixture<Cluster.Tests.Postgres>
{
    internal override JournalSettings Journal { get; } = new() { ConnectionString = postgres.NewDatabase() };
}
