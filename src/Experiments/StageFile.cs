using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>A file that a stage wrote.</summary>
/// <param name="File">The file.</param>
/// <param name="Role">What it is kept for.</param>
public readonly record struct StageFile(Artifact File, FileRole Role = FileRole.Result);

/// <summary>What a file of a stage is kept for, which decides when it may be deleted.</summary>
public enum FileRole
{
    /// <summary>A part of the results; it is always kept.</summary>
    Result,

    /// <summary>Weights of the network after an epoch.</summary>
    Checkpoint,

    /// <summary>State of the optimizer, with which training goes on. Only that of the latest epoch exists.</summary>
    Optimizer,

    /// <summary>Adversarial images.</summary>
    AdversarialImages,
}
