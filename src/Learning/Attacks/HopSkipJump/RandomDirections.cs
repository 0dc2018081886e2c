using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AdvFit.Learning.Randomness;

namespace AdvFit.Learning.Attacks.HopSkipJump;

/// <summary>
/// Random directions, one per lane: coordinates uniform over the 65,536 odd multiples of 2^-16 in (-1, 1), drawn by
/// Philox4x32-10 as <see cref="RandomStream"/> draws them, two coordinates from each 32-bit draw, the low half first.
/// </summary>
internal static unsafe class RandomDirections
{
    private const int PixelsPerBlock = 8;
    private const int Rounds = RandomStream.Rounds;
    private const float Unit = 1f / (1 << 15);

    /// <summary>Fills the lanes with the directions of consecutive parts of one sample's stream.</summary>
    /// <param name="seed">Philox's key.</param>
    /// <param name="counter">Philox's counter but for the block: sample, shuffle, and the purpose word of the first lane.</param>
    /// <param name="noise">[pixels][lanes]; overwritten.</param>
    /// <param name="squares">Over lanes: becomes the sum of squares of each direction.</param>
    public static void Fill(
        ulong seed, (uint Sample, uint Shuffle, uint Purpose) counter, int pixels, Span<float> noise, Span<float> squares)
    {
        squares.Clear();
        var keys = stackalloc Vector512<ulong>[2 * Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var (key0, key1) = RandomStream.RoundKeys(seed, round);
            (keys[2 * round], keys[2 * round + 1]) = (Vector512.Create((ulong)key0), Vector512.Create((ulong)key1));
        }

        fixed (float* target = noise, sums = squares)
        {
            var blocks = (pixels + PixelsPerBlock - 1) / PixelsPerBlock;
            for (var block = 0; block < blocks; block++)
            {
                var rows = Math.Min(PixelsPerBlock, pixels - block * PixelsPerBlock);
                var start = target + (nint)block * PixelsPerBlock * squares.Length;
                if (squares.Length % Vector512<float>.Count == 0)
                {
                    FillBlock(keys, (uint)block, counter, rows, start, sums, squares.Length);
                }
                else
                {
                    FillBlockSlowly(seed, (uint)block, counter, rows, start, sums, squares.Length);
                }
            }
        }
    }

    private static void FillBlock(
        Vector512<ulong>* keys, uint block, (uint Sample, uint Shuffle, uint Purpose) counter, int rows, float* noise, float* squares,
        int lanes)
    {
        const int half = 8;
        var words = stackalloc Vector512<uint>[4];
        var parts = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7) << 8;
        for (var lane = 0; lane < lanes; lane += 2 * half)
        {
            var purposes = Vector512.Create((ulong)counter.Purpose) + (Vector512.Create((ulong)lane) << 8) + parts;
            var (a0, a1, a2, a3) = Philox(keys, block, counter.Sample, counter.Shuffle, purposes);
            var (b0, b1, b2, b3) = Philox(
                keys, block, counter.Sample, counter.Shuffle, purposes + Vector512.Create((ulong)half << 8));
            (words[0], words[1]) = (Vector512.Narrow(a0, b0), Vector512.Narrow(a1, b1));
            (words[2], words[3]) = (Vector512.Narrow(a2, b2), Vector512.Narrow(a3, b3));
            var sum = Vector512.Load(squares + lane);
            for (var row = 0; row < rows; row++)
            {
                var word = words[row / 2].AsInt32();
                var whole = Vector512.ConvertToSingle(((row & 1) == 0 ? word << 16 : word) >> 16);
                var value = Vector512.FusedMultiplyAdd(whole, Vector512.Create(Unit), Vector512.Create(Unit / 2));
                value.Store(noise + row * lanes + lane);
                sum = Vector512.FusedMultiplyAdd(value, value, sum);
            }

            sum.Store(squares + lane);
        }
    }

    private static void FillBlockSlowly(
        ulong seed, uint block, (uint Sample, uint Shuffle, uint Purpose) counter, int rows, float* noise, float* squares,
        int lanes)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            var (x0, x1, x2, x3) = RandomStream.Philox(
                (block, counter.Sample, counter.Shuffle, counter.Purpose + ((uint)lane << 8)), seed);
            for (var row = 0; row < rows; row++)
            {
                var word = (row / 2) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
                var whole = (short)((row & 1) == 0 ? word : word >> 16);
                var value = MathF.FusedMultiplyAdd(whole, Unit, Unit / 2);
                noise[row * lanes + lane] = value;
                squares[lane] = MathF.FusedMultiplyAdd(value, value, squares[lane]);
            }
        }
    }

    /// <summary>
    /// Eight counters at once, each word in the low half of a 64-bit element; the high halves are rubbish. They differ in the
    /// last word only, so a word of the first rounds that the last one has not reached yet is the same for all.
    /// </summary>
    /// <param name="keys">Both keys of each round, in every element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<ulong>, Vector512<ulong>, Vector512<ulong>, Vector512<ulong>) Philox(
        Vector512<ulong>* keys, uint block, uint sample, uint shuffle, Vector512<ulong> purposes)
    {
        var (m0, m1) = (Vector512.Create((ulong)RandomStream.Multiplier0), Vector512.Create((ulong)RandomStream.Multiplier1));
        var (left, right) = ((ulong)RandomStream.Multiplier0 * block, (ulong)RandomStream.Multiplier1 * shuffle);
        var (first, third) = ((uint)(right >> 32) ^ sample ^ (uint)keys[0][0], Vector512.Create(left >> 32) ^ purposes ^ keys[1]);

        var product = MultiplyLow(third, m1);
        var nextLeft = (ulong)RandomStream.Multiplier0 * first;
        var x0 = (product >> 32) ^ Vector512.Create(right) ^ keys[2];
        right = (ulong)RandomStream.Multiplier1 * ((uint)(nextLeft >> 32) ^ (uint)left ^ (uint)keys[3][0]);

        var x3 = MultiplyLow(x0, m0);
        x0 = Vector512.Create(right >> 32) ^ product ^ keys[4];
        var x1 = Vector512.Create(right);
        var x2 = (x3 >> 32) ^ Vector512.Create(nextLeft) ^ keys[5];

        for (var round = 3; round < Rounds; round++)
        {
            var fromFirst = MultiplyLow(x0, m0);
            var fromThird = MultiplyLow(x2, m1);
            (x0, x1, x2, x3) = (
                (fromThird >> 32) ^ x1 ^ keys[2 * round], fromThird, (fromFirst >> 32) ^ x3 ^ keys[2 * round + 1], fromFirst);
        }

        return (x0, x1, x2, x3);
    }

    /// <summary>The 64-bit products of the low halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLow(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.IsSupported ? Avx512F.Multiply(left.AsUInt32(), right.AsUInt32())
        : Avx2.IsSupported ? Vector512.Create(
            Avx2.Multiply(left.GetLower().AsUInt32(), right.GetLower().AsUInt32()),
            Avx2.Multiply(left.GetUpper().AsUInt32(), right.GetUpper().AsUInt32()))
        : (left & Vector512.Create(0xFFFFFFFFUL)) * right;
}
