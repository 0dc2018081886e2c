
namespace AdvFit.Sweeps.Decisions;

/// <summary>Which named stages of a shuffle are done: a small immutable set of numbers, a bit each. One word of memory when empty.</summary>
public readonly struct NamedStages : IEquatable<NamedStages>
{
    private const int WordBits = 64;

    // Null is the empty set; else the last word is not 0, so that equal sets have equal words.
    private readonly ulong[]? _words;

    private NamedStages(ulong[]? words) => _words = words;

    /// <summary>The empty set.</summary>
    public static NamedStages None => default;

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
    public static NamedStages Of(IEnumerable<int> numbers) => numbers.Aggregate(None, (set, number) => set.With(number));

    /// <summary>Whether the set has a number.</summary>
    public bool Contains(int number) =>
        _words is not null && number / WordBits < _words.Length && (_words[number / WordBits] & Bit(number)) != 0;

    /// <summary>Whether it has all that another has.</summary>
    public bool ContainsAll(NamedStages other)
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
    public NamedStages With(int number)
    {
        if (Contains(number))
        {
            return this;
        }

        var words = new ulong[Math.Max(_words?.Length ?? 0, number / WordBits + 1)];
        _words?.CopyTo(words, 0);
        words[number / WordBits] |= Bit(number);
        return new NamedStages(words);
    }

    /// <summary>The set without a number.</summary>
    public NamedStages Without(int number)
    {
        if (!Contains(number))
        {
            return this;
        }

        var words = _words!.ToArray();
        words[number / WordBits] &= ~Bit(number);
        var length = words.AsSpan().LastIndexOfAnyExcept(0UL) + 1;
        return new NamedStages(length == 0 ? null : words[..length]);
    }

    /// <summary>All that either has.</summary>
    public NamedStages Union(NamedStages other) => other.Numbers.Aggregate(this, (set, number) => set.With(number));

    /// <inheritdoc/>
    public bool Equals(NamedStages other) => _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NamedStages other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Word(0).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Numbers);

    public static bool operator ==(NamedStages left, NamedStages right) => left.Equals(right);

    public static bool operator !=(NamedStages left, NamedStages right) => !left.Equals(right);

    private static ulong Bit(int number) => 1UL << number % WordBits;

    private ulong Word(int word) => _words is not null && word < _words.Length ? _words[word] : 0;
}
