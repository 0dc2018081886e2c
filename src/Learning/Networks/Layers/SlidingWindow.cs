using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>Where the pixels of a window that slides over images lie: offsets, in floats, into a tile's [channel][row][column][lane].</summary>
internal static class SlidingWindow
{
    /// <summary>The first pixel of the window at each of its places, in the order of the outputs: (channel,) row, column.</summary>
    /// <param name="input">Shape of the input; its channels are walked too.</param>
    /// <param name="output">Rows and columns of the output.</param>
    public static int[] Corners(ImageShape input, ImageShape output, int stride)
    {
        var corners = new int[input.Channels * output.Height * output.Width];
        for (var i = 0; i < corners.Length; i++)
        {
            var (channel, y, x) = Split(i, output.Height, output.Width);
            corners[i] = ((channel * input.Height + y * stride) * input.Width + x * stride) * Tile.Lanes;
        }

        return corners;
    }

    /// <summary>The taps of a kernel over all channels, in the order of PyTorch's weights.</summary>
    public static int[] Taps(ImageShape input, int rows, int columns)
    {
        var taps = new int[input.Channels * rows * columns];
        for (var i = 0; i < taps.Length; i++)
        {
            var (channel, y, x) = Split(i, rows, columns);
            taps[i] = ((channel * input.Height + y) * input.Width + x) * Tile.Lanes;
        }

        return taps;
    }

    private static (int Channel, int Row, int Column) Split(int index, int rows, int columns) =>
        (index / (rows * columns), index / columns % rows, index % columns);
}
