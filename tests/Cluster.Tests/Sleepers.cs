namespace AdvFit.Cluster.Tests;

/// <summary>Processes that sleep, and think when they wake up that nothing has happened.</summary>
[Collection(WithPostgres.Name)]
[Trait("Category", "Cluster")]
public sealed class Sleepers(Postgres postgres)
{
    private const string Released = "shuffle-released.1";

    /// <summary>
    /// The first seed node begins anew and sees nobody. Whether it is a cluster of its own then, and writes of the sweep what
    /// the sleepers do not know, is for the way in which clusters are formed to say: nothing is lost with it or without.
    /// </summary>
    [Fact]
    public async Task A_majority_that_slept_while_the_first_coordinator_began_anew_loses_nothing()
    {
        using var cluster = await TestCluster.StartAsync(postgres);
        var sweep = await cluster.Api.Submit(Specs.Interrupted);
        await cluster.Api.UntilEvents(sweep, Sweeps.Evaluated, 1);
        var first = await cluster.Api.Events(sweep);

        cluster.Coordinators[1].Pause();
        cluster.Coordinators[2].Pause();
        cluster.Coordinators[0].KillAndRestart();
        using var alone = cluster.Api.Of(0);
        await Patience.While(TimeSpan.FromSeconds(20), async () =>
            !await alone.IsReady() || (await alone.Events(sweep)).All(told => told.Type != Released));
        cluster.Coordinators[1].Resume();
        cluster.Coordinators[2].Resume();
        await cluster.Api.UntilEvents(sweep, Sweeps.Evaluated, 2);

        // Now it sees the others, and joins them.
        cluster.Coordinators[0].KillAndRestart();
        await cluster.Api.UntilEvents(sweep, Sweeps.Evaluated, 4);
        var acknowledged = await cluster.Api.Events(sweep);
        postgres.Restart();

        await Sweeps.ShouldEndAsIfNothingHadHappened(cluster, sweep);
        acknowledged.Take(first.Length).ShouldBe(first);
        (await cluster.Api.Events(sweep)).Take(acknowledged.Length).ShouldBe(acknowledged);
    }
}
