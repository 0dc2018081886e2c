using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<int>;

namespace AdvFit.Learning.Neighbours;

/// <summary>256-bit vectors.</summary>
internal readonly unsafe struct ByteDotProduct256 : IByteDotProduct<V>
{
    public static int Width => 8;

    public static V Load(int* source) => Vector256.Load(source);

    public static V Broadcast(int value) => Vector256.Create(value);

    public static V MultiplyAdd(V firstLevels, V firstPixels, V secondLevels, V secondPixels, V sum)
    {
        if (!Avx2.IsSupported)
        {
            return sum + Products(firstLevels, firstPixels) + Products(secondLevels, secondPixels);
        }

        var pairs = Avx2.MultiplyAddAdjacent(firstLevels.AsByte(), firstPixels.AsSByte())
            + Avx2.MultiplyAddAdjacent(secondLevels.AsByte(), secondPixels.AsSByte());
        return sum + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
    }

    public static void StoreSingle(V value, float* target) => Vector256.ConvertToSingle(value).Store(target);

    private static V Products(V levels, V pixels) =>
        (levels & Vector256.Create(0xFF)) * ((pixels << 24) >> 24)
        + ((levels >> 8) & Vector256.Create(0xFF)) * ((pixels << 16) >> 24)
        + ((levels >> 16) & Vector256.Create(0xFF)) * ((pixels << 8) >> 24)
        + (levels >> 24) * (pixels >> 24);
}
