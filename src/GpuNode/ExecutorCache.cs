using AdvFit.Experiments;
using AdvFit.Learning.Data;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.GpuNode;

/// <summary>
/// Creates the executors of sweeps, and keeps that of the latest sweep, whose data is in memory. Thread-safe.
/// </summary>
/// <param name="artifacts">Folder that all nodes share, with the artifacts of each sweep under <c>sweeps/ID</c>.</param>
/// <param name="data">Folder of the data sets; null for the user's own.</param>
/// <param name="threads">Threads of each shuffle.</param>
/// <param name="writer">A name for this process that no other node has.</param>
public sealed class ExecutorCache(string artifacts, string? data, int threads, string writer)
{
    private readonly Lock _lock = new();
    private (string Key, IShuffleExecutor Executor)? _latest;

    /// <summary>The executor for an attempt.</summary>
    /// <exception cref="ExperimentException">This node's data are not those of the sweep.</exception>
    /// <exception cref="DatasetException">The data cannot be had.</exception>
    public IShuffleExecutor For(RunShuffle run)
    {
        // A sweep may have been extended since.
        var key = $"{run.Attempt.Sweep} {run.Spec.Shuffles} {string.Join(' ', run.Spec.Attacks.Select(attack => attack.Label))}";

        // The slots of a node begin together: one reads the data, the others wait for it.
        lock (_lock)
        {
            if (_latest is not var (latest, _) || latest != key)
            {
                _latest = (key, Create(run));
            }

            return _latest.Value.Executor;
        }
    }

    private IShuffleExecutor Create(RunShuffle run)
    {
        Dataset dataset;
        try
        {
            dataset = SweepInputs.Of(run.Attempt.Sweep, run.Spec, DatasetFolders.Locate(data), skipBroken: true).Data;
        }
        catch (Exception error) when (error is DatasetException or SpecException)
        {
            throw new ExperimentException($"{Environment.MachineName} cannot work on it: {error.Message}");
        }

        return dataset.Provenance.Sha256 == run.DataSha256
            ? ShuffleExecutors.Create(
                new ExperimentMaterials(run.Spec, dataset),
                new ArtifactStore(SweepFolders.Of(artifacts, run.Attempt.Sweep), writer), threads)
            : throw new ExperimentException(
                $"The data {run.Spec.Dataset} of {Environment.MachineName} have SHA-256 {dataset.Provenance.Sha256}, "
                + $"those of the sweep {run.DataSha256}; give every node the same data.");
    }
}
