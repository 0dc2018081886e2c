using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Queries;

/// <summary>How a session ended.</summary>
public enum SessionEnding
{
    /// <summary>It has not: its process works on.</summary>
    Running,

    /// <summary>Every shuffle had ended.</summary>
    Finished,

    /// <summary>It was stopped in good order.</summary>
    Stopped,

    /// <summary>Its process died.</summary>
    Lost,
}

/// <summary>One process's work on a sweep.</summary>
/// <param name="Began">Time of its first event.</param>
/// <param name="LastActive">Time of its last event.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Provenance">The program and machine.</param>
public sealed record SessionHistory(
    DateTimeOffset Began, DateTimeOffset LastActive, SessionEnding Ending, SessionProvenance Provenance);

/// <summary>What a stage took over all shuffles and attempts, the lost and repeated ones included if they were recorded.</summary>
/// <param name="Stage"><c>train</c> (counted in epochs), <c>attack LABEL</c> or <c>evaluate</c>.</param>
/// <param name="Count">How often it was done.</param>
/// <param name="Cost">What that took altogether.</param>
public sealed record StageHistory(string Stage, int Count, StageCost Cost);

/// <summary>When, where and how long a sweep was worked on. Never part of the results.</summary>
/// <param name="Sessions">The sessions in order.</param>
/// <param name="Stages">The stages in the order of their first completion.</param>
public sealed record SweepHistory(ImmutableArray<SessionHistory> Sessions, ImmutableArray<StageHistory> Stages)
{
    /// <summary>A sweep that nothing happened to yet.</summary>
    public static SweepHistory Empty { get; } = new([], []);

    /// <summary>How many sessions ended before the sweep did.</summary>
    public int Interruptions =>
        Sessions.Count(session => session.Ending is SessionEnding.Stopped or SessionEnding.Lost);

    /// <summary>The history after one more event. An open session counts as running until the next begins.</summary>
    public SweepHistory Add(TimedEvent entry) => entry.Event switch
    {
        SessionStarted started => EndSession(SessionEnding.Lost).BeginSession(entry.At, started.Session),
        SessionStopped => Touch(entry.At).EndSession(SessionEnding.Stopped),
        SweepFinished => Touch(entry.At).EndSession(SessionEnding.Finished),
        FactRecorded { Fact: StageFact fact } when StageKey.Of(fact) is { } stage =>
            Touch(entry.At).Spend($"{stage.Phase} {stage.Item}".TrimEnd(), fact.Cost),
        SweepExtended or FilesFreed => this,
        _ => Touch(entry.At),
    };

    /// <summary>The history with a session that is still open ended so.</summary>
    public SweepHistory EndSession(SessionEnding ending) =>
        ChangeOpenSession(session => session with { Ending = ending });

    private SweepHistory BeginSession(DateTimeOffset at, SessionProvenance provenance) =>
        this with { Sessions = Sessions.Add(new SessionHistory(at, at, SessionEnding.Running, provenance)) };

    private SweepHistory Touch(DateTimeOffset at) => ChangeOpenSession(session => session with { LastActive = at });

    private SweepHistory ChangeOpenSession(Func<SessionHistory, SessionHistory> change) =>
        Sessions is [.., { Ending: SessionEnding.Running } last]
            ? this with { Sessions = Sessions.SetItem(Sessions.Length - 1, change(last)) }
            : this;

    private SweepHistory Spend(string stage, StageCost cost)
    {
        for (var i = 0; i < Stages.Length; i++)
        {
            if (Stages[i] is var known && known.Stage == stage)
            {
                var sum = new StageCost(known.Cost.WallSeconds + cost.WallSeconds, known.Cost.CpuSeconds + cost.CpuSeconds);
                return this with { Stages = Stages.SetItem(i, known with { Count = known.Count + 1, Cost = sum }) };
            }
        }

        return this with { Stages = Stages.Add(new StageHistory(stage, 1, cost)) };
    }
}
