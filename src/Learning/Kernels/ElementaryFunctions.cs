using System.Runtime.CompilerServices;

namespace AdvFit.Learning.Kernels;

/// <summary>
/// exp, tanh and the logistic function, written out so that every vector width, processor and operating system gives the same bits.
/// Coefficients: Cephes, single precision (Moshier 1989), expf.c and tanhf.c.
/// </summary>
internal static unsafe class ElementaryFunctions<TOps, TVector>
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>e^x to about one unit in the last place; held at e^-87 below x = -87 and capped at e^88 above 88. NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        x = TOps.Max(TOps.Broadcast(-87f), x);
        x = TOps.Select(TOps.GreaterThan(x, TOps.Broadcast(88f)), TOps.Broadcast(88f), x);
        // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
        var magic = TOps.Broadcast(12582912f);
        var shifted = TOps.FusedMultiplyAdd(x, TOps.Broadcast(1.44269504088896341f), magic);
        var n = TOps.Subtract(shifted, magic);
        var r = TOps.FusedMultiplyAdd(n, TOps.Broadcast(-0.693359375f), x);
        r = TOps.FusedMultiplyAdd(n, TOps.Broadcast(2.12194440e-4f), r);
        var p = TOps.Broadcast(1.9875691500E-4f);
        p = TOps.FusedMultiplyAdd(p, r, TOps.Broadcast(1.3981999507E-3f));
        p = TOps.FusedMultiplyAdd(p, r, TOps.Broadcast(8.3334519073E-3f));
        p = TOps.FusedMultiplyAdd(p, r, TOps.Broadcast(4.1665795894E-2f));
        p = TOps.FusedMultiplyAdd(p, r, TOps.Broadcast(1.6666665459E-1f));
        p = TOps.FusedMultiplyAdd(p, r, TOps.Broadcast(5.0000001201E-1f));
        p = TOps.FusedMultiplyAdd(TOps.Multiply(p, r), r, TOps.Add(r, TOps.Broadcast(1f)));
        return TOps.ScaleByPowerOfTwo(p, shifted);
    }

    /// <summary>tanh x to about two units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        var magnitude = TOps.Abs(x);
        var square = TOps.Multiply(x, x);
        var p = TOps.Broadcast(-5.70498872745E-3f);
        p = TOps.FusedMultiplyAdd(p, square, TOps.Broadcast(2.06390887954E-2f));
        p = TOps.FusedMultiplyAdd(p, square, TOps.Broadcast(-5.37397155531E-2f));
        p = TOps.FusedMultiplyAdd(p, square, TOps.Broadcast(1.33314422036E-1f));
        p = TOps.FusedMultiplyAdd(p, square, TOps.Broadcast(-3.33332819422E-1f));
        var small = TOps.FusedMultiplyAdd(TOps.Multiply(p, square), x, x);

        // 1 - 2 / (e^2|x| + 1), with x's sign.
        var one = TOps.Broadcast(1f);
        var e = Exp(TOps.Add(magnitude, magnitude));
        var large = TOps.Subtract(one, TOps.Divide(TOps.Broadcast(2f), TOps.Add(e, one)));
        large = TOps.Or(large, TOps.And(x, TOps.Broadcast(-0f)));
        return TOps.Select(TOps.GreaterThan(magnitude, TOps.Broadcast(0.625f)), large, small);
    }

    /// <summary>1 / (1 + e^-x), in [0, 1], to about two units in the last place where x is above -87. NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Logistic(TVector x)
    {
        var one = TOps.Broadcast(1f);
        return TOps.Divide(one, TOps.Add(one, Exp(TOps.Subtract(TOps.Broadcast(0f), x))));
    }
}
