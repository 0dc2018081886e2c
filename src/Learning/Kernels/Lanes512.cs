using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace AdvFit.Learning.Kernels;

/// <summary>512-bit vectors.</summary>
internal readonly unsafe struct Lanes512 : ILaneOperations<V>
{
    public static int Width => 16;

    public static V Load(float* source) => Vector512.Load(source);

    public static void Store(V value, float* target) => value.Store(target);

    public static V Broadcast(float value) => Vector512.Create(value);

    public static V LoadByte(int* source, int byteIndex) =>
        Vector512.ConvertToSingle((Vector512.Load(source) >>> (8 * byteIndex)) & Vector512.Create(0xFF));

    public static V FusedMultiplyAdd(V left, V right, V addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    public static V Add(V left, V right) => left + right;

    public static V Subtract(V left, V right) => left - right;

    public static V Multiply(V left, V right) => left * right;

    public static V Divide(V left, V right) => left / right;

    public static V SquareRoot(V value) => Vector512.Sqrt(value);

    public static V Max(V left, V right) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(left, right), left, right);

    public static V Abs(V value) => Vector512.Abs(value);

    public static V GreaterThan(V left, V right) => Vector512.GreaterThan(left, right);

    public static V EqualTo(V left, V right) => Vector512.Equals(left, right);

    public static V And(V left, V right) => left & right;

    public static V AndNot(V left, V right) => Vector512.AndNot(left, right);

    public static V Or(V left, V right) => left | right;

    public static bool AnyTrue(V mask) => mask.ExtractMostSignificantBits() != 0;

    public static V Select(V mask, V ifTrue, V ifFalse) => Vector512.ConditionalSelect(mask, ifTrue, ifFalse);

    public static V ScaleByPowerOfTwo(V value, V shifted) =>
        (value.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
}
