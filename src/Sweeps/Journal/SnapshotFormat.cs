using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// Writes what the events of a sweep amount to as JSON. Neighbouring shuffles that stand alike are written once, with
/// their number: a sweep of a million that is completed takes a few hundred bytes.
/// </summary>
internal static class SnapshotFormat
{
    // Grows with every change: a snapshot of another version is not read, and the events are.
    private const int Version = 1;

    public static string Write(SweepState state, SweepHistory history) => JsonSerializer.Serialize(
        new Contents(
            Version, state.Spec, state.Data, state.Plan.Named, state.InSession, state.FailFast, state.IsPaused,
            state.IsCancelled, state.SessionBegan, state.Created, state.Updated, [.. Runs(state)],
            [.. state.Delays.Select(delay => new Delay(delay.Key, delay.Value))], history)
        {
            Told = [.. state.Running.Where(running => running.Value != default).Select(
                running => new Told(running.Key, running.Value.Steps, [.. running.Value.Named.Numbers]))],
        },
        SnapshotJsonContext.Default.Contents);

    /// <summary>What was written; null where it is of another version.</summary>
    public static (SweepState State, SweepHistory History)? Read(string body)
    {
        Contents contents;
        try
        {
            contents = JsonSerializer.Deserialize(body, SnapshotJsonContext.Default.Contents)!;
        }
        catch (JsonException)
        {
            // Its checksum was right, so that another version wrote it.
            return null;
        }

        return contents.Version == Version ? (State(contents), contents.History) : null;
    }

    private static SweepState State(Contents contents)
    {
        var shuffles = contents.Runs.SelectMany(run => Enumerable.Repeat(
            new ShuffleState(
                run.Status, run.Attempt, run.Failures, run.Cause, new StagesDone(run.Steps, StageSet.Of(run.Named))),
            run.Count)).ToImmutableList();
        return new SweepState
        {
            Spec = contents.Spec,
            Data = contents.Data,
            Plan = StagePlan.Of(Workflow.Of(contents.Spec), contents.Named),
            Shuffles = shuffles,
            Waiting = [.. Numbers(shuffle => shuffle.Status == ShuffleStatus.Planned)],
            Delays = contents.Delays.ToImmutableSortedDictionary(delay => delay.Shuffle, delay => delay.Until),
            Running = Numbers(shuffle => shuffle.IsRunning).ToImmutableSortedDictionary(number => number, _ => default(StagesDone))
                .SetItems((contents.Told ?? []).Select(
                    told => KeyValuePair.Create(told.Shuffle, new StagesDone(told.Steps, StageSet.Of(told.Named))))),
            Completed = Count(ShuffleStatus.Completed),
            Failed = Count(ShuffleStatus.Failed),
            Cancelled = Count(ShuffleStatus.Cancelled),
            InSession = contents.InSession,
            FailFast = contents.FailFast,
            IsPaused = contents.IsPaused,
            IsCancelled = contents.IsCancelled,
            SessionBegan = contents.SessionBegan,
            Created = contents.Created,
            Updated = contents.Updated,
        };

        IEnumerable<int> Numbers(Func<ShuffleState, bool> chosen)
        {
            var number = 0;
            foreach (var shuffle in shuffles)
            {
                number++;
                if (chosen(shuffle))
                {
                    yield return number;
                }
            }
        }

        int Count(ShuffleStatus status) => contents.Runs.Where(run => run.Status == status).Sum(run => run.Count);
    }

    private static IEnumerable<Run> Runs(SweepState state)
    {
        var (current, count) = (state.Shuffles[0], 0);
        foreach (var shuffle in state.Shuffles)
        {
            if (!ReferenceEquals(shuffle, current) && shuffle != current)
            {
                yield return Of(current, count);
                (current, count) = (shuffle, 0);
            }

            count++;
        }

        yield return Of(current, count);

        static Run Of(ShuffleState shuffle, int count) => new(
            count, shuffle.Status, shuffle.Attempt, shuffle.Failures, shuffle.Cause, shuffle.Done.Steps,
            [.. shuffle.Done.Named.Numbers]);
    }

    internal sealed record Contents(
        int Version, SweepSpec Spec, DataProvenance Data, ImmutableArray<string> Named, bool InSession, bool FailFast,
        bool IsPaused, bool IsCancelled, DateTimeOffset? SessionBegan, DateTimeOffset Created, DateTimeOffset Updated,
        ImmutableArray<Run> Runs, ImmutableArray<Delay> Delays, SweepHistory History)
    {
        /// <summary>What the attempts at work reported; null in snapshots of before it was kept.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public ImmutableArray<Told>? Told { get; init; }
    }

    internal sealed record Run(
        int Count, ShuffleStatus Status, int Attempt, int Failures, string? Cause, int Steps, ImmutableArray<int> Named);

    internal sealed record Told(int Shuffle, int Steps, ImmutableArray<int> Named);

    internal sealed record Delay(int Shuffle, DateTimeOffset Until);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SnapshotFormat.Contents))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;
