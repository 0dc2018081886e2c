using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks;

/// <summary>An activation, in place: its derivative follows from its output alone.</summary>
internal sealed unsafe class ActivationLayer(Activation definition, ImageShape shape) : Layer(definition, shape)
{
    public override bool InPlace => true;

    public override void Forward(LaneKernels kernels, LayerBuffers buffers)
    {
        if (definition.Kind == ActivationKind.Relu)
        {
            kernels.Relu(buffers.Output.Pointer, buffers.Output.Length);
        }
        else
        {
            kernels.Tanh(buffers.Output.Pointer, buffers.Output.Length);
        }
    }

    public override void BackwardInput(LaneKernels kernels, LayerBuffers buffers)
    {
        if (definition.Kind == ActivationKind.Relu)
        {
            kernels.ReluGradient(buffers.Output.Pointer, buffers.OutputGradient.Pointer, buffers.Output.Length);
        }
        else
        {
            kernels.TanhGradient(buffers.Output.Pointer, buffers.OutputGradient.Pointer, buffers.Output.Length);
        }
    }
}
