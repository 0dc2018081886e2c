using System.Text.Json;
using AdvFit.Sweeps.Json;

namespace AdvFit.Cli;

/// <summary>Writes JSON for programs to standard output.</summary>
internal static class JsonOutput
{
    public static void Write(Action<Utf8JsonWriter> write) => Write(IndentedJson.Write(write));

    public static void Write(byte[] json)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(json);
    }
}
