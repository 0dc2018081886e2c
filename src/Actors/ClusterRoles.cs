namespace AdvFit.Actors;

/// <summary>The cluster roles of the processes.</summary>
public static class ClusterRoles
{
    /// <summary>The role of the processes that decide, record and analyse.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>The role of the processes that train and attack.</summary>
    public const string Node = "node";
}
