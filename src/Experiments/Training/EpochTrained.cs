using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Experiments;

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
    Artifact Checkpoint, Artifact Optimizer, Artifact Predictions, StageCost Cost) : StageFact(Shuffle, Attempt, Cost);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EpochTrained))]
internal sealed partial class EpochTrainedJson : JsonSerializerContext;
