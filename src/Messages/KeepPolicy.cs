using System.Text.Json.Serialization;

namespace AdvFit.Messages;

/// <summary>
/// Which large files of a completed shuffle outlive housekeeping. Says nothing about the results, which need none of them:
/// what is gone is computed again, to the same bytes, should an extension of the sweep need it.
/// </summary>
/// <param name="Checkpoints">Weights after each epoch; the optimizer state of the last goes unless all are kept.</param>
/// <param name="Adversarial">Adversarial images. Per-sample outcomes always stay.</param>
[method: JsonConstructor]
public readonly record struct KeepPolicy(CheckpointsKept Checkpoints, AdversarialKept Adversarial);

/// <summary>Which checkpoints of a completed shuffle are kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckpointsKept>))]
public enum CheckpointsKept
{
    /// <summary>That of every epoch.</summary>
    [JsonStringEnumMemberName("all")]
    All,

    /// <summary>That of the reference level, epoch M, on which the adversarial examples were crafted.</summary>
    [JsonStringEnumMemberName("reference")]
    Reference,

    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>Which adversarial images of a completed shuffle are kept.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdversarialKept>))]
public enum AdversarialKept
{
    /// <summary>Those of every attack.</summary>
    [JsonStringEnumMemberName("all")]
    All,

    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
