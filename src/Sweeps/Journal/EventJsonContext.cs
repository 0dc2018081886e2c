using System.Text.Json.Serialization;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Journal;

/// <summary>JSON of the events: strict in what it reads, so that nothing recorded is silently dropped or made up.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SweepPlanned))]
[JsonSerializable(typeof(SweepExtended))]
[JsonSerializable(typeof(SweepFinished))]
[JsonSerializable(typeof(SessionStarted))]
[JsonSerializable(typeof(SessionStopped))]
[JsonSerializable(typeof(ShuffleAssigned))]
[JsonSerializable(typeof(AttemptFailed))]
[JsonSerializable(typeof(ShuffleReleased))]
[JsonSerializable(typeof(ShuffleReopened))]
[JsonSerializable(typeof(FilesFreed))]
[JsonSerializable(typeof(SweepPaused))]
[JsonSerializable(typeof(SweepResumed))]
[JsonSerializable(typeof(SweepCancelled))]
[JsonSerializable(typeof(StageCompletion))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
