using System.Collections.Immutable;
using AdvFit.Actors;
using AdvFit.Analysis;
using AdvFit.Analysis.Json;
using AdvFit.Api;
using AdvFit.Api.Palette;
using AdvFit.Coordinator.Analysis;
using AdvFit.Coordinator.Journal;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Experiments;
using AdvFit.Learning.Data;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Tests;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Persistence;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.TestKit.Xunit2;
using Microsoft.Data.Sqlite;

namespace AdvFit.Coordinator.Tests;

/// <summary>
/// A coordinator over a database in which the journal of one sweep is damaged. It is named with what is wrong, what is sound of
/// it is taken out and brought back, and the other sweep goes on as if nothing were.
/// </summary>
public sealed class Quarantined_sweeps : IAsyncLifetime
{
    private const int Sound = 9;

    private static readonly ShuffleEvaluated Evaluated = Some.Evaluated(1, 2, "fgsm") with
    {
        Outcome = Some.Evaluated(1, 2, "fgsm").Outcome with
        {
            Curves =
            [
                new AccuracyCurve(Subsets.Train, 50, [41, 42]), new AccuracyCurve(Subsets.Test, 10, [6, 7]),
                new AccuracyCurve(Subsets.Fail, 3, [1, 0]), new AccuracyCurve("fgsm", 6, [3, 0]),
            ],
            Attacks = [Some.Outcome("fgsm") with { Linf = Some.Outcome("fgsm").L2 }],
        },
    };

    /// <summary>The lone writer released the attempt (event 5), and the others went on after it.</summary>
    private static readonly SweepEvent[] Whole =
    [
        new SweepPlanned(Some.Spec, Some.Data), new SessionStarted(Some.Session), new ShuffleAssigned(1, 1), new FactRecorded(Some.Epoch(1, 1, 1)),
        new ShuffleReleased(1, 1), new ShuffleAssigned(1, 2), new FactRecorded(Some.Epoch(1, 2, 2)), new FactRecorded(Some.Crafted(1, 2, "fgsm")),
        new FactRecorded(Evaluated),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("advfit-quarantine-").FullName;
    private readonly string _bad = SweepId.Of(Some.Spec);
    private readonly string _good = SweepId.Of(Some.Spec with { Name = "good" });
    private Process _process = null!;
    private ClusterSweepService _service = null!;
    private IActorRef[] _actors = [];

    private JournalSettings Journal => new() { Provider = "SQLite.MS", ConnectionString = $"Data Source={_folder}/journal.db;Pooling=False" };

    public async Task InitializeAsync()
    {
        var host = await JournalHost.StartAsync(Journal);
        _process = new Process(host, new TestKit(host.System));
        var cluster = Akka.Cluster.Cluster.Get(_process.Host.System);
        await cluster.JoinAsync(cluster.SelfAddress);
        _service = new ClusterSweepService(() => _process.Host.System, _folder, new DatasetFolders(_folder), Journal);
        Start();
        await _service.Import(new SweepImportRequest(_good, Timed([.. Whole.Select(OfGood)])), default);
        await _service.Import(new SweepImportRequest(_bad, Timed(Whole)), default);
        (await _service.Results(_bad, default)).Json.ShouldBe(Expected(Some.Spec));
    }

    public async Task DisposeAsync()
    {
        await _process.Host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// An older version read the journal without what follows event 5, as two processes had written in turn, and went on from
    /// there: it gave the shuffle that was completed to another node.
    /// </summary>
    [Fact]
    public async Task Events_that_contradict_each_other_end_a_sweep_and_no_other() => await Tell(
        () => Write(PersistenceIds.OfSweep(_bad), Sound + 1, new ShuffleAssigned(1, 2), new FactRecorded(Some.Epoch(1, 2, 2))),
        Sound, $"event 10 of sweep:{_bad} in the journal contradicts those before it");

    [Fact]
    public async Task An_event_that_is_missing_ends_a_sweep_and_no_other() => await Tell(
        () => Change("DELETE FROM journal WHERE sequence_number = 7 AND persistence_id = @id"),
        6, $"event 8 of sweep:{_bad} in the journal follows event 6, and what is between is missing");

    [Fact]
    public async Task An_event_that_cannot_be_read_ends_a_sweep_and_no_other() => await Tell(
        () => Change("UPDATE journal SET message = x'7b' WHERE sequence_number = 8 AND persistence_id = @id"),
        7, $"event 8 of sweep:{_bad} in the journal cannot be read");

    [Fact]
    public async Task A_sweep_of_which_nothing_is_sound_can_be_forgotten()
    {
        await Damage(() => Change("DELETE FROM journal WHERE sequence_number = 1 AND persistence_id = @id"));

        var refused = await Should.ThrowAsync<SweepException>(() => _service.Find(_bad, default));
        refused.Message.ShouldContain($"event 2 of sweep:{_bad} in the journal follows event 0");
        var lines = await Pbm();
        lines.ShouldContain(line => line.StartsWith($"{_bad}  quarantined  0/0", StringComparison.Ordinal));
        lines[^1].ShouldBe(refused.Message);
        await _service.Forget(_bad, default);
        (await _service.Sweeps(default)).ShouldBe([_good]);
        await _service.Import(new SweepImportRequest(_bad, Timed(Whole)), default);
        (await _service.Results(_bad, default)).Json.ShouldBe(Expected(Some.Spec));
    }

    [Fact]
    public async Task What_the_journal_of_a_shuffle_lacks_ends_what_is_sound_of_its_sweep()
    {
        await Damage(() => Change($"DELETE FROM journal WHERE sequence_number = 4 AND persistence_id = 'shuffle:{_bad}:1'"));
        // Whoever wakes the shuffle has it found out.
        _process.Kit.CreateTestProbe().Send(_actors[0], new ReportStage(_bad, StageCompletion.Of(Evaluated)));
        _actors[1].Tell(new BeginAttempt(new AttemptId(_bad, 1, 2), "nobody", Some.Spec, Some.Data.Sha256, new CompletedStages(0, [])));

        await _process.Kit.AwaitAssertAsync(async () => (await _service.Find(_bad, default))!.Trouble.ShouldNotBeNull().ShouldContain(
            $"shuffle:{_bad}:1 in the journal follows event 3"));
        (await ReadAsync(_bad)).Count.ShouldBe(6);
        await GoodGoesOn();
    }

    private async Task Tell(Action damage, int sound, string words)
    {
        await Damage(damage);

        var quarantined = (await _service.Find(_bad, default)).ShouldNotBeNull();
        var trouble = quarantined.Trouble.ShouldNotBeNull();
        trouble.ShouldContain(words);
        quarantined.Number.ShouldBe(sound);
        quarantined.IsLive.ShouldBeFalse();
        foreach (var command in new SweepCommand[] { new PauseSweep(), new ResumeSweep(), new CancelSweep() })
        {
            (await Should.ThrowAsync<SweepException>(() => _service.Perform(_bad, command, default))).Message.ShouldBe(trouble);
        }

        (await Should.ThrowAsync<SweepException>(() => _service.Results(_bad, default))).Message.ShouldBe(trouble);
        var lines = await Pbm();
        lines.ShouldContain(line => line.StartsWith($"{_bad}  quarantined", StringComparison.Ordinal));
        lines[^1].ShouldBe(trouble);
        await GoodGoesOn();

        var taken = await ReadAsync(_bad);
        taken.Count.ShouldBe(sound);
        await _service.Forget(_bad, default);
        (await _service.Sweeps(default)).ShouldBe([_good]);
        await _service.Import(new SweepImportRequest(_bad, taken), default);
        Restart();
        await Listed();
        (await _service.Find(_bad, default)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            snapshot => snapshot.Trouble.ShouldBeNull(), snapshot => snapshot.Number.ShouldBe(sound));
        if (sound == Sound)
        {
            (await _service.Results(_bad, default)).Json.ShouldBe(Expected(Some.Spec));
        }

        (await _service.Results(_good, default)).Json.ShouldBe(Expected(Some.Spec with { Name = "good" }));
    }

    private async Task Damage(Action damage)
    {
        Stop();
        damage();
        Start();
        await Listed();
    }

    private Task Listed() => _process.Kit.AwaitAssertAsync(async () =>
        (await _service.Sweeps(default)).ShouldBe([_good, _bad], ignoreOrder: true));

    /// <summary>The other sweep is told something, and has results that know it.</summary>
    private async Task GoodGoesOn()
    {
        (await Should.ThrowAsync<SweepException>(() => _service.Forget(_good, default))).Message.ShouldContain("cancel it before");
        await _service.Perform(_good, new PauseSweep(), default);
        (await _service.Find(_good, default))!.State.IsPaused.ShouldBeTrue();
        (await _service.Results(_good, default)).Json.ShouldBe(Expected(Some.Spec with { Name = "good" }));
    }

    /// <summary>What an operator sees of the sweeps.</summary>
    private async Task<List<string>> Pbm()
    {
        var lines = new List<string>();
        await foreach (var line in new SweepPalette(_service).Sweeps(default))
        {
            lines.Add(line.Text);
        }

        return lines;
    }

    /// <summary>What is sound, as a client gets it.</summary>
    private async Task<List<TimedEvent>> ReadAsync(string sweep)
    {
        var snapshot = (await _service.Find(sweep, default))!;
        var events = new List<TimedEvent>();
        await foreach (var entry in _service.Read(sweep, EventQuery.Everything with { SoundUpTo = snapshot.Number }, default))
        {
            events.Add(new TimedEvent(entry.At, entry.Event));
        }

        return events;
    }

    private void Start()
    {
        var system = _process.Host.System;
        var region = system.ActorOf(Props.Create(() => new Region()));
        var coordinator = system.ActorOf(Props.Create(() => new SweepCoordinator(region, TimeProvider.System, _ => Some.Session)));
        region.Tell(coordinator);
        var analysis = system.ActorOf(Props.Create(() => new AnalysisActor(offset => PersistenceQuery.Get(system)
            .ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier).EventsByTag(PersistenceIds.AnalysisTag, new Sequence(offset)))));
        var registry = ActorRegistry.For(system);
        registry.Register<CoordinatorKey>(coordinator, overwrite: true);
        registry.Register<ShufflesKey>(region, overwrite: true);
        registry.Register<AnalysisKey>(analysis, overwrite: true);
        _actors = [coordinator, region, analysis];
    }

    private void Stop()
    {
        foreach (var actor in _actors)
        {
            _process.Kit.Watch(actor);
            actor.Tell(PoisonPill.Instance);
            _process.Kit.ExpectTerminated(actor);
        }
    }

    private void Restart()
    {
        Stop();
        Start();
    }

    /// <summary>Appends events as another process would have.</summary>
    private void Write(string persistenceId, long number, params SweepEvent[] events)
    {
        var writer = _process.Kit.CreateTestProbe();
        Persistence.Instance.Apply(_process.Host.System).JournalFor("").Tell(
            new WriteMessages(
                [
                    .. events.Select((sweepEvent, i) => new AtomicWrite(new Persistent(
                        new JournaledEvent(Some.Time, sweepEvent), number + i, persistenceId, writerGuid: "another"))),
                ],
                writer, 1),
            writer);
        writer.ExpectMsg<WriteMessagesSuccessful>();
    }

    private void Change(string sql)
    {
        using var database = new SqliteConnection(Journal.ConnectionString);
        database.Open();
        using var command = new SqliteCommand(sql, database);
        command.Parameters.AddWithValue("@id", PersistenceIds.OfSweep(_bad));
        command.ExecuteNonQuery().ShouldBe(1);
    }

    private static SweepEvent OfGood(SweepEvent sweepEvent) =>
        sweepEvent is SweepPlanned planned ? planned with { Spec = planned.Spec with { Name = "good" } } : sweepEvent;

    private static ImmutableArray<TimedEvent> Timed(SweepEvent[] events) => [.. events.Select(each => new TimedEvent(Some.Time, each))];

    private static byte[] Expected(SweepSpec spec) => ResultsJson.Write(SweepAnalysis.Analyze(spec, Some.Data, [Evaluated.Outcome], []));

    private sealed record Process(JournalHost Host, TestKit Kit);

    /// <summary>The entities of shuffles, in this process.</summary>
    private sealed class Region : ReceiveActor
    {
        public Region()
        {
            IActorRef coordinator = ActorRefs.Nobody;
            Receive<IActorRef>(told => coordinator = told);
            Receive<Passivate>(passivate => Sender.Tell(passivate.StopMessage));
            Receive<IShuffleMessage>(message =>
            {
                var id = ShuffleMessageExtractor.IdOf(message.Sweep, message.Shuffle);
                var (child, told) = (Context.Child(id), coordinator);
                (child.IsNobody() ? Context.ActorOf(Props.Create(() => new ShuffleEntity(id, told, TimeProvider.System)), id) : child)
                    .Forward(message);
            });
        }
    }
}
