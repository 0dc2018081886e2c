using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Queries;

/// <summary>Names the files of a sweep.</summary>
public static class SweepFiles
{
    /// <summary>The files that the record of one shuffle names and that are kept.</summary>
    public static IEnumerable<Artifact> Of(ShuffleState shuffle)
    {
        var epochs = shuffle.Record.Epochs;
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

        foreach (var attack in shuffle.Record.Attacks)
        {
            yield return attack.Adversarial;
            yield return attack.Samples;
        }
    }
}
