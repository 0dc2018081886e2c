using System.Text.Json;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>A sweep in memory: decides, keeps the events, applies.</summary>
internal sealed class SimulatedSweep
{
    private SweepState? _state;

    public SweepState State => _state.ShouldNotBeNull();

    public SweepState? StateOrNull => _state;

    public List<SweepEvent> Events { get; } = [];

    /// <summary>All of a state as text, to compare states by.</summary>
    public static string Describe(SweepState? state) => JsonSerializer.Serialize(state);

    public Decision Do(SweepCommand command)
    {
        var decision = SweepDecisions.Decide(_state, command, Some.Time);
        foreach (var sweepEvent in decision.Events)
        {
            _state = SweepState.Apply(_state, sweepEvent, decision.At);
            Events.Add(sweepEvent);
        }

        return decision;
    }

    public Decision Report(ShuffleFact fact) => Do(new ReportFact(fact));

    /// <summary>Assigns the next shuffle, which must be this one, and reports all that it takes.</summary>
    public void Complete(int shuffle)
    {
        var assigned = Do(new AssignNext()).Events.ShouldHaveSingleItem().ShouldBeOfType<ShuffleAssigned>();
        assigned.Shuffle.ShouldBe(shuffle);
        while (State.Shuffle(shuffle).Status == ShuffleStatus.Running)
        {
            Report(NextFact(shuffle)).Rejection.ShouldBeNull();
        }
    }

    public void CompleteAll()
    {
        foreach (var shuffle in State.Waiting)
        {
            Complete(shuffle);
        }
    }

    /// <summary>What an honest executor reports next of a shuffle.</summary>
    public ShuffleFact NextFact(int shuffle)
    {
        var (attempt, record) = (State.Shuffle(shuffle).Attempt, State.Shuffle(shuffle).Record);
        if (record.Epochs.Length < State.Spec.Training.Epochs)
        {
            return Some.Epoch(shuffle, attempt, record.Epochs.Length + 1);
        }

        var labels = State.Spec.Attacks.Select(attack => attack.Label).ToArray();
        var missing = labels.FirstOrDefault(label => record.Attacks.All(attack => attack.Outcome.Attack != label));
        return missing is null ? Some.Evaluated(shuffle, attempt, labels) : Some.Crafted(shuffle, attempt, missing);
    }
}
