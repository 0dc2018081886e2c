using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using AdvFit.Messages.Fields;

namespace AdvFit.Messages;

/// <summary>
/// What a sweep is: one data set, one classifier, N shuffles, some attacks. Every value is resolved (no defaults left to
/// guess), so that two equal specs mean the same experiment.
/// </summary>
public sealed record SweepSpec(
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "")]
    [property: Description("the name of the sweep, with which its id begins")]
    [property: RegularExpression("^[a-z0-9][a-z0-9-]{0,63}$",
        ErrorMessage = "up to 64 lower-case letters, digits and dashes, the first no dash")]
    string Name,
    [property: SpecField(SpecChange.BeginsAnew)]
    [property: Description("the name of a data set, or the path of a folder that holds one")]
    string Dataset,
    [property: Description("how many images of each split are used, drawn anew for every shuffle with the classes in proportion; "
        + "all of them without it")]
    [property: InYaml(Before = "keep")]
    Subsample? Subsample,
    [property: SpecField(SpecChange.BeginsAnew)]
    [property: Description("the network; in a k-NN sweep, the one that the attacks are crafted on")]
    string Network,
    [property: Description("how the network is trained")]
    TrainingSpec Training,
    [property: SpecField(SpecChange.Extends)]
    [property: Description("the attacks, each a name or a mapping; those that are new are added to the sweep")]
    ImmutableArray<AttackSpec> Attacks,
    [property: SpecField(SpecChange.Extends)]
    [property: Description("how many shuffles; more of them are added to the sweep")]
    [property: Range(1, SweepSpec.MaximumShuffles)]
    int Shuffles,
    [property: SpecField(SpecChange.BeginsAnew)]
    [property: Description("the seed that every random draw of the sweep derives from")]
    ulong Seed)
{
    /// <summary>Most shuffles that a sweep may have.</summary>
    public const int MaximumShuffles = 1_000_000;

    /// <summary>
    /// The k-NN classifier whose robustness is measured; the network is then the one that the attacks are crafted on.
    /// Null for the CNN experiment, in which the network is both. Left out of JSON where it is null.
    /// </summary>
    [Description("the k-NN classifier; only where `classifier` is `knn`")]
    [InYaml(Path = "neighbours", Before = "network")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KnnSpec? Knn { get; init; }

    /// <summary>
    /// How photographs become images of one size; null for data sets whose images are of one size. Left out of JSON where it is null.
    /// </summary>
    [Description("how photographs become images of one size; required where the data set is a folder of photographs, refused elsewhere")]
    [InYaml(Before = "subsample")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PreprocessSpec? Preprocess { get; init; }

    /// <summary>Images of the test split; null for the published sizes. Left out of JSON where it is null.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("images of the test split, the train split being all others of the pool; the published sizes without it")]
    [Range(1, int.MaxValue)]
    [InYaml(Before = "subsample")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TestSize { get; init; }

    /// <summary>What housekeeping keeps; part neither of the sweep's identity nor of its results.</summary>
    [Description("which large files of a completed shuffle `advfit gc` keeps")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public KeepPolicy Keep { get; init; }

    /// <summary>One of <see cref="Classifiers"/>.</summary>
    [SpecField(SpecChange.BeginsAnew, IdKey = "")]
    [Description("the classifier whose robustness is measured: the network itself, or k nearest neighbours")]
    [AllowedValues(Classifiers.Cnn, Classifiers.Knn)]
    [InYaml(Before = "network")]
    [JsonIgnore]
    public string Classifier => Knn is null ? Classifiers.Cnn : Classifiers.Knn;
}

/// <summary>The classifiers whose robustness a sweep can measure.</summary>
public static class Classifiers
{
    /// <summary>The convolutional network that the attacks are crafted on.</summary>
    public const string Cnn = "cnn";

    /// <summary>A k-nearest-neighbours classifier.</summary>
    public const string Knn = "knn";
}

/// <summary>A k-nearest-neighbours classifier and how it is attacked (Deniz et al. 2020, section 4.1).</summary>
public sealed record KnnSpec(
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "knn_z")]
    [property: Description("the reference level Z; the fit levels are K = Z, Z - 2, .., 1")]
    [property: Range(3, 999), Odd(ErrorMessage = "odd, so that K = Z, Z - 2, .. ends at 1")]
    int Z,
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "knn_ties")]
    [property: Description("which class wins a vote that classes share: that of the smallest number, or the nearest neighbour's")]
    [property: AllowedValues(TieRules.Smallest, TieRules.Nearest)]
    string Ties,
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "knn_choose")]
    [property: Description("which epoch's network k-NN sweeps craft their attacks on: that of the highest test accuracy, or the last")]
    [property: AllowedValues(EpochChoices.BestTest, EpochChoices.Last)]
    [property: InYaml(Path = "training.choose")]
    string Choose);

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
public sealed record Subsample(
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "subsample_train")]
    [property: Description("images of the train split")]
    [property: Range(1, int.MaxValue)]
    int Train,
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "subsample_test")]
    [property: Description("images of the test split")]
    [property: Range(1, int.MaxValue)]
    int Test);

/// <summary>How a photograph becomes an image: it is resized, and a square is cut out of its centre.</summary>
public sealed record PreprocessSpec(
    [property: SpecField(SpecChange.BeginsAnew, IdKey = "preprocess_size")]
    [property: Description("rows and columns of an image")]
    [property: Range(75, 299)]
    int Size)
{
    /// <summary>One of <see cref="ResizeMethods"/>.</summary>
    [SpecField(SpecChange.BeginsAnew, IdKey = "preprocess_resize")]
    [Description("how photographs are resized: antialiased by triangles or cubic curves, as Pillow's and torchvision's bilinear and bicubic")]
    [AllowedValues(ResizeMethods.Triangle, ResizeMethods.Cubic)]
    public string Resize { get; init; } = ResizeMethods.Triangle;

    /// <summary>torchvision's 224 pixels of 256 are 0.875.</summary>
    [SpecField(SpecChange.BeginsAnew, IdKey = "preprocess_crop")]
    [Description("which part of the shorter side the square in the centre has; 1 is all of it")]
    [Range(0.5, 1)]
    public double Crop { get; init; } = 1;
}

/// <summary>The ways to resize a photograph.</summary>
public static class ResizeMethods
{
    /// <summary>Antialiased with a triangle as wide as the reduction, as Pillow's and torchvision's <c>bilinear</c>.</summary>
    public const string Triangle = "triangle";

    /// <summary>Antialiased with a cubic as wide as twice the reduction, as Pillow's and torchvision's <c>bicubic</c>.</summary>
    public const string Cubic = "cubic";
}

/// <summary>Training on the mean softmax cross-entropy of each batch.</summary>
public sealed record TrainingSpec(
    [property: SpecField(SpecChange.BeginsAnew)]
    [property: Description("passes over the train split; each is a fit level with a checkpoint")]
    [property: Range(1, 100_000)]
    int Epochs,
    [property: SpecField(SpecChange.BeginsAnew)]
    [property: Description("images per step")]
    [property: Range(1, 1 << 20)]
    int BatchSize,
    [property: SpecField(SpecChange.BeginsAnew)]
    [property: Description("step size of the optimiser, in the first epoch")]
    [property: Range(0, double.PositiveInfinity, MinimumIsExclusive = true)]
    double LearningRate)
{
    /// <summary>The published default is 0.9.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("Adam's decay rate of the first moment")]
    [Range(0.0, 1, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The published default is 0.999.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("decay rate of the second moment of Adam, and of the squares of RMSprop")]
    [Range(0.0, 1, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>The published default is 1e-8.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("addition to the denominator of Adam and RMSprop")]
    [Range(0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The paper's CNN experiment has Adam; of its InceptionV3 it does not say.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("what follows the gradients")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OptimizerKind Optimizer { get; init; }

    /// <summary>A share of the step before.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("share of the step before that SGD and RMSprop take again")]
    [Range(0.0, 1, MaximumIsExclusive = true)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Momentum { get; init; }

    /// <summary>Sutskever et al. (2013).</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("whether SGD's momentum is Nesterov's")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Nesterov { get; init; }

    /// <summary>An L2 penalty, as PyTorch's optimisers have it.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("times the weights, it is added to their gradients")]
    [Range(0.0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double WeightDecay { get; init; }

    /// <summary>How the learning rate changes.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("learning rate over the epochs: the same, times `step_factor` every `step_epochs`, or half a cosine down to 0")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RateSchedule Schedule { get; init; }

    /// <summary>For <see cref="RateSchedule.Step"/>.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("epochs from one step of the learning rate to the next")]
    [Range(0, 100_000)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int StepEpochs { get; init; }

    /// <summary>For <see cref="RateSchedule.Step"/>.</summary>
    [SpecField(SpecChange.BeginsAnew)]
    [Description("what the learning rate is multiplied by at each step")]
    [Range(0.0, 1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double StepFactor { get; init; }
}

/// <summary>What follows the gradients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OptimizerKind>))]
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba 2015).</summary>
    [JsonStringEnumMemberName("adam")]
    Adam,

    /// <summary>Stochastic gradient descent, with or without momentum.</summary>
    [JsonStringEnumMemberName("sgd")]
    Sgd,

    /// <summary>RMSprop (Tieleman and Hinton 2012).</summary>
    [JsonStringEnumMemberName("rmsprop")]
    RmsProp,
}

/// <summary>How the learning rate changes over the epochs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RateSchedule>))]
public enum RateSchedule
{
    /// <summary>It does not.</summary>
    [JsonStringEnumMemberName("constant")]
    Constant,

    /// <summary>Multiplied by a factor every so many epochs.</summary>
    [JsonStringEnumMemberName("step")]
    Step,

    /// <summary>Half a cosine from the first epoch down to 0 behind the last.</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,
}

/// <summary>One attack of a sweep.</summary>
public sealed record AttackSpec(
    [property: Description("what results call it, unique in the sweep; the attack's name by default")]
    [property: RegularExpression("^[a-z0-9][a-z0-9.-]{0,63}$",
        ErrorMessage = "up to 64 lower-case letters, digits, dashes and dots, the first a letter or digit")]
    [property: InYaml(Before = "parameters")]
    string Label,
    [property: Description("the attack's name")]
    string Attack,
    [property: Description("the named set of parameters that it starts from")]
    string Profile,
    [property: Description("parameters with other values than the profile's")]
    [property: InYaml(Path = "set")]
    ImmutableSortedDictionary<string, double> Parameters,
    [property: Description("how many correctly classified test samples are attacked at most, drawn by the seed; all without it")]
    [property: Range(1, int.MaxValue)]
    int? Samples);
