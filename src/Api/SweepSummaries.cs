using System.Collections.Immutable;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Api;

/// <summary>Lists the sweeps of a service.</summary>
internal static class SweepSummaries
{
    /// <summary>A summary of each sweep, the latest begun first.</summary>
    public static async Task<ImmutableArray<SweepSummary>> Of(ISweepService service, CancellationToken cancellation)
    {
        var summaries = ImmutableArray.CreateBuilder<SweepSummary>();
        foreach (var id in await service.Sweeps(cancellation))
        {
            try
            {
                if (await service.Find(id, cancellation) is { } snapshot)
                {
                    summaries.Add(snapshot.Trouble is { } trouble
                        ? SweepSummary.OfQuarantined(id, snapshot.State, trouble)
                        : SweepSummary.Of(id, snapshot.State, snapshot.IsLive));
                }
            }
            catch (SweepException error)
            {
                summaries.Add(SweepSummary.OfQuarantined(id, null, error.Message));
            }
        }

        return summaries.ToImmutable();
    }
}
