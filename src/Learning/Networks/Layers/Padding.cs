using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Rows and columns added around every channel of a layer's input, in a copy.</summary>
/// <param name="input">Shape of the input.</param>
/// <param name="rows">Rows above and below.</param>
/// <param name="columns">Columns at the left and right.</param>
internal sealed class Padding(ImageShape input, int rows, int columns)
{
    /// <summary>Shape of the copy.</summary>
    public ImageShape Padded { get; } = new(input.Channels, input.Height + 2 * rows, input.Width + 2 * columns);

    /// <summary>Whether there is any.</summary>
    public bool IsEmpty => (rows, columns) == (0, 0);

    /// <summary>Floats of the copy; 0 where there is no padding, for then the input itself serves.</summary>
    public int Length => IsEmpty ? 0 : Padded.Length * Tile.Lanes;

    /// <summary>Copies the input between the padding, which stays as it is.</summary>
    public void Fill(Span<float> unpadded, Span<float> padded)
    {
        for (var row = 0; row < input.Channels * input.Height; row++)
        {
            Row(unpadded, row).CopyTo(InPadded(padded, row));
        }
    }

    /// <summary>Copies what lies between the padding.</summary>
    public void Take(Span<float> padded, Span<float> unpadded)
    {
        for (var row = 0; row < input.Channels * input.Height; row++)
        {
            InPadded(padded, row).CopyTo(Row(unpadded, row));
        }
    }

    private Span<float> Row(Span<float> unpadded, int row) =>
        unpadded.Slice(row * input.Width * Tile.Lanes, input.Width * Tile.Lanes);

    private Span<float> InPadded(Span<float> padded, int row)
    {
        var start = ((row / input.Height * Padded.Height + row % input.Height + rows) * Padded.Width + columns) * Tile.Lanes;
        return padded.Slice(start, input.Width * Tile.Lanes);
    }
}
