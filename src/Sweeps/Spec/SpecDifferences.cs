using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Messages;
using AdvFit.Messages.Fields;

namespace AdvFit.Sweeps.Spec;

/// <summary>A value that two specs do not share.</summary>
/// <param name="Field">Its place in the canonical JSON, such as <c>training.learning_rate</c>.</param>
/// <param name="Here">Its value in the sweep that there is; null where it has none.</param>
/// <param name="Asked">Its value in the spec that is asked for; null where it has none.</param>
public sealed record SpecDifference(string Field, string? Here, string? Asked);

/// <summary>Compares specs value by value in their canonical JSON, so that no field can be forgotten.</summary>
public static class SpecDifferences
{
    private const string Profile = "profile";

    private static readonly HashSet<string> Identity =
        [.. SpecFields.All.Where(field => field.IdKey is not null).Select(field => field.Path)];

    /// <summary>What makes two specs describe different sweeps, their names apart.</summary>
    public static ImmutableArray<SpecDifference> OfIdentity(SweepSpec here, SweepSpec asked) =>
        [.. Compare(SpecJson.Write(here), SpecJson.Write(asked)).Where(difference => Identity.Contains(difference.Field))];

    /// <summary>What makes two attacks of one label different attacks. A profile is a name for parameters, and those count.</summary>
    public static ImmutableArray<SpecDifference> OfAttack(AttackSpec here, AttackSpec asked) =>
        [.. Compare(SpecJson.Write(here), SpecJson.Write(asked)).Where(difference => difference.Field != Profile)];

    /// <summary>Differences in words: <c>seed (1 there, 2 asked for), ..</c>; <c>the name alone</c> for none.</summary>
    public static string Describe(ImmutableArray<SpecDifference> differences) => differences.IsEmpty
        ? "the name alone"
        : string.Join(", ", differences.Select(difference =>
            $"{difference.Field} ({difference.Here ?? "none"} there, {difference.Asked ?? "none"} asked for)"));

    private static IEnumerable<SpecDifference> Compare(string here, string asked)
    {
        using var left = JsonDocument.Parse(here);
        using var right = JsonDocument.Parse(asked);
        var (mine, theirs) = (Leaves(left.RootElement), Leaves(right.RootElement));
        return [.. mine.Keys.Union(theirs.Keys)
            .Select(field => new SpecDifference(field, mine.GetValueOrDefault(field), theirs.GetValueOrDefault(field)))
            .Where(difference => difference.Here != difference.Asked)];
    }

    /// <summary>Every value by its path, in the order of the JSON.</summary>
    private static Dictionary<string, string?> Leaves(JsonElement root)
    {
        var leaves = new Dictionary<string, string?>(StringComparer.Ordinal);
        Visit(root, "");
        return leaves;

        void Visit(JsonElement element, string path)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        Visit(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
                    }

                    break;
                case JsonValueKind.Array:
                    var index = 0;
                    foreach (var item in element.EnumerateArray())
                    {
                        Visit(item, $"{path}[{index++}]");
                    }

                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    leaves[path] = element.ToString();
                    break;
            }
        }
    }
}
