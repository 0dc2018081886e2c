using AdvFit.Api;
using AdvFit.Experiments;

namespace AdvFit.Dashboard;

/// <summary>Estimates how fast nodes train from their progress at each poll. Not thread-safe.</summary>
/// <param name="clock">The time of the polls.</param>
internal sealed class NodeRates(TimeProvider clock)
{
    /// <summary>A rate is an average over at most <see cref="Longest"/> and at least <see cref="Shortest"/>.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30), Shortest = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(string Node, int Slot), AttemptPace> _paces = [];

    /// <summary>Epochs per minute of all slots of a node; null where none trains, or none for long enough.</summary>
    public double? Update(NodeSnapshot node)
    {
        double? sum = null;
        foreach (var slot in node.Working)
        {
            if (EpochsOf(slot.Progress) is not { } epochs)
            {
                _paces.Remove((node.Name, slot.Slot));
                continue;
            }

            var work = (slot.Sweep, slot.Progress.Shuffle, slot.Attempt);
            if (!_paces.TryGetValue((node.Name, slot.Slot), out var pace) || pace.Work != work)
            {
                _paces[(node.Name, slot.Slot)] = pace = new AttemptPace(work);
            }

            sum = pace.Add(clock, epochs) is { } rate ? (sum ?? 0) + rate : sum;
        }

        return sum;
    }

    private static double? EpochsOf(ShuffleProgress progress) =>
        progress.Epoch is { } epoch ? epoch - 1 + (double)progress.Done / Math.Max(progress.Total, 1) : null;

    /// <summary>The progress of one attempt over time.</summary>
    private sealed class AttemptPace((string Sweep, int Shuffle, int Attempt) work)
    {
        private readonly Queue<(long At, double Epochs)> _points = [];

        public (string Sweep, int Shuffle, int Attempt) Work => work;

        public double? Add(TimeProvider clock, double epochs)
        {
            var now = clock.GetTimestamp();
            _points.Enqueue((now, epochs));
            while (clock.GetElapsedTime(_points.Peek().At, now) > Longest)
            {
                _points.Dequeue();
            }

            var (at, first) = _points.Peek();
            var elapsed = clock.GetElapsedTime(at, now);
            return elapsed >= Shortest ? Math.Max(epochs - first, 0) / elapsed.TotalMinutes : null;
        }
    }
}
