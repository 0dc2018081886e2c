using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Messages;

namespace AdvFit.Cli.Commands;

/// <summary>Parses lists of shuffle numbers such as <c>3,7-9</c>.</summary>
internal static class ShuffleNumbers
{
    /// <summary>The numbers, ascending and each once; null where the text is no such list.</summary>
    public static ImmutableArray<int>? Parse(string text)
    {
        var numbers = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2, StringSplitOptions.TrimEntries);
            if (!TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last) || last < first)
            {
                return null;
            }

            numbers.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. numbers];
    }

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= SweepSpec.MaximumShuffles;
}
