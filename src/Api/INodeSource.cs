using System.Collections.Immutable;
using AdvFit.Sweeps;

namespace AdvFit.Api;

/// <summary>Lists the nodes of a cluster. Not thread-safe.</summary>
public interface INodeSource
{
    /// <summary>The nodes by name.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="IOException">The server cannot be used.</exception>
    ImmutableArray<NodeSnapshot> Nodes();
}
