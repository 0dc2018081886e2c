using System.Diagnostics;
using AdvFit.Learning;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Measures what a stage takes: wall-clock time, and processor time of its threads.</summary>
internal sealed class StageClock
{
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly double _threadSeconds = ThreadTime.Seconds();
    private readonly Lock _lock = new();
    private double _helperSeconds;

    private StageClock()
    {
    }

    public static StageClock Start() => new();

    /// <summary>Adds processor time of a thread other than the one that started the clock.</summary>
    public void AddCpuSeconds(double seconds)
    {
        lock (_lock)
        {
            _helperSeconds += seconds;
        }
    }

    /// <summary>To be called on the thread that started the clock.</summary>
    public StageCost Stop()
    {
        lock (_lock)
        {
            return new StageCost(
                _wall.Elapsed.TotalSeconds, ThreadTime.Seconds() - _threadSeconds + _helperSeconds);
        }
    }
}
