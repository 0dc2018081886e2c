using AdvFit.Experiments;

namespace AdvFit.Cli.Running;

/// <summary>The progress and speed of a slot. Not thread-safe.</summary>
internal sealed class SlotActivity
{
    /// <summary>The shortest time that a speed is measured over.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(300);

    private readonly TimeProvider _clock;
    private readonly double _firstFraction;
    private readonly long _began;
    private ShuffleProgress _stageStart;
    private long _stageBegan;

    public SlotActivity(ShuffleProgress first, TimeProvider clock)
    {
        (_clock, _firstFraction, _began) = (clock, first.Fraction, clock.GetTimestamp());
        (Latest, _stageStart, _stageBegan) = (first, first, _began);
    }

    /// <summary>The latest progress of the slot.</summary>
    public ShuffleProgress Latest { get; private set; }

    /// <summary>Images or samples per second in the running stage; null where it is not known.</summary>
    public double? Rate { get; private set; }

    /// <summary>Share of the shuffle that was done since the slot began it.</summary>
    public double Gained => Latest.Fraction - _firstFraction;

    /// <summary>Time until the shuffle is done, at the speed until now; null where that is not known.</summary>
    public TimeSpan? Left => Gained > 0.01
        ? _clock.GetElapsedTime(_began) / Gained * (1 - Latest.Fraction)
        : null;

    /// <summary>Adds progress of the same shuffle.</summary>
    public void Update(ShuffleProgress progress)
    {
        var isSameStage = (progress.Stage, progress.Epoch) == (Latest.Stage, Latest.Epoch);
        if (!isSameStage)
        {
            (_stageStart, _stageBegan) = (progress, _clock.GetTimestamp());
            Rate = progress.Stage == Latest.Stage ? Rate : null;
        }
        else if (_clock.GetElapsedTime(_stageBegan) is var elapsed && elapsed > Shortest)
        {
            Rate = (progress.Done - _stageStart.Done) / elapsed.TotalSeconds;
        }

        Latest = progress;
    }
}
