using System.Text.Json;
using System.Text.Json.Nodes;
using AdvFit.Deploy.Tests.Schema;

namespace AdvFit.Deploy.Tests;

/// <summary>The settings of a program: its <c>appsettings.json</c>, and what variables of a container make of it.</summary>
internal sealed class Settings
{
    /// <summary>The separator of sections in the names of variables.</summary>
    public const string Separator = "__";

    private readonly JsonNode _root;

    private Settings(JsonNode root) => _root = root;

    /// <summary>The settings in a file of the repository.</summary>
    public static Settings In(string path) => new(JsonNode.Parse(Repository.Read(path))!);

    /// <summary>The settings of the program of a container, whose name is its role.</summary>
    public static Settings Of(Container container) => In(container.Name switch
    {
        "coordinator" => "src/Coordinator/appsettings.json",
        "node" => "src/GpuNode/appsettings.json",
        var other => throw new ArgumentException($"No program of AdvFit runs in a container {other}."),
    });

    /// <summary>Whether a variable, such as <c>AdvFit__Http__Port</c>, sets one of the settings, its name spelt alike.</summary>
    public bool Has(string variable)
    {
        var node = _root;
        var names = variable.Split(Separator);
        for (var i = 0; i < names.Length; i++)
        {
            switch (node)
            {
                case JsonObject section when section.TryGetPropertyValue(names[i], out var value):
                    node = value;
                    break;
                case JsonArray when int.TryParse(names[i], out _) && i == names.Length - 1:
                    return true;
                default:
                    return false;
            }
        }

        return node is null || node.GetValueKind() is not (JsonValueKind.Object or JsonValueKind.Array);
    }

    /// <summary>The value of a setting where no variable changes it; null where it has none.</summary>
    public string? Default(string variable) => variable.Split(Separator).Aggregate((JsonNode?)_root, (node, name) => node![name])?.ToString();

    /// <summary>The names of all settings that have one value, as variables.</summary>
    public IEnumerable<string> Names()
    {
        static IEnumerable<string> Below(string prefix, JsonNode? node) => node is JsonObject section
            ? section.SelectMany(child => Below(prefix.Length == 0 ? child.Key : prefix + Separator + child.Key, child.Value))
            : [prefix];
        return Below("", _root);
    }
}
