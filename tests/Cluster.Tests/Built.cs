using System.Reflection;

namespace AdvFit.Cluster.Tests;

/// <summary>The programs under test, as they were built beside these tests.</summary>
internal static class Built
{
    public static string Cli { get; } = PathOf("Cli");

    public static string Coordinator { get; } = PathOf("Coordinator");

    public static string GpuNode { get; } = PathOf("GpuNode");

    public static string Quickstart { get; } = Path.Combine(PathOf("Sweeps"), "quickstart.yaml");

    private static string PathOf(string program) => Path.GetFullPath(
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == program).Value!);
}
