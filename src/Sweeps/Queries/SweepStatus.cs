using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Queries;

/// <summary>Where a sweep stands, in one word.</summary>
public enum SweepStatus
{
    /// <summary>No process has worked on it yet.</summary>
    Planned,

    /// <summary>A live process works on it.</summary>
    Running,

    /// <summary>It is paused until it is resumed.</summary>
    Paused,

    /// <summary>It was stopped, or its process died; running its spec again continues it.</summary>
    Interrupted,

    /// <summary>Every shuffle is completed.</summary>
    Completed,

    /// <summary>Every shuffle has ended and some failed; running its spec again tries those again.</summary>
    Failed,

    /// <summary>It was cancelled before it was done; resuming it takes it up again.</summary>
    Cancelled,

    /// <summary>Its journal is damaged; nobody works on it, and what is sound can be exported.</summary>
    Quarantined,
}

/// <summary>Derives the status of sweeps, and spells it.</summary>
public static class SweepStatuses
{
    /// <summary>The status of a sweep.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="holder">The process that works on the store at present; null where none does.</param>
    public static SweepStatus Of(SweepState state, StoreHolder? holder) => Of(state, IsLive(state, holder));

    /// <summary>The status of a sweep.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="isLive">Whether a process works on it at present.</param>
    public static SweepStatus Of(SweepState state, bool isLive) => state switch
    {
        { AllEnded: true, Failed: 0, Cancelled: 0 } => SweepStatus.Completed,
        { IsCancelled: true } => SweepStatus.Cancelled,
        { AllEnded: true } => SweepStatus.Failed,
        { IsPaused: true } => SweepStatus.Paused,
        { SessionBegan: null } => SweepStatus.Planned,
        _ => isLive ? SweepStatus.Running : SweepStatus.Interrupted,
    };

    /// <summary>Whether the process that holds the store works on the sweep.</summary>
    public static bool IsLive(SweepState state, StoreHolder? holder) =>
        // A session older than the holder's own is that of a process which died.
        state.InSession && holder is not null && state.SessionBegan >= holder.Since;

    /// <summary>The status as users see it: <c>planned</c>, <c>running</c>, <c>paused</c>, ..</summary>
    public static string Word(this SweepStatus status) => status.ToString().ToLowerInvariant();
}
