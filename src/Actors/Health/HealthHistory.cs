namespace AdvFit.Actors.Health;

/// <summary>
/// What a process last saw of the cluster and of what it needs, and what it answers to each probe because of it. Immutable;
/// times are read from one clock that never goes back.
/// </summary>
/// <param name="Began">When the process began.</param>
public sealed record HealthHistory(TimeSpan Began)
{
    /// <summary>How long a process may be outside of a cluster before it should be started anew.</summary>
    public static readonly TimeSpan LongestOutside = TimeSpan.FromMinutes(3);

    /// <summary>How old what was seen may be for a process that is ready.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(6);

    private TimeSpan? Inside { get; init; }

    private TimeSpan Seen { get; init; } = Began;

    private string? Trouble { get; init; } = "This process has only just begun.";

    /// <summary>What the process saw.</summary>
    /// <param name="now">When.</param>
    /// <param name="outside">Why it is not in a cluster with a majority of the coordinators, in a sentence; null where it is.</param>
    /// <param name="lacks">What else it needs and does not have, in a sentence; null for nothing.</param>
    public HealthHistory Observe(TimeSpan now, string? outside, string? lacks) =>
        this with { Inside = outside is null ? now : Inside, Seen = now, Trouble = outside ?? lacks };

    /// <summary>Start-up: why it was never in a cluster; null where it was.</summary>
    public string? WhyNotStarted => Inside is null ? Trouble : null;

    /// <summary>Liveness: why it should be started anew; null where it should not. What it lacks beside a cluster is no reason.</summary>
    public string? WhyNotLive(TimeSpan now) => now - (Inside ?? Began) > LongestOutside
        ? $"This process was in no cluster with a majority of the coordinators for {(int)(now - (Inside ?? Began)).TotalSeconds} seconds."
        : null;

    /// <summary>Readiness: why it can do none of its work just now; null where it can.</summary>
    public string? WhyNotReady(TimeSpan now) =>
        Trouble ?? (now - Seen > Recent ? "This process has not come to look after itself lately." : null);
}
