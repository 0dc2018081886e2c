using System.Collections.Immutable;
using System.Globalization;

namespace AdvFit.Cluster.Tests;

/// <summary>A cluster of processes with a database and a folder of artifacts of its own.</summary>
internal sealed class TestCluster : IDisposable
{
    public const string Token = "a secret of the tests";

    // As in production, but quicker to give up who is gone.
    private const string Impatience = """
        akka.cluster {
          failure-detector { acceptable-heartbeat-pause = 4s, heartbeat-interval = 500ms }
          split-brain-resolver.stable-after = 4s
          down-removal-margin = 1s
        }
        """;

    private readonly string _connection;
    private readonly int[] _seedPorts;
    private readonly string _hostname;
    private readonly string _firstHostname;

    private TestCluster(Postgres postgres, int coordinators, string hostname, string firstHostname)
    {
        _connection = postgres.NewDatabase().Replace("127.0.0.1", hostname, StringComparison.Ordinal);
        (_hostname, _firstHostname) = (hostname, firstHostname);
        Folder = Directory.CreateTempSubdirectory("advfit-cluster-").FullName;
        _seedPorts = [.. Enumerable.Range(0, coordinators).Select(_ => FreePorts.Next())];
        File.WriteAllText(Path.Combine(Folder, "impatience.conf"), Impatience);
    }

    public string Folder { get; }

    public List<ClusterProcess> Coordinators { get; } = [];

    public List<ClusterProcess> Nodes { get; } = [];

    /// <summary>Whatever coordinator answers.</summary>
    public ClusterApi Api { get; private set; } = null!;

    /// <summary>The port at which the first coordinator talks to the others.</summary>
    public int RemotingPort => _seedPorts[0];

    /// <summary>Begins a cluster, and returns when it is ready and all its nodes have reported.</summary>
    /// <param name="firstHostname">Address of the first coordinator, also for HTTP; that of the cluster unless given.</param>
    /// <param name="firstWithin">A command that runs the first coordinator, such as one that enters a network namespace.</param>
    public static async Task<TestCluster> StartAsync(
        Postgres postgres, int coordinators = 3, int nodes = 3, string hostname = "127.0.0.1",
        string? firstHostname = null, ImmutableArray<string>? firstWithin = null)
    {
        var cluster = new TestCluster(postgres, coordinators, hostname, firstHostname ?? hostname);
        try
        {
            var ports = Enumerable.Range(0, coordinators).Select(_ => FreePorts.Next()).ToArray();
            cluster.Api = new ClusterApi([.. ports.Select((port, i) => new Uri($"http://{(i == 0 && firstHostname is not null ? firstHostname : "127.0.0.1")}:{port}"))]);
            for (var i = 0; i < coordinators; i++)
            {
                cluster.StartCoordinator(i, ports[i], i == 0 ? firstWithin ?? [] : []);
            }

            for (var i = 0; i < nodes; i++)
            {
                cluster.StartNode([]);
            }

            await cluster.Api.UntilReady(nodes);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Begins one more node.</summary>
    /// <param name="within">A command that runs another, such as one that enters a network namespace.</param>
    /// <param name="hostname">Its address; that of the cluster unless given.</param>
    public ClusterProcess StartNode(ImmutableArray<string> within, string? hostname = null)
    {
        var name = $"node-{Nodes.Count}";
        var node = new ClusterProcess(
            name, LogOf(name), [.. within, "dotnet", Built.GpuNode],
            Common(hostname ?? _hostname, FreePorts.Next(), FreePorts.Next()).Add("AdvFit__Node__Slots", "1").Add("AdvFit__Node__Threads", "1"));
        Nodes.Add(node);
        return node;
    }

    /// <summary>Every coordinator knows a sweep and all nodes.</summary>
    public async Task ShouldBeOneCluster(string sweep)
    {
        for (var i = 0; i < Coordinators.Count; i++)
        {
            using var one = Api.Of(i);
            await one.UntilReady(Nodes.Count);
            (await one.Events(sweep)).ShouldNotBeEmpty();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in Nodes.Concat(Coordinators))
        {
            process.Dispose();
        }

        if (Environment.GetEnvironmentVariable("ADVFIT_TEST_LOGS") is { } kept)
        {
            Directory.CreateDirectory(kept);
            foreach (var log in Directory.EnumerateFiles(Folder, "*.log"))
            {
                File.Copy(log, Path.Combine(kept, $"{Path.GetFileName(Folder)}-{Path.GetFileName(log)}"), overwrite: true);
            }
        }

        Directory.Delete(Folder, recursive: true);
    }

    private void StartCoordinator(int number, int httpPort, ImmutableArray<string> within)
    {
        var name = $"coordinator-{number}";
        Coordinators.Add(new ClusterProcess(
            name, LogOf(name), [.. within, "dotnet", Built.Coordinator],
            Common(HostnameOf(number), _seedPorts[number], httpPort)
                .Add("AdvFit__Http__Address", within is [] ? "127.0.0.1" : HostnameOf(number))
                .Add("AdvFit__Journal__ConnectionString", _connection)
                .Add("AdvFit__Http__Token", Token)
                .Add("AdvFit__Pbm__Port", FreePorts.Next().ToString(CultureInfo.InvariantCulture))));
    }

    private string HostnameOf(int coordinator) => coordinator == 0 ? _firstHostname : _hostname;

    private string LogOf(string name) => Path.Combine(Folder, name + ".log");

    private ImmutableDictionary<string, string> Common(string hostname, int port, int httpPort)
    {
        var environment = ImmutableDictionary<string, string>.Empty
            .Add("AdvFit__Cluster__Hostname", hostname)
            .Add("AdvFit__Cluster__Port", port.ToString(CultureInfo.InvariantCulture))
            .Add("AdvFit__Cluster__Hocon", Path.Combine(Folder, "impatience.conf"))
            .Add("AdvFit__Http__Port", httpPort.ToString(CultureInfo.InvariantCulture))
            .Add("AdvFit__Artifacts", Path.Combine(Folder, "artifacts"));
        for (var i = 0; i < _seedPorts.Length; i++)
        {
            environment = environment.Add($"AdvFit__Cluster__SeedNodes__{i}", $"akka.tcp://advfit@{HostnameOf(i)}:{_seedPorts[i]}");
        }

        return environment;
    }
}
