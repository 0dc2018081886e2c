using AdvFit.Learning.Networks;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Tests.Networks;

/// <summary>
/// The layers once more, in double precision and as plainly as their definitions read. What the engine computes is
/// compared with this; gradients come from central differences.
/// </summary>
internal static class ReferenceNetwork
{
    /// <summary>Logits of one image.</summary>
    public static double[] Forward(NetworkDefinition network, double[] weights, double[] image)
    {
        var values = new List<double[]> { image };
        var offset = 0;
        foreach (var (layer, inputs, input, output) in network.Nodes)
        {
            var length = layer.Parameters(input).Sum(parameter => parameter.Length);
            var read = values[inputs[0]];
            values.Add(layer switch
            {
                Convolution convolution => Convolve(convolution, read, input, output, weights.AsSpan(offset, length)),
                Linear => Multiply(read, output.Length, weights.AsSpan(offset, length)),
                Pooling pooling => Pool(pooling, read, input, output),
                GlobalAveragePooling => [.. read.Chunk(input.Height * input.Width).Select(channel => channel.Average())],
                Activation { Kind: ActivationKind.Relu } => [.. read.Select(value => Math.Max(value, 0))],
                Activation { Kind: ActivationKind.Tanh } => [.. read.Select(Math.Tanh)],
                Addition => [.. read.Select((_, i) => inputs.Sum(value => values[value][i]))],
                Concatenation => [.. inputs.SelectMany(value => values[value])],
                _ => throw new ArgumentException($"no such layer: {layer}"),
            });
            offset += length;
        }

        return values[^1];
    }

    /// <summary>Derivative of a function at one coordinate.</summary>
    public static double CentralDifference(Func<double[], double> function, double[] at, int coordinate)
    {
        const double step = 1e-5;
        var (above, below) = ((double[])at.Clone(), (double[])at.Clone());
        above[coordinate] += step;
        below[coordinate] -= step;
        return (function(above) - function(below)) / (2 * step);
    }

    private static double[] Convolve(
        Convolution convolution, double[] values, ImageShape input, ImageShape output, ReadOnlySpan<double> weights)
    {
        var (rows, columns) = (convolution.Kernel, convolution.KernelColumns ?? convolution.Kernel);
        var (above, left) = (convolution.Padding, convolution.PaddingColumns ?? convolution.Padding);
        var result = new double[output.Length];
        for (var at = 0; at < result.Length; at++)
        {
            var (channel, y, x) = (at / (output.Height * output.Width), at / output.Width % output.Height, at % output.Width);
            result[at] = convolution.Bias ? weights[^output.Channels..][channel] : 0;
            for (var tap = 0; tap < input.Channels * rows * columns; tap++)
            {
                var row = y * convolution.Stride - above + tap / columns % rows;
                var column = x * convolution.Stride - left + tap % columns;
                if (row >= 0 && row < input.Height && column >= 0 && column < input.Width)
                {
                    var source = (tap / (rows * columns) * input.Height + row) * input.Width + column;
                    result[at] += weights[channel * input.Channels * rows * columns + tap] * values[source];
                }
            }
        }

        return result;
    }

    private static double[] Multiply(double[] values, int outputs, ReadOnlySpan<double> weights)
    {
        var result = new double[outputs];
        for (var o = 0; o < outputs; o++)
        {
            result[o] = weights[outputs * values.Length + o];
            for (var i = 0; i < values.Length; i++)
            {
                result[o] += weights[o * values.Length + i] * values[i];
            }
        }

        return result;
    }

    private static double[] Pool(Pooling pooling, double[] values, ImageShape input, ImageShape output)
    {
        var result = new double[output.Length];
        for (var at = 0; at < result.Length; at++)
        {
            var (channel, y, x) = (at / (output.Height * output.Width), at / output.Width % output.Height, at % output.Width);
            var window = new List<double>();
            for (var tap = 0; tap < pooling.Size * pooling.Size; tap++)
            {
                var row = y * pooling.Stride - pooling.Padding + tap / pooling.Size;
                var column = x * pooling.Stride - pooling.Padding + tap % pooling.Size;
                if (row >= 0 && row < input.Height && column >= 0 && column < input.Width)
                {
                    window.Add(values[(channel * input.Height + row) * input.Width + column]);
                }
            }

            result[at] = pooling.Kind == PoolingKind.Max ? window.Max()
                : window.Sum() / (pooling.CountIncludePad ? pooling.Size * pooling.Size : window.Count);
        }

        return result;
    }
}
