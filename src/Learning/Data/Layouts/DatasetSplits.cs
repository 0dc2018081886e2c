using System.Collections.Immutable;

namespace AdvFit.Learning.Data.Layouts;

/// <summary>The two splits of a data set, as its files give them.</summary>
/// <param name="Train">The train images.</param>
/// <param name="Test">The test images; of the same shape.</param>
/// <param name="Classes">Names of the classes; a label is an index into them.</param>
internal sealed record DatasetSplits(ImageSet Train, ImageSet Test, IReadOnlyList<string> Classes)
{
    /// <summary>What a reader of results must know about the data.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Hash of the splits where it is known already.</summary>
    public string? Sha256 { get; init; }
}
