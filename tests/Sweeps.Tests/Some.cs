using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using AdvFit.Experiments;
using AdvFit.Learning.Attacks;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests;

/// <summary>Small, valid values for tests to start from.</summary>
internal static class Some
{
    public const int Epochs = 2;

    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static DataProvenance Data { get; } = new("tiny", 100, 20, new string('d', 64), []);

    public static SessionProvenance Session { get; } = new("0.1.0", "abc", "host", "Linux", "CPU", 2);

    public static SweepSpec Spec { get; } = new(
        "quick", "tiny", new Subsample(50, 10), "lenet5", new TrainingSpec(Epochs, 32, 0.003), [Attack("fgsm")], 3, 2020);

    public static SweepSpec KnnSpec { get; } = Spec with { Knn = new KnnSpec(3, TieRules.Smallest, EpochChoices.BestTest) };

    public static SpecVocabulary Vocabulary { get; } = new(
        ["lenet5", "lenet5-wide"],
        [
            new AttackInName<FgsmParameters>("fgsm", ("paper", "", new()), ("foolbox", "", new() { Epsilon = 0.3 })),
            new AttackInName<DeepFoolParameters>("deepfool", ("paper", "", new())),
        ]);

    public static AttackSpec Attack(string label, double epsilon = 0.1) => new(
        label, "fgsm", "paper", ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("epsilon", epsilon), null);

    public static StartSweep Start(SweepSpec? spec = null) => new(spec ?? Spec, Data, Session);

    public static Artifact Artifact(string name) => new($"{name}-0123456789ab.bin", new string('a', 64), 3);

    public static EpochTrained Epoch(int shuffle, int attempt, int epoch) => new(
        shuffle, attempt, epoch, 0.5, 40 + epoch, 7, Artifact($"c{epoch}"), Artifact($"o{epoch}"), Artifact($"p{epoch}"),
        new StageCost(1, 2));

    public static NeighboursFound Found(int shuffle, int attempt, string subset) => new(
        shuffle, attempt, subset, 10, [8, 7], Artifact($"{subset}-neighbours"), new StageCost(7, 8));

    public static AttackCrafted Crafted(int shuffle, int attempt, string label) => new(
        shuffle, attempt, Outcome(label), Artifact($"{label}-images"), Artifact($"{label}-samples"), new StageCost(3, 4));

    public static AttackOutcome Outcome(string label) =>
        new(label, 7, 6, new Distribution(6, 1, 0.5, 0.1, 0.4, 1, 1.5, 2), Distribution.Empty, 70, 7);

    public static ShuffleEvaluated Evaluated(int shuffle, int attempt, params string[] labels) => new(
        shuffle, attempt,
        new ShuffleOutcome(
            shuffle, [1, 2], 2,
            [new AccuracyCurve(Subsets.Train, 50, [41, 42]), .. labels.Select(label => new AccuracyCurve(label, 6, [3, 0]))],
            [.. labels.Select(Outcome)]),
        new StageCost(5, 6));

    /// <summary>Appends events that happened at one time.</summary>
    public static void Add(this IJournal journal, string sweep, long after, DateTimeOffset at, IEnumerable<SweepEvent> events) =>
        journal.Append(sweep, after, [.. events.Select(sweepEvent => new TimedEvent(at, sweepEvent))]);

    /// <summary>An attack that a spec can name, and that is never made.</summary>
    private sealed class AttackInName<TParameters>(string name, params (string, string, TParameters)[] profiles)
        : AttackDefinition<TParameters>(name, name, "", profiles)
        where TParameters : notnull
    {
        protected override IAttack Make(TParameters parameters) => throw new NotSupportedException();

        protected override int PassesPerSample(TParameters parameters, int classes) => throw new NotSupportedException();
    }

    private sealed record FgsmParameters
    {
        [Range(0.0, 1)]
        public double Epsilon { get; init; } = 0.1;

        public bool Targeted { get; init; }
    }

    private sealed record DeepFoolParameters
    {
        [Range(1, 100_000)]
        public int MaxIterations { get; init; } = 100;

        [Range(0, double.PositiveInfinity)]
        public double Overshoot { get; init; }
    }
}
