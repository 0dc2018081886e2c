using System.Reflection;
using System.Text;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Actors;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Routing;
using Akka.Serialization;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Akka.Util;
using AkkaEvents = Akka.Event;

namespace AdvFit.Coordinator.Tests;

/// <summary>
/// Somebody who is no member talks to a process of the cluster by its remoting, and names the serializer that is to read what
/// it sends, for each of those that there are.
/// </summary>
public sealed class Payloads_from_strangers : IClassFixture<Payloads_from_strangers.Processes>, IDisposable
{
    private static int _built;

    private readonly ActorSystem _system;
    private readonly ActorSystem _stranger;
    private readonly TestProbe _log;
    private readonly string _address;

    /// <param name="processes">One of the cluster, and one that is no member.</param>
    public Payloads_from_strangers(Processes processes)
    {
        (_system, _stranger, _built) = (processes.Host.System, processes.Stranger, 0);
        _address = ((ExtendedActorSystem)_system).Provider.DefaultAddress.ToString();
        _log = new TestKit(_system).CreateTestProbe();
        _system.EventStream.Subscribe(_log, typeof(AkkaEvents.Warning));
    }

    public void Dispose() => _system.EventStream.Unsubscribe(_log);

    private static ActorSystem NewStranger()
    {
        var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(
                """
                akka {
                  loglevel = OFF
                  actor.provider = remote
                  remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
                }
                """))
            .And(SerializationSetup.Create(system => [SerializerDetails.Create("raw", new RawSerializer(system), [typeof(Raw)])]));
        return ActorSystem.Create("advfit", setup);
    }

    [Fact]
    public void For_no_serializer_build_a_type_that_they_name()
    {
        var ids = SerializerPolicy.RegisteredIds(_system).Distinct().Order().ToList();
        ids.ShouldContain(1);
        ids.ShouldContain(16);
        foreach (var id in ids.Except([WireSerializer.Id]))
        {
            Send(new Raw(id, Bomb.QualifiedName, Bomb.Json));
            IsStillReached();
        }

        _built.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(36)]
    public void Are_refused_with_a_line_in_the_log_where_nothing_needs_that_serializer(int id)
    {
        Send(new Raw(id, Bomb.QualifiedName, Bomb.Json));

        Refused($"A message for serializer {id} ");
    }

    [Fact]
    public void Cannot_have_built_an_exception_or_an_actor_or_a_router_of_their_choice()
    {
        var writer = (ExtendedActorSystem)_stranger;
        var misc = new MiscMessageSerializer(writer);
        var system = new SystemMessageSerializer(writer);
        var bomb = new BombException();
        Sent(new Raw(16, misc.Manifest(new Status.Failure(bomb)), Written(() => misc.ToBinary(new Status.Failure(bomb)))));
        Sent(new Raw(16, misc.Manifest(PoisonPill.Instance), []));
        Sent(new Raw(16, misc.Manifest(new RoundRobinPool(3)), Written(() => misc.ToBinary(new RoundRobinPool(3)))));
        Sent(new Raw(22, typeof(Recreate).TypeQualifiedName(), Written(() => system.ToBinary(new Recreate(bomb)))));
        Sent(new Raw(22, typeof(Terminate).TypeQualifiedName(), []));
        var create = Activator.CreateInstance(
            typeof(DaemonMsgCreateSerializer).Assembly.GetType("Akka.Remote.DaemonMsgCreate", throwOnError: true)!,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null,
            [Props.Create<BombActor>(), Deploy.None, $"{_address}/remote/akka.tcp/advfit@127.0.0.1:1/user/bomb", _stranger.DeadLetters], null)!;
        Sent(new Raw(3, "", Written(() => new DaemonMsgCreateSerializer(writer).ToBinary(create))), "/remote");

        _built.ShouldBe(0);

        void Sent(Raw raw, string to = "/system/cluster")
        {
            Send(raw, to);
            Refused($"A message for serializer {raw.Id} ");
        }
    }

    [Fact]
    public void Cannot_hide_a_payload_within_one_that_is_read()
    {
        // Who are you, and a selection of an actor, both with something in them that names its serializer.
        Send(new Identify(new Raw(1, Bomb.QualifiedName, Bomb.Json)));
        Refused("A message for serializer 1 ");
        _stranger.ActorSelection(_address + "/system/cluster/core/daemon").Tell(new Raw(1, Bomb.QualifiedName, Bomb.Json));
        Refused("A message for serializer 1 ");

        _built.ShouldBe(0);
    }

    [Fact]
    public void Cannot_select_an_actor_by_a_path_that_members_do_not_use()
    {
        var kit = new TestKit(_system);
        var victim = kit.CreateTestProbe();
        var path = victim.Ref.Path.ToStringWithoutAddress();

        _stranger.ActorSelection(_address + path).Tell("selected");
        IsStillReached();
        Send("addressed", path);

        // It can be addressed, as any actor; but whoever does that has to know it.
        victim.ExpectMsg("addressed");
    }

    private void Send(object message, string to = "/system/cluster") =>
        ((ExtendedActorSystem)_stranger).Provider.ResolveActorRef(_address + to).Tell(message, _stranger.DeadLetters);

    private void Refused(string beginning) => _log.FishForMessage<AkkaEvents.Warning>(
        warning => warning.Message.ToString()!.StartsWith("Refused: " + beginning, StringComparison.Ordinal), TimeSpan.FromSeconds(20));

    /// <summary>Whatever was sent before has arrived.</summary>
    private void IsStillReached() => _stranger.ActorSelection(_address + "/system/cluster/core/daemon")
        .ResolveOne(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult().ShouldNotBeNull();

    private byte[] Written(Func<byte[]> write) => Serialization.WithTransport((ExtendedActorSystem)_stranger, write);

    /// <summary>The processes, for all tests.</summary>
    public sealed class Processes : IAsyncLifetime
    {
        internal JournalHost Host { get; private set; } = null!;

        internal ActorSystem Stranger { get; private set; } = null!;

        public async Task InitializeAsync() => (Host, Stranger) = (await JournalHost.StartAsync(null), NewStranger());

        public async Task DisposeAsync()
        {
            await Stranger.Terminate();
            await Host.DisposeAsync();
        }
    }

    /// <summary>Bytes and the number of the serializer that is to read them.</summary>
    private sealed record Raw(int Id, string Name, byte[] Bytes);

    private sealed class RawSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        // Asked for after the bytes.
        private volatile int _id = 9_999;

        public override int Identifier => _id;

        public override string Manifest(object o) => ((Raw)o).Name;

        public override byte[] ToBinary(object obj)
        {
            _id = ((Raw)obj).Id;
            return ((Raw)obj).Bytes;
        }

        public override object FromBinary(byte[] bytes, string manifest) => throw new NotSupportedException();
    }

    /// <summary>Tells that it was built.</summary>
    public sealed class Bomb
    {
        public Bomb() => Interlocked.Increment(ref _built);

        public static string QualifiedName { get; } = typeof(Bomb).TypeQualifiedName();

        public static byte[] Json { get; } = Encoding.UTF8.GetBytes($$"""{"$type":"{{typeof(Bomb).AssemblyQualifiedName!.Split(", Version")[0]}}"}""");
    }

    /// <summary>The same, as an exception that is read.</summary>
    public sealed class BombException : Exception
    {
        public BombException()
            : base("boom")
        {
        }

#pragma warning disable SYSLIB0051
        private BombException(System.Runtime.Serialization.SerializationInfo info, System.Runtime.Serialization.StreamingContext context)
            : base(info, context) => Interlocked.Increment(ref _built);
#pragma warning restore SYSLIB0051
    }

    /// <summary>The same, as an actor.</summary>
    public sealed class BombActor : ReceiveActor
    {
        public BombActor() => Interlocked.Increment(ref _built);
    }
}
