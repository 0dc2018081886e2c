namespace AdvFit.Sweeps.Store;

/// <summary>Where the artifacts of sweeps are.</summary>
public static class SweepFolders
{
    /// <summary>The folder, in a store or a shared volume, that has one for each sweep.</summary>
    public const string Name = "sweeps";

    /// <summary>The folder of a sweep's artifacts.</summary>
    /// <param name="root">The store's folder, or the shared volume.</param>
    /// <param name="sweep">The sweep's id.</param>
    public static string Of(string root, string sweep) => Path.Combine(root, Name, sweep);
}
