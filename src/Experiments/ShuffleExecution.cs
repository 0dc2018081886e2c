using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>One attempt at one shuffle, as an executor gets it.</summary>
/// <param name="Shuffle">The shuffle's number, from 1.</param>
/// <param name="Attempt">To be repeated in every fact.</param>
/// <param name="Record">What is already done.</param>
public sealed record ShuffleAssignment(int Shuffle, int Attempt, ShuffleRecord Record);

/// <summary>What an executor is doing at the moment. For display only; never recorded.</summary>
/// <param name="Shuffle">The shuffle's number.</param>
/// <param name="Stage"><c>train</c>, <c>neighbours SUBSET</c>, <c>attack LABEL</c> or <c>evaluate</c>.</param>
/// <param name="Epoch">The current epoch while training, else null.</param>
/// <param name="Done">Samples done in this stage (in this epoch, while training).</param>
/// <param name="Total">Samples of this stage (of this epoch, while training).</param>
/// <param name="TestAccuracy">Test accuracy after the last epoch done, in [0, 1]; null before.</param>
/// <param name="Fraction">Rough share of the whole shuffle that is done, in [0, 1].</param>
public sealed record ShuffleProgress(
    int Shuffle, string Stage, int? Epoch, int Done, int Total, double? TestAccuracy, double Fraction);

/// <summary>Runs shuffles. Thread-safe: one call per slot at a time.</summary>
public interface IShuffleExecutor
{
    /// <summary>
    /// Does what is left of a shuffle, on the calling thread, reporting each fact as its stage completes and going on
    /// only when <paramref name="report"/> returns, by when the fact is durable (design rule 4).
    /// </summary>
    /// <param name="finishSafePoint">
    /// Asks to stop at the next safe point: the running epoch, attack or search for neighbours is finished and reported first.
    /// </param>
    /// <param name="abandon">Asks to stop at once; the stage in hand is lost and will be repeated.</param>
    /// <exception cref="OperationCanceledException">It stopped because it was asked to.</exception>
    /// <exception cref="ExperimentException">The experiment cannot go on: bad data, a NaN loss.</exception>
    void Run(
        ShuffleAssignment assignment, Action<ShuffleFact> report, Action<ShuffleProgress> progress,
        CancellationToken finishSafePoint, CancellationToken abandon);
}

/// <summary>Trying again cannot help. The message is one sentence for a person.</summary>
public sealed class ExperimentException(string message) : Exception(message);
