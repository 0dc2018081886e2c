using System.Text.Json;

namespace AdvFit.Web.Tests;

/// <summary>Reads what <c>advfit results --json</c> prints.</summary>
internal static class ResultsJson
{
    /// <summary>The number at a path; NaN where nothing is defined.</summary>
    public static double Number(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind == JsonValueKind.Null)
            {
                return double.NaN;
            }

            element = element.GetProperty(name);
        }

        return element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();
    }

    /// <summary>The numbers at several paths.</summary>
    public static double[] Numbers(JsonElement element, params string[][] paths) =>
        [.. paths.Select(path => Number(element, path))];
}
