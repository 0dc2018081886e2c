using System.Text;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Tests.Journal;

/// <summary>
/// The bytes of every event. A failure here means that journals already written can no longer be read: add a version
/// beside the old one instead of changing what these tests expect.
/// </summary>
public class EventFormatTests
{
    private const string Spec =
        """{"name":"quick","dataset":"tiny","subsample":{"train":50,"test":10},"network":"lenet5","training":{"epochs":2,"batch_size":32,"learning_rate":0.003,"beta1":0.9,"beta2":0.999,"epsilon":1E-08},"attacks":[{"label":"fgsm","attack":"fgsm","profile":"paper","parameters":{"epsilon":0.1},"samples":null}],"shuffles":3,"seed":2020}""";

    private const string Hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private const string NoNorms =
        """{"count":0,"mean":0,"standard_deviation":0,"minimum":0,"lower_quartile":0,"median":0,"upper_quartile":0,"maximum":0}""";

    private const string AttackOutcome =
        """{"attack":"fgsm","attempted":7,"succeeded":6,"l2":{"count":6,"mean":1,"standard_deviation":0.5,"minimum":0.1,"lower_quartile":0.4,"median":1,"upper_quartile":1.5,"maximum":2},"linf":{"count":0,"mean":0,"standard_deviation":0,"minimum":0,"lower_quartile":0,"median":0,"upper_quartile":0,"maximum":0},"queries":70,"gradients":7}""";

    public static TheoryData<SweepEvent, string, string> Golden => new()
    {
        {
            new SweepPlanned(Some.Spec, Some.Data with { Notes = ["a note"] }), "sweep-planned.1",
            $$$"""{"spec":{{{Spec}}},"data":{"name":"tiny","train":100,"test":20,"sha256":"{{{new string('d', 64)}}}","notes":["a note"]}}"""
        },
        {
            new SweepExtended(Some.KnnSpec), "sweep-extended.1",
            $$$$"""{"spec":{{{{Spec[..^1]}}}},"knn":{"z":3,"ties":"smallest","choose":"best-test"}}}"""
        },
        { new SweepExtended(Some.Spec), "sweep-extended.1", $$"""{"spec":{{Spec}}}""" },
        { new SweepFinished(5, 1), "sweep-finished.1", """{"completed":5,"failed":1}""" },
        {
            new SessionStarted(Some.Session), "session-started.1",
            """{"session":{"version":"0.1.0","commit":"abc","machine":"host","system":"Linux","processor":"CPU","slots":2}}"""
        },
        {
            new SessionStarted(Some.Session) { FailFast = true }, "session-started.1",
            """{"session":{"version":"0.1.0","commit":"abc","machine":"host","system":"Linux","processor":"CPU","slots":2},"fail_fast":true}"""
        },
        { new SessionStopped(), "session-stopped.1", "{}" },
        {
            new SweepExtended(Some.Spec with { Keep = new KeepPolicy(CheckpointsKept.Reference, AdversarialKept.None) }), "sweep-extended.1",
            $$$"""{"spec":{{{Spec[..^1]}}},"keep":{"checkpoints":"reference","adversarial":"none"}""" + "}}"
        },
        { new FilesFreed(2, ["a", "b"]), "files-freed.1", """{"shuffle":2,"paths":["a","b"]}""" },
        { new SweepPaused(), "sweep-paused.1", "{}" },
        { new SweepResumed(), "sweep-resumed.1", "{}" },
        { new SweepCancelled(), "sweep-cancelled.1", "{}" },
        { new ShuffleReleased(2, 3), "shuffle-released.1", """{"shuffle":2,"attempt":3}""" },
        { new ShuffleReopened(2, ["attack:fgsm", "evaluate"]), "shuffle-reopened.1", """{"shuffle":2,"stages":["attack:fgsm","evaluate"]}""" },
        { new ShuffleAssigned(2, 3), "shuffle-assigned.1", """{"shuffle":2,"attempt":3}""" },
        {
            new FactRecorded(Some.Epoch(1, 2, 1)), "epoch-trained.1",
            $$"""{"epoch":1,"mean_loss":0.5,"train_correct":41,"test_correct":7,"checkpoint":{"path":"c1-0123456789ab.bin","sha256":"{{Hash}}","bytes":3},"optimizer":{"path":"o1-0123456789ab.bin","sha256":"{{Hash}}","bytes":3},"predictions":{"path":"p1-0123456789ab.bin","sha256":"{{Hash}}","bytes":3},"cost":{"wall_seconds":1,"cpu_seconds":2},"shuffle":1,"attempt":2}"""
        },
        {
            new FactRecorded(Some.Crafted(1, 2, "fgsm")), "attack-crafted.1",
            $$"""{"outcome":{{AttackOutcome}},"adversarial":{"path":"fgsm-images-0123456789ab.bin","sha256":"{{Hash}}","bytes":3},"samples":{"path":"fgsm-samples-0123456789ab.bin","sha256":"{{Hash}}","bytes":3},"cost":{"wall_seconds":3,"cpu_seconds":4},"shuffle":1,"attempt":2}"""
        },
        {
            new FactRecorded(Some.Evaluated(1, 2, "fgsm")), "shuffle-evaluated.1",
            $$"""{"outcome":{"shuffle":1,"levels":[1,2],"reference_level":2,"curves":[{"subset":"train","samples":50,"correct":[41,42]},{"subset":"fgsm","samples":6,"correct":[3,0]}],"attacks":[{{AttackOutcome}}]},"cost":{"wall_seconds":5,"cpu_seconds":6},"shuffle":1,"attempt":2}"""
        },
        {
            new FactRecorded(Some.Found(1, 2, "test")), "neighbours-found.1",
            $$"""{"subset":"test","samples":10,"correct":[8,7],"neighbours":{"path":"test-neighbours-0123456789ab.bin","sha256":"{{Hash}}","bytes":3},"cost":{"wall_seconds":7,"cpu_seconds":8},"shuffle":1,"attempt":2}"""
        },
        {
            new FactRecorded(new ShuffleEvaluated(
                1, 2,
                new ShuffleOutcome(
                    1, [3, 1], 3, [],
                    [Some.Outcome("fgsm") with { Transfer = new TransferOutcome(0, Distribution.Empty, Distribution.Empty) }])
                {
                    Network = new AttackedNetwork(2, 7, 6),
                },
                new StageCost(5, 6))), "shuffle-evaluated.1",
            $$$$"""{"outcome":{"shuffle":1,"levels":[3,1],"reference_level":3,"curves":[],"attacks":[{{{{AttackOutcome[..^1]}}}},"transfer":{"kept":0,"l2":{{{{NoNorms}}}},"linf":{{{{NoNorms}}}}}}],"network":{"epoch":2,"test_correct":7,"both_correct":6}},"cost":{"wall_seconds":5,"cpu_seconds":6},"shuffle":1,"attempt":2}"""
        },
        {
            new FactRecorded(new AttemptFailed(1, 2, "The disk \"x\" failed.", true)), "attempt-failed.1",
            """{"cause":"The disk \u0022x\u0022 failed.","retryable":true,"shuffle":1,"attempt":2}"""
        },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Every_event_is_written_as_ever(SweepEvent sweepEvent, string type, string body) =>
        EventFormat.Write(sweepEvent).ShouldBe((type, body));

    [Theory]
    [MemberData(nameof(Golden))]
    public void Every_event_is_read_back_as_it_was(SweepEvent sweepEvent, string type, string body)
    {
        var read = EventFormat.Read(type, body);

        read.GetType().ShouldBe(sweepEvent.GetType());
        EventFormat.Write(read).ShouldBe((type, body));
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_fact_read_in_brief_is_the_fact_in_brief(SweepEvent sweepEvent, string type, string body)
    {
        var brief = StageCompletionReader.TryRead(type, Encoding.UTF8.GetBytes(body));
        if (sweepEvent is FactRecorded { Fact: not AttemptFailed } recorded)
        {
            brief.ShouldBe(new FactRecorded(StageCompletion.Of(recorded.Fact)));
        }
        else
        {
            brief.ShouldBeNull();
        }
    }

    [Fact]
    public void Every_kind_of_event_and_fact_is_pinned_here()
    {
        var kinds = typeof(SweepEvent).Assembly.GetTypes().Concat(typeof(StageFact).Assembly.GetTypes())
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(SweepEvent)) || type.IsSubclassOf(typeof(ShuffleFact))))
            .Where(type => type != typeof(FactRecorded) && type != typeof(StageCompletion));

        Golden.Select(row => (SweepEvent)row[0])
            .Select(sweepEvent => sweepEvent is FactRecorded recorded ? recorded.Fact.GetType() : sweepEvent.GetType())
            .Distinct().ShouldBe(kinds, ignoreOrder: true);
    }

    [Theory]
    [InlineData("shuffle-assigned.2", "{}", "its type `shuffle-assigned.2` is unknown to this version of AdvFit; use a newer one")]
    [InlineData("shuffle-assigned.1", """{"shuffle":2}""", "its body is no `shuffle-assigned.1`")]
    [InlineData("shuffle-assigned.1", """{"shuffle":2,"attempt":1,"more":0}""", "its body is no `shuffle-assigned.1`")]
    [InlineData("shuffle-assigned.1", "{", "its body is no `shuffle-assigned.1`")]
    [InlineData("session-started.1", """{"session":null}""", "its body is no `session-started.1`")]
    [InlineData("session-stopped.1", "null", "its body is no `session-stopped.1`")]
    public void What_is_no_known_event_is_refused(string type, string body, string message) =>
        Should.Throw<FormatException>(() => EventFormat.Read(type, body)).Message.ShouldStartWith(message);
}
