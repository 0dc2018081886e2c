using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Queries;

/// <summary>Names the files of a sweep.</summary>
public static class SweepFiles
{
    /// <summary>The files that the record of one shuffle names and that are kept.</summary>
    public static IEnumerable<Artifact> Of(ShuffleRecord record)
    {
        var epochs = record.Epochs;
        foreach (var epoch in epochs)
        {
            yield return epoch.Checkpoint;
            yield return epoch.Predictions;
        }

        if (!epochs.IsEmpty)
        {
            // Only the last epoch's optimiser state is kept.
            yield return epochs[^1].Optimizer;
        }

        foreach (var attack in record.Attacks)
        {
            yield return attack.Adversarial;
            yield return attack.Samples;
        }
    }
}
