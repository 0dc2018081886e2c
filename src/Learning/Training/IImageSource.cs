using AdvFit.Learning.Networks;

namespace AdvFit.Learning.Training;

/// <summary>Labelled images that can be brought into a tile.</summary>
public interface IImageSource
{
    /// <summary>
    /// Fills the first lanes of a tile with images, and the other lanes with copies of the first one.
    /// </summary>
    /// <param name="images">Numbers of 1 to 32 images.</param>
    /// <param name="labels">Receives their classes.</param>
    void Fill(NetworkTile tile, ReadOnlySpan<int> images, Span<byte> labels);
}
