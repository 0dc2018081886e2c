namespace AdvFit.Messages;

/// <summary>
/// What a spec has for the fields of <see cref="SweepSpec"/> that its YAML leaves out, under their names. Of the other fields,
/// those that may be null are then null, and the rest are required.
/// </summary>
public sealed record SpecDefaults(TrainingSpec Training, KnnSpec Knn, KeepPolicy Keep)
{
    /// <summary>The paper's CNN experiment (Deniz et al. 2020, section 4.2).</summary>
    private static readonly SpecDefaults Cnn = new(
        new TrainingSpec(Epochs: 35, BatchSize: 32, LearningRate: 0.003),
        new KnnSpec(Z: 7, TieRules.Smallest, EpochChoices.BestTest),
        new KeepPolicy(CheckpointsKept.All, AdversarialKept.All));

    /// <summary>Section 4.1 does not say how long the network that k-NN is attacked with is trained. Past its best epoch nothing is asked of it.</summary>
    private static readonly SpecDefaults KNearest = Cnn with { Training = Cnn.Training with { Epochs = 10 } };

    /// <summary>The defaults that go with a classifier.</summary>
    public static SpecDefaults For(string? classifier) => classifier == Classifiers.Knn ? KNearest : Cnn;
}
