using System.Threading.Channels;
using AdvFit.Actors;
using AdvFit.Analysis;
using AdvFit.Analysis.Json;
using AdvFit.Coordinator.Analysis;
using AdvFit.Coordinator.Journal;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Tests;
using Akka;
using Akka.Actor;
using Akka.Pattern;
using Akka.Persistence;
using Akka.Persistence.Query;
using Akka.Streams.Dsl;
using Akka.TestKit;

namespace AdvFit.Coordinator.Tests;

public class AnalysisActorTests : ActorTests
{
    private const int EventsForSnapshot = 2_000;

    private readonly Channel<EventEnvelope> _events = Channel.CreateUnbounded<EventEnvelope>();
    private static readonly ShuffleEvaluated Evaluated = Some.Evaluated(1, 1, "fgsm") with
    {
        Outcome = Some.Evaluated(1, 1, "fgsm").Outcome with
        {
            Curves =
            [
                new AccuracyCurve(Subsets.Train, 50, [41, 42]),
                new AccuracyCurve(Subsets.Test, 10, [6, 7]),
                new AccuracyCurve(Subsets.Fail, 3, [1, 0]),
                new AccuracyCurve("fgsm", 6, [3, 0]),
            ],
            Attacks = [Some.Outcome("fgsm") with { Linf = Some.Outcome("fgsm").L2 }],
        },
    };

    private readonly TestProbe _asker;
    private readonly TestProbe _offsets;
    private IActorRef _analysis;
    private long _offset;
    private long _number;

    public AnalysisActorTests()
    {
        (_asker, _offsets) = (CreateTestProbe(), CreateTestProbe());
        _analysis = Start();
        _offsets.ExpectMsg<long>().ShouldBe(0);
    }

    [Fact]
    public void It_answers_once_it_has_read_what_is_asked_about()
    {
        _analysis.Tell(new LoadResults(Sweep, After: 7, Offset: 0, Edition: null), _asker);
        Completed();

        var part = _asker.ExpectMsg<ResultsPart>();

        part.Edition.ShouldBe(7);
        part.Bytes.Length.ShouldBe(part.Total);
        part.Bytes.ToArray().ShouldBe(Expected());
    }

    [Fact]
    public void Events_that_come_twice_count_once()
    {
        Completed();
        _number = 0;
        Completed();

        Results().ToArray().ShouldBe(Expected());
    }

    [Fact]
    public void It_goes_on_where_its_snapshot_ends()
    {
        Completed();
        while (_offset < EventsForSnapshot)
        {
            OfSweep(new SweepPaused());
        }

        AwaitAssert(() => Snapshot().ShouldNotBeNull());
        Stop(_analysis);
        _analysis = Start();

        _offsets.ExpectMsg<long>().ShouldBe(EventsForSnapshot);
        Results().ToArray().ShouldBe(Expected());
    }

    [Fact]
    public void It_begins_anew_where_its_snapshot_is_of_another_version()
    {
        Stop(_analysis);
        KeepSnapshot("analysis", 1, new AnalysisSnapshot(7, [new AnalysedSweepSnapshot(Sweep, 7, """{ "version": 0 }""", [])]));
        _analysis = Start();

        _offsets.ExpectMsg<long>().ShouldBe(0);
        Completed();
        Results().ToArray().ShouldBe(Expected());
    }

    [Fact]
    public void A_sweep_whose_events_make_no_sense_is_refused_and_every_other_is_analysed()
    {
        Written(PersistenceIds.OfSweep("broken-00000000"), 1, new SweepPlanned(Some.Spec, Some.Data));
        Written(PersistenceIds.OfSweep("broken-00000000"), 3, new SweepPaused());
        _events.Writer.TryWrite(new EventEnvelope(
            new Sequence(++_offset), PersistenceIds.OfShuffle("unread-00000000", 2), 5, new UnreadableEvent("It is no JSON."), 0, []));
        Completed();

        Results().ToArray().ShouldBe(Expected());
        Refusal("broken-00000000").ShouldContain("its event 3 follows event 1");
        Refusal("unread-00000000").ShouldContain("event 5 of shuffle:unread-00000000:2 in the journal cannot be read");
    }

    [Fact]
    public void A_sweep_that_is_forgotten_is_analysed_anew_when_it_comes_again()
    {
        Completed();
        _events.Writer.TryWrite(new EventEnvelope(new Sequence(++_offset), "sweeps", 2, new SweepForgotten(Sweep), 0, []));
        _number = 0;
        OfSweep(new SweepPlanned(Some.Spec, Some.Data));
        Completed(after: 1);

        Results().ToArray().ShouldBe(Expected());
    }

    [Fact]
    public void When_the_journal_cannot_be_followed_another_begins_anew()
    {
        Stop(_analysis);
        var supervised = Sys.ActorOf(BackoffSupervisor.Props(
            Backoff.OnStop(Props(), "analysis", TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20), 0.2, -1)
                .WithDefaultStoppingStrategy()));
        _offsets.ExpectMsg<long>().ShouldBe(0);

        _events.Writer.Complete();

        _offsets.ExpectMsg<long>().ShouldBe(0);
        supervised.Tell(PoisonPill.Instance);
    }

    /// <summary>One shuffle of three is completed: seven events of the sweep, and what its entity knows.</summary>
    private void Completed(int after = 0)
    {
        if (after == 0)
        {
            OfSweep(new SweepPlanned(Some.Spec, Some.Data));
        }

        OfSweep(new SessionStarted(Some.Session));
        OfSweep(new ShuffleAssigned(1, 1));
        foreach (var fact in new ShuffleFact[] { Some.Epoch(1, 1, 1), Some.Epoch(1, 1, 2) })
        {
            OfSweep(new FactRecorded(StageCompletion.Of(fact)));
        }

        OfSweep(new FactRecorded(StageCompletion.Of(Some.Crafted(1, 1, "fgsm"))));
        Written(PersistenceIds.OfShuffle(Sweep, 1), 7, new FactRecorded(Evaluated));
        OfSweep(new FactRecorded(StageCompletion.Of(Evaluated)));
    }

    private static byte[] Expected() =>
        ResultsJson.Write(SweepAnalysis.Analyze(Some.Spec, Some.Data, [Evaluated.Outcome], []));

    private SelectedSnapshot? Snapshot()
    {
        Persistence.Instance.Apply(Sys).SnapshotStoreFor("").Tell(
            new LoadSnapshot("analysis", SnapshotSelectionCriteria.Latest, long.MaxValue), _asker);
        return _asker.ExpectMsg<LoadSnapshotResult>().Snapshot;
    }

    private System.Collections.Immutable.ImmutableArray<byte> Results()
    {
        _analysis.Tell(new LoadResults(Sweep, After: 7, Offset: 0, Edition: null), _asker);
        return _asker.ExpectMsg<ResultsPart>().Bytes;
    }

    private string Refusal(string sweep)
    {
        _analysis.Tell(new LoadResults(sweep, After: 1, Offset: 0, Edition: null), _asker);
        return _asker.ExpectMsg<Refused>().Reason;
    }

    private void OfSweep(SweepEvent sweepEvent)
    {
        _number++;
        Written(PersistenceIds.OfSweep(Sweep), _number, sweepEvent);
    }

    private void Written(string persistenceId, long number, SweepEvent sweepEvent) => _events.Writer.TryWrite(new EventEnvelope(
        new Sequence(++_offset), persistenceId, number, new JournaledEvent(Some.Time, sweepEvent), 0, [PersistenceIds.AnalysisTag])).ShouldBeTrue();

    private IActorRef Start() => Sys.ActorOf(Props());

    private Props Props() => Akka.Actor.Props.Create(() => new AnalysisActor(offset => Follow(offset)));

    private Source<EventEnvelope, NotUsed> Follow(long offset)
    {
        _offsets.Ref.Tell(offset);
        return ChannelSource.FromReader(_events.Reader);
    }
}
