using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;
using AdvFit.Learning.Networks.Layers;

namespace AdvFit.Learning.Tests.Extending;

/// <summary>x where x is positive, else slope * x (Maas et al. 2013).</summary>
public sealed record LeakyRelu(
    [property: Description("what negative values are multiplied by"), Range(0.0001, 1)] double Slope) : LayerDefinition
{
    public override bool InPlace => true;

    public override ImageShape OutputShape(ImageShape input) => input;

    internal override string Describe(ImageShape input) => $"leaky relu on {input}";

    internal override Layer Create<TOps, TVector>(ImageShape input) => new LeakyReluLayer<TOps, TVector>(this, input);
}

/// <inheritdoc cref="LeakyRelu"/>
internal sealed unsafe class LeakyReluLayer<TOps, TVector>(LeakyRelu definition, ImageShape input)
    : Layer(definition, input)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    private readonly float _slope = (float)definition.Slope;

    public override void Forward(LayerBuffers buffers) => Scale(buffers.Output.Pointer, buffers.Output);

    /// <summary>The slope being positive, an output has the sign of its input.</summary>
    public override void BackwardInput(LayerBuffers buffers) => Scale(buffers.Output.Pointer, buffers.OutputGradient);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(float* signs, AlignedBuffer buffer)
    {
        var (zero, slope) = (TOps.Broadcast(0), TOps.Broadcast(_slope));
        var values = buffer.Pointer;
        for (var end = values + buffer.Length; values < end; values += TOps.Width, signs += TOps.Width)
        {
            var value = TOps.Load(values);
            TOps.Store(
                TOps.Select(TOps.GreaterThan(TOps.Load(signs), zero), value, TOps.Multiply(value, slope)), values);
        }
    }
}
