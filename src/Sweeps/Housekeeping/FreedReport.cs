using System.Collections.Immutable;

namespace AdvFit.Sweeps.Housekeeping;

/// <summary>The reason for freeing a file.</summary>
public enum FreedKind
{
    /// <summary>A checkpoint or optimizer state of a completed shuffle that the spec's <c>keep</c> does not keep.</summary>
    Checkpoints,

    /// <summary>Adversarial images of a completed shuffle that the spec's <c>keep</c> does not keep.</summary>
    Adversarial,

    /// <summary>No event names it, or a later one says that it is not needed: a crash left it.</summary>
    Unnamed,

    /// <summary>Half written by a process that died.</summary>
    Temporary,
}

/// <summary>Files of one sweep that can be freed, or were, for one reason.</summary>
/// <param name="Sweep">The sweep's id; that of a folder without a sweep is the folder's name.</param>
/// <param name="Kind">The reason.</param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their lengths together.</param>
public sealed record FreedFiles(string Sweep, FreedKind Kind, int Files, long Bytes);

/// <summary>The files of a store that can be freed, or were.</summary>
/// <param name="Parts">By sweep and reason, without those of which there is none.</param>
public sealed record FreedReport(ImmutableArray<FreedFiles> Parts)
{
    /// <summary>All files together.</summary>
    public int Files => Parts.Sum(part => part.Files);

    /// <summary>Their lengths together.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);
}
