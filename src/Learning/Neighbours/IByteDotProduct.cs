namespace AdvFit.Learning.Neighbours;

/// <summary>
/// Products of small integers: every 32-bit word holds a quad of bytes. As with
/// <see cref="Kernels.ILaneOperations{TVector}"/>, a kernel is written once and compiled for each vector width.
/// </summary>
/// <typeparam name="TVector">A vector of <see cref="Width"/> words.</typeparam>
internal unsafe interface IByteDotProduct<TVector>
    where TVector : struct
{
    /// <summary>Words per vector.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(int* source);

    static abstract TVector Broadcast(int value);

    /// <summary>
    /// Word by word, sum + the four products of <paramref name="firstLevels"/> and <paramref name="firstPixels"/> + those of
    /// the second ones.
    /// </summary>
    /// <param name="firstLevels">Bytes 0 to 63: with more, the sum of four products would not fit into 16 bits.</param>
    /// <param name="firstPixels">Bytes -128 to 127.</param>
    /// <param name="secondLevels">As the first ones.</param>
    /// <param name="secondPixels">As the first ones.</param>
    /// <param name="sum">32-bit integers.</param>
    static abstract TVector MultiplyAdd(
        TVector firstLevels, TVector firstPixels, TVector secondLevels, TVector secondPixels, TVector sum);

    /// <summary>Stores the words as the nearest floats.</summary>
    static abstract void StoreSingle(TVector value, float* target);
}
