using System.Collections.Immutable;
using AdvFit.Sweeps;

namespace AdvFit.Api;

/// <summary>Sweeps that nodes work on, to be looked at. Not thread-safe.</summary>
public interface INodeSource
{
    /// <summary>The nodes by name.</summary>
    /// <exception cref="SweepException">Who asks may not know.</exception>
    /// <exception cref="IOException">They cannot be asked.</exception>
    ImmutableArray<NodeSnapshot> Nodes();
}
