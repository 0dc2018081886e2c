using System.Diagnostics;

namespace AdvFit.Cluster.Tests;

/// <summary>A network of two machines in this one: this side, and a namespace that can be cut off from it. Needs root.</summary>
internal sealed class TwoNetworks : IDisposable
{
    public const string Here = "10.197.113.1", There = "10.197.113.2";

    private const string Namespace = "advfit-there", LinkHere = "advfit-here", LinkThere = "advfit-far";

    public TwoNetworks()
    {
        Dispose();
        Run("ip", "netns", "add", Namespace);
        Run("ip", "link", "add", LinkHere, "type", "veth", "peer", "name", LinkThere, "netns", Namespace);
        Run("ip", "address", "add", Here + "/30", "dev", LinkHere);
        Run("ip", "link", "set", LinkHere, "up");
        Run("ip", "-n", Namespace, "address", "add", There + "/30", "dev", LinkThere);
        Run("ip", "-n", Namespace, "link", "set", LinkThere, "up");
        Run("ip", "-n", Namespace, "link", "set", "lo", "up");
    }

    /// <summary>What runs a command over there.</summary>
    public static string[] Within => ["ip", "netns", "exec", Namespace];

    public static void Cut() => Run("ip", "link", "set", LinkHere, "down");

    public static void Mend() => Run("ip", "link", "set", LinkHere, "up");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Also of a run that was killed.
        if (Directory.Exists("/sys/class/net/" + LinkHere))
        {
            Run("ip", "link", "delete", LinkHere);
        }

        if (File.Exists("/run/netns/" + Namespace))
        {
            Run("ip", "netns", "delete", Namespace);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}

/// <summary>Processes that nobody can reach are given up, and what they did meanwhile does not count.</summary>
[Collection(WithPostgres.Name)]
[Trait("Category", "Cluster")]
[Trait("Category", "Namespaces")]
public sealed class Partitions(Postgres postgres)
{
    private const string Waits = "Couldn't join seed nodes";

    [Fact]
    public async Task The_first_coordinator_and_a_node_that_were_cut_off_come_back_into_the_one_cluster_and_what_they_did_is_fenced_out()
    {
        using var networks = new TwoNetworks();
        using var cluster = await TestCluster.StartAsync(
            postgres, nodes: 1, hostname: TwoNetworks.Here, firstHostname: TwoNetworks.There, firstWithin: [.. TwoNetworks.Within]);
        var (first, there) = (cluster.Coordinators[0], cluster.StartNode([.. TwoNetworks.Within], TwoNetworks.There));
        await cluster.Api.UntilReady(nodes: 2);

        var sweep = await cluster.Api.Submit(Specs.Interrupted);
        await Patience.Until("the far node works", async () => (await cluster.Api.Nodes()).Any(
            node => node.Name.StartsWith(TwoNetworks.There, StringComparison.Ordinal) && node.Working > 0));
        var (before, waited) = (first.ProcessId, Count(first.Log));
        TwoNetworks.Cut();
        using var here = cluster.Api.Of(1);
        await here.UntilEvents(sweep, "shuffle-released.1", 1);
        await Patience.Until("the first coordinator has begun anew and waits for the others",
            () => first.ProcessId != before && Count(first.Log) > waited);
        TwoNetworks.Mend();

        await Sweeps.ShouldEndAsIfNothingHadHappened(cluster, sweep);
        await Patience.Until("the far node saw that it was given up", () => there.Log.Contains("Ended", StringComparison.Ordinal)
            || there.Log.Contains("down", StringComparison.OrdinalIgnoreCase));
        await cluster.ShouldBeOneCluster(sweep);
    }

    private static int Count(string log) => log.Split(Waits).Length - 1;
}
