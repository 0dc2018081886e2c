using System.Globalization;
using Akka.Cluster.Sharding;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Actors;

/// <summary>Maps messages about shuffles to sharded entities. Every process of the cluster has to use the same mapping.</summary>
public sealed class ShuffleMessageExtractor() : HashCodeMessageExtractor(Shards)
{
    /// <summary>About ten for each coordinator that there may be. It can only be changed with all of them stopped.</summary>
    private const int Shards = 60;

    /// <summary>The entity id of a shuffle.</summary>
    public static string IdOf(string sweep, int shuffle) => $"{sweep}:{shuffle}";

    /// <summary>The sweep and the number of the shuffle that has an entity id.</summary>
    public static (string Sweep, int Shuffle) ShuffleOf(string id)
    {
        var end = id.LastIndexOf(':');
        return (id[..end], int.Parse(id.AsSpan(end + 1), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string? EntityId(object message) =>
        message is IShuffleMessage about ? IdOf(about.Sweep, about.Shuffle) : null;
}
