using System.Collections.Immutable;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The request is done, durably.</summary>
public sealed record Done : IWireMessage;

/// <summary>The request is refused; nothing was recorded.</summary>
/// <param name="Reason">One sentence for a person.</param>
public sealed record Refused(string Reason) : IWireMessage;

/// <summary>The sweep is registered, durably.</summary>
/// <param name="IsNew">Whether it was not there before.</param>
public sealed record SweepAccepted(string Sweep, bool IsNew) : IWireMessage;

/// <summary>The fact is durable, at the entity and at the sweep: the node may go on.</summary>
public sealed record FactAccepted : IWireMessage;

/// <summary>The attempt is no longer the one that counts: whatever is left of it may stop at once.</summary>
public sealed record AttemptFenced : IWireMessage;

/// <summary>How soon an attempt should stop.</summary>
public enum AttemptStop
{
    /// <summary>Once the running stage is done and recorded.</summary>
    AtSafePoint,

    /// <summary>Now.</summary>
    AtOnce,
}

/// <summary>An attempt that should stop.</summary>
public sealed record AttemptOrder(AttemptId Attempt, AttemptStop Stop);

/// <summary>Which of a node's attempts should stop: all of them, told again with every report.</summary>
public sealed record NodeOrders(ImmutableArray<AttemptOrder> Stop) : IWireMessage;
