using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AdvFit.Messages;

/// <summary>What one shuffle found: all that the analysis needs.</summary>
/// <param name="Shuffle">The shuffle's number, from 1.</param>
/// <param name="Levels">The fit levels, ascending in fit: epochs 1..E, or neighbours K = Z, Z - 2, .., 1.</param>
/// <param name="ReferenceLevel">M, the epoch of the highest test accuracy, the first on a tie; or Z.</param>
/// <param name="Curves">Accuracy curves: train, test, fail, then one per attack by label.</param>
/// <param name="Attacks">What each attack achieved, in the spec's order.</param>
public sealed record ShuffleOutcome(
    int Shuffle,
    ImmutableArray<int> Levels,
    int ReferenceLevel,
    ImmutableArray<AccuracyCurve> Curves,
    ImmutableArray<AttackOutcome> Attacks)
{
    /// <summary>k-NN experiments: the network that was attacked. Null in CNN experiments, and then left out of JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttackedNetwork? Network { get; init; }

    /// <summary>Whether the attacks measured robustness. Null where an earlier version recorded the shuffle.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VictimChecks? Victim { get; init; }
}

/// <summary>The network on which a k-NN experiment crafted its adversarial examples.</summary>
/// <param name="Epoch">The epoch that it was taken from.</param>
/// <param name="TestCorrect">Test samples that it classifies correctly.</param>
/// <param name="BothCorrect">Test samples that both it and Z-NN classify correctly: those that can be attacked.</param>
public sealed record AttackedNetwork(int Epoch, int TestCorrect, int BothCorrect);

/// <summary>Accuracy of one subset over the fit levels of one shuffle, as exact counts.</summary>
/// <param name="Subset">One of <see cref="Subsets"/>, or an attack's label.</param>
/// <param name="Samples">Size of the subset; 0 where it is empty and accuracy is undefined.</param>
/// <param name="Correct">Samples classified correctly at each level; parallel to the outcome's levels.</param>
public sealed record AccuracyCurve(string Subset, int Samples, ImmutableArray<int> Correct);

/// <summary>The subsets that every shuffle has.</summary>
public static class Subsets
{
    public const string Train = "train";
    public const string Test = "test";
    public const string Fail = "fail";
}

/// <summary>What one attack achieved on one shuffle.</summary>
/// <param name="Attack">The attack's label.</param>
/// <param name="Attempted">Samples attacked: correctly classified test samples, or a subsample of them.</param>
/// <param name="Succeeded">Samples whose adversarial example the attacked network gets wrong when predicting it afresh.</param>
/// <param name="L2">Euclidean norms of the successful perturbations, pixels in [0, 1].</param>
/// <param name="Linf">Largest absolute pixel changes of the successful perturbations.</param>
/// <param name="Queries">Forward passes used, in images.</param>
/// <param name="Gradients">Backward passes used, in images.</param>
public sealed record AttackOutcome(
    string Attack,
    int Attempted,
    int Succeeded,
    Distribution L2,
    Distribution Linf,
    long Queries,
    long Gradients)
{
    /// <summary>
    /// k-NN experiments: how many of the successes Z-NN gets wrong as well. Null in CNN experiments and before the
    /// neighbours of the examples are found, and then left out of JSON.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransferOutcome? Transfer { get; init; }
}

/// <summary>The adversarial examples that fool Z-NN besides the network that they were crafted on: the adversarial set.</summary>
/// <param name="Kept">How many.</param>
/// <param name="L2">Euclidean norms of their perturbations, pixels in [0, 1].</param>
/// <param name="Linf">Largest absolute pixel changes of them.</param>
public sealed record TransferOutcome(int Kept, Distribution L2, Distribution Linf);

/// <summary>
/// A sample summarised. Quantiles interpolate linearly between order statistics (type 7 of Hyndman and Fan 1996, as
/// NumPy's default). Every number is 0 where the count is 0; the standard deviation is the unbiased one, 0 for one value.
/// </summary>
public sealed record Distribution(
    int Count,
    double Mean,
    double StandardDeviation,
    double Minimum,
    double LowerQuartile,
    double Median,
    double UpperQuartile,
    double Maximum)
{
    public static Distribution Empty { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);
}
