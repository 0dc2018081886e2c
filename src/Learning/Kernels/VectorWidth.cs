using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Kernels;

/// <summary>Width of the vectors that the kernels run on. It changes the speed, never a bit of any result.</summary>
public enum VectorWidth
{
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

/// <summary>The machine's vector width.</summary>
public static class VectorWidths
{
    /// <summary>The widest that the processor has in hardware.</summary>
    public static VectorWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : VectorWidth.Bits128;
}
