using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<int>;

namespace AdvFit.Learning.Neighbours;

/// <summary>512-bit vectors.</summary>
internal readonly unsafe struct ByteDotProduct512 : IByteDotProduct<V>
{
    public static int Width => 16;

    public static V Load(int* source) => Vector512.Load(source);

    public static V Broadcast(int value) => Vector512.Create(value);

    public static V MultiplyAdd(V firstLevels, V firstPixels, V secondLevels, V secondPixels, V sum)
    {
        if (!Avx512BW.IsSupported)
        {
            return sum + Products(firstLevels, firstPixels) + Products(secondLevels, secondPixels);
        }

        var pairs = Avx512BW.MultiplyAddAdjacent(firstLevels.AsByte(), firstPixels.AsSByte())
            + Avx512BW.MultiplyAddAdjacent(secondLevels.AsByte(), secondPixels.AsSByte());
        return sum + Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
    }

    public static void StoreSingle(V value, float* target) => Vector512.ConvertToSingle(value).Store(target);

    private static V Products(V levels, V pixels) =>
        (levels & Vector512.Create(0xFF)) * ((pixels << 24) >> 24)
        + ((levels >> 8) & Vector512.Create(0xFF)) * ((pixels << 16) >> 24)
        + ((levels >> 16) & Vector512.Create(0xFF)) * ((pixels << 8) >> 24)
        + (levels >> 24) * (pixels >> 24);
}
