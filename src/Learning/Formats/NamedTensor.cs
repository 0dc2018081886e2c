using System.Runtime.InteropServices;

namespace AdvFit.Learning.Formats;

/// <summary>A tensor of a safetensors file: a name, a shape and values in row-major order.</summary>
/// <param name="Name">Unique in its file; PyTorch's parameter name, such as <c>conv1.weight</c>.</param>
/// <param name="Shape">Dimensions, slowest first; empty for a scalar.</param>
public abstract record NamedTensor(string Name, int[] Shape)
{
    /// <summary>The format's name of the element type.</summary>
    internal abstract string Type { get; }

    /// <summary>Bytes of one element.</summary>
    internal abstract int ElementSize { get; }

    /// <summary>Number of values held, which the shape must give too.</summary>
    internal abstract int Length { get; }

    /// <summary>The values as the file holds them, little-endian.</summary>
    internal abstract ReadOnlySpan<byte> Bytes { get; }
}

/// <summary>A tensor of 32-bit floating-point numbers, <c>F32</c>.</summary>
public sealed record Float32Tensor(string Name, int[] Shape, float[] Values) : NamedTensor(Name, Shape)
{
    internal override string Type => "F32";

    internal override int ElementSize => sizeof(float);

    internal override int Length => Values.Length;

    internal override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<float>(Values);
}

/// <summary>A tensor of 64-bit integers, <c>I64</c>, such as an optimiser's step count.</summary>
public sealed record Int64Tensor(string Name, int[] Shape, long[] Values) : NamedTensor(Name, Shape)
{
    internal override string Type => "I64";

    internal override int ElementSize => sizeof(long);

    internal override int Length => Values.Length;

    internal override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<long>(Values);
}
