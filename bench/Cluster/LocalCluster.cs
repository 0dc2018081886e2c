using Akka.Actor;
using Akka.Hosting;
using AdvFit.Actors;
using AdvFit.Coordinator;
using AdvFit.Coordinator.Journal;
using AdvFit.Experiments;
using AdvFit.GpuNode;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvFit.Cluster.Bench;

/// <summary>
/// Coordinators and nodes as the programs set them up, each an actor system of its own with its own port, but in one process.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<IHost> _hosts = [];
    private readonly string[] _seeds;

    private LocalCluster(string[] seeds) => _seeds = seeds;

    private IHost Coordinator => _hosts[0];

    /// <summary>Starts one; what it is asked waits until it is formed.</summary>
    /// <param name="createExecutor">Makes what does the work; none is done without nodes.</param>
    public static async Task<LocalCluster> Start(
        int coordinators, int nodes, int slots, JournalSettings journal, Func<RunShuffle, IShuffleExecutor> createExecutor)
    {
        int[] ports = [.. Enumerable.Range(0, coordinators).Select(_ => PostgresDatabase.FreePort())];
        var cluster = new LocalCluster([.. ports.Select(port => $"akka.tcp://advfit@127.0.0.1:{port}")]);
        foreach (var port in ports)
        {
            await cluster.Add(port, (akka, membership) => akka.WithCoordinator(membership, journal, Patience, Session));
        }

        for (var node = 0; node < nodes; node++)
        {
            await cluster.Add(0, (akka, membership) => akka.WithNode(membership, slots, Patience, createExecutor));
        }

        return cluster;
    }

    /// <summary>Asks an actor until it answers.</summary>
    /// <typeparam name="TKey">Key of the way to it.</typeparam>
    public async Task<IWireMessage> Ask<TKey>(IWireMessage question)
    {
        var way = await ActorRegistry.For(Coordinator.Services.GetRequiredService<ActorSystem>()).GetAsync<TKey>();
        while (true)
        {
            try
            {
                return await way.Ask<IWireMessage>(question, TimeSpan.FromSeconds(60)) switch
                {
                    Refused refused => throw new SweepException(refused.Reason),
                    var answer => answer,
                };
            }
            catch (AskTimeoutException)
            {
                // As HTTP's clients do: it may not have begun yet.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task Add(int port, Action<AkkaConfigurationBuilder, MembershipSettings> build)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience + Patience);
        builder.Services.AddAkka("advfit", akka => build(
            akka.AddHocon("akka.stdout-loglevel = OFF", HoconAddMode.Prepend),
            new MembershipSettings { Port = port, SeedNodes = _seeds }));
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
    }

    private static SessionProvenance Session(int slots) => new("bench", "unknown", "here", "here", "here", slots);
}
