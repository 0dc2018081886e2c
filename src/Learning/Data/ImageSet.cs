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
