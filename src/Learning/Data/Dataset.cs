using AdvFit.Messages;

namespace AdvFit.Learning.Data;

/// <summary>Labelled images in memory.</summary>
/// <param name="Shape">Shape of one image.</param>
/// <param name="Pixels">Pixels 0..255, [image][channel][row][column].</param>
/// <param name="Labels">Class of each image, 0-based.</param>
public sealed record ImageSet(ImageShape Shape, byte[] Pixels, byte[] Labels)
{
    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Pixels of one image.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * Shape.Length, Shape.Length);
}

/// <summary>A data set with its published splits.</summary>
/// <param name="Provenance">Name, hash and notes for the results.</param>
/// <param name="Classes">Names of the classes; a label is an index into them.</param>
/// <param name="Train">The published train split.</param>
/// <param name="Test">The published test split; of the same shape.</param>
public sealed record Dataset(DataProvenance Provenance, IReadOnlyList<string> Classes, ImageSet Train, ImageSet Test)
{
    /// <summary>Shape of one image.</summary>
    public ImageShape Shape => Train.Shape;
}
