using System.Collections.Immutable;
using System.Text.Json;

namespace AdvFit.Analysis.Json;

/// <summary>What <see cref="SpecJson"/> writes member by member.</summary>
internal static class JsonShapes
{
    /// <summary>An array of objects, whose members <paramref name="write"/> writes.</summary>
    internal static void WriteList<T>(
        this Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
