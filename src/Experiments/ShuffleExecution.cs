using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>What the journal already holds of a shuffle: the stages that need not be repeated.</summary>
public sealed record ShuffleRecord(
    ImmutableArray<EpochTrained> Epochs, ImmutableArray<NeighboursFound> Neighbours, ImmutableArray<AttackCrafted> Attacks)
{
    /// <summary>Of a shuffle that nothing is done of.</summary>
    public static ShuffleRecord Empty { get; } = new([], [], []);

    /// <summary>Paths of the files that were given up to save space.</summary>
    public ImmutableHashSet<string> Freed { get; init; } = [];

    /// <summary>The files that are kept, with the stages that they are of: of optimizer states only the latest.</summary>
    public IEnumerable<(StageKey Stage, Artifact File)> Files =>
        Written.Where(written => !Freed.Contains(written.File.Path));

    /// <summary>The stages that are done.</summary>
    public IEnumerable<StageKey> Stages =>
        Epochs.Concat<ShuffleFact>(Neighbours).Concat(Attacks).Select(fact => Workflow.StageOf(fact)!.Value);

    private IEnumerable<(StageKey Stage, Artifact File)> Written
    {
        get
        {
            foreach (var epoch in Epochs)
            {
                var stage = Workflow.StageOf(epoch)!.Value;
                yield return (stage, epoch.Checkpoint);
                yield return (stage, epoch.Predictions);
                if (ReferenceEquals(epoch, Epochs[^1]))
                {
                    yield return (stage, epoch.Optimizer);
                }
            }

            foreach (var found in Neighbours)
            {
                yield return (Workflow.StageOf(found)!.Value, found.Neighbours);
            }

            foreach (var attack in Attacks)
            {
                var stage = Workflow.StageOf(attack)!.Value;
                yield return (stage, attack.Adversarial);
                yield return (stage, attack.Samples);
            }
        }
    }

    /// <summary>The record with a stage more, or done anew; itself for a fact that is of no stage that is kept.</summary>
    public ShuffleRecord With(ShuffleFact fact) => fact switch
    {
        EpochTrained epoch => this with
        {
            Epochs = Put(Epochs, epoch, other => other.Epoch == epoch.Epoch),
            Freed = Freed.Except([epoch.Checkpoint.Path, epoch.Optimizer.Path, epoch.Predictions.Path]),
        },
        NeighboursFound found => this with
        {
            Neighbours = Put(Neighbours, found, other => other.Subset == found.Subset),
        },
        AttackCrafted attack => this with
        {
            Attacks = Put(Attacks, attack, other => other.Outcome.Attack == attack.Outcome.Attack),
            Freed = Freed.Except([attack.Adversarial.Path, attack.Samples.Path]),
        },
        _ => this,
    };

    /// <summary>The record without the stages of which this is true.</summary>
    public ShuffleRecord Without(Func<StageKey, bool> dropped) => this with
    {
        Epochs = Epochs.RemoveAll(epoch => dropped(Workflow.StageOf(epoch)!.Value)),
        Neighbours = Neighbours.RemoveAll(found => dropped(Workflow.StageOf(found)!.Value)),
        Attacks = Attacks.RemoveAll(attack => dropped(Workflow.StageOf(attack)!.Value)),
    };

    /// <summary>The record when these files were given up.</summary>
    public ShuffleRecord WithoutFiles(IEnumerable<string> paths) => this with { Freed = Freed.Union(paths) };

    private static ImmutableArray<T> Put<T>(ImmutableArray<T> elements, T element, Func<T, bool> matches)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            if (matches(elements[i]))
            {
                return elements.SetItem(i, element);
            }
        }

        return elements.Add(element);
    }
}

/// <summary>One attempt at one shuffle, as an executor gets it.</summary>
/// <param name="Shuffle">The shuffle's number, from 1.</param>
/// <param name="Attempt">To be repeated in every fact.</param>
/// <param name="Record">What is already done.</param>
public sealed record ShuffleAssignment(int Shuffle, int Attempt, ShuffleRecord Record);

/// <summary>What an executor is doing just now. For display only; never recorded.</summary>
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
