using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>The mean of each channel, whatever its rows and columns: PyTorch's adaptive average pooling to 1 x 1.</summary>
public sealed record GlobalAveragePooling : LayerDefinition
{
    public override ImageShape OutputShape(ImageShape input) => new(input.Channels, 1, 1);

    internal override string Describe(ImageShape input) => $"global average pooling of {input}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new GlobalAveragePoolingLayer<TOps, TVector>(this, input);
}

/// <inheritdoc cref="GlobalAveragePooling"/>
internal sealed unsafe class GlobalAveragePoolingLayer<TOps, TVector>(GlobalAveragePooling definition, ImageShape input)
    : Layer(definition, input)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly int _plane = input.Height * input.Width * Tile.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerBuffers buffers)
    {
        var count = TOps.Broadcast(_plane / Tile.Lanes);
        float* input = buffers.Input.Pointer, output = buffers.Output.Pointer;
        for (var end = output + buffers.Output.Length; output < end; output += Tile.Lanes, input += _plane)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var sum = TOps.Broadcast(0);
                for (var at = lane; at < _plane; at += Tile.Lanes)
                {
                    sum = TOps.Add(sum, TOps.Load(input + at));
                }

                TOps.Store(TOps.Divide(sum, count), output + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BackwardInput(LayerBuffers buffers)
    {
        var count = TOps.Broadcast(_plane / Tile.Lanes);
        float* gradient = buffers.OutputGradient.Pointer, target = buffers.InputGradient.Pointer;
        for (var end = gradient + buffers.OutputGradient.Length; gradient < end; gradient += Tile.Lanes, target += _plane)
        {
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var share = TOps.Divide(TOps.Load(gradient + lane), count);
                for (var at = lane; at < _plane; at += Tile.Lanes)
                {
                    TOps.Store(share, target + at);
                }
            }
        }
    }
}
