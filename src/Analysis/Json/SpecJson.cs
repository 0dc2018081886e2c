using System.Text.Json;
using AdvFit.Messages;

namespace AdvFit.Analysis.Json;

/// <summary>What was asked for and on which data.</summary>
internal static class SpecJson
{
    internal static void WriteSpec(this Utf8JsonWriter json, string name, SweepSpec spec)
    {
        json.WriteStartObject(name);
        json.WriteString("name", spec.Name);
        json.WriteString("dataset", spec.Dataset);
        if (spec.Subsample is null)
        {
            json.WriteNull("subsample");
        }
        else
        {
            json.WriteStartObject("subsample");
            json.WriteNumber("train", spec.Subsample.Train);
            json.WriteNumber("test", spec.Subsample.Test);
            json.WriteEndObject();
        }

        if (spec.Knn is { } knn)
        {
            json.WriteStartObject("knn");
            json.WriteNumber("z", knn.Z);
            json.WriteString("ties", knn.Ties);
            json.WriteString("choose", knn.Choose);
            json.WriteEndObject();
        }

        json.WriteString("network", spec.Network);
        WriteTraining(json, spec.Training);
        json.WriteList("attacks", spec.Attacks, WriteAttack);
        json.WriteNumber("shuffles", spec.Shuffles);
        json.WriteNumber("seed", spec.Seed);
        json.WriteEndObject();
    }

    internal static void WriteData(this Utf8JsonWriter json, string name, DataProvenance data)
    {
        json.WriteStartObject(name);
        json.WriteString("name", data.Name);
        json.WriteNumber("train", data.Train);
        json.WriteNumber("test", data.Test);
        json.WriteString("sha256", data.Sha256);
        json.WriteStartArray("notes");
        foreach (string note in data.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTraining(Utf8JsonWriter json, TrainingSpec training)
    {
        json.WriteStartObject("training");
        json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("batchSize", training.BatchSize);
        json.WriteNumber("learningRate", training.LearningRate);
        json.WriteNumber("beta1", training.Beta1);
        json.WriteNumber("beta2", training.Beta2);
        json.WriteNumber("epsilon", training.Epsilon);
        json.WriteEndObject();
    }

    private static void WriteAttack(Utf8JsonWriter json, AttackSpec attack)
    {
        json.WriteString("label", attack.Label);
        json.WriteString("attack", attack.Attack);
        json.WriteString("profile", attack.Profile);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in attack.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        if (attack.Samples is int samples)
        {
            json.WriteNumber("samples", samples);
        }
        else
        {
            json.WriteNull("samples");
        }
    }
}
