using System.ComponentModel;
using System.Text.Json.Serialization;
using AdvFit.Messages.Fields;

namespace AdvFit.Messages;

/// <summary>
/// Which large files of a completed shuffle outlive housekeeping. Says nothing about the results, which need none of them:
/// what is gone is computed again, to the same bytes, should an extension of the sweep need it.
/// </summary>
[method: JsonConstructor]
public readonly record struct KeepPolicy(
    [property: SpecField(SpecChange.NoResult)]
    [property: Description("weights after every epoch, after that of the reference level only, or none; "
        + "the optimizer's state goes unless all are kept")]
    CheckpointsKept Checkpoints,
    [property: SpecField(SpecChange.NoResult)]
    [property: Description("adversarial images; the outcomes per sample always stay")]
    AdversarialKept Adversarial);

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
