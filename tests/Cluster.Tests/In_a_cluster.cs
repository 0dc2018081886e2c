namespace AdvFit.Cluster.Tests;

/// <summary>What a sweep finds does not depend on where it runs, nor on who dies meanwhile.</summary>
[Collection(WithPostgres.Name)]
[Trait("Category", "Cluster")]
public sealed class In_a_cluster(Postgres postgres)
{
    [Fact]
    public async Task The_quickstart_gives_the_bytes_of_a_local_run()
    {
        using var cluster = await TestCluster.StartAsync(postgres);
        var spec = await File.ReadAllTextAsync(Built.Quickstart);
        var sweep = await cluster.Api.Submit(spec);
        await cluster.Api.UntilCompleted(sweep);
        (await cluster.Api.Results(sweep)).ShouldBe(LocalRun.Results(spec));
    }

    [Fact]
    public async Task Each_kind_of_process_may_be_killed_in_turn()
    {
        using var cluster = await TestCluster.StartAsync(postgres);
        var sweep = await cluster.Api.Submit(Specs.Interrupted);

        await cluster.Api.UntilEvents(sweep, Sweeps.Epoch, 4);
        cluster.Nodes[0].KillAndRestart();
        await cluster.Api.UntilEvents(sweep, Sweeps.Evaluated, 1);
        cluster.Coordinators[0].KillAndRestart();
        await cluster.Api.UntilEvents(sweep, Sweeps.Evaluated, 3);
        postgres.Restart();
        await cluster.Api.UntilEvents(sweep, Sweeps.Evaluated, 5);
        cluster.Coordinators.ForEach(coordinator => coordinator.Kill());
        cluster.Coordinators.ForEach(coordinator => coordinator.Start());

        await Sweeps.ShouldEndAsIfNothingHadHappened(cluster, sweep);
    }

    [Fact]
    public async Task Everything_may_be_restarted_in_good_order_without_losing_an_epoch()
    {
        using var cluster = await TestCluster.StartAsync(postgres);
        var sweep = await cluster.Api.Submit(Specs.Interrupted);
        await cluster.Api.UntilEvents(sweep, Sweeps.Epoch, 3);
        foreach (var process in cluster.Nodes.Concat(cluster.Coordinators))
        {
            (await process.StopAsync()).ShouldBe(0, process.Log);
            process.Start();
            await cluster.Api.UntilReady(cluster.Nodes.Count);
        }

        await Sweeps.ShouldEndAsIfNothingHadHappened(cluster, sweep);
        var events = await cluster.Api.Events(sweep);
        events.Count(told => told.Type == Sweeps.Epoch).ShouldBe(Specs.Shuffles * Specs.Epochs, "an epoch was repeated");
    }
}

/// <summary>Tests that share a PostgreSQL, one after the other: they want the whole machine.</summary>
[CollectionDefinition(Name)]
public sealed class WithPostgres : ICollectionFixture<Postgres>
{
    public const string Name = "PostgreSQL";
}
