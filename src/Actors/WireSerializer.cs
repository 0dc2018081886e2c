using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Actors;

/// <summary>
/// Serializes every message and event as <see cref="WireFormat"/>. It also replaces Akka.NET's fallback serializers, so that
/// what has no manifest is refused and logged rather than written with the names of CLR types.
/// </summary>
public sealed class WireSerializer(ExtendedActorSystem actorSystem) : SerializerWithStringManifest(actorSystem)
{
    /// <summary>The serializer's id. It is stored with every event, so it can never change.</summary>
    public const int Id = 7_501;

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => Guard(() => WireFormat.ManifestOf(o));

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => Guard(() => WireFormat.Write(obj));

    /// <inheritdoc/>
    /// <remarks>An event that cannot be read is an <see cref="UnreadableEvent"/>, so that it stops its own sweep and no other.</remarks>
    public override object FromBinary(byte[] bytes, string manifest) => Guard(() =>
    {
        try
        {
            return WireFormat.Read(manifest, bytes);
        }
        catch (FormatException error) when (WireFormat.IsOfEvent(manifest))
        {
            Warn(error);
            return new UnreadableEvent(error.Message);
        }
    });

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (FormatException error)
        {
            Warn(error);
            throw new SerializationException(error.Message, error);
        }
    }

    // Made when it is needed: at the start there is no log yet.
    private void Warn(FormatException error) => Logging.GetLogger(system, typeof(WireSerializer)).Warning("Refused: {0}", error.Message);
}
