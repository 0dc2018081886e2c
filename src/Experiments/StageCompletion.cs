using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// That a stage is done and what it took, without its results: all that the state and the history of a sweep need. The
/// journal of a store never has it; in a cluster, a sweep's actor writes it where the entity of the shuffle has the whole fact.
/// </summary>
public sealed record StageCompletion(int Shuffle, int Attempt, StageKey Stage, StageCost Cost)
    : StageFact(Shuffle, Attempt, Cost)
{
    /// <summary>The completion that a stage's fact reports. A fact that is not of a stage is returned unchanged.</summary>
    public static ShuffleFact Of(ShuffleFact fact) => fact is StageFact done and not StageCompletion
        ? new StageCompletion(done.Shuffle, done.Attempt, StageKey.Of(done)!.Value, done.Cost)
        : fact;
}
