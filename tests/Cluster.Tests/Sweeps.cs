namespace AdvFit.Cluster.Tests;

/// <summary>What must hold of a sweep, whatever happened to the cluster.</summary>
internal static class Sweeps
{
    public const string Evaluated = "shuffle-evaluated.1", Epoch = "epoch-trained.1", Assigned = "shuffle-assigned.1";

    /// <summary>Same bytes as on one machine, each shuffle counted once, none lost, and no fact of an attempt that was fenced.</summary>
    public static async Task ShouldEndAsIfNothingHadHappened(TestCluster cluster, string sweep)
    {
        await cluster.Api.UntilCompleted(sweep);
        var events = await cluster.Api.Events(sweep);
        events.Where(told => told.Type == Evaluated).Select(told => told.Shuffle!.Value).Order()
            .ShouldBe(Enumerable.Range(1, Specs.Shuffles));
        foreach (var shuffle in events.Where(told => told.Shuffle is not null).GroupBy(told => told.Shuffle))
        {
            var current = 0;
            foreach (var told in shuffle)
            {
                current = told.Type == Assigned ? told.Attempt!.Value : current;
                (told.Attempt ?? current).ShouldBe(current, "a fact of an older attempt was accepted");
            }
        }

        (await cluster.Api.Results(sweep)).ShouldBe(Specs.InterruptedResults.Value);
    }
}
