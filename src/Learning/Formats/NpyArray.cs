using System.Runtime.InteropServices;

namespace AdvFit.Learning.Formats;

/// <summary>An array as NumPy stores it: a shape and values in row-major order.</summary>
/// <param name="Shape">Dimensions, slowest first; empty for a scalar.</param>
public abstract record NpyArray(int[] Shape)
{
    /// <summary>NumPy's name of the element type, such as <c>&lt;f4</c>.</summary>
    internal abstract string Type { get; }

    /// <summary>Number of values held, which the shape must give too.</summary>
    internal abstract int Length { get; }

    /// <summary>The values as the file holds them, little-endian.</summary>
    internal abstract ReadOnlySpan<byte> Bytes { get; }
}

/// <summary>An array of one of the element types float, double, byte, bool, int and long.</summary>
public sealed record NpyArray<T>(int[] Shape, T[] Values) : NpyArray(Shape)
    where T : unmanaged
{
    internal override string Type => NpyType.Of<T>();

    internal override int Length => Values.Length;

    internal override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<T>(Values);
}

/// <summary>NumPy's names of the element types.</summary>
internal static class NpyType
{
    public const string Float32 = "<f4";
    public const string Float64 = "<f8";
    public const string UInt8 = "|u1";
    public const string Boolean = "|b1";
    public const string Int32 = "<i4";
    public const string Int64 = "<i8";

    /// <exception cref="NotSupportedException">The type is none of the six.</exception>
    public static string Of<T>() => default(T) switch
    {
        float => Float32,
        double => Float64,
        byte => UInt8,
        bool => Boolean,
        int => Int32,
        long => Int64,
        _ => throw new NotSupportedException($".npy files of {typeof(T).Name} are not supported."),
    };
}
