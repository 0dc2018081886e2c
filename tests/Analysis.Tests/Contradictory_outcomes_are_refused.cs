using AdvFit.Messages;
using static AdvFit.Analysis.Tests.SweepBuilder;

namespace AdvFit.Analysis.Tests;

public class Contradictory_outcomes_are_refused
{
    private static readonly ShuffleOutcome Sound = Outcome(1, 150, 3, ("fgsm", 50, 20));

    public static TheoryData<string, ShuffleOutcome> Outcomes => new()
    {
        { "shuffles 1 to 2 only", Sound with { Shuffle = 3 } },
        { "no fit levels", Sound with { Levels = [] } },
        { "reference level 9", Sound with { ReferenceLevel = 9 } },
        { "does not first peak", Sound with { ReferenceLevel = 3 } },
        { "it has train, test", Sound with { Curves = Sound.Curves.RemoveAt(2) } },
        { "points for 4 fit levels", WithCurve(new AccuracyCurve("fail", 40, [9, 0, 5])) },
        { "more correct samples than there are", WithCurve(new AccuracyCurve("fail", 40, [41, 0, 5, 3])) },
        { "train set is empty", WithCurve(new AccuracyCurve("train", 0, [0, 0, 0, 0])) },
        { "where all must be wrong", WithCurve(new AccuracyCurve("fail", 40, [9, 1, 5, 3])) },
        { "the sweep asks for the attacks fgsm", Sound with { Attacks = [] } },
        { "do not agree", Sound with { Attacks = [Sound.Attacks[0] with { Succeeded = 49 }] } },
        { "do not agree", Sound with { Attacks = [Sound.Attacks[0] with { Attempted = 20 }] } },
        { "not finite", WithNorms(Sound.Attacks[0].L2 with { Mean = double.NaN }) },
        { "not in order", WithNorms(Sound.Attacks[0].L2 with { Median = 0 }) },
    };

    [Theory]
    [MemberData(nameof(Outcomes), DisableDiscoveryEnumeration = true)]
    public void One_sentence_says_which_shuffle_and_why(string complaint, ShuffleOutcome outcome)
    {
        string message = Should.Throw<AnalysisException>(
            () => SweepAnalysis.Analyze(Spec(2, "fgsm"), Data, [outcome], [])).Message;
        message.ShouldContain(complaint);
        message.ShouldStartWith($"The outcome of shuffle {outcome.Shuffle} cannot be analysed: ");
    }

    [Fact]
    public void Fit_levels_must_be_those_of_the_other_shuffles() =>
        Should.Throw<AnalysisException>(() => SweepAnalysis.Analyze(
            Spec(2, "fgsm"), Data, [Sound, Sound with { Shuffle = 2, Levels = [1, 2, 3, 5] }], []))
            .Message.ShouldContain("not those of the other shuffles");

    [Fact]
    public void A_shuffle_is_completed_or_failed_once()
    {
        Should.Throw<AnalysisException>(() => SweepAnalysis.Analyze(Spec(2, "fgsm"), Data, [Sound, Sound], []))
            .Message.ShouldContain("more than once");
        Should.Throw<AnalysisException>(() => SweepAnalysis.Analyze(
            Spec(2, "fgsm"), Data, [Sound], [new FailedShuffle(1, "The disk is full.")]))
            .Message.ShouldContain("more than once");
    }

    [Fact]
    public void An_attack_cannot_be_called_as_a_subset() =>
        Should.Throw<AnalysisException>(() => SweepAnalysis.Analyze(Spec(2, "test"), Data, [], []))
            .Message.ShouldContain("'test'");

    private static ShuffleOutcome WithNorms(Distribution l2) =>
        Sound with { Attacks = [Sound.Attacks[0] with { L2 = l2 }] };

    private static ShuffleOutcome WithCurve(AccuracyCurve replacement) => Sound with
    {
        Curves = [.. Sound.Curves.Select(curve => curve.Subset == replacement.Subset ? replacement : curve)],
    };
}
