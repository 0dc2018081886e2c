namespace AdvFit.Sweeps.Tests.Local;

/// <summary>A clock that stands still, but for those who wait: their time comes at once, and it is then that late.</summary>
internal sealed class EagerClock : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = Some.Time;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _now += dueTime;
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
