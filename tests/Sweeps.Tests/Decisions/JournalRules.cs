using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>What holds of the events of any sweep, by the events alone.</summary>
internal static class JournalRules
{
    /// <summary>One attempt at a time, in rising numbers without gaps; only the latest records, and each stage once.</summary>
    public static void Check(IEnumerable<SweepEvent> events)
    {
        var running = new HashSet<int>();
        var attempts = new Dictionary<int, int>();
        var told = new HashSet<(int Shuffle, int Attempt, StageKey Stage)>();
        foreach (var sweepEvent in events)
        {
            switch (sweepEvent)
            {
                case SessionStarted or SessionStopped:
                    running.Clear();
                    break;
                case ShuffleAssigned assigned:
                    running.Add(assigned.Shuffle).ShouldBeTrue();
                    assigned.Attempt.ShouldBe(attempts.GetValueOrDefault(assigned.Shuffle) + 1);
                    attempts[assigned.Shuffle] = assigned.Attempt;
                    break;
                case ShuffleReleased released:
                    running.Remove(released.Shuffle).ShouldBeTrue();
                    break;
                case FactRecorded { Fact: var fact }:
                    running.ShouldContain(fact.Shuffle);
                    fact.Attempt.ShouldBe(attempts[fact.Shuffle]);
                    if (StageKey.Of(fact) is { } stage)
                    {
                        told.Add((fact.Shuffle, fact.Attempt, stage)).ShouldBeTrue($"{stage} of {fact.Shuffle} twice");
                    }

                    if (StageKey.Of(fact) is null or { Phase: "evaluate" })
                    {
                        running.Remove(fact.Shuffle);
                    }

                    break;
            }
        }
    }
}
