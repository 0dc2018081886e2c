using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// Reads of a written fact only which stage is done and what that took: several times as fast as reading all of it, which
/// makes most of the time that it takes to read a long journal. Its checksum was compared before.
/// </summary>
internal static class StageCompletionReader
{
    private static readonly FrozenDictionary<string, (StageDefinition Stage, byte[][] KeyPath)> ByName =
        StageCatalog.Facts.ToFrozenDictionary(
            stage => stage.FactName, stage => (stage, stage.KeyPath.Select(Encoding.UTF8.GetBytes).ToArray()));

    /// <summary>The completion of the stage; null where the event is not a stage's fact and has to be read in full.</summary>
    public static SweepEvent? TryRead(string type, ReadOnlySpan<byte> body) =>
        ByName.TryGetValue(type, out var found) ? Read(body, found.Stage, found.KeyPath) : null;

    private static FactRecorded Read(ReadOnlySpan<byte> body, StageDefinition stage, ReadOnlySpan<byte[]> keyPath)
    {
        var (shuffle, attempt, step, item, cost) = (0, 0, 0, "", new StageCost(0, 0));
        var json = new Utf8JsonReader(body);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("shuffle"u8))
            {
                shuffle = Next(ref json).GetInt32();
            }
            else if (json.ValueTextEquals("attempt"u8))
            {
                attempt = Next(ref json).GetInt32();
            }
            else if (json.ValueTextEquals("cost"u8))
            {
                cost = Cost(ref json);
            }
            else if (!keyPath.IsEmpty && json.ValueTextEquals(keyPath[0]))
            {
                (step, item) = Key(ref json, keyPath[1..]);
            }
            else
            {
                json.Skip();
            }
        }

        return new FactRecorded(new StageCompletion(shuffle, attempt, stage.Key(step, item), cost));
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader json)
    {
        json.Read();
        return ref json;
    }

    private static StageCost Cost(ref Utf8JsonReader json)
    {
        var (wall, cpu) = (0.0, 0.0);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("wall_seconds"u8))
            {
                wall = Next(ref json).GetDouble();
            }
            else
            {
                cpu = Next(ref json).GetDouble();
            }
        }

        return new StageCost(wall, cpu);
    }

    /// <summary>The step or the item in the value of the member at hand, below which it is found by the path.</summary>
    private static (int Step, string Item) Key(ref Utf8JsonReader json, ReadOnlySpan<byte[]> path)
    {
        json.Read();
        if (path.IsEmpty)
        {
            return json.TokenType == JsonTokenType.Number ? (json.GetInt32(), "") : (0, json.GetString()!);
        }

        var key = (0, "");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(path[0]))
            {
                key = Key(ref json, path[1..]);
            }
            else
            {
                json.Skip();
            }
        }

        return key;
    }
}
