using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Housekeeping;

/// <summary>The files of a completed shuffle that the spec's <c>keep</c> does not keep.</summary>
public static class DiscardableFiles
{
    /// <summary>The files that the policy does not keep and that have not been given up before.</summary>
    /// <param name="record">What is done of a completed shuffle.</param>
    /// <param name="keep">What the sweep's spec wants kept.</param>
    public static IEnumerable<(FreedKind Kind, Artifact File)> Of(ShuffleRecord record, KeepPolicy keep)
    {
        var epochs = record.Of<EpochTrained>();
        var kept = keep.Checkpoints == CheckpointsKept.Reference
            ? epochs[ReferenceLevel.Choose([.. epochs.Select(epoch => epoch.TestCorrect)]) - 1].Checkpoint
            : null;
        return
            from file in record.Files
            where file.Role switch
            {
                FileRole.Checkpoint => keep.Checkpoints != CheckpointsKept.All && file.File != kept,
                FileRole.Optimizer => keep.Checkpoints != CheckpointsKept.All,
                FileRole.AdversarialImages => keep.Adversarial != AdversarialKept.All,
                _ => false,
            }
            select (file.Role == FileRole.AdversarialImages ? FreedKind.Adversarial : FreedKind.Checkpoints, file.File);
    }

    /// <summary>A policy in words: <c>all checkpoints and no adversarial images</c>.</summary>
    public static string Describe(KeepPolicy keep)
    {
        var checkpoints = keep.Checkpoints switch
        {
            CheckpointsKept.All => "all checkpoints",
            CheckpointsKept.Reference => "the checkpoint of epoch M",
            _ => "no checkpoints",
        };
        return $"{checkpoints} and {(keep.Adversarial == AdversarialKept.All ? "all" : "no")} adversarial images";
    }
}
