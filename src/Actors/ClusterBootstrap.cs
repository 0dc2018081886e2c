using System.Collections.Immutable;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.Actors;

/// <summary>The Akka.NET configuration that every process of the cluster shares.</summary>
public static class ClusterBootstrap
{
    // The longest message, and 64 KiB for its envelope.
    private const int FrameBytes = WireFormat.MaximumBytes + 64 * 1024;

    // By these the members find what they have no reference to (yet). Whatever else is selected by its path is not told.
    private static readonly string[] SelectedPaths =
    [
        "/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver", "/system/remote-watcher", $"/user/{ActorNames.ClusterFounder}",
        $"/system/sharding/{ClusterRoles.Coordinator}Replicator", $"/system/sharding/{ActorNames.Shuffles}Coordinator",
        $"/system/sharding/{ActorNames.Shuffles}Coordinator/singleton/coordinator", $"/user/{ActorNames.NodeExecutor}",
        .. new[] { ActorNames.SweepCoordinator, ActorNames.Analysis }.SelectMany(
            name => new[] { $"/user/{name}", $"/user/{name}/{name}" }),
    ];

    /// <summary>Adds remoting, cluster membership, the split brain resolver and the serializer.</summary>
    /// <param name="akka">The configuration to add to.</param>
    /// <param name="settings">How this process finds the cluster and is found.</param>
    /// <param name="role">The role of this process, one of <see cref="ClusterRoles"/>.</param>
    /// <param name="shutdown">The longest time that the first phase of the coordinated shutdown may take.</param>
    /// <exception cref="SweepException">A setting is missing or unsound.</exception>
    public static AkkaConfigurationBuilder WithAdvFit(
        this AkkaConfigurationBuilder akka, MembershipSettings settings, string role, TimeSpan shutdown)
    {
        var remoting = new RemoteOptions
        {
            HostName = settings.Hostname,
            PublicHostName = settings.PublicHostname ?? settings.Hostname,
            Port = settings.Port,
        };
        var self = role == ClusterRoles.Coordinator ? ClusterFounder.OwnSeed(settings) : null;
        var clustering = new ClusterOptions
        {
            Roles = [role],
            // A coordinator that were the first of them would found a cluster where it sees no other one.
            SeedNodes = [.. settings.SeedNodes.Where(seed => seed != self)],
            // Nodes come and go; who may go on is for the coordinators to say, and for a majority of all, not of those left.
            SplitBrainResolver = new StaticQuorumOption { QuorumSize = settings.MajorityOfCoordinators, Role = ClusterRoles.Coordinator },
        };
        akka.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithRemoting(remoting)
            .WithClustering(clustering)
            .WithCustomSerializer("advfit", [.. WireFormat.Types, typeof(JournaledEvent)], system => new WireSerializer(system))
            .WithSerializerPolicy()
            .AddHocon(Common(settings.MajorityOfCoordinators, shutdown), HoconAddMode.Prepend)
            .AddHocon(Tls(settings.Tls), HoconAddMode.Prepend);
        if (self is not null)
        {
            akka.AddStartup((system, _) => system.ActorOf(ClusterFounder.Props(self, settings.SeedNodes), ActorNames.ClusterFounder));
        }

        akka.AddStartup((system, _) =>
            system.ActorOf(QuorumKeeper.Props(settings.MajorityOfCoordinators, TimeSpan.FromSeconds(1)), "quorum-keeper"));
        return settings.Hocon is { } file ? akka.AddHocon(Override(file), HoconAddMode.Prepend) : akka;
    }

    private static Config Common(int majority, TimeSpan shutdown) => ConfigurationFactory.ParseString(
        $$"""
        akka {
          actor.serialization-bindings { "System.Object" = advfit }
          # They are, by those that refuse.
          log-serializer-override-on-start = off
          remote {
            # No member makes, stops or poisons an actor of another.
            untrusted-mode = on
            trusted-selection-paths = [{{string.Join(", ", SelectedPaths.Select(Quote))}}]
          }
          remote.dot-netty.tcp {
            maximum-frame-size = {{FrameBytes}}b
            send-buffer-size = {{FrameBytes}}b
            receive-buffer-size = {{FrameBytes}}b
          }
          cluster {
            # Nodes keep their processors busy: a late heartbeat is no death.
            failure-detector.acceptable-heartbeat-pause = 10s
            run-coordinated-shutdown-when-down = on
            # Nobody is up, and nothing is decided, in a cluster beside which there could be another one.
            role.{{ClusterRoles.Coordinator}}.min-nr-of-members = {{majority}}
            # In memory: who has which shard is found anew by a cluster that starts anew.
            sharding.distributed-data.durable.keys = []
          }
          coordinated-shutdown.phases.before-service-unbind.timeout = {{(int)shutdown.TotalSeconds}}s
        }
        """);

    private static Config Tls(TlsSettings tls)
    {
        if (tls.Certificate is null)
        {
            return tls.Required
                ? throw new SweepException("AdvFit:Cluster:Tls:Required is set, but AdvFit:Cluster:Tls:Certificate names no certificate.")
                : Config.Empty;
        }

        return File.Exists(tls.Certificate)
            ? ConfigurationFactory.ParseString(
                $$"""
                akka.remote.dot-netty.tcp {
                  enable-ssl = true
                  ssl {
                    suppress-validation = false
                    require-mutual-authentication = true
                    certificate { path = {{Quote(tls.Certificate)}}, password = {{Quote(tls.Password ?? "")}} }
                  }
                }
                """)
            : throw new SweepException($"AdvFit:Cluster:Tls:Certificate names {tls.Certificate}, which does not exist.");
    }

    private static Config Override(string file) => File.Exists(file)
        ? ConfigurationFactory.ParseString(File.ReadAllText(file))
        : throw new SweepException($"AdvFit:Cluster:Hocon names {file}, which does not exist.");

    /// <summary>A string quoted and escaped for HOCON.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
