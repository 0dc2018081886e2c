using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<int>;

namespace AdvFit.Learning.Neighbours;

/// <summary>128-bit vectors.</summary>
internal readonly unsafe struct ByteDotProduct128 : IByteDotProduct<V>
{
    public static int Width => 4;

    public static V Load(int* source) => Vector128.Load(source);

    public static V Broadcast(int value) => Vector128.Create(value);

    public static V MultiplyAdd(V firstLevels, V firstPixels, V secondLevels, V secondPixels, V sum)
    {
        if (!Ssse3.IsSupported)
        {
            return sum + Products(firstLevels, firstPixels) + Products(secondLevels, secondPixels);
        }

        var pairs = Ssse3.MultiplyAddAdjacent(firstLevels.AsByte(), firstPixels.AsSByte())
            + Ssse3.MultiplyAddAdjacent(secondLevels.AsByte(), secondPixels.AsSByte());
        return sum + Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One);
    }

    public static void StoreSingle(V value, float* target) => Vector128.ConvertToSingle(value).Store(target);

    private static V Products(V levels, V pixels) =>
        (levels & Vector128.Create(0xFF)) * ((pixels << 24) >> 24)
        + ((levels >> 8) & Vector128.Create(0xFF)) * ((pixels << 16) >> 24)
        + ((levels >> 16) & Vector128.Create(0xFF)) * ((pixels << 8) >> 24)
        + (levels >> 24) * (pixels >> 24);
}
