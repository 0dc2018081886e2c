using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Kernels;

/// <summary>The kernels of one vector width. All pointers are to rows of 32 lanes unless said otherwise.</summary>
internal abstract unsafe class LaneKernels
{
    /// <summary>The kernels for a width; the same bits from each.</summary>
    public static LaneKernels For(VectorWidth width) => width switch
    {
        VectorWidth.Bits128 => new LaneKernels<Lanes128, Vector128<float>>(),
        VectorWidth.Bits256 => new LaneKernels<Lanes256, Vector256<float>>(),
        VectorWidth.Bits512 => new LaneKernels<Lanes512, Vector512<float>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width)),
    };

    /// <inheritdoc cref="WeightedSums{TOps,TVector}.Run"/>
    public abstract void WeightedSums(WeightedSumPlan plan, float* input, float* weights, float* bias, float* output);

    /// <inheritdoc cref="ConvolutionGradient{TOps,TVector}.Run"/>
    public abstract void ConvolutionGradient(
        ReadOnlySpan<int> blocks, ReadOnlySpan<int> inputs, ReadOnlySpan<int> taps, float* input, float* outputGradient,
        float* scratch, float* weightGradient, float* biasGradient);

    /// <inheritdoc cref="ConvolutionGradient{TOps,TVector}.RowSum"/>
    public abstract float RowSum(float* rows, int count, float* scratch);

    /// <inheritdoc cref="Pooling{TOps,TVector}.MaxForward"/>
    public abstract void MaxPool(ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* input, float* output);

    /// <inheritdoc cref="Pooling{TOps,TVector}.MaxBackward"/>
    public abstract void MaxPoolGradient(
        ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, bool overlapping, float* input, float* output,
        float* outputGradient, float* inputGradient);

    /// <inheritdoc cref="Pooling{TOps,TVector}.AverageForward"/>
    public abstract void AveragePool(ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* input, float* output);

    /// <inheritdoc cref="Pooling{TOps,TVector}.AverageBackward"/>
    public abstract void AveragePoolGradient(
        ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* outputGradient, float* inputGradient);

    /// <inheritdoc cref="Activations{TOps,TVector}.Relu"/>
    public abstract void Relu(float* values, int count);

    /// <inheritdoc cref="Activations{TOps,TVector}.ReluGradient"/>
    public abstract void ReluGradient(float* outputs, float* gradients, int count);

    /// <inheritdoc cref="Activations{TOps,TVector}.Tanh"/>
    public abstract void Tanh(float* values, int count);

    /// <inheritdoc cref="Activations{TOps,TVector}.TanhGradient"/>
    public abstract void TanhGradient(float* outputs, float* gradients, int count);

    /// <inheritdoc cref="CrossEntropy{TOps,TVector}.Softmax"/>
    public abstract void Softmax(float* logits, int classes, float* probabilities, float* shiftedSums);

    /// <inheritdoc cref="Adam{TOps,TVector}.Step"/>
    public abstract void AdamStep(
        in AdamConstants constants, float* gradient, float* firstMoment, float* secondMoment, float* weights, int count);

    /// <inheritdoc cref="Gather{TOps,TVector}.Bytes"/>
    public abstract void GatherBytes(byte** images, int pixels, float* target);
}

/// <inheritdoc/>
internal sealed unsafe class LaneKernels<TOps, TVector> : LaneKernels
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    public override void WeightedSums(WeightedSumPlan plan, float* input, float* weights, float* bias, float* output) =>
        WeightedSums<TOps, TVector>.Run(plan, input, weights, bias, output);

    public override void ConvolutionGradient(
        ReadOnlySpan<int> blocks, ReadOnlySpan<int> inputs, ReadOnlySpan<int> taps, float* input, float* outputGradient,
        float* scratch, float* weightGradient, float* biasGradient) =>
        ConvolutionGradient<TOps, TVector>.Run(
            blocks, inputs, taps, input, outputGradient, scratch, weightGradient, biasGradient);

    public override float RowSum(float* rows, int count, float* scratch) =>
        ConvolutionGradient<TOps, TVector>.RowSum(rows, count, scratch);

    public override void MaxPool(ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* input, float* output) =>
        Pooling<TOps, TVector>.MaxForward(windows, taps, input, output);

    public override void MaxPoolGradient(
        ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, bool overlapping, float* input, float* output,
        float* outputGradient, float* inputGradient) =>
        Pooling<TOps, TVector>.MaxBackward(windows, taps, overlapping, input, output, outputGradient, inputGradient);

    public override void AveragePool(ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* input, float* output) =>
        Pooling<TOps, TVector>.AverageForward(windows, taps, input, output);

    public override void AveragePoolGradient(
        ReadOnlySpan<int> windows, ReadOnlySpan<int> taps, float* outputGradient, float* inputGradient) =>
        Pooling<TOps, TVector>.AverageBackward(windows, taps, outputGradient, inputGradient);

    public override void Relu(float* values, int count) => Activations<TOps, TVector>.Relu(values, count);

    public override void ReluGradient(float* outputs, float* gradients, int count) =>
        Activations<TOps, TVector>.ReluGradient(outputs, gradients, count);

    public override void Tanh(float* values, int count) => Activations<TOps, TVector>.Tanh(values, count);

    public override void TanhGradient(float* outputs, float* gradients, int count) =>
        Activations<TOps, TVector>.TanhGradient(outputs, gradients, count);

    public override void Softmax(float* logits, int classes, float* probabilities, float* shiftedSums) =>
        CrossEntropy<TOps, TVector>.Softmax(logits, classes, probabilities, shiftedSums);

    public override void AdamStep(
        in AdamConstants constants, float* gradient, float* firstMoment, float* secondMoment, float* weights, int count) =>
        Adam<TOps, TVector>.Step(constants, gradient, firstMoment, secondMoment, weights, count);

    public override void GatherBytes(byte** images, int pixels, float* target) =>
        Gather<TOps, TVector>.Bytes(images, pixels, target);
}
