namespace AdvFit.Learning.Data;

/// <summary>
/// A data set seen as one pool, without copying: the train images are 0 to n - 1, the test images follow.
/// </summary>
public sealed class PooledImages(Dataset data)
{
    /// <summary>Shape of one image.</summary>
    public ImageShape Shape => data.Shape;

    /// <summary>Number of classes.</summary>
    public int Classes => data.Classes.Count;

    /// <summary>Number of images.</summary>
    public int Count => data.Train.Count + data.Test.Count;

    /// <summary>Pixels 0..255 of an image, [channel][row][column].</summary>
    public ReadOnlySpan<byte> Image(int index) =>
        index < data.Train.Count ? data.Train.Image(index) : data.Test.Image(index - data.Train.Count);

    /// <summary>Class of an image.</summary>
    public byte Label(int index) =>
        index < data.Train.Count ? data.Train.Labels[index] : data.Test.Labels[index - data.Train.Count];
}
