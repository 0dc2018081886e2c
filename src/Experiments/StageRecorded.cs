using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// A fact in brief: which stage is done, and what that took. All that the state and the history of a sweep need, so that
/// the results in a long journal are not read only to be dropped. A store's journal never has it; in a cluster, a sweep's actor
/// writes it where the entity of the shuffle has the whole fact.
/// </summary>
public sealed record StageRecorded(int Shuffle, int Attempt, StageKey Stage, StageCost Cost) : ShuffleFact(Shuffle, Attempt);
