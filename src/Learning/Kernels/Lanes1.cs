namespace AdvFit.Learning.Kernels;

/// <summary>One lane at a time: for tiles that no vector divides evenly.</summary>
internal readonly unsafe struct Lanes1 : ILaneOperations<float>
{
    public static int Width => 1;

    public static float Load(float* source) => *source;

    public static void Store(float value, float* target) => *target = value;

    public static float Broadcast(float value) => value;

    public static float LoadByte(int* source, int byteIndex) => (*source >>> (8 * byteIndex)) & 0xFF;

    public static float FusedMultiplyAdd(float left, float right, float addend) =>
        MathF.FusedMultiplyAdd(left, right, addend);

    public static float Add(float left, float right) => left + right;

    public static float Subtract(float left, float right) => left - right;

    public static float Multiply(float left, float right) => left * right;

    public static float Divide(float left, float right) => left / right;

    public static float SquareRoot(float value) => MathF.Sqrt(value);

    public static float Max(float left, float right) => left > right ? left : right;

    public static float Abs(float value) => MathF.Abs(value);

    public static float GreaterThan(float left, float right) => Mask(left > right);

    public static float EqualTo(float left, float right) => Mask(left == right);

    public static float And(float left, float right) => Float(Bits(left) & Bits(right));

    public static float AndNot(float left, float right) => Float(Bits(left) & ~Bits(right));

    public static float Or(float left, float right) => Float(Bits(left) | Bits(right));

    public static bool AnyTrue(float mask) => Bits(mask) != 0;

    public static float Select(float mask, float ifTrue, float ifFalse) =>
        Float((Bits(mask) & Bits(ifTrue)) | (~Bits(mask) & Bits(ifFalse)));

    public static float ScaleByPowerOfTwo(float value, float shifted) => Float(Bits(value) + (Bits(shifted) << 23));

    private static float Mask(bool condition) => Float(condition ? -1 : 0);

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);
}
