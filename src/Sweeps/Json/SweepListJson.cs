using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Messages.Json;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Sweeps.Json;

/// <summary>A list of sweeps as JSON; docs/cli.md describes the fields.</summary>
public static class SweepListJson
{
    /// <summary>The list in UTF-8.</summary>
    public static byte[] Write(ImmutableArray<SweepSummary> sweeps) => IndentedJson.Write(json => json.WriteMember(
        "sweeps",
        from sweep in sweeps
        select new
        {
            sweep.Id, sweep.Name, State = sweep.Status.Word(), sweep.Completed, sweep.Failed, sweep.Total, sweep.Created,
            sweep.Updated, sweep.Trouble,
        }));

    /// <summary>What <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such list. The message ends a sentence.</exception>
    public static ImmutableArray<SweepSummary> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.GetProperty("sweeps").EnumerateArray().Select(Read)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"it is no list of sweeps ({error.Message})", error);
        }
    }

    private static SweepSummary Read(JsonElement sweep) => new(
        sweep.GetProperty("id").GetString()!, sweep.GetProperty("name").GetString()!,
        Enum.Parse<SweepStatus>(sweep.GetProperty("state").GetString()!, ignoreCase: true),
        sweep.GetProperty("completed").GetInt32(), sweep.GetProperty("failed").GetInt32(), sweep.GetProperty("total").GetInt32(),
        sweep.GetProperty("created").GetDateTimeOffset(), sweep.GetProperty("updated").GetDateTimeOffset())
    {
        Trouble = sweep.TryGetProperty("trouble", out var trouble) ? trouble.GetString() : null,
    };
}
