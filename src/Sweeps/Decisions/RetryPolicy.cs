namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// How often and when a shuffle is tried again after a cause that may pass, such as a file system that is away or memory
/// that others use. What cannot pass, such as a NaN loss or bad data, is not tried again.
/// </summary>
public static class RetryPolicy
{
    /// <summary>Attempts that a shuffle gets in one session.</summary>
    public const int AttemptsPerSession = 4;

    private const int Factor = 3;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    /// <summary>The pause before the next attempt: 5 s, 15 s, 45 s.</summary>
    /// <param name="failures">Attempts that failed in this session, at least 1.</param>
    public static TimeSpan DelayAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var delay = First;
        for (var i = 1; i < failures; i++)
        {
            delay *= Factor;
        }

        return delay;
    }
}
