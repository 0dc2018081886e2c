namespace AdvFit.Actors;

/// <summary>What the processes of the cluster call each other's actors and themselves. Both roles have to agree on it.</summary>
public static class ClusterRoles
{
    /// <summary>The role of the processes that decide, record and analyse.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>The role of the processes that train and attack.</summary>
    public const string Node = "node";

    /// <summary>The singleton that knows all sweeps and nodes.</summary>
    public const string SweepCoordinator = "sweep-coordinator";

    /// <summary>The singleton that knows what the sweeps found.</summary>
    public const string Analysis = "analysis";

    /// <summary>The sharded entities of shuffles.</summary>
    public const string Shuffles = "shuffles";

    /// <summary>The actor of a node that owns its slots.</summary>
    public const string NodeExecutor = "node-executor";
}

/// <summary>Key of the registered way to <see cref="ClusterRoles.SweepCoordinator"/>.</summary>
public sealed class CoordinatorKey;

/// <summary>Key of the registered way to <see cref="ClusterRoles.Analysis"/>.</summary>
public sealed class AnalysisKey;

/// <summary>Key of the registered way to <see cref="ClusterRoles.Shuffles"/>.</summary>
public sealed class ShufflesKey;
