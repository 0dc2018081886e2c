namespace AdvFit.Learning.Kernels;

/// <summary>
/// The arithmetic that kernels are written in: a kernel is written once, generic over this, and compiled for each vector
/// width. Every operation works lane by lane, so all widths give the same bits.
/// </summary>
/// <typeparam name="TVector">A vector of <see cref="Width"/> floats. Comparisons return all-ones or all-zeros lanes.</typeparam>
internal unsafe interface ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>Floats per vector.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* target);

    static abstract TVector Broadcast(float value);

    /// <summary>Byte number <paramref name="byteIndex"/>, the lowest first, of each of the 32-bit words, as a float.</summary>
    static abstract TVector LoadByte(int* source, int byteIndex);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector SquareRoot(TVector value);

    /// <summary>The larger one; the right one where they compare equal or unordered.</summary>
    static abstract TVector Max(TVector left, TVector right);

    static abstract TVector Abs(TVector value);

    static abstract TVector GreaterThan(TVector left, TVector right);

    static abstract TVector EqualTo(TVector left, TVector right);

    static abstract TVector And(TVector left, TVector right);

    /// <summary>left and not right, bitwise.</summary>
    static abstract TVector AndNot(TVector left, TVector right);

    static abstract TVector Or(TVector left, TVector right);

    /// <summary>Whether any lane of a comparison's result is set.</summary>
    static abstract bool AnyTrue(TVector mask);

    static abstract TVector Select(TVector mask, TVector ifTrue, TVector ifFalse);

    /// <summary>value * 2^n, where n is the integer in the low mantissa bits of <paramref name="shifted"/>.</summary>
    static abstract TVector ScaleByPowerOfTwo(TVector value, TVector shifted);
}
