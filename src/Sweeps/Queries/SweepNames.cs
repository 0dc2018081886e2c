using System.Collections.Immutable;

namespace AdvFit.Sweeps.Queries;

/// <summary>Finds the sweep that a user means by what they call it.</summary>
public static class SweepNames
{
    /// <summary>The sweep of an id, or the latest begun of a name; null where there is none.</summary>
    /// <param name="asked">What the user said.</param>
    /// <param name="ids">The sweeps, the latest begun first.</param>
    public static string? Named(string asked, ImmutableArray<string> ids) =>
        ids.Contains(asked) ? asked : ids.FirstOrDefault(id => NameOf(id) == asked);

    /// <summary>The sweep whose id begins so; null where there is none.</summary>
    /// <exception cref="SweepException">There are several.</exception>
    public static string? Beginning(string start, ImmutableArray<string> ids)
    {
        var begun = ids.Where(id => id.StartsWith(start, StringComparison.Ordinal)).ToImmutableArray();
        return begun.Length > 1
            ? throw new SweepException($"`{start}` could be any of {string.Join(", ", begun)}; say more of the id.")
            : begun.FirstOrDefault();
    }

    /// <summary>The name in an id: all before its last dash.</summary>
    public static string NameOf(string id) => id[..id.LastIndexOf('-')];
}
