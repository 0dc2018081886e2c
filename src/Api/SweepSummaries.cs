using System.Collections.Immutable;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Api;

/// <summary>Lists the sweeps of a service.</summary>
internal static class SweepSummaries
{
    /// <summary>A line for each sweep, the latest begun first.</summary>
    public static async Task<ImmutableArray<SweepSummary>> Of(ISweepService service, CancellationToken cancellation)
    {
        var summaries = ImmutableArray.CreateBuilder<SweepSummary>();
        foreach (var id in await service.Sweeps(cancellation))
        {
            if (await service.Find(id, cancellation) is { } standing)
            {
                summaries.Add(SweepSummary.Of(id, standing.State, standing.IsLive));
            }
        }

        return summaries.ToImmutable();
    }
}
