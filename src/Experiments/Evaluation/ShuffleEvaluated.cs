using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>Every subset is measured at every fit level: the shuffle has all that the sweep asked of it.</summary>
public sealed record ShuffleEvaluated(int Shuffle, int Attempt, ShuffleOutcome Outcome, StageCost Cost)
    : StageFact(Shuffle, Attempt, Cost);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ShuffleEvaluated))]
internal sealed partial class ShuffleEvaluatedJson : JsonSerializerContext;
