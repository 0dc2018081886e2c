using AdvFit.Experiments.Cnn;
using AdvFit.Experiments.Knn;

namespace AdvFit.Experiments;

/// <summary>Makes what runs the shuffles of a sweep.</summary>
public static class ShuffleExecutors
{
    /// <summary>The workflow that the sweep asks for.</summary>
    /// <param name="materials">What its shuffles work with.</param>
    /// <param name="artifacts">Where the files go.</param>
    /// <param name="threads">Threads that one shuffle may use where it can use several; the results do not depend on it.</param>
    public static IShuffleExecutor Create(ExperimentMaterials materials, IArtifactStore artifacts, int threads) =>
        materials.Sweep.Knn is { } knn
            ? new KnnExperiment(materials, knn, artifacts, threads)
            : new CnnExperiment(materials, artifacts, threads);
}
