namespace AdvFit.Dashboard.Tests;

/// <summary>A clock that a test sets.</summary>
internal sealed class ManualClock : TimeProvider
{
    public TimeSpan Passed { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;
}
