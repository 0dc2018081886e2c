using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Akka.Remote.Serialization;
using Akka.Serialization;
using Akka.Util;

namespace AdvFit.Actors;

/// <summary>
/// Which of Akka.NET's serializers read what comes over the network: a message names the one that reads it by a number,
/// whoever sent it, so each that is registered is a door. Open are AdvFit's own and those of Akka.NET's protocols. Those that
/// build whatever type they are told, and all that nothing here needs, are replaced by one that refuses and logs.
/// </summary>
public static class SerializerPolicy
{
    /// <summary>
    /// What the members say to each other: selections of actors (6), membership (5), sharding (13), singletons (14), replicated
    /// data (11, 12), and the strings and numbers in them (17). They build their own types, and read what is in them by its number.
    /// </summary>
    private static readonly FrozenSet<int> Trusted = [0, 5, 6, 11, 12, 13, 14, 17, WireSerializer.Id];

    /// <summary>
    /// Of what these can read, what the members need. Left out are those that can build an exception of any type, make or end
    /// an actor, or configure one.
    /// </summary>
    private static readonly Restriction[] Restrictions =
    [
        // Who are you, it is I, a reference, and two kinds of heartbeat.
        new("akka-misc", 16, system => new MiscMessageSerializer(system), ["ID", "AID", "AR", "RWHB", "RWHR"]),
        new("akka-system-msg", 22, system => new SystemMessageSerializer(system),
            [.. new[] { "Watch", "Unwatch", "DeathWatchNotification" }.Select(name => $"Akka.Dispatch.SysMsg.{name}, Akka")]),
    ];

    /// <summary>Those that Akka.NET and its plugins register, by name.</summary>
    private static readonly (string Name, int Id)[] Refused =
    [
        ("json", 1), ("proto", 2), ("daemon-create", 3), ("bytes", 4), ("akka-persistence-message", 7),
        ("akka-persistence-snapshot", 8), ("akka-pubsub", 9), ("akka-cluster-client", 15), ("akka-stream-ref", 30),
        ("reliable-delivery", 36),
    ];

    /// <summary>Opens and closes the doors.</summary>
    internal static AkkaConfigurationBuilder WithSerializerPolicy(this AkkaConfigurationBuilder akka)
    {
        foreach (var (name, id) in Refused)
        {
            akka.WithCustomSerializer(name, [], system => new RefusingSerializer(system, id));
        }

        foreach (var (name, id, create, manifests) in Restrictions)
        {
            akka.WithCustomSerializer(name, [], system => new RestrictedSerializer(system, id, create(system), manifests));
        }

        // Whatever else somebody's plugin or configuration registered.
        return akka.AddStartup((system, _) =>
        {
            foreach (var id in RegisteredIds(system).Where(id => !IsKnown(id)))
            {
                system.Serialization.AddSerializer($"refused-{id}", new RefusingSerializer((ExtendedActorSystem)system, id));
            }
        });
    }

    /// <summary>The numbers of all serializers that the configuration of a system registers.</summary>
    public static IEnumerable<int> RegisteredIds(ActorSystem system) =>
        system.Settings.Config.GetConfig("akka.actor.serialization-identifiers").AsEnumerable().Select(entry => entry.Value.GetInt());

    private static bool IsKnown(int id) =>
        Trusted.Contains(id) || Refused.Any(refused => refused.Id == id) || Restrictions.Any(restriction => restriction.Id == id);

    private static SerializationException Refusal(ExtendedActorSystem system, string what)
    {
        var reason = $"{what} is none of what the cluster sends.";
        Logging.GetLogger(system, typeof(SerializerPolicy)).Warning("Refused: {0}", reason);
        return new SerializationException(reason);
    }

    private sealed record Restriction(string Name, int Id, Func<ExtendedActorSystem, Serializer> Create, FrozenSet<string> Manifests);

    /// <summary>Reads and writes nothing.</summary>
    private sealed class RefusingSerializer(ExtendedActorSystem system, int id) : SerializerWithStringManifest(system)
    {
        public override int Identifier => id;

        public override string Manifest(object o) => throw Refusal(base.system, $"A {o.GetType()}");

        public override byte[] ToBinary(object obj) => throw Refusal(base.system, $"A {obj.GetType()}");

        public override object FromBinary(byte[] bytes, string manifest) => throw Refusal(base.system, $"A message for serializer {id}");
    }

    /// <summary>Reads and writes some of what another one can.</summary>
    private sealed class RestrictedSerializer(ExtendedActorSystem system, int id, Serializer inner, FrozenSet<string> manifests)
        : SerializerWithStringManifest(system)
    {
        public override int Identifier => id;

        public override string Manifest(object o) =>
            inner is SerializerWithStringManifest named ? named.Manifest(o) : o.GetType().TypeQualifiedName();

        public override byte[] ToBinary(object obj) =>
            manifests.Contains(Manifest(obj)) ? inner.ToBinary(obj) : throw Refusal(base.system, $"A {obj.GetType()}");

        public override object FromBinary(byte[] bytes, string manifest) =>
            !manifests.Contains(manifest) ? throw Refusal(base.system, $"A message for serializer {id} of another kind than it has to read")
            : inner is SerializerWithStringManifest named ? named.FromBinary(bytes, manifest)
            : inner.FromBinary(bytes, Type.GetType(manifest, throwOnError: true)!);
    }
}
