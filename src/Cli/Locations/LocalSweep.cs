using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli.Locations;

/// <summary>A sweep of a store of this machine, as it was when it was looked up. The store is not kept open.</summary>
/// <param name="Folder">The store's folder.</param>
/// <param name="Id">The sweep's id.</param>
/// <param name="State">The sweep's state.</param>
/// <param name="Holder">The process that holds the store; null where none does.</param>
internal sealed record LocalSweep(string Folder, string Id, SweepState State, StoreHolder? Holder)
{
    /// <summary>Whether the holder works on this sweep.</summary>
    public bool IsLive => SweepStatuses.IsLive(State, Holder);

    /// <summary>Looks a sweep up, as <see cref="OpenedSweep.Open"/> does.</summary>
    public static LocalSweep Find(string? storeOption, string? asked)
    {
        var place = SweepLocation.Local(storeOption);
        using var opened = OpenedSweep.Open(place, asked);
        return new LocalSweep(place.Folder, opened.Details.Id, opened.Details.State, StoreLock.Holder(place.Folder));
    }

    /// <summary>Refuses to begin work where the store's holder works on another sweep.</summary>
    /// <exception cref="StoreException">It does.</exception>
    public void RefuseIfHeldByAnother()
    {
        if (Holder is not null && !IsLive)
        {
            throw new StoreException(
                $"The store {Folder} is in use by process {Holder.ProcessId} on {Holder.Machine}, which does not work on {Id}; "
                + "wait until it ends, or stop it.");
        }
    }
}
