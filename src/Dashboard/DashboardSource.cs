using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>Where a dashboard finds its sweeps: in a store of this machine, or on a server.</summary>
/// <param name="Place">The place for people: a folder or an address.</param>
/// <param name="Open">Opens it to be looked at; null where there is nothing yet. What it waits for is given up with the token.</param>
/// <param name="Interval">Time between two looks at a sweep.</param>
/// <param name="ListInterval">Time between two looks at the list of sweeps.</param>
public sealed record DashboardSource(
    string Place, Func<CancellationToken, ISweepSource?> Open, TimeSpan Interval, TimeSpan ListInterval)
{
    /// <summary>A store of this machine, which need not be there yet.</summary>
    /// <param name="folder">Its folder.</param>
    public static DashboardSource OfStore(string folder) => new(
        folder, _ => SweepStore.OpenForReading(folder), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));

    /// <summary>A server, which is spared: it sums up every sweep for the list.</summary>
    /// <param name="place">Its address.</param>
    /// <param name="open">Connects to it, and has the connection give up what it waits for with the token.</param>
    public static DashboardSource OfServer(string place, Func<CancellationToken, ISweepSource> open) => new(
        place, open, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
}
