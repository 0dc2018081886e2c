using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>One attack is done with one shuffle.</summary>
/// <param name="Outcome">The counts and norms.</param>
/// <param name="Adversarial">Adversarial images, in .npz.</param>
/// <param name="Samples">Per-sample outcomes, in .npz.</param>
public sealed record AttackCrafted(
    int Shuffle, int Attempt, AttackOutcome Outcome, Artifact Adversarial, Artifact Samples, StageCost Cost)
    : StageFact(Shuffle, Attempt, Cost);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AttackCrafted))]
internal sealed partial class AttackCraftedJson : JsonSerializerContext;
