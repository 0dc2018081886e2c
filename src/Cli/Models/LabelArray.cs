using AdvFit.Learning.Formats;

namespace AdvFit.Cli.Models;

/// <summary>Labels from a .npy file.</summary>
internal static class LabelArray
{
    /// <summary>The true class of each image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The images that are labelled.</param>
    /// <param name="classes">Classes that the network tells apart, at most 256.</param>
    /// <exception cref="InputException">The file is not there, or does not hold such labels.</exception>
    public static byte[] Read(string path, ImageArray images, int classes)
    {
        var array = InputFile.ReadArray(path);
        long[]? values = array switch
        {
            NpyArray<long> labels => labels.Values,
            NpyArray<int> labels => Array.ConvertAll(labels.Values, label => (long)label),
            NpyArray<byte> labels => Array.ConvertAll(labels.Values, label => (long)label),
            _ => null,
        };
        if (values is null || array.Shape is not [var count] || count != images.Count)
        {
            throw new InputException(
                $"{path} holds {InputFile.Describe(array)}; the labels of the {images.Count} images in {images.File} are an "
                + $"int64 (or int32 or uint8) array [{images.Count}].");
        }

        var wrong = Array.FindIndex(values, label => label < 0 || label >= classes);
        return wrong < 0
            ? Array.ConvertAll(values, label => (byte)label)
            : throw new InputException(
                $"{path} holds {values[wrong]} at [{wrong}]; the network has {classes} outputs, so labels are 0 to {classes - 1}.");
    }
}
