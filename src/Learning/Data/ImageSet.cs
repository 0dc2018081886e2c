namespace AdvFit.Learning.Data;

/// <summary>Labelled images.</summary>
/// <param name="Shape">Shape of one image.</param>
/// <param name="Pixels">Pixels 0..255, [image][channel][row][column].</param>
/// <param name="Labels">Class of each image, 0-based.</param>
public sealed record ImageSet(ImageShape Shape, PixelBytes Pixels, byte[] Labels)
{
    /// <summary>Labelled images in an array.</summary>
    public ImageSet(ImageShape shape, byte[] pixels, byte[] labels)
        : this(shape, new PixelBytes(pixels), labels)
    {
    }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Pixels of one image.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.Slice((long)index * Shape.Length, Shape.Length);

    /// <summary>Some of the images, one after another.</summary>
    internal ImageSet Part(int start, int count) => new(
        Shape, Pixels.Part((long)start * Shape.Length, (long)count * Shape.Length), Labels[start..(start + count)]);
}
