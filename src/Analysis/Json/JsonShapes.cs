using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AdvFit.Analysis.Json;

/// <summary>The shapes that recur in the results: stated values, lists of objects, rows of numbers.</summary>
internal static class JsonShapes
{
    /// <summary>The value under its name; or null, and the reason under the name with <c>Reason</c> added.</summary>
    internal static void WriteStated<T>(
        this Utf8JsonWriter json, string name, ValueOrReason<T> stated, Action<Utf8JsonWriter, T> write) where T : notnull
    {
        if (stated.HasValue)
        {
            json.WritePropertyName(name);
            write(json, stated.Value);
        }
        else
        {
            json.WriteNull(name);
            json.WriteString(name + "Reason", stated.Reason);
        }
    }

    internal static void WriteStated(this Utf8JsonWriter json, string name, ValueOrReason<double> stated) =>
        json.WriteStated(name, stated, static (json, value) => json.WriteNumberValue(value));

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

    internal static void WriteNumbers<T>(this Utf8JsonWriter json, string name, ImmutableArray<T> numbers)
        where T : IFormattable
    {
        json.WritePropertyName(name);
        json.WriteNumbersValue(numbers);
    }

    /// <summary>An array of finite numbers on one line.</summary>
    internal static void WriteNumbersValue<T>(this Utf8JsonWriter json, ImmutableArray<T> numbers)
        where T : IFormattable =>
        json.WriteRawValue(
            $"[{string.Join(", ", numbers.Select(number => number.ToString(null, CultureInfo.InvariantCulture)))}]");
}
