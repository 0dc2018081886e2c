namespace AdvFit.Actors;

/// <summary>Names of the actors that the processes of both roles address.</summary>
public static class ActorNames
{
    /// <summary>The singleton that knows all sweeps and nodes.</summary>
    public const string SweepCoordinator = "sweep-coordinator";

    /// <summary>The singleton that holds the results of the sweeps.</summary>
    public const string Analysis = "analysis";

    /// <summary>The shard region of the shuffles.</summary>
    public const string Shuffles = "shuffles";

    /// <summary>The actor of a node that owns its slots.</summary>
    public const string NodeExecutor = "node-executor";

    /// <summary>The actor of a coordinator that founds a cluster where there is none.</summary>
    public const string ClusterFounder = "cluster-founder";
}

/// <summary>Registry key of <see cref="ActorNames.SweepCoordinator"/>.</summary>
public sealed class CoordinatorKey;

/// <summary>Registry key of <see cref="ActorNames.Analysis"/>.</summary>
public sealed class AnalysisKey;

/// <summary>Registry key of <see cref="ActorNames.Shuffles"/>.</summary>
public sealed class ShufflesKey;
