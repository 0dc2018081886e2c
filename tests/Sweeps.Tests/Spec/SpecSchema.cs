using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvFit.Learning.Attacks;
using AdvFit.Messages;
using AdvFit.Messages.Fields;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Spec;

/// <summary>The JSON Schema of spec files, for editors; made of what the records of a spec declare.</summary>
internal static class SpecSchema
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text() => Spec().ToJsonString(Layout) + "\n";

    private static JsonObject Spec()
    {
        var properties = new JsonObject();
        var roots = RecordFields.Of<SweepSpec>();
        foreach (var key in SpecFields.Keys)
        {
            properties[key] = roots.FirstOrDefault(field => SpecFields.KeyOf(field) == key) is { } field
                ? Described(field, field.IsRecord ? Section(field, key) : Value(field))
                : Described(SpecFields.Classifier.Field, Value(SpecFields.Classifier.Field));
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "An AdvFit sweep",
        };
        Close(schema, properties, SpecFields.All.Where(field => field.Section is null && SpecDocs.IsRequired(field)).Select(field => field.Key));
        schema["if"] = new JsonObject
        {
            ["not"] = new JsonObject
            {
                ["properties"] = new JsonObject { [SpecFields.Classifier.Key] = new JsonObject { ["const"] = Classifiers.Knn } },
                ["required"] = new JsonArray(SpecFields.Classifier.Key),
            },
        };
        var knn = roots.First(field => field.Type == typeof(KnnSpec));
        var refused = new JsonObject { [SpecFields.KeyOf(knn)] = false };
        foreach (var field in SpecFields.InSection(knn).Where(field => field.YamlSection != SpecFields.KeyOf(knn)))
        {
            refused[field.YamlSection] = new JsonObject { ["properties"] = new JsonObject { [field.Key] = false } };
        }

        schema["then"] = new JsonObject { ["properties"] = refused };
        return schema;
    }

    private static JsonObject Section(RecordField section, string key)
    {
        var fields = SpecFields.All.Where(field => field.YamlSection == key).ToList();
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var value = Described(field.Field, Value(field.Field));
            if (SpecDocs.DefaultOf(field, Classifiers.Cnn) is { } otherwise)
            {
                value["default"] = JsonSerializer.SerializeToNode(otherwise);
            }

            properties[field.Key] = value;
        }

        return Close([], properties, fields.Where(field => field.Section == section && SpecDocs.IsRequired(field)).Select(field => field.Key));
    }

    private static JsonObject Value(RecordField field) => field.Name switch
    {
        "network" => Words(SpecVocabulary.Engine.Networks),
        "attacks" => new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["items"] = new JsonObject
            {
                ["anyOf"] = new JsonArray([Words(AttackCatalog.Attacks.Select(attack => attack.Name)), .. AttackCatalog.Attacks.Select(Attack)]),
            },
        },
        _ when field.Choices.Count > 0 => Words(field.Choices),
        _ when field.Type == typeof(string) => Text(field),
        _ when field.Type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ => Number(field),
    };

    private static JsonObject Attack(AttackDefinition attack)
    {
        var properties = new JsonObject();
        foreach (var field in SpecFields.InYamlOrder(RecordFields.Of<AttackSpec>()))
        {
            properties[SpecFields.KeyOf(field)] = Described(field, field.Name switch
            {
                "attack" => new JsonObject { ["const"] = attack.Name },
                "profile" => Words(attack.Profiles.Select(profile => profile.Name)),
                "parameters" => Parameters(attack),
                _ => Value(field),
            });
        }

        return Close(new JsonObject { ["title"] = attack.Title }, properties, ["attack"]);
    }

    private static JsonObject Parameters(AttackDefinition attack)
    {
        var properties = new JsonObject();
        foreach (var parameter in attack.Parameters)
        {
            properties[parameter.Name] = Described(parameter, Value(parameter));
        }

        return Close([], properties, []);
    }

    private static JsonObject Text(RecordField field)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (field.Attribute<RegularExpressionAttribute>() is { Pattern: var pattern })
        {
            text["pattern"] = pattern;
        }

        return text;
    }

    private static JsonObject Number(RecordField field)
    {
        var number = new JsonObject { ["type"] = field.Type == typeof(double) ? "number" : "integer" };
        if (field.Type == typeof(ulong))
        {
            (number["minimum"], number["maximum"]) = (ulong.MinValue, ulong.MaxValue);
        }

        Bound(field.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", field.Minimum);
        Bound(field.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", field.Maximum);
        if (field.Attribute<OddAttribute>() is not null)
        {
            number["not"] = new JsonObject { ["multipleOf"] = 2 };
        }

        return number;

        void Bound(string key, double? value)
        {
            if (value is { } bound && double.IsFinite(bound))
            {
                number[key] = bound;
            }
        }
    }

    private static JsonObject Words(IEnumerable<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) };

    private static JsonObject Described(RecordField field, JsonObject value)
    {
        if (field.Meaning.Length > 0)
        {
            value.Insert(0, "description", field.Meaning);
        }

        return value;
    }

    private static JsonObject Close(JsonObject schema, JsonObject properties, IEnumerable<string> required)
    {
        (schema["type"], schema["additionalProperties"], schema["properties"]) = ("object", false, properties);
        if (required.Select(key => (JsonNode?)key).ToArray() is { Length: > 0 } keys)
        {
            schema["required"] = new JsonArray(keys);
        }

        return schema;
    }
}
