using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdvFit.Messages;
using AdvFit.Messages.Fields;

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
    /// What the hash is of: a JSON object of the fields that begin a sweep anew. It may never change: a field that a later
    /// version adds is left out where it has the meaning that there was before.
    /// </summary>
    private static ArrayBufferWriter<byte> Meaning(SweepSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var field in SpecFields.All)
        {
            if (field.IdKey is { } key && field.Of(spec) is { } value)
            {
                json.WritePropertyName(key);
                JsonSerializer.Serialize(json, value);
            }
        }

        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}-[0-9a-f]{8}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
