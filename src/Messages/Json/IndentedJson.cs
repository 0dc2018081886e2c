using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AdvFit.Messages.Json;

/// <summary>
/// JSON as programs get it from AdvFit: one object, indented, with a final line feed, the same bytes on every machine.
/// Records and anonymous types are written property by property, in camel case; enumerations by their names, in camel case;
/// arrays of numbers on one line; an <see cref="IValueOrReason"/> as that says.
/// </summary>
public static class IndentedJson
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        // For files and terminals, not for embedding in HTML: keeps apostrophes readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Values = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = Layout.Encoder,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new NumbersOnOneLine<int>(),
            new NumbersOnOneLine<double>(),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ReasonMembers.AddTo } },
    };

    /// <summary>A document in UTF-8.</summary>
    /// <param name="writeMembers">Writes the members of its object.</param>
    public static byte[] Write(Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Writes a member of an object.</summary>
    public static void WriteMember<T>(this Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, Values);
    }
}
