using System.Collections.Immutable;

namespace AdvFit.Messages;

/// <summary>
/// What an executor reports of a shuffle that it works on. A fact of an older attempt than the current one is ignored.
/// </summary>
/// <param name="Shuffle">The shuffle's number, from 1.</param>
/// <param name="Attempt">The attempt that the executor was assigned.</param>
public abstract record ShuffleFact(int Shuffle, int Attempt);

/// <summary>One epoch is trained, checkpointed and measured.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="MeanLoss">Mean training cross-entropy in nats over the epoch, each batch before its step.</param>
/// <param name="TrainCorrect">Train samples that the checkpoint classifies correctly.</param>
/// <param name="TestCorrect">Test samples that the checkpoint classifies correctly.</param>
/// <param name="Checkpoint">Weights, in safetensors with PyTorch's names and shapes.</param>
/// <param name="Optimizer">Adam's moments and step, in safetensors; kept for the last epoch only.</param>
/// <param name="Predictions">Predicted class of each test sample, uint8 [test samples], in .npy.</param>
public sealed record EpochTrained(
    int Shuffle, int Attempt, int Epoch, double MeanLoss, int TrainCorrect, int TestCorrect,
    Artifact Checkpoint, Artifact Optimizer, Artifact Predictions, StageCost Cost) : ShuffleFact(Shuffle, Attempt);

/// <summary>One attack is done with one shuffle.</summary>
/// <param name="Outcome">The counts and norms.</param>
/// <param name="Adversarial">Adversarial images, in .npz.</param>
/// <param name="Samples">Per-sample outcomes, in .npz.</param>
public sealed record AttackCrafted(
    int Shuffle, int Attempt, AttackOutcome Outcome, Artifact Adversarial, Artifact Samples, StageCost Cost)
    : ShuffleFact(Shuffle, Attempt);

/// <summary>k-NN experiments: the nearest train samples of some images are found, and with them the classes predicted.</summary>
/// <param name="Subset"><c>train</c>, <c>test</c>, or an attack's label: then of its examples that fool the network.</param>
/// <param name="Samples">Images asked for.</param>
/// <param name="Correct">Of these, correctly classified at K = Z, Z - 2, .., 1.</param>
/// <param name="Neighbours">Neighbours and predictions of each image, in .npz.</param>
public sealed record NeighboursFound(
    int Shuffle, int Attempt, string Subset, int Samples, ImmutableArray<int> Correct, Artifact Neighbours, StageCost Cost)
    : ShuffleFact(Shuffle, Attempt);

/// <summary>Every subset is measured at every fit level: the shuffle has all that the sweep asked of it.</summary>
public sealed record ShuffleEvaluated(int Shuffle, int Attempt, ShuffleOutcome Outcome, StageCost Cost)
    : ShuffleFact(Shuffle, Attempt);

/// <summary>The attempt ended without a result.</summary>
/// <param name="Cause">One sentence for a person.</param>
/// <param name="Retryable">Whether trying again can help: I/O and memory yes, bad data and a NaN loss no.</param>
public sealed record AttemptFailed(int Shuffle, int Attempt, string Cause, bool Retryable)
    : ShuffleFact(Shuffle, Attempt);

/// <summary>What a stage took, in seconds of wall-clock and of processor time. Never part of the results.</summary>
public sealed record StageCost(double WallSeconds, double CpuSeconds);
