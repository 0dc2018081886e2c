using System.Runtime.Intrinsics;

namespace AdvFit.Learning.Kernels;

/// <summary>Width of the vectors that the kernels run on. It changes the speed, never a bit of any result.</summary>
public enum VectorWidth
{
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

/// <summary>The machine's vector width, and how code that is generic over the width is run at one.</summary>
public static class VectorWidths
{
    /// <summary>The widest that the processor has in hardware.</summary>
    public static VectorWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : VectorWidth.Bits128;

    /// <summary>Runs an action in vectors of this width; the same bits from each.</summary>
    internal static void Run<TAction>(this VectorWidth width, TAction action)
        where TAction : struct, IVectorized
    {
        switch (width)
        {
            case VectorWidth.Bits128:
                action.Run<Lanes128, Vector128<float>>();
                break;
            case VectorWidth.Bits256:
                action.Run<Lanes256, Vector256<float>>();
                break;
            case VectorWidth.Bits512:
                action.Run<Lanes512, Vector512<float>>();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width));
        }
    }
}

/// <summary>An action that is written once for all vector widths: a kernel with its arguments, or what chooses kernels.</summary>
internal interface IVectorized
{
    void Run<TOps, TVector>()
        where TOps : struct, ILaneOperations<TVector>
        where TVector : struct;
}
