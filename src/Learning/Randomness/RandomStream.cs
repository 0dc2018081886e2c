namespace AdvFit.Learning.Randomness;

/// <summary>
/// A counter-based generator: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). The
/// stream is a pure function of its key, so a draw never depends on the draws made elsewhere, before or beside it.
/// </summary>
/// <remarks>
/// Key: the sweep's seed. Counter: block of four draws, sample, shuffle, purpose in the low byte beside the part.
/// </remarks>
public struct RandomStream
{
    /// <summary>The largest number of a stream within a sample's.</summary>
    public const int LargestPart = (1 << 24) - 1;

    internal const int Rounds = 10;
    internal const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;

    private readonly ulong _seed;
    private readonly uint _sample, _shuffle, _purpose;
    private uint _block;
    private int _unused;
    private (uint X0, uint X1, uint X2, uint X3) _draws;

    /// <param name="part">Number of a stream of its own within the sample's, from 0 to <see cref="LargestPart"/>.</param>
    public RandomStream(ulong seed, int shuffle, Purpose purpose, int sample = 0, int part = 0)
    {
        (_seed, _sample, _shuffle, _purpose) = (seed, (uint)sample, (uint)shuffle, PurposeWord(purpose, part));
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextBits()
    {
        if (_unused == 0)
        {
            _draws = Philox((_block++, _sample, _shuffle, _purpose), _seed);
            _unused = 4;
        }

        return _unused-- switch { 4 => _draws.X0, 3 => _draws.X1, 2 => _draws.X2, _ => _draws.X3 };
    }

    /// <summary>The next draw from [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => (NextBits() >> 8) * (1f / (1 << 24));

    /// <summary>The next draw from 0 to <paramref name="bound"/> - 1, all equally likely (Lemire 2019).</summary>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var product = (ulong)NextBits() * (uint)bound;
        var rejected = (uint)-bound % (uint)bound;
        while ((uint)product < rejected)
        {
            product = (ulong)NextBits() * (uint)bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>Puts the items into a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextBelow(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>The last word of the counter.</summary>
    internal static uint PurposeWord(Purpose purpose, int part) => purpose.Number | ((uint)part << 8);

    /// <summary>Philox on one counter.</summary>
    internal static (uint, uint, uint, uint) Philox((uint, uint, uint, uint) counter, ulong seed)
    {
        var (x0, x1, x2, x3) = counter;
        for (var round = 0; round < Rounds; round++)
        {
            var (k0, k1) = RoundKeys(seed, round);
            var left = (ulong)Multiplier0 * x0;
            var right = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(right >> 32) ^ x1 ^ k0, (uint)right, (uint)(left >> 32) ^ x3 ^ k1, (uint)left);
        }

        return (x0, x1, x2, x3);
    }

    /// <summary>The keys of a round: the seed's halves, raised by the article's constants for each round before.</summary>
    internal static (uint, uint) RoundKeys(ulong seed, int round) =>
        ((uint)seed + (uint)round * 0x9E3779B9, (uint)(seed >> 32) + (uint)round * 0xBB67AE85);
}
