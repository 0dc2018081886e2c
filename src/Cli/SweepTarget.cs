using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli;

/// <summary>The sweep that a command is about, as it was when it was looked up; its store is not kept open.</summary>
/// <param name="Folder">The store's folder.</param>
/// <param name="Id">The sweep's id.</param>
/// <param name="State">How it stands.</param>
/// <param name="Holder">Who holds the store; null where nobody does.</param>
internal sealed record SweepTarget(string Folder, string Id, SweepState State, StoreHolder? Holder)
{
    /// <summary>Whether the holder works on this very sweep.</summary>
    public bool IsLive => SweepStatuses.IsLive(State, Holder);

    /// <summary>Finds a sweep; as <see cref="FoundSweep.Open"/>.</summary>
    public static SweepTarget Find(string? storeOption, string? asked)
    {
        var place = SweepLocation.Local(storeOption);
        using var found = FoundSweep.Open(place, asked);
        return new SweepTarget(place.Folder, found.Details.Id, found.Details.State, StoreLock.Holder(place.Folder));
    }

    /// <summary>Refuses to begin work where the store's holder does something else.</summary>
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
