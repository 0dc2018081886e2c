using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Spec;

/// <summary>
/// The canonical JSON of a spec: every value written out, keys in a fixed order, no white space. Equal specs give equal
/// bytes.
/// </summary>
public static class SpecJson
{
    /// <summary>The canonical JSON.</summary>
    public static string Write(SweepSpec spec) => JsonSerializer.Serialize(spec, SpecJsonContext.Default.SweepSpec);

    /// <summary>The canonical JSON of one attack.</summary>
    public static string Write(AttackSpec attack) => JsonSerializer.Serialize(attack, SpecJsonContext.Default.AttackSpec);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SweepSpec))]
internal sealed partial class SpecJsonContext : JsonSerializerContext;
