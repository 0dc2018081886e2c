using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Spec;

/// <summary>Reads sweep specs from YAML, strictly: whatever it does not understand is a problem, and all are reported.</summary>
/// <param name="vocabulary">The networks and attacks that a spec may name.</param>
public sealed partial class SpecReader(SpecVocabulary vocabulary)
{
    /// <summary>Most shuffles that a sweep may have.</summary>
    public const int MaximumShuffles = 1_000_000;

    private const int MaximumEpochs = 100_000;
    private const int MaximumBatchSize = 1 << 20;

    private static readonly string[] SpecKeys =
    [
        "name", "dataset", "classifier", "neighbours", "network", "training", "attacks", "shuffles", "seed", "subsample", "keep",
    ];

    private static readonly string[] TrainingKeys =
        ["epochs", "batch_size", "learning_rate", "beta1", "beta2", "epsilon", KnnReader.ChooseKey];

    private static readonly string[] SubsampleKeys = ["train", "test"];
    private static readonly string[] KeepKeys = ["checkpoints", "adversarial"];

    /// <summary>Training as the paper does it (Deniz et al. 2020, section 4.2).</summary>
    private static readonly TrainingSpec PaperTraining = new(Epochs: 35, BatchSize: 32, LearningRate: 0.003);

    /// <summary>
    /// Of the network that k-NN is attacked with; section 4.1 does not say. Past its best epoch nothing is asked of it.
    /// </summary>
    private static readonly TrainingSpec KnnTraining = PaperTraining with { Epochs = 10 };

    /// <summary>Reads a spec from a file.</summary>
    /// <exception cref="SpecException">The file cannot be read, or is not a sound spec.</exception>
    public SweepSpec Read(string path) => Parse(SpecFile.ReadText(path, "spec"), path);

    /// <summary>Reads a spec from text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What to call it in messages.</param>
    /// <exception cref="SpecException">It is not a sound spec.</exception>
    public SweepSpec Parse(string yaml, string file) => SpecFile.Parse(yaml, file, "the spec", SpecKeys, ReadSpec);

    private SweepSpec ReadSpec(SpecSection section, SpecProblems problems)
    {
        var name = section.Text("name") ?? "";
        if (name.Length > 0 && !NamePattern().IsMatch(name))
        {
            problems.Add(
                section.Place("name"),
                $"`name` must be up to 64 lower-case letters, digits and dashes, the first no dash, not `{name}`");
        }

        var dataset = section.Text("dataset") ?? "";
        var subsample = ReadSubsample(section);
        var training = section.Section("training", TrainingKeys);
        var knn = KnnReader.Read(section, training, problems);
        return new SweepSpec(
            name,
            dataset,
            subsample,
            section.Choice("network", vocabulary.Networks) ?? "",
            ReadTraining(training, knn is null ? PaperTraining : KnnTraining),
            new AttackReader(vocabulary, problems).Read(section.Required("attacks")),
            section.Whole("shuffles", 1, MaximumShuffles),
            section.Whole("seed", ulong.MinValue, ulong.MaxValue))
        {
            Knn = knn,
            Keep = ReadKeep(section),
        };
    }

    private static Subsample? ReadSubsample(SpecSection spec) => spec.Section("subsample", SubsampleKeys) is { } section
        ? new Subsample(section.Whole("train", 1, int.MaxValue), section.Whole("test", 1, int.MaxValue))
        : null;

    private static KeepPolicy ReadKeep(SpecSection spec)
    {
        return spec.Section("keep", KeepKeys) is { } section
            ? new KeepPolicy(Kept<CheckpointsKept>("checkpoints"), Kept<AdversarialKept>("adversarial"))
            : default;

        T Kept<T>(string key)
            where T : struct, Enum =>
            section.Has(key) && section.Choice(key, [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())]) is { } word
                ? Enum.Parse<T>(word, ignoreCase: true)
                : default;
    }

    private static TrainingSpec ReadTraining(SpecSection? section, TrainingSpec defaults)
    {
        if (section is null)
        {
            return defaults;
        }

        return new TrainingSpec(
            section.OptionalWhole("epochs", 1, MaximumEpochs) ?? defaults.Epochs,
            section.OptionalWhole("batch_size", 1, MaximumBatchSize) ?? defaults.BatchSize,
            Positive("learning_rate", defaults.LearningRate))
        {
            Beta1 = Decay("beta1", defaults.Beta1),
            Beta2 = Decay("beta2", defaults.Beta2),
            Epsilon = Positive("epsilon", defaults.Epsilon),
        };

        double Positive(string key, double otherwise) =>
            section.Has(key) ? section.Real(key, value => value > 0, "above 0") : otherwise;

        double Decay(string key, double otherwise) =>
            section.Has(key) ? section.Real(key, value => value is >= 0 and < 1, "from 0 to below 1") : otherwise;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
