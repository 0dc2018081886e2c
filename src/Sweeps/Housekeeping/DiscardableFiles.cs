using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Housekeeping;

/// <summary>Which files of a completed shuffle a sweep can do without.</summary>
public static class DiscardableFiles
{
    /// <summary>The files that the policy does not keep and that have not been given up before.</summary>
    /// <param name="record">What is done of a completed shuffle.</param>
    /// <param name="keep">What the sweep's spec wants kept.</param>
    public static IEnumerable<(FreedKind Kind, Artifact File)> Of(ShuffleRecord record, KeepPolicy keep)
    {
        var kept = keep.Checkpoints switch
        {
            CheckpointsKept.All => null,
            CheckpointsKept.Reference => record.Epochs[
                ReferenceLevel.Choose([.. record.Epochs.Select(epoch => epoch.TestCorrect)]) - 1].Checkpoint.Path,
            _ => "",
        };
        var checkpoints = kept is null ? [] : record.Epochs
            .SelectMany(epoch => new[] { epoch.Checkpoint, epoch.Optimizer })
            .Where(file => file.Path != kept).Select(file => file.Path);
        var images = keep.Adversarial == AdversarialKept.All ? [] : record.Attacks.Select(attack => attack.Adversarial.Path);
        var (spareCheckpoints, spareImages) = (checkpoints.ToHashSet(), images.ToHashSet());
        return record.Files.Select(written => written.File)
            .Where(file => spareCheckpoints.Contains(file.Path) || spareImages.Contains(file.Path))
            .Select(file => (spareImages.Contains(file.Path) ? FreedKind.Adversarial : FreedKind.Checkpoints, file));
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
