using AdvFit.Api;
using AdvFit.Experiments;

namespace AdvFit.Dashboard;

/// <summary>How fast nodes train, from how far they say they are at each look. Not thread-safe.</summary>
/// <param name="clock">Tells the time of a look.</param>
internal sealed class NodeRates(TimeProvider clock)
{
    /// <summary>A rate rests on as long a time as this where there is so much, and at least on <see cref="Shortest"/>.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30), Shortest = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(string Node, int Slot), AttemptPace> _courses = [];

    /// <summary>Epochs a minute of all slots of a node that train; null where none does, or none for long enough.</summary>
    public double? Update(NodeSnapshot node)
    {
        double? sum = null;
        foreach (var slot in node.Working)
        {
            if (EpochsOf(slot.Progress) is not { } epochs)
            {
                _courses.Remove((node.Name, slot.Slot));
                continue;
            }

            var work = (slot.Sweep, slot.Progress.Shuffle, slot.Attempt);
            if (!_courses.TryGetValue((node.Name, slot.Slot), out var course) || course.Work != work)
            {
                _courses[(node.Name, slot.Slot)] = course = new AttemptPace(work);
            }

            sum = course.Add(clock, epochs) is { } rate ? (sum ?? 0) + rate : sum;
        }

        return sum;
    }

    private static double? EpochsOf(ShuffleProgress progress) =>
        progress.Epoch is { } epoch ? epoch - 1 + (double)progress.Done / Math.Max(progress.Total, 1) : null;

    /// <summary>How a slot got on with one attempt.</summary>
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
