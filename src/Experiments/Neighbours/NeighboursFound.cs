using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>k-NN experiments: the nearest train samples of some images are found, and with them the classes predicted.</summary>
/// <param name="Subset"><c>train</c>, <c>test</c>, or an attack's label: then of its examples that fool the network.</param>
/// <param name="Samples">Images asked for.</param>
/// <param name="Correct">Of these, correctly classified at K = Z, Z - 2, .., 1.</param>
/// <param name="Neighbours">Neighbours and predictions of each image, in .npz.</param>
public sealed record NeighboursFound(
    int Shuffle, int Attempt, string Subset, int Samples, ImmutableArray<int> Correct, Artifact Neighbours, StageCost Cost)
    : StageFact(Shuffle, Attempt, Cost);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NeighboursFound))]
internal sealed partial class NeighboursFoundJson : JsonSerializerContext;
