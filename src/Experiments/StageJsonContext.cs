using System.Text.Json.Serialization;

namespace AdvFit.Experiments;

/// <summary>JSON of the facts of the stages, as journals have it. Each stage adds its own fact to it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class StageJsonContext : JsonSerializerContext;
