using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Notifications;

/// <summary>How one process's work on a sweep ended: the body of notifications.</summary>
/// <param name="SchemaVersion">Grows when a field changes its meaning or goes.</param>
/// <param name="Text">All of it in a sentence; chat services show the field of this name.</param>
/// <param name="Id">The sweep's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>completed</c>, <c>failed</c>, <c>cancelled</c>, or <c>broken</c>: the work ended with an error.</param>
/// <param name="Completed">Shuffles completed.</param>
/// <param name="Failed">Shuffles that failed.</param>
/// <param name="Total">Shuffles of the sweep.</param>
/// <param name="Store">The store's folder.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Failures">The first shuffles that failed.</param>
/// <param name="Error">Why the work ended, where it is broken; else null.</param>
public sealed record RunSummary(
    int SchemaVersion, string Text, string Id, string Name, string State, int Completed, int Failed, int Total, string Store,
    string Machine, ImmutableArray<ShuffleFailure> Failures, string? Error)
{
    private const int Version = 1;
    private const int MostFailures = 20;

    /// <summary>The summary of work on a sweep.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="state">The sweep when the work ended.</param>
    /// <param name="store">The store's folder.</param>
    /// <param name="error">Why it ended, if by an error.</param>
    public static RunSummary Of(string sweep, SweepState state, string store, string? error = null)
    {
        var word = error is not null ? "broken"
            : state is { IsCancelled: true, Cancelled: > 0 } ? "cancelled"
            : state.Failed > 0 ? "failed"
            : "completed";
        var text = $"{sweep} on {Environment.MachineName} is {word}: {state.Completed} of {state.Shuffles.Count} shuffles are done"
            + (state.Failed > 0 ? $", {state.Failed} failed" : "") + (error is null ? "." : $". {error}");
        return new RunSummary(
            Version, text, sweep, state.Spec.Name, word, state.Completed, state.Failed, state.Shuffles.Count, store,
            Environment.MachineName, [.. FailuresOf(state).Take(MostFailures)], error);
    }

    /// <summary>The summary as JSON in UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RunSummaryContext.Relaxed.RunSummary);

    private static IEnumerable<ShuffleFailure> FailuresOf(SweepState state)
    {
        var number = 0;
        foreach (var shuffle in state.Shuffles)
        {
            number++;
            if (shuffle.Status == ShuffleStatus.Failed)
            {
                yield return new ShuffleFailure(number, shuffle.Cause ?? "");
            }
        }
    }
}

/// <summary>A shuffle that failed.</summary>
/// <param name="Shuffle">Its number.</param>
/// <param name="Cause">Why.</param>
public sealed record ShuffleFailure(int Shuffle, string Cause);

[JsonSerializable(typeof(RunSummary))]
internal sealed partial class RunSummaryContext : JsonSerializerContext
{
    public static RunSummaryContext Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
