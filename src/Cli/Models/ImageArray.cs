using AdvFit.Learning;
using AdvFit.Learning.Formats;
using AdvFit.Learning.Training;

namespace AdvFit.Cli.Models;

/// <summary>Images from a .npy file: at least one, pixels in [0, 1].</summary>
/// <param name="File">The file that they are from.</param>
/// <param name="Shape">Shape of one image.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Pixels">[image][channel][row][column].</param>
internal sealed record ImageArray(string File, ImageShape Shape, int Count, float[] Pixels)
{
    private const string Needed = "images are a float32 array [N, channels, rows, columns] of pixels in [0, 1]";

    /// <summary>Most pixels of a file: the output has at most 2^31 bytes, most of them pixels.</summary>
    private const int MostPixels = 500_000_000;

    /// <summary>Reads and checks images.</summary>
    /// <exception cref="InputException">The file is not there, or not such an array.</exception>
    public static ImageArray Read(string path)
    {
        var array = InputFile.ReadArray(path);
        if (array is not NpyArray<float> { Shape: [> 0, > 0, > 0, > 0] } images)
        {
            throw new InputException($"{path} holds {InputFile.Describe(array)}; {Needed}.");
        }

        if (images.Values.Length > MostPixels)
        {
            throw new InputException(
                $"{path} holds {images.Values.Length} pixels, too many for one file; split it into parts of at most {MostPixels}.");
        }

        var shape = new ImageShape(images.Shape[1], images.Shape[2], images.Shape[3]);
        RefuseOutsideBox(path, images.Values, shape);
        return new ImageArray(path, shape, images.Shape[0], images.Values);
    }

    /// <summary>Copies the pixels of one image.</summary>
    public void CopyTo(int image, Span<float> pixels) => Pixels.AsSpan(image * Shape.Length, Shape.Length).CopyTo(pixels);

    /// <summary>The images as the engine takes them, without labels.</summary>
    public static FloatImages Unlabelled(float[] pixels, int count) => new(pixels, new byte[count], pixels.Length / count);

    private static void RefuseOutsideBox(string path, float[] pixels, ImageShape shape)
    {
        var at = Array.FindIndex(pixels, pixel => !(pixel >= 0 && pixel <= 1));
        if (at < 0)
        {
            return;
        }

        var (image, pixel) = Math.DivRem(at, shape.Length);
        var (channel, position) = Math.DivRem(pixel, shape.Height * shape.Width);
        var (row, column) = Math.DivRem(position, shape.Width);
        throw new InputException(
            $"{path} holds {pixels[at]} at [{image}, {channel}, {row}, {column}]; {Needed}. Divide bytes by 255, and bring "
            + "a normalisation of the inputs into the weights of the first layer.");
    }
}
