using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Sweeps.Tests.Decisions;

/// <summary>A sweep in memory: decides, keeps the events, applies.</summary>
internal sealed class SimulatedSweep
{
    private SweepState? _state;

    public SweepState State => _state.ShouldNotBeNull();

    public SweepState? StateOrNull => _state;

    public List<SweepEvent> Events { get; } = [];

    /// <summary>All of a state as text, to compare states by.</summary>
    public static string Describe(SweepState? state) =>
        state is null ? "" : SnapshotFormat.Write(state, SweepHistory.Empty) + string.Join(' ', state.Waiting, state.Running.Keys);

    /// <summary>The time by which it decides.</summary>
    public DateTimeOffset Now { get; set; } = Some.Time;

    public Decision Do(SweepCommand command)
    {
        var decision = SweepDecisions.Decide(_state, command, Now);
        foreach (var sweepEvent in decision.Events)
        {
            _state = SweepState.Apply(_state, sweepEvent, decision.At);
            Events.Add(sweepEvent);
        }

        return decision;
    }

    /// <summary>Takes events over as they were recorded.</summary>
    public void Replay(IEnumerable<SweepEvent> events)
    {
        foreach (var sweepEvent in events)
        {
            _state = SweepState.Apply(_state, sweepEvent, Some.Time);
            Events.Add(sweepEvent);
        }
    }

    public Decision Report(ShuffleFact fact) => Do(new ReportFact(fact));

    /// <summary>Assigns the next shuffle, which must be this one, and reports all that it takes.</summary>
    public void Complete(int shuffle)
    {
        var assigned = Do(new AssignNext()).Events.ShouldHaveSingleItem().ShouldBeOfType<ShuffleAssigned>();
        assigned.Shuffle.ShouldBe(shuffle);
        while (State.Shuffle(shuffle).IsRunning)
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
        var (attempt, labels) = (State.Shuffle(shuffle).Attempt, State.Spec.Attacks.Select(attack => attack.Label).ToArray());
        return State.Plan.Next(State.Shuffle(shuffle).Done) switch
        {
            { Phase: "train" } epoch => Some.Epoch(shuffle, attempt, epoch.Step),
            { Phase: "attack" } attack => Some.Crafted(shuffle, attempt, attack.Item),
            _ => Some.Evaluated(shuffle, attempt, labels),
        };
    }
}
