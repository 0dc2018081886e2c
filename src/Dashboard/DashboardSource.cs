using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Dashboard;

/// <summary>The source of a dashboard's sweeps: a store of this machine, or a server.</summary>
/// <param name="Place">Its name for people: a folder or an address.</param>
/// <param name="Open">Opens it for reading; returns null where it does not exist yet. The token cancels its waits.</param>
/// <param name="Interval">Time between two polls of a sweep.</param>
/// <param name="ListInterval">Time between two polls of the list of sweeps.</param>
public sealed record DashboardSource(
    string Place, Func<CancellationToken, ISweepSource?> Open, TimeSpan Interval, TimeSpan ListInterval)
{
    /// <summary>A store of this machine, which need not exist yet.</summary>
    /// <param name="folder">Its folder.</param>
    public static DashboardSource OfStore(string folder) => new(
        folder, _ => SweepStore.OpenForReading(folder), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500));

    /// <summary>A server. It is polled less often, for it summarizes every sweep for the list.</summary>
    /// <param name="place">Its address.</param>
    /// <param name="open">Connects to it; the token cancels the waits of the connection.</param>
    public static DashboardSource OfServer(string place, Func<CancellationToken, ISweepSource> open) => new(
        place, open, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
}
