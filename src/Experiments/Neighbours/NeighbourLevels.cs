using System.Collections.Immutable;

namespace AdvFit.Experiments;

/// <summary>The fit levels of a k-NN experiment.</summary>
public static class NeighbourLevels
{
    /// <summary>Z, Z - 2, .., 1: ascending in fit, since fewer neighbours fit the train samples closer.</summary>
    /// <param name="z">Odd, at least 1.</param>
    public static ImmutableArray<int> Of(int z) => [.. Enumerable.Range(0, (z + 1) / 2).Select(i => z - 2 * i)];
}
