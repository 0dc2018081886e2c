using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Spec;

/// <summary>
/// The stable id of a sweep, such as <c>quickstart-3f9c01ab</c>: its name and a hash of what its shuffles mean. Shuffles and
/// attacks are left out of the hash, so that asking for more of them extends the same sweep.
/// </summary>
public static partial class SweepId
{
    private const int HexDigits = 8;

    /// <summary>The id of the sweep that a spec describes.</summary>
    public static string Of(SweepSpec spec)
    {
        var hash = SHA256.HashData(Meaning(spec).WrittenSpan);
        return $"{spec.Name}-{Convert.ToHexStringLower(hash)[..HexDigits]}";
    }

    /// <summary>Whether a text has the form of an id, so that it can name a folder.</summary>
    public static bool IsWellFormed(string id) => Pattern().IsMatch(id);

    /// <summary>
    /// What the hash is of. Written key by key, apart from other JSON, because it may never change: a key that a later
    /// version adds must be left out where it has the meaning that there was before.
    /// </summary>
    private static ArrayBufferWriter<byte> Meaning(SweepSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("dataset", spec.Dataset);
        if (spec.Subsample is { } subsample)
        {
            json.WriteNumber("subsample_train", subsample.Train);
            json.WriteNumber("subsample_test", subsample.Test);
        }

        json.WriteString("network", spec.Network);
        json.WriteNumber("epochs", spec.Training.Epochs);
        json.WriteNumber("batch_size", spec.Training.BatchSize);
        json.WriteNumber("learning_rate", spec.Training.LearningRate);
        json.WriteNumber("beta1", spec.Training.Beta1);
        json.WriteNumber("beta2", spec.Training.Beta2);
        json.WriteNumber("epsilon", spec.Training.Epsilon);
        json.WriteNumber("seed", spec.Seed);
        if (spec.Knn is { } knn)
        {
            json.WriteNumber("knn_z", knn.Z);
            json.WriteString("knn_ties", knn.Ties);
            json.WriteString("knn_choose", knn.Choose);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}-[0-9a-f]{8}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
