namespace AdvFit.Cluster.Tests;

/// <summary>Processes that sleep, and think when they wake up that nothing has happened.</summary>
[Collection(WithPostgres.Name)]
[Trait("Category", "Cluster")]
public sealed class Sleepers(Postgres postgres)
{
    [Fact]
    public async Task A_coordinator_that_begins_anew_while_the_others_sleep_waits_for_them()
    {
        using var cluster = await TestCluster.StartAsync(postgres);
        var sweep = await cluster.Api.Submit(Specs.Interrupted);
        await Patience.While(TimeSpan.FromSeconds(20), async () =>
            (await cluster.Api.Events(sweep)).Count(told => told.Type == Sweeps.Evaluated) < 2);

        cluster.Coordinators[1].Pause();
        cluster.Coordinators[2].Pause();
        cluster.Coordinators[0].KillAndRestart();
        using var alone = cluster.Api.Of(0);
        await alone.UntilLive();
        // As long as it took to be ready when it founded a cluster of its own, twice over.
        await Patience.While(TimeSpan.FromSeconds(20), async () => !await alone.IsReady());
        (await alone.IsReady()).ShouldBeFalse("It is ready without the others.");
        cluster.Coordinators[1].Resume();
        cluster.Coordinators[2].Resume();

        await cluster.Api.UntilReady(cluster.Nodes.Count);
        var acknowledged = await cluster.Api.Events(sweep);
        postgres.Restart();
        await Sweeps.ShouldEndAsIfNothingHadHappened(cluster, sweep);
        (await cluster.Api.Events(sweep)).Take(acknowledged.Length).ShouldBe(acknowledged);
        await cluster.ShouldBeOneCluster(sweep);
    }

    [Fact]
    public async Task A_coordinator_whose_cluster_died_while_it_joined_finds_the_next_one()
    {
        using var cluster = await TestCluster.StartAsync(postgres, nodes: 1);
        var first = cluster.Coordinators[0];
        cluster.Coordinators[1].Pause();
        cluster.Coordinators[2].Pause();
        var lookedFor = Told("Couldn't join seed nodes");
        first.KillAndRestart();
        await Patience.Until("it looks for the others", () => Told("Couldn't join seed nodes") > lookedFor);
        var welcomes = Told("- Welcome from");
        cluster.Coordinators[1].Resume();
        cluster.Coordinators[2].Resume();
        await Patience.Until("it was let in", () => Told("- Welcome from") > welcomes);
        cluster.Coordinators[1].KillAndRestart();
        cluster.Coordinators[2].KillAndRestart();

        await cluster.Api.UntilReady(cluster.Nodes.Count);

        int Told(string what) => first.Log.Split(what).Length - 1;
    }
}
