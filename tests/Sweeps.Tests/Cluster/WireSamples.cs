using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Tests.Decisions;

namespace AdvFit.Sweeps.Tests.Cluster;

/// <summary>One of everything that goes over the wire or into the cluster's journal, every field with a value that shows.</summary>
internal static class WireSamples
{
    private const string Sweep = "quick-0123456789";
    private const string Node = "akka.tcp://advfit@10.0.0.7:4054#1234";

    private static readonly AttemptId Attempt = new(Sweep, 2, 3);
    private static readonly ShuffleProgress Progress = new(2, "train", 1, 32, 50, 0.75, 0.25);
    private static readonly ImmutableArray<JournaledEvent> SomeEvents =
    [
        new(Some.Time, new ShuffleAssigned(2, 3)),
        new(Some.Time.AddTicks(1), new FactRecorded(Some.Epoch(2, 3, 1))),
    ];

    private static readonly ShuffleRecord Record =
        ShuffleRecord.Empty.With(Some.Epoch(2, 1, 1)).With(Some.Found(2, 1, "test")).With(Some.Crafted(2, 1, "fgsm"))
            .WithoutFiles(["fgsm-images-0123456789ab.bin"]);

    /// <summary>Messages, and what is persisted besides events.</summary>
    public static ImmutableArray<object> Messages { get; } =
    [
        new SubmitSweep(Sweep, Some.Spec, Some.Data, FailFast: true),
        new ControlSweep(Sweep, new RerunShuffles([1, 3], OnlyFailed: false, "attack:fgsm")),
        new AdoptSweep(Sweep, Some.Data.Sha256, 100, SomeEvents, IsLast: false),
        new AdoptShuffle(Sweep, 2, 100, SomeEvents),
        new ForgetSweep(Sweep, IsErased: true),
        new ForgetShuffle(Sweep, 2),
        new ShuffleDamaged(Sweep, 2, "event 3 is missing"),
        new BeginAttempt(Attempt, Node, Some.KnnSpec, Some.Data.Sha256, new CompletedStages(1, ["neighbours:test", "attack:fgsm"])),
        new RunShuffle(Attempt, Node, Some.Spec, Some.Data.Sha256, Record),
        new ReleaseAttempt(Attempt),
        new RecordFact(Sweep, Some.Evaluated(2, 3, "fgsm")),
        new ReportStage(Sweep, StageCompletion.Of(Some.Crafted(2, 3, "fgsm"))),
        new NodeReport(Node, 2, IsLeaving: true, [new AttemptProgress(Attempt, Progress), new AttemptProgress(Attempt with { Shuffle = 4 }, null)]),
        new NodeOrders([new AttemptOrder(Attempt, AttemptStop.AtSafePoint), new AttemptOrder(Attempt with { Shuffle = 4 }, AttemptStop.AtOnce)]),
        new Done(),
        new Refused("There is no sweep `x`."),
        new SweepAccepted(Sweep, IsNew: true),
        new FactAccepted(),
        new AttemptFenced(),
        new ListSweeps(),
        new SweepList([Sweep, "other-0123456789"]),
        new LoadSweep(Sweep),
        new LoadedSweep(Snapshot()),
        new QuarantinedSweep(Snapshot(), "It is damaged."),
        new ListNodes(),
        new RequestFoundingVote("akka.tcp://advfit@a:4053", 7),
        new FoundingVote("akka.tcp://advfit@b:4053", 7),
        new NodeList([new NodeState(Node, 2, true, Some.Time, [new AttemptProgress(Attempt, Progress)])]),
        new LoadResults(Sweep, 12, 524_288, 11),
        new ResultsPart(12, 1_000_000, [1, 2, 255]),
        new SweepRegistered(Sweep),
        new ForgettingBegun(Sweep),
        new SweepForgotten(Sweep),
        new AdoptionBegun(Sweep, Some.Data.Sha256),
        Snapshot(),
        new AnalysisSnapshot(17, [new AnalysedSweepSnapshot(Sweep, 12, Snapshot().Body, [Some.Evaluated(1, 1, "fgsm").Outcome])]),
    ];

    /// <summary>Every kind of event, as the actors persist it.</summary>
    public static ImmutableArray<JournaledEvent> Events { get; } =
    [
        .. new SweepEvent[]
        {
            new SweepPlanned(Some.Spec, Some.Data with { Notes = ["a note"] }),
            new SweepExtended(Some.KnnSpec with { Keep = new KeepPolicy(CheckpointsKept.Reference, AdversarialKept.None) }),
            new SweepFinished(5, 1),
            new SessionStarted(Some.Session) { FailFast = true },
            new SessionStopped(),
            new ShuffleAssigned(2, 3),
            new FactRecorded(Some.Epoch(2, 3, 1)),
            new FactRecorded(Some.Found(2, 3, "test")),
            new FactRecorded(Some.Crafted(2, 3, "fgsm")),
            new FactRecorded(KnnEvaluated()),
            new FactRecorded(new AttemptFailed(2, 3, "The disk is full.", Retryable: true)),
            new ShuffleReleased(2, 3),
            new ShuffleReopened(2, ["attack:fgsm", "evaluate"]),
            new FilesFreed(2, ["a.npz", "b.npz"]),
            new SweepPaused(),
            new SweepResumed(),
            new SweepCancelled(),
            new FactRecorded(StageCompletion.Of(Some.Crafted(2, 3, "fgsm"))),
        }.Select(sweepEvent => new JournaledEvent(Some.Time, sweepEvent)),
    ];

    /// <summary>All that is ever in the journal or among its snapshots.</summary>
    public static IEnumerable<object> Persisted =>
        Messages.Where(message => message is not IWireMessage).Concat(Events);

    private static JournalSnapshot Snapshot()
    {
        var sweep = new SimulatedSweep();
        sweep.Do(Some.Start());
        sweep.Complete(1);
        sweep.Do(new AssignNext());
        sweep.Report(Some.Epoch(2, 1, 1));
        sweep.Do(new AssignNext());
        sweep.Report(new AttemptFailed(3, 1, "Out of memory.", Retryable: true));
        var replay = sweep.Events.Aggregate(SweepReplay.Empty, (replay, each) => replay.Add(new TimedEvent(Some.Time, each)));
        return replay.Snapshot();
    }

    private static ShuffleEvaluated KnnEvaluated()
    {
        var norms = new Distribution(3, 0.5, 0.25, 0.125, 0.25, 0.5, 0.75, 1);
        return new ShuffleEvaluated(
            2, 3,
            new ShuffleOutcome(
                2, [3, 1], 3, [new AccuracyCurve(Subsets.Test, 10, [8, 7])],
                [Some.Outcome("fgsm") with { Transfer = new TransferOutcome(3, norms, norms) }])
            {
                Network = new AttackedNetwork(2, 7, 6),
                Victim = new VictimChecks(6, 0, 1, 2, 3, 4),
            },
            new StageCost(5, 6));
    }
}
