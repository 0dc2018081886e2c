using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Messages;

/// <summary>
/// What a sweep is: one data set, one classifier, N shuffles, some attacks. Every value is resolved (no defaults left to
/// guess), so that two equal specs mean the same experiment.
/// </summary>
/// <param name="Name">The user's name for it: lower-case letters, digits and dashes.</param>
/// <param name="Dataset">Name of a data set, or a path to a folder that holds one.</param>
/// <param name="Subsample">Sizes to draw each split down to, stratified; null uses every image.</param>
/// <param name="Network">Name of the network, such as <c>lenet5</c>.</param>
/// <param name="Training">How the network is trained.</param>
/// <param name="Attacks">The attacks, in the order of the spec; their labels are unique.</param>
/// <param name="Shuffles">Number of shuffles, numbered from 1.</param>
/// <param name="Seed">The seed from which every random draw of the sweep derives.</param>
public sealed record SweepSpec(
    string Name,
    string Dataset,
    Subsample? Subsample,
    string Network,
    TrainingSpec Training,
    ImmutableArray<AttackSpec> Attacks,
    int Shuffles,
    ulong Seed)
{
    /// <summary>
    /// The k-NN classifier whose robustness is measured; the network is then the one that the attacks are crafted on.
    /// Null for the CNN experiment, in which the network is both. Left out of JSON where it is null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KnnSpec? Knn { get; init; }

    /// <summary>What housekeeping keeps; part neither of the sweep's identity nor of its results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public KeepPolicy Keep { get; init; }
}

/// <summary>A k-nearest-neighbours classifier and how it is attacked (Deniz et al. 2020, section 4.1).</summary>
/// <param name="Z">The reference level, odd and at least 3; the fit levels are K = Z, Z - 2, .., 1. The paper uses 7.</param>
/// <param name="Ties">Which class wins a vote that classes share: one of <see cref="TieRules"/>.</param>
/// <param name="Choose">Which epoch's network the attacks are crafted on: one of <see cref="EpochChoices"/>.</param>
public sealed record KnnSpec(int Z, string Ties, string Choose);

/// <summary>Which of the classes with the most votes a k-NN classifier predicts.</summary>
public static class TieRules
{
    /// <summary>The class of the smallest number, as scikit-learn and MATLAB do.</summary>
    public const string Smallest = "smallest";

    /// <summary>The class, of those, of the nearest neighbour.</summary>
    public const string Nearest = "nearest";
}

/// <summary>Which epoch's network a k-NN experiment crafts its adversarial examples on.</summary>
public static class EpochChoices
{
    /// <summary>That of the highest test accuracy, the first on a tie.</summary>
    public const string BestTest = "best-test";

    /// <summary>The last one.</summary>
    public const string Last = "last";
}

/// <summary>Stratified subsample sizes, in images, of the train and test splits of a shuffle.</summary>
public sealed record Subsample(int Train, int Test);

/// <summary>Training with Adam (Kingma and Ba 2015) on the mean softmax cross-entropy of each batch.</summary>
/// <param name="Epochs">Passes over the train split; one checkpoint each. The paper uses 35.</param>
/// <param name="BatchSize">Images per step. The paper uses 32.</param>
/// <param name="LearningRate">Adam's step size. The paper uses 0.003.</param>
public sealed record TrainingSpec(int Epochs, int BatchSize, double LearningRate)
{
    /// <summary>Adam's decay rate of the first moment: the published default.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay rate of the second moment: the published default.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's addition to the denominator: the published default.</summary>
    public double Epsilon { get; init; } = 1e-8;
}

/// <summary>One attack of a sweep.</summary>
/// <param name="Label">What results call it, unique in the sweep; the attack's name unless the spec says otherwise.</param>
/// <param name="Attack">The attack's name: <c>fgsm</c>, <c>deepfool</c>, ..</param>
/// <param name="Profile">The named parameter set that it started from.</param>
/// <param name="Parameters">Every parameter, resolved from the profile and the spec's overrides. Flags are 0 or 1.</param>
/// <param name="Samples">At most so many correctly classified test samples, drawn by seed; null attacks all.</param>
public sealed record AttackSpec(
    string Label,
    string Attack,
    string Profile,
    ImmutableSortedDictionary<string, double> Parameters,
    int? Samples);
