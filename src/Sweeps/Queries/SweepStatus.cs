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

    /// <summary>It was stopped, or its process died; running its spec again continues it.</summary>
    Interrupted,

    /// <summary>Every shuffle is completed.</summary>
    Completed,

    /// <summary>Every shuffle has ended and some failed; running its spec again tries those again.</summary>
    Failed,
}

/// <summary>Tells and spells the status of sweeps.</summary>
public static class SweepStatuses
{
    /// <summary>The status of a sweep.</summary>
    /// <param name="state">The sweep.</param>
    /// <param name="holder">Who works on the store just now; null where nobody does.</param>
    public static SweepStatus Of(SweepState state, StoreHolder? holder) => state switch
    {
        { AllEnded: true, Failed: 0 } => SweepStatus.Completed,
        { AllEnded: true } => SweepStatus.Failed,
        { SessionBegan: null } => SweepStatus.Planned,
        // A session older than the holder's own is that of a process which died.
        { InSession: true } when holder is not null && state.SessionBegan >= holder.Since => SweepStatus.Running,
        _ => SweepStatus.Interrupted,
    };

    /// <summary>The status as users see it: <c>planned</c>, <c>running</c>, <c>interrupted</c>, <c>completed</c>, <c>failed</c>.</summary>
    public static string Word(this SweepStatus status) => status.ToString().ToLowerInvariant();
}
