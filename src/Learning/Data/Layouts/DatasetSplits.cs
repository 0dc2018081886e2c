namespace AdvFit.Learning.Data.Layouts;

/// <summary>The two splits of a data set, as its files give them.</summary>
/// <param name="Train">The train images.</param>
/// <param name="Test">The test images; of the same shape.</param>
/// <param name="Classes">Names of the classes; a label is an index into them.</param>
internal sealed record DatasetSplits(ImageSet Train, ImageSet Test, IReadOnlyList<string> Classes);
