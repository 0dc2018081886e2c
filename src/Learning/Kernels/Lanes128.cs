using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<float>;

namespace AdvFit.Learning.Kernels;

/// <summary>128-bit vectors.</summary>
internal readonly unsafe struct Lanes128 : ILaneOperations<V>
{
    public static int Width => 4;

    public static V Load(float* source) => Vector128.Load(source);

    public static void Store(V value, float* target) => value.Store(target);

    public static V Broadcast(float value) => Vector128.Create(value);

    public static V LoadByte(int* source, int byteIndex) =>
        Vector128.ConvertToSingle((Vector128.Load(source) >>> (8 * byteIndex)) & Vector128.Create(0xFF));

    public static V FusedMultiplyAdd(V left, V right, V addend) =>
        Vector128.FusedMultiplyAdd(left, right, addend);

    public static V Add(V left, V right) => left + right;

    public static V Subtract(V left, V right) => left - right;

    public static V Multiply(V left, V right) => left * right;

    public static V Divide(V left, V right) => left / right;

    public static V SquareRoot(V value) => Vector128.Sqrt(value);

    public static V Max(V left, V right) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);

    public static V Abs(V value) => Vector128.Abs(value);

    public static V GreaterThan(V left, V right) => Vector128.GreaterThan(left, right);

    public static V EqualTo(V left, V right) => Vector128.Equals(left, right);

    public static V And(V left, V right) => left & right;

    public static V AndNot(V left, V right) => Vector128.AndNot(left, right);

    public static V Or(V left, V right) => left | right;

    public static bool AnyTrue(V mask) => mask.ExtractMostSignificantBits() != 0;

    public static V Select(V mask, V ifTrue, V ifFalse) => Vector128.ConditionalSelect(mask, ifTrue, ifFalse);

    public static V ScaleByPowerOfTwo(V value, V shifted) =>
        (value.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
}
