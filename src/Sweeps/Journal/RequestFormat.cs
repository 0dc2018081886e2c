using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Journal;

/// <summary>A command that another process sends to the one that works on a sweep.</summary>
/// <param name="Id">Its place among all requests.</param>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Command">The command.</param>
public sealed record SweepRequest(long Id, string Sweep, DateTimeOffset At, SweepCommand Command);

/// <summary>How requests are written: a name and a JSON body.</summary>
internal static class RequestFormat
{
    public const string Pause = "pause", Resume = "resume", Cancel = "cancel", Rerun = "rerun";

    /// <exception cref="ArgumentException">It is a command that only the host itself gives.</exception>
    public static (string Type, string Body) Write(SweepCommand command) => command switch
    {
        PauseSweep => (Pause, "{}"),
        ResumeSweep => (Resume, "{}"),
        CancelSweep => (Cancel, "{}"),
        RerunShuffles rerun => (Rerun, JsonSerializer.Serialize(rerun, RequestJsonContext.Default.RerunShuffles)),
        _ => throw new ArgumentException($"{command.GetType().Name} cannot be asked for by another process.", nameof(command)),
    };

    /// <exception cref="FormatException">This version does not know it. The message ends a sentence.</exception>
    public static SweepCommand Read(string type, string body)
    {
        try
        {
            return type switch
            {
                Pause => new PauseSweep(),
                Resume => new ResumeSweep(),
                Cancel => new CancelSweep(),
                Rerun => JsonSerializer.Deserialize(body, RequestJsonContext.Default.RerunShuffles)!,
                _ => throw new FormatException($"its type `{type}` is unknown to this version of AdvFit"),
            };
        }
        catch (JsonException error)
        {
            throw new FormatException($"its body is no `{type}` ({error.Message})", error);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RerunShuffles))]
internal sealed partial class RequestJsonContext : JsonSerializerContext;
