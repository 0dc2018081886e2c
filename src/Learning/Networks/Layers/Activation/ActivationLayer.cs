using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <summary>An activation, in place: its derivative follows from its output alone.</summary>
internal sealed unsafe class ActivationLayer<TFunction, TOps, TVector>(Activation definition, ImageShape shape)
    : Layer(definition, shape)
    where TFunction : struct, IActivationFunction<TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(LayerBuffers buffers)
    {
        var values = buffers.Output.Pointer;
        for (var end = values + buffers.Output.Length; values < end; values += TOps.Width)
        {
            TOps.Store(TFunction.Value(TOps.Load(values)), values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BackwardInput(LayerBuffers buffers)
    {
        float* outputs = buffers.Output.Pointer, gradients = buffers.OutputGradient.Pointer;
        for (var end = outputs + buffers.Output.Length; outputs < end; outputs += TOps.Width, gradients += TOps.Width)
        {
            TOps.Store(TFunction.Gradient(TOps.Load(outputs), TOps.Load(gradients)), gradients);
        }
    }
}

/// <summary>A function that is applied to each value on its own.</summary>
internal interface IActivationFunction<TVector>
{
    /// <summary>The function's value. NaN stays, so that nothing hides it.</summary>
    static abstract TVector Value(TVector input);

    /// <summary>The gradient by the input, from the value and the gradient by it.</summary>
    static abstract TVector Gradient(TVector output, TVector gradient);
}
