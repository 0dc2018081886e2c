using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>One stage of the work on a shuffle is done. Each kind of stage has a fact of its own, with its results and files.</summary>
/// <param name="Cost">What the stage took.</param>
public abstract record StageFact(int Shuffle, int Attempt, StageCost Cost) : ShuffleFact(Shuffle, Attempt);
