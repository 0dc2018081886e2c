
namespace AdvFit.Sweeps.Decisions;

/// <summary>Which named stages of a shuffle are done: a small immutable set of numbers, a bit each. One word of memory when empty.</summary>
public readonly struct StageSet : IEquatable<StageSet>
{
    private const int WordBits = 64;

    // Null is the empty set; else the last word is not 0, so that equal sets have equal words.
    private readonly ulong[]? _words;

    private StageSet(ulong[]? words) => _words = words;

    /// <summary>The empty set.</summary>
    public static StageSet None => default;

    /// <summary>The numbers in the set, ascending.</summary>
    public IEnumerable<int> Numbers
    {
        get
        {
            var set = this;
            return Enumerable.Range(0, (set._words?.Length ?? 0) * WordBits).Where(set.Contains);
        }
    }

    /// <summary>The set of these numbers.</summary>
    public static StageSet Of(IEnumerable<int> numbers) => numbers.Aggregate(None, (set, number) => set.With(number));

    /// <summary>Whether the set has a number.</summary>
    public bool Contains(int number) =>
        _words is not null && number / WordBits < _words.Length && (_words[number / WordBits] & Bit(number)) != 0;

    /// <summary>Whether it has all that another has.</summary>
    public bool ContainsAll(StageSet other)
    {
        for (var word = 0; word < (other._words?.Length ?? 0); word++)
        {
            if ((other._words![word] & ~Word(word)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The set with a number.</summary>
    public StageSet With(int number)
    {
        if (Contains(number))
        {
            return this;
        }

        var words = new ulong[Math.Max(_words?.Length ?? 0, number / WordBits + 1)];
        _words?.CopyTo(words, 0);
        words[number / WordBits] |= Bit(number);
        return new StageSet(words);
    }

    /// <summary>The set without a number.</summary>
    public StageSet Without(int number)
    {
        if (!Contains(number))
        {
            return this;
        }

        var words = _words!.ToArray();
        words[number / WordBits] &= ~Bit(number);
        var length = words.AsSpan().LastIndexOfAnyExcept(0UL) + 1;
        return new StageSet(length == 0 ? null : words[..length]);
    }

    /// <summary>All that either has.</summary>
    public StageSet Union(StageSet other) => other.Numbers.Aggregate(this, (set, number) => set.With(number));

    /// <inheritdoc/>
    public bool Equals(StageSet other) => _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StageSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Word(0).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Numbers);

    public static bool operator ==(StageSet left, StageSet right) => left.Equals(right);

    public static bool operator !=(StageSet left, StageSet right) => !left.Equals(right);

    private static ulong Bit(int number) => 1UL << number % WordBits;

    private ulong Word(int word) => _words is not null && word < _words.Length ? _words[word] : 0;
}
