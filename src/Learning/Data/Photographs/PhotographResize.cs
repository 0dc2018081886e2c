using AdvFit.Messages;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>
/// Resizes photographs as Pillow does (Image.resize, <c>src/libImaging/Resample.c</c>): a filter as wide as the reduction, first along
/// rows, then along columns, weights and sums in whole numbers of 1 / 2^22, so that the pixels are the same on every machine.
/// </summary>
internal static class PhotographResize
{
    private const int WeightBits = 22;
    private const int Channels = 3;

    /// <summary>
    /// The square in the centre of a photograph whose shorter side was resized to size / crop; sides and the place of the square are
    /// rounded as torchvision's Resize and CenterCrop do.
    /// </summary>
    /// <returns>Pixels [channel][row][column].</returns>
    public static byte[] Square(Photograph photograph, PreprocessSpec preprocess)
    {
        var (size, shorter) = (preprocess.Size, Math.Min(photograph.Width, photograph.Height));
        var side = (int)Math.Round(size / preprocess.Crop);
        var columns = Along(photograph.Width);
        var rows = Along(photograph.Height);
        var first = rows[0].First;
        var between = ResizeRows(photograph, columns, first, rows[^1].First + rows[^1].Weights.Length - first);
        return ResizeColumns(between, rows, first, size);

        Sampled[] Along(int length)
        {
            var resized = (int)((long)side * length / shorter);
            return Sampled.Range(length, resized, (int)Math.Round((resized - size) / 2.0), size, preprocess.Resize);
        }
    }

    /// <summary>Some rows of a photograph, resized: [channel][row][column].</summary>
    private static byte[] ResizeRows(Photograph photograph, Sampled[] columns, int firstRow, int rows)
    {
        var resized = new byte[Channels * rows * columns.Length];
        for (var row = 0; row < rows; row++)
        {
            var stride = photograph.Width * Photograph.Stride;
            var pixels = photograph.Pixels.AsSpan((firstRow + row) * stride, stride);
            for (var column = 0; column < columns.Length; column++)
            {
                var (first, weights) = columns[column];
                var (red, green, blue, at) = (Half, Half, Half, first * Photograph.Stride);
                foreach (var weight in weights)
                {
                    red += pixels[at] * weight;
                    green += pixels[at + 1] * weight;
                    blue += pixels[at + 2] * weight;
                    at += Photograph.Stride;
                }

                var target = (row * columns.Length) + column;
                resized[target] = Level(red);
                resized[target + (rows * columns.Length)] = Level(green);
                resized[target + (2 * rows * columns.Length)] = Level(blue);
            }
        }

        return resized;
    }

    private static byte[] ResizeColumns(byte[] between, Sampled[] rows, int firstRow, int width)
    {
        var resized = new byte[Channels * rows.Length * width];
        var plane = between.Length / Channels;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var (first, weights) = rows[row];
                for (var column = 0; column < width; column++)
                {
                    var (sum, at) = (Half, (channel * plane) + ((first - firstRow) * width) + column);
                    foreach (var weight in weights)
                    {
                        sum += between[at] * weight;
                        at += width;
                    }

                    resized[(((channel * rows.Length) + row) * width) + column] = Level(sum);
                }
            }
        }

        return resized;
    }

    private const int Half = 1 << (WeightBits - 1);

    private static byte Level(int sum) => (byte)Math.Clamp(sum >> WeightBits, 0, 255);

    /// <summary>What one place of the resized side is made of: some neighbouring places of the original side, weighted.</summary>
    private readonly record struct Sampled(int First, int[] Weights)
    {
        /// <summary>The places from <paramref name="start"/> on of a side of one length that is resized to another.</summary>
        public static Sampled[] Range(int length, int resized, int start, int count, string method)
        {
            var (support, filter) = FilterOf(method);
            var scale = (double)length / resized;
            var width = Math.Max(scale, 1);
            return [.. Enumerable.Range(start, count).Select(place => At((place + 0.5) * scale, support * width, width, length, filter))];
        }

        private static Sampled At(double center, double support, double width, int length, Func<double, double> filter)
        {
            var first = Math.Max((int)(center - support + 0.5), 0);
            var weights = new double[Math.Min((int)(center + support + 0.5), length) - first];
            var (total, inverse) = (0.0, 1.0 / width);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = filter((i + first - center + 0.5) * inverse);
                total += weights[i];
            }

            return new Sampled(first, Array.ConvertAll(weights, weight =>
            {
                var whole = weight / total * (1 << WeightBits);
                return (int)(whole < 0 ? whole - 0.5 : whole + 0.5);
            }));
        }

        /// <summary>A filter and how far it reaches to either side.</summary>
        private static (double Support, Func<double, double> Filter) FilterOf(string method) => method switch
        {
            ResizeMethods.Triangle => (1, x => Math.Max(1 - Math.Abs(x), 0)),
            ResizeMethods.Cubic => (2, Cubic),
            _ => throw new ArgumentException($"There is no way to resize called {method}.", nameof(method)),
        };

        /// <summary>The cubic convolution of Keys (1981) with a = -1/2.</summary>
        private static double Cubic(double x)
        {
            x = Math.Abs(x);
            return x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1
                : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * -0.5
                : 0;
        }
    }
}
