using System.Text.Json;
using AdvFit.Experiments;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Journal;

/// <summary>
/// Reads of a written fact only which stage is done and what that took: several times as fast as reading all of it, which
/// makes most of the time that it takes to read a long journal. Its checksum was compared before.
/// </summary>
internal static class BriefFacts
{
    /// <summary>The event in brief; null where it has to be read in full.</summary>
    public static SweepEvent? TryRead(string type, ReadOnlySpan<byte> body) => type switch
    {
        "epoch-trained.1" => Read(body, (epoch, _) => StageKey.OfStep("train", epoch)),
        "neighbours-found.1" => Read(body, (_, subset) => Workflow.OfNeighbours(subset)),
        "attack-crafted.1" => Read(body, (_, attack) => StageKey.OfItem("attack", attack)),
        "shuffle-evaluated.1" => Read(body, (_, _) => StageKey.OfItem("evaluate", "")),
        _ => null,
    };

    private static FactRecorded Read(ReadOnlySpan<byte> body, Func<int, string, StageKey> stage)
    {
        var (shuffle, attempt, epoch, item, cost) = (0, 0, 0, "", new StageCost(0, 0));
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
            else if (json.ValueTextEquals("epoch"u8))
            {
                epoch = Next(ref json).GetInt32();
            }
            else if (json.ValueTextEquals("cost"u8))
            {
                cost = Cost(ref json);
            }
            else if (json.ValueTextEquals("subset"u8))
            {
                item = Next(ref json).GetString()!;
            }
            else if (json.ValueTextEquals("outcome"u8))
            {
                item = Attack(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return new FactRecorded(new StageRecorded(shuffle, attempt, stage(epoch, item), cost));
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

    /// <summary>The attack's label in an outcome, of an attack; empty in one of a shuffle.</summary>
    private static string Attack(ref Utf8JsonReader json)
    {
        var attack = "";
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("attack"u8))
            {
                attack = Next(ref json).GetString()!;
            }
            else
            {
                json.Skip();
            }
        }

        return attack;
    }
}
