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
        var values = image;
        var offset = 0;
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var (layer, input, output) = (network.Layers[i], network.Shapes[i], network.Shapes[i + 1]);
            var length = layer.Parameters(input).Sum(parameter => parameter.Length);
            values = layer switch
            {
                Convolution convolution => Convolve(convolution, values, input, output, weights.AsSpan(offset, length)),
                Linear => Multiply(values, output.Length, weights.AsSpan(offset, length)),
                Pooling pooling => Pool(pooling, values, input, output),
                Activation { Kind: ActivationKind.Relu } => [.. values.Select(value => Math.Max(value, 0))],
                Activation { Kind: ActivationKind.Tanh } => [.. values.Select(Math.Tanh)],
                _ => throw new ArgumentException($"no such layer: {layer}"),
            };
            offset += length;
        }

        return values;
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
        var (kernel, result) = (convolution.Kernel, new double[output.Length]);
        var biases = weights[^output.Channels..];
        for (var at = 0; at < result.Length; at++)
        {
            var (channel, y, x) = (at / (output.Height * output.Width), at / output.Width % output.Height, at % output.Width);
            result[at] = biases[channel];
            for (var tap = 0; tap < input.Channels * kernel * kernel; tap++)
            {
                var row = y * convolution.Stride - convolution.Padding + tap / kernel % kernel;
                var column = x * convolution.Stride - convolution.Padding + tap % kernel;
                if (row >= 0 && row < input.Height && column >= 0 && column < input.Width)
                {
                    var source = (tap / (kernel * kernel) * input.Height + row) * input.Width + column;
                    result[at] += weights[channel * input.Channels * kernel * kernel + tap] * values[source];
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
            var window = Enumerable.Range(0, pooling.Size * pooling.Size).Select(tap => values[
                (channel * input.Height + y * pooling.Stride + tap / pooling.Size) * input.Width
                + x * pooling.Stride + tap % pooling.Size]);
            result[at] = pooling.Kind == PoolingKind.Max ? window.Max() : window.Average();
        }

        return result;
    }
}
