namespace AdvFit.Cluster.Tests;

/// <summary>What a sweep finds does not depend on where it runs, nor on who dies meanwhile.</summary>
[Collection(WithPostgres.Name)]
[Trait("Category", "Cluster")]
public sealed class In_a_cluster(Postgres postgres)
{
    [Fact]
    public async Task The_quickstart_gives_the_bytes_of_a_local_run_though_its_clients_lose_their_coordinator()
    {
        using var cluster = await TestCluster.StartAsync(postgres);
        var spec = await File.ReadAllTextAsync(Built.Quickstart);
        var sweep = await cluster.Api.Submit(spec);
        using var run = new Client(cluster, "run", Built.Quickstart, "--plain");
        using var watch = new Client(cluster, "watch", sweep, "--plain");
        await Patience.Until("both tell of the sweep", () => run.Progress.Length > 0 && watch.Progress.Length > 0);

        cluster.Coordinators[0].KillAndRestart(); // They ask the first that they know.
        await run.UntilDone();
        await watch.UntilDone();

        var shuffles = (await cluster.Api.Events(sweep)).Count(told => told.Type == Sweeps.Evaluated);
        foreach (var told in new[] { run.Progress, watch.Progress })
        {
            told.ShouldBeUnique();
            var done = told.Where(line => line.Contains("done (", StringComparison.Ordinal))
                .Select(line => line.Split("done (")[1].Split(" of")[0]).ToList();
            done.ShouldBe(Enumerable.Range(shuffles - done.Count + 1, done.Count).Select(number => $"{number}"));
        }

        var both = Math.Min(run.Progress.Length, watch.Progress.Length);
        run.Progress.TakeLast(both).ShouldBe(watch.Progress.TakeLast(both));
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
